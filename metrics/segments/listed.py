"""What the page Segments lists and counts: proposals as derive keeps them, read for a viewer."""

from datetime import date

from sqlalchemy import ColumnElement, Row, Select, Subquery, and_, func, or_, select

from data_access.schema import child, segment_proposal, unit
from metrics.model import Scope
from metrics.segments.judging import Outcome

OF_A_FAMILY = ("waiting_since", "unit_name", "child_name", "child_id")
BY_PROPOSAL = ("unit_name", "child_name", "child_id")
COUNTED_BY = ("as_on", "outcome", "state", "proposed_unit", "unit_id")
proposed = segment_proposal.c


def proposals(as_on: date, scope: Scope) -> Select:
    """One row for each open family on the day, under its head; `state` is the class of no fit.

    `unit_id` is the unit that leads the head, `unit_kind` its kind, `child_name` the head's.
    """
    query = (
        select(
            *(column for column in proposed if column.key not in ("reason", "assessed")),
            proposed.reason.label("state"),
            child.c.name.label("child_name"),
            func.coalesce(unit.c.name, proposed.unit_id).label("unit_name"),
            unit.c.kind.label("unit_kind"),
        )
        .select_from(
            segment_proposal.outerjoin(child, child.c.child_id == proposed.child_id).outerjoin(
                unit, unit.c.unit_id == proposed.unit_id
            )
        )
        .where(proposed.as_on == as_on)
    )
    return query.where(scope.holds(proposed.unit_id))


def queue(as_on: date, scope: Scope) -> Select:
    """Families who are assessed and fit no rule."""
    return proposals(as_on, scope).where(proposed.outcome == Outcome.NO_FIT)


def held_elsewhere(as_on: date, scope: Scope, ruled: frozenset[str]) -> Select:
    """Families whose unit is not the proposed one, or who are held by a ruled one and fit none."""
    another = and_(
        proposed.outcome == Outcome.FITS,
        or_(proposed.unit_id.is_(None), proposed.unit_id != proposed.proposed_unit),
    )
    not_for_it = and_(proposed.outcome == Outcome.NO_FIT, proposed.unit_id.in_(sorted(ruled)))
    return proposals(as_on, scope).where(or_(another, not_for_it))


def is_elsewhere(row: Row, ruled: frozenset[str]) -> bool:
    """The same of a row that is read: with outcome, unit_id and proposed_unit."""
    if row.outcome == Outcome.FITS:
        return row.unit_id != row.proposed_unit
    return row.outcome == Outcome.NO_FIT and row.unit_id in ruled


def of_every_day(scope: Scope) -> Select:
    """Every row of every day, without names: for sums; `state` as in `proposals`."""
    columns = ("as_on", "child_id", "unit_id", "outcome", "proposed_unit", "waiting_days")
    told = (proposed[name] for name in (*columns, "assessed"))
    query = select(*told, proposed.reason.label("state"))
    return query.where(scope.holds(proposed.unit_id))


def counted_by_class(rows: Select) -> Select:
    """Families by day, outcome, class, proposed unit and unit; the most days since authorised."""
    of = rows.subquery()
    keys: list[ColumnElement] = [of.c[name] for name in COUNTED_BY]
    longest = func.max(of.c.waiting_days).label("longest")
    return select(*keys, func.count().label("families"), longest).group_by(*keys)


def last_day() -> Select:
    """The last day of which anything is proposed; no row where nothing is."""
    return select(func.max(proposed.as_on).label("as_on"))


def _of_day(rows: Select, as_on: date) -> Subquery:
    of = rows.subquery()
    return select(*of.c).where(of.c.as_on == as_on).subquery()


def by_what_was_found(rows: Select, as_on: date) -> Select:
    """Families of the day by what their assessments found, and what is proposed: for a what-if."""
    of = _of_day(rows, as_on)
    keys = [of.c.assessed, of.c.outcome, of.c.proposed_unit]
    return select(*keys, func.count().label("families")).group_by(*keys)
