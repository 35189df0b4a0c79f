"""What the page Segments lists and counts: proposals as derive keeps them, read for a viewer."""

import json
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from types import SimpleNamespace
from typing import Any

from sqlalchemy import (
    ColumnElement,
    FromClause,
    Row,
    Select,
    String,
    Subquery,
    and_,
    column,
    func,
    or_,
    select,
    values,
)

from data_access.schema import child, segment_proposal, unit
from metrics.model import Scope
from metrics.segments.judging import Outcome

OF_A_FAMILY = ("waiting_since", "unit_name", "child_name", "child_id")
BY_PROPOSAL = ("unit_name", "child_name", "child_id")
COUNTED_BY = ("as_on", "outcome", "state", "proposed_unit", "unit_id")
# What a page's words of a family are made of, but for its names and days.
TOLD_BY = ("outcome", "state", "proposed_unit", "beside", "factors")
# What a page says of a family beside its names, where words are looked for in it.
TOLD = "told"
BETWEEN = "\n"
proposed = segment_proposal.c


def proposals(as_on: date, scope: Scope) -> Select:
    """One row for each open family on the day, under its head; `state` is the class of no fit.

    `unit_id` is the unit that leads the head, `unit_kind` its kind, `child_name` the head's.
    """
    return _of_every_unit(as_on).where(scope.holds(proposed.unit_id))


def _of_every_unit(as_on: date) -> Select:
    return (
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


def queue(as_on: date, scope: Scope) -> Select:
    """Families who are assessed and fit no rule."""
    return proposals(as_on, scope).where(proposed.outcome == Outcome.NO_FIT)


def held_elsewhere(as_on: date, scope: Scope, ruled: frozenset[str]) -> Select:
    """Families whose unit is not the proposed one, or who are held by a ruled one and fit none."""
    not_for_it = and_(proposed.outcome == Outcome.NO_FIT, proposed.unit_id.in_(sorted(ruled)))
    return proposals(as_on, scope).where(or_(_for_another_unit(), not_for_it))


def proposed_for(as_on: date, unit_id: str) -> Select:
    """Families who are for this unit by the rules, and whom another holds, or none."""
    return _of_every_unit(as_on).where(proposed.proposed_unit == unit_id, _for_another_unit())


def _for_another_unit() -> ColumnElement[bool]:
    return and_(
        proposed.outcome == Outcome.FITS,
        or_(proposed.unit_id.is_(None), proposed.unit_id != proposed.proposed_unit),
    )


def is_of_family(
    proposal: FromClause, child_id: ColumnElement, family_id: ColumnElement
) -> ColumnElement[bool]:
    """Whether a proposal is of this child's family; of who has none, of the child alone."""
    alone = and_(proposal.c.family_id.is_(None), proposal.c.child_id == child_id)
    return or_(proposal.c.family_id == family_id, alone)


def is_elsewhere(row: Row, ruled: frozenset[str]) -> bool:
    """The same of a row that is read: with outcome, unit_id and proposed_unit."""
    if row.outcome == Outcome.FITS:
        return row.unit_id != row.proposed_unit
    return row.outcome == Outcome.NO_FIT and row.unit_id in ruled


def other_children(rows: Iterable[Any]) -> Iterator[SimpleNamespace]:
    """The other children of these families, whose factors and ages are told as well."""
    for row in rows:
        for child_id in json.loads(row.child_ids):
            if child_id != row.child_id:
                yield SimpleNamespace(child_id=child_id)


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


def tellings(rows: Select) -> Select:
    """Each set of what families are told by, once: for sums, as it names nobody."""
    of = rows.subquery()
    return select(*(of.c[name] for name in TOLD_BY)).distinct()


def with_words(rows: Select, told: Mapping[tuple[Any, ...], str]) -> Select:
    """The rows with `told`, what a page says of each: by the values of `TOLD_BY`.

    A row of whose values nothing is said has none.
    """
    of = rows.subquery()
    if not told:
        return select(*of.c)
    said = values(column("key", String), column(TOLD, String), name="said").data(
        [(_key_of(values_of), words) for values_of, words in told.items()]
    )
    key = func.concat_ws(BETWEEN, *(func.coalesce(of.c[name], "") for name in TOLD_BY))
    return select(*of.c, said.c[TOLD]).select_from(of.outerjoin(said, said.c.key == key))


def _key_of(values_of: tuple[Any, ...]) -> str:
    return BETWEEN.join(one or "" for one in values_of)
