"""Which closed cases are like one that goes on, and the levels of each; queries, not yet run.

Alike is a case in which the child came to the same level, at the same age, for the same need.
"""

from collections.abc import Sequence
from datetime import timedelta

from sqlalchemy import (
    ColumnElement,
    Date,
    Select,
    String,
    Subquery,
    and_,
    case,
    func,
    literal,
    null,
    select,
)

from data_access.relations import NEVER, covers, ends_after, first_of_each, years_old
from data_access.schema import allocation, child, referral, status_run
from metrics.compare.cohort import Cell
from metrics.compare.outcomes import AGE_BANDS
from metrics.followed.closings import FOLLOWED_MONTHS, NOT_ENDED, closed_cases
from metrics.model import Basis, months_before

OF_A_CASE = (
    *("child_id", "referral_id", "received_on", "closed_on", "came_on", "need", "level", "age"),
    "back_on",
)


def case_now(child_id: str, basis: Basis) -> Select:
    """One row per unit that has held the child as lead: the open case in which it has its level.

    unit_id, then as `_came_to`; `back_on` is NULL, as nobody comes back from a case that goes on.
    """
    of_the_child = status_run.c.child_id == child_id, covers(status_run, basis.as_at)
    came = _came_to(*of_the_child)
    return _of_units(select(*came.c, null().cast(Date).label("back_on")))


def cases_like(
    child_id: str, cell: Cell, seed: str, basis: Basis, of: Sequence[str] | None = None
) -> Select:
    """One row per child with a case alike and unit that has held the child as lead.

    unit_id, then as `_came_to`, `back_on`, `why_not` (could not come back) and `lot`, by which
    chance orders them. Closed a year ago or more, so that of each it is known whether the child
    came back within a year; not while another case of the child went on. Of a child's cases the
    one closed last. Neither the child nor a brother or sister is like itself. Of the children `of`
    alone, where they are named.
    """
    among = [] if of is None else [status_run.c.child_id.in_(of)]
    closed = closed_cases(basis)
    came = _came_to(status_run.c.level == cell.level, *among)
    a_year_ago = months_before(basis.as_at + timedelta(days=1), FOLLOWED_MONTHS)
    alike = (
        select(*came.c, closed.c.back_on, closed.c.why_not)
        .select_from(came.join(closed, closed.c.referral_id == came.c.referral_id))
        .where(came.c.need == cell.need, came.c.age == cell.age)
        .where(closed.c.closed_on < a_year_ago)
        .where(func.coalesce(closed.c.why_not, "") != NOT_ENDED)
        .where(_is_of_another_family(came, child_id))
    )
    latest = (came.c.closed_on.desc(), came.c.referral_id.desc(), came.c.came_on)
    one_each = first_of_each(alike, (came.c.child_id,), latest)
    lot = func.md5(literal(seed, String) + one_each.c.child_id).label("lot")
    return _of_units(select(*one_each.c, lot))


def came_back(alike: Select) -> Select:
    """One row: of the children of `cases_like`, `came_back` of those who `could_return`."""
    one = alike.subquery().c
    could = one.why_not.is_(None)
    did = and_(could, one.back_on.is_not(None))
    return select(
        func.count(case((did, one.child_id)).distinct()).label("came_back"),
        func.count(case((could, one.child_id)).distinct()).label("could_return"),
    )


def levels_in(cases: Select, basis: Basis) -> Select:
    """One row per case of `cases`, its unit and settled run within the case, begun by today."""
    one, run = cases.cte("one"), status_run.c
    within = and_(
        run.child_id == one.c.child_id,
        run.started_on < func.coalesce(one.c.closed_on, literal(NEVER, Date)),
        run.started_on <= basis.as_at,
        ends_after(run.ended_on, one.c.received_on),
    )
    return select(
        *(one.c[name] for name in ("unit_id", *OF_A_CASE)),
        run.level.label("at_level"),
        run.started_on,
        run.ended_on,
    ).select_from(one.join(status_run, within))


def _came_to(*of: ColumnElement[bool]) -> Subquery:
    """One row per settled run of which `of` is true that began within a case: see `OF_A_CASE`.

    `came_on` is the day on which it began, `age` the age band then. Of several cases open on that
    day the one received last; then the one whose referral_id sorts last.
    """
    began_within = and_(
        referral.c.child_id == status_run.c.child_id,
        referral.c.no_further_action.is_not(True),
        referral.c.received_on <= status_run.c.started_on,
        ends_after(referral.c.closed_on, status_run.c.started_on),
    )
    came = (
        select(
            *(referral.c[name] for name in ("child_id", "referral_id", "received_on")),
            referral.c.closed_on,
            status_run.c.started_on.label("came_on"),
            referral.c.primary_need.label("need"),
            status_run.c.level,
            _age_band(years_old(child.c.born_on, status_run.c.started_on)).label("age"),
        )
        .select_from(
            status_run.join(referral, began_within).outerjoin(
                child, child.c.child_id == status_run.c.child_id
            )
        )
        .where(*of)
    )
    latest = (referral.c.received_on.desc(), referral.c.referral_id.desc())
    return first_of_each(came, (referral.c.child_id, status_run.c.started_on), latest)


def _age_band(years: ColumnElement[int]) -> ColumnElement[str]:
    return case(*((years < below, name) for below, name in AGE_BANDS))


def _of_units(cases: Select) -> Select:
    """`cases`, each once for every unit that has held the child as lead; NULL where none has."""
    each = cases.cte("each_case")
    held = (
        select(allocation.c.child_id, allocation.c.unit_id)
        .where(allocation.c.lead.is_(True))
        .where(allocation.c.child_id.in_(select(each.c.child_id)))
        .distinct()
        .subquery()
    )
    return select(held.c.unit_id, *each.c).select_from(
        each.outerjoin(held, held.c.child_id == each.c.child_id)
    )


def _is_of_another_family(came: Subquery, child_id: str) -> ColumnElement[bool]:
    """Where the source names no family only the child itself is left out."""
    family = select(child.c.family_id).where(child.c.child_id == child_id).scalar_subquery()
    relatives = select(child.c.child_id).where(child.c.family_id == family)
    return and_(came.c.child_id != child_id, came.c.child_id.not_in(relatives))
