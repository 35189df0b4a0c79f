"""How long families who fit no unit wait for a lead in a long-term one, and who still waits."""

from datetime import date
from enum import StrEnum

from sqlalchemy import (
    ColumnElement,
    FromClause,
    Integer,
    Select,
    and_,
    case,
    func,
    select,
    type_coerce,
)

from data_access.relations import ends_after, first_of_each
from data_access.schema import allocation, referral, segment_proposal
from metrics.handing_on.first_units import first_of, leads_in_a_unit
from metrics.model import Basis, Scope
from metrics.segments.judging import Outcome
from metrics.stored.quantiles import nearest_rank

proposed = segment_proposal.c
HALF, NINE_IN_TEN = 0.5, 0.9


class Placed(StrEnum):
    """What has become of a family who fits no unit, since its assessment was authorised."""

    CAME = "came"
    HAD_ONE = "had_one"
    WAITS = "waits"
    CLOSED = "closed"
    NOT_KNOWN = "not_known"


def waits(scope: Scope, basis: Basis) -> Select:
    """One row per family and wait, of who fitted no rule on a day of which derive proposes.

    `state` as in `Placed`; `days` from the authorisation to the first lead in a segmented or area
    unit within the case, NULL unless it is known to have come to one on the day or later. Told by
    the family's head: unit_id is what held it on the last of those days.
    """
    missed = _missed().cte("missed")
    cases = _cases(missed)
    leads = leads_in_a_unit(basis).where(referral.c.child_id.in_(select(missed.c.child_id)))
    first = first_of(leads)
    return (
        select(cases.c.unit_id, cases.c.child_id, *_since(cases, first.c.entered_on, basis))
        .select_from(cases.outerjoin(first, first.c.referral_id == cases.c.referral_id))
        .where(scope.holds(cases.c.unit_id))
    )


def _since(
    cases: FromClause, came_on: ColumnElement[date], basis: Basis
) -> tuple[ColumnElement, ColumnElement]:
    """The columns `state` and `days` of `waits`."""
    # Of what was led when the allocations begin, nobody knows since when.
    told_from = select(func.min(allocation.c.started_on)).scalar_subquery()
    state = case(
        (cases.c.waiting_since <= told_from, Placed.NOT_KNOWN),
        (came_on < cases.c.waiting_since, Placed.HAD_ONE),
        (came_on.is_not(None), Placed.CAME),
        (cases.c.closed_on <= basis.as_at, Placed.CLOSED),
        else_=Placed.WAITS,
    )
    days = type_coerce(came_on - cases.c.waiting_since, Integer)
    is_known = and_(came_on >= cases.c.waiting_since, cases.c.waiting_since > told_from)
    return state.label("state"), case((is_known, days)).label("days")


def _missed() -> Select:
    """Each wait of a family once, as on the last day on which it fitted no rule."""
    names = ("child_id", "unit_id", "waiting_since", "as_on")
    of_every_day = select(*(proposed[name] for name in names)).where(
        proposed.outcome == Outcome.NO_FIT
    )
    once = (proposed.child_id, proposed.waiting_since)
    rows = first_of_each(of_every_day, once, (proposed.as_on.desc(),))
    return select(*rows.c)


def _cases(missed: FromClause) -> FromClause:
    """The same with the case that was open then: of several the one that came first."""
    open_then = and_(
        referral.c.child_id == missed.c.child_id,
        referral.c.no_further_action.is_not(True),
        referral.c.received_on <= missed.c.as_on,
        ends_after(referral.c.closed_on, missed.c.as_on),
    )
    rows = select(*missed.c, referral.c.referral_id, referral.c.closed_on).select_from(
        missed.join(referral, open_then)
    )
    in_order = (referral.c.received_on, referral.c.referral_id)
    return first_of_each(rows, (missed.c.child_id, missed.c.waiting_since), in_order)


def counted_by_state(rows: Select) -> Select:
    """Families by `state`, and within how many days half and nine in ten of them came."""
    of = rows.subquery()
    return select(
        of.c.state,
        func.count().label("families"),
        nearest_rank(of.c.days, HALF).label("half"),
        nearest_rank(of.c.days, NINE_IN_TEN).label("nine_in_ten"),
    ).group_by(of.c.state)
