"""Do referrals come back within a year?"""

from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Date, Select, Subquery, and_, case, func, literal, select

from data_access.code_sets.children import REFERRAL_SOURCE
from data_access.dialect import add_days, add_months
from data_access.relations import NEVER, closings_are_known, ends_after, first_of_each
from data_access.schema import allocation, calendar_day, referral
from metrics.explore.offered import BY_AGE, BY_WORKER
from metrics.model import (
    FEWEST,
    Basis,
    Beside,
    Companion,
    Cut,
    Measure,
    Metric,
    Months,
    Need,
    Polarity,
    Words,
    months_before,
)

WITHIN_MONTHS = 12
LONG_AGO = date.min


def rows(months: Months, basis: Basis) -> Select:
    """One row per child and day of referral in the month: numerator 1 if the child came before.

    That is, on an earlier day within twelve months, counted back from the later; the same day a
    year before is within. Of two referrals of one child on one day the one whose id sorts first
    stands. With no further action or not, each counts, and counts as an earlier one. The unit is
    that of the lead on the day, else of the first lead that begins within the settings' days.
    DfE, children in need census: re-referral within 12 months of an earlier referral.
    """
    since = months_before(months.first.start, WITHIN_MONTHS)
    placed = _placed(_received(months, basis, since), basis)
    year_before = add_months(placed.c.received_on, literal(-WITHIN_MONTHS))
    is_back = placed.c.received_before_on >= year_before
    return select(
        placed.c.month,
        placed.c.unit_id,
        placed.c.worker_id,
        placed.c.child_id,
        case((is_back, 1), else_=0).label("numerator"),
        literal(1).label("denominator"),
        placed.c.received_on,
        # One of longer ago is found or not by which months are asked for together.
        case((is_back, placed.c.received_before_on)).label("received_before_on"),
        placed.c.source,
    )


def while_open(months: Months, basis: Basis) -> Select:
    """The same rows: numerator 1 if a case that was referred earlier was open on the day.

    On the day of its closing it is not. No row where no case has a day of closing: all would look
    open for good. DfE, children in need census: new information on an open case is no referral;
    those that are returned all the same are counted.
    """
    placed = _placed(_received(months, basis, LONG_AGO), basis)
    return select(
        placed.c.month,
        placed.c.unit_id,
        case((placed.c.open_until > placed.c.received_on, 1), else_=0).label("numerator"),
        literal(1).label("denominator"),
    ).where(closings_are_known())


def _received(months: Months, basis: Basis, since: date) -> Subquery:
    """The children's days of referral in the months, with what came before, from `since` on.

    `received_before_on` is the day of referral before; `open_until` when the last of the cases
    that were referred on earlier days was closed.
    """
    days = _days_of_referral(basis, since)
    in_order: dict[str, Any] = {"partition_by": days.c.child_id, "order_by": days.c.received_on}
    before = func.lag(days.c.received_on, type_=Date).over(**in_order)
    open_until = func.max(days.c.open_until).over(**in_order, rows=(None, -1))
    columns = [column for column in days.c if column.name != "open_until"]
    told = select(
        *columns, before.label("received_before_on"), open_until.label("open_until")
    ).subquery()
    return (
        select(calendar_day.c.month, *told.c)
        .select_from(told.join(calendar_day, calendar_day.c.day == told.c.received_on))
        .where(told.c.received_on >= months.first.start)
        .where(told.c.received_on < months.last.end)
        .subquery()
    )


def _days_of_referral(basis: Basis, since: date) -> Subquery:
    """One row per child and day: of the referral whose id sorts first; until when any was open."""
    of_the_day = (referral.c.child_id, referral.c.received_on)
    known = select(
        referral.c.referral_id,
        *of_the_day,
        referral.c.source,
        func.max(_open_until(basis)).over(partition_by=of_the_day).label("open_until"),
    ).where(referral.c.received_on.between(since, basis.as_at))
    return first_of_each(known, of_the_day, (referral.c.referral_id,))


def _open_until(basis: Basis) -> ColumnElement[date]:
    """The day of closing as far as it is known; NULL for what never was a case."""
    return case(
        (referral.c.no_further_action.is_(True), None),
        (referral.c.closed_on <= basis.as_at, referral.c.closed_on),
        else_=NEVER,
    )


def _placed(received: Subquery, basis: Basis) -> Subquery:
    """`received` with unit_id and worker_id of the lead that the child had or was given."""
    day, began = received.c.received_on, allocation.c.started_on
    by_then = func.least(add_days(day, literal(basis.settings.placed_within_days)), basis.as_at)
    is_or_becomes_lead = and_(
        allocation.c.child_id == received.c.child_id,
        allocation.c.lead.is_(True),
        began <= by_then,
        ends_after(allocation.c.ended_on, day),
        ends_after(allocation.c.ended_on, began),
    )
    given = select(
        *received.c, allocation.c.unit_id.label("unit_id"), allocation.c.worker_id
    ).select_from(received.outerjoin(allocation, is_or_becomes_lead))
    nearest_first = (
        case((began <= day, 0), else_=1),
        func.abs(began - day),
        allocation.c.allocation_id.desc(),
    )
    return first_of_each(given, (received.c.child_id, day), nearest_first)


METRIC = Metric(
    key="re_referral",
    number=7,
    name="Re-referrals",
    question="Do referrals come back within a year?",
    words=Words(
        numerator="referrals of children who had been referred in the twelve months before",
        denominator="referrals received in the month",
        one_row_is="a referral: a child and a day",
        counted="referrals",
        one_counted="referral",
        counted_one="referral",
    ),
    measure=Measure.PERCENT_ONE_DECIMAL,
    polarity=Polarity.LOWER_IS_BETTER,
    adds_up_over_months=True,
    worth_saying=5,
    fewest=FEWEST,
    rows=rows,
    drill_down={
        "received_on": "Received",
        "received_before_on": "Received before",
        "source": "From",
    },
    needs=(Need("referral"),),
    source="DfE, Characteristics of children in need: re-referrals within 12 months",
    edge_cases=(
        "Within twelve months is counted back from the later referral, and the same day a year"
        " before is within; from 29 February it is 28 February.",
        "Two referrals of a child on one day are one, the one whose id sorts first, and neither is"
        " the other’s re-referral. They are a data issue.",
        "Referrals with no further action count, and count as earlier ones.",
        "Each repeat counts: a child’s third referral within a year is a re-referral again.",
        "Children are counted, not families: twins are two. Unborn children count.",
        "A referral while a case is open should not be recorded, and counts as the DfE counts it;"
        " it is told beside the figure and is a data issue. A case is not open on its last day.",
        "The unit is that of the lead on the day, else of the first lead that begins within"
        " {placed_within_days} days, else there is none. It says where work arrives, not whose"
        " closing did not hold: units are not to be compared by it.",
    ),
    beside=Beside(
        companions=(
            Companion(
                "re_referral_while_open",
                "Referrals while a case was open",
                "{n} of {d} {d:referral|referrals} {n:was|were} made while a case was open",
                while_open,
            ),
        ),
    ),
    history_months=WITHIN_MONTHS,
    units_not_compared="it says where work arrives, not whose closing did not hold",
    cuts=(
        Cut("source", "From", names={one.code: one.means for one in REFERRAL_SOURCE.codes}),
        BY_WORKER,
        BY_AGE,
    ),
)
