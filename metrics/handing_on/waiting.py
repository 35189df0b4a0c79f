"""Who is to be talked about at the weekly transfer meeting: kept at derive for its list."""

from collections.abc import Callable, Mapping
from functools import partial

from sqlalchemy import (
    ColumnElement,
    Date,
    FromClause,
    Integer,
    Select,
    String,
    and_,
    case,
    func,
    literal,
    null,
    or_,
    select,
    type_coerce,
    union_all,
)

from data_access.relations import covers, ends_after, first_of_each
from data_access.schema import allocation, assessment, referral, unit
from metrics.handing_on.first_units import first_in_a_unit
from metrics.kept_rows import KeptRows
from metrics.lists.running_clocks import HELD_NOW
from metrics.lists.work_lists import WHO
from metrics.model import Basis, Months, View

TO_TRANSFER, CO_WORKED, BEING_ASSESSED = "to_transfer", "co_worked", "being_assessed"
LISTED_BY = ("since", "child_name")


def waiting_for_units(_months: Months, basis: Basis) -> Select:
    """One row per open case that no unit which keeps cases has led yet, and per child co-worked.

    state: to_transfer, an assessment of the case is authorised; being_assessed, none is; co_worked,
    a worker of another unit than the lead's works with the child too. `since`: the day of the
    authorisation, of the referral, of the co-working; `days` from then to today. unit_id and
    worker_id are the lead's today (NULL: nobody leads), of co_worked the co-worker's;
    `with_unit` names the other unit of the two, `with_since` since when it co-works.
    """
    waiting, co_worked = _waiting(basis).subquery(), _co_worked(basis).subquery()
    rows = union_all(select(*waiting.c), select(*co_worked.c)).subquery()
    days = type_coerce(literal(basis.as_at, Date) - rows.c.since, Integer)
    return select(*rows.c, days.label("days"))


def _waiting(basis: Basis) -> Select:
    held, came = HELD_NOW.table(basis.settings), first_in_a_unit(basis)
    found, beside = _authorised(basis), _first_co_worker(basis)
    joined = (
        referral.outerjoin(came, came.c.referral_id == referral.c.referral_id)
        .outerjoin(held, held.c.child_id == referral.c.child_id)
        .outerjoin(found, found.c.referral_id == referral.c.referral_id)
        .outerjoin(beside, beside.c.child_id == referral.c.child_id)
    )
    is_ready = found.c.authorised_on.is_not(None)
    return (
        select(
            held.c.unit_id,
            held.c.worker_id,
            referral.c.child_id,
            case((is_ready, TO_TRANSFER), else_=BEING_ASSESSED).label("state"),
            func.coalesce(found.c.authorised_on, referral.c.received_on, type_=Date).label("since"),
            referral.c.received_on,
            beside.c.unit_name.label("with_unit"),
            beside.c.started_on.label("with_since"),
        )
        .select_from(joined)
        .where(came.c.referral_id.is_(None), _is_open(basis))
    )


def _is_open(basis: Basis) -> ColumnElement[bool]:
    return and_(
        referral.c.no_further_action.is_not(True),
        referral.c.received_on <= basis.as_at,
        ends_after(referral.c.closed_on, basis.as_at),
    )


def _authorised(basis: Basis) -> FromClause:
    """When the first assessment of each case was authorised.

    One that names no case is of each that was received when it began or before; one that names
    its case is of that one, whenever it began.
    """
    of_case = and_(
        assessment.c.child_id == referral.c.child_id,
        or_(
            assessment.c.referral_id == referral.c.referral_id,
            and_(
                assessment.c.referral_id.is_(None),
                assessment.c.started_on >= referral.c.received_on,
            ),
        ),
        assessment.c.authorised_on <= basis.as_at,
    )
    first = func.min(assessment.c.authorised_on, type_=Date).label("authorised_on")
    return (
        select(referral.c.referral_id, first)
        .select_from(referral.join(assessment, of_case))
        .group_by(referral.c.referral_id)
        .subquery()
    )


def _beside_the_lead(basis: Basis) -> Select:
    """Co-workers' open allocations in another unit than the lead's, with the two units' names."""
    held, lead = HELD_NOW.table(basis.settings), unit.alias("lead_unit")
    joined = (
        allocation.join(held, held.c.child_id == allocation.c.child_id)
        .join(unit, unit.c.unit_id == allocation.c.unit_id)
        .outerjoin(lead, lead.c.unit_id == held.c.unit_id)
    )
    return (
        select(
            allocation.c.unit_id,
            allocation.c.worker_id,
            allocation.c.child_id,
            allocation.c.started_on,
            unit.c.name.label("unit_name"),
            func.coalesce(lead.c.name, held.c.unit_id, type_=String).label("lead_name"),
        )
        .select_from(joined)
        .where(allocation.c.lead.is_(False), covers(allocation, basis.as_at))
        .where(allocation.c.unit_id != held.c.unit_id)
    )


def _first_co_worker(basis: Basis) -> FromClause:
    earliest = (allocation.c.started_on, allocation.c.allocation_id)
    return first_of_each(_beside_the_lead(basis), (allocation.c.child_id,), earliest)


def _co_worked(basis: Basis) -> Select:
    """The children with a co-worker of another unit, each once a unit."""
    earliest = (allocation.c.started_on, allocation.c.allocation_id)
    of_unit = (allocation.c.child_id, allocation.c.unit_id)
    beside = first_of_each(_beside_the_lead(basis), of_unit, earliest)
    return select(
        beside.c.unit_id,
        beside.c.worker_id,
        beside.c.child_id,
        literal(CO_WORKED).label("state"),
        beside.c.started_on.label("since"),
        null().cast(Date).label("received_on"),
        beside.c.lead_name.label("with_unit"),
        null().cast(Date).label("with_since"),
    )


WAITING = KeptRows("waiting_for_unit", waiting_for_units, ("unit_id", "state"), LISTED_BY)


def in_state(state: str, basis: Basis, view: View) -> Select:
    """The kept rows of `waiting_for_units` in a state, of the view's unit or of every one."""
    kept = WAITING.table(basis.settings)
    names = (*WHO, "state", "since", "days", "received_on", "with_unit", "with_since", "position")
    columns = (kept.c[name] for name in names)
    return select(*columns).where(kept.c.state == state, view.scope.holds(kept.c.unit_id))


Rows = Callable[[Basis, View], Select]
# By the names that addresses give the lists; each with the columns that it is ordered by.
TRANSFER_LISTS: Mapping[str, tuple[Rows, tuple[str, ...]]] = {
    state: (partial(in_state, state), LISTED_BY)
    for state in (TO_TRANSFER, CO_WORKED, BEING_ASSESSED)
}
