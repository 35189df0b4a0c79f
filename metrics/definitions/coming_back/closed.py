"""How many cases do we bring to an end?"""

from sqlalchemy import Select, Subquery, and_, case, func, literal, select

from data_access.code_sets.children import CLOSURE
from data_access.dialect import add_days
from data_access.relations import ends_after, month_ends, with_lead_where
from data_access.schema import allocation, referral
from metrics.explore.offered import BY_AGE, BY_WORKER
from metrics.model import FEWEST, Basis, Cut, Measure, Metric, Months, Need, Polarity, Split, Words

OPEN, NOT_KNOWN = "open", "not_known"
OUTCOMES = {
    **{reason.code: reason.means for reason in CLOSURE.codes},
    NOT_KNOWN: "closed, reason not known",
    OPEN: "still open",
}


def rows(months: Months, basis: Basis) -> Select:
    """One row per case open on any day of the month: numerator 1 if it was closed in it.

    A case is a referral without "no further action". It is open from the day it was received to
    the day of its closing, both included. The unit of one that was closed is that of the last lead
    open on the day or the day before; of another, of the lead at the month's end.
    """
    led = _led(_open(months, basis))
    is_closed = led.c.closed_on.is_not(None)
    reason = func.coalesce(led.c.closure_reason, NOT_KNOWN)
    return select(
        led.c.month,
        led.c.lead_unit_id.label("unit_id"),
        led.c.lead_worker_id.label("worker_id"),
        led.c.child_id,
        case((is_closed, 1), else_=0).label("numerator"),
        literal(1).label("denominator"),
        led.c.received_on,
        led.c.closed_on,
        case((is_closed, reason), else_=OPEN).label("outcome"),
    )


def _open(months: Months, basis: Basis) -> Subquery:
    """One row per month and case open in it; `closed_on` is NULL unless it was closed in it.

    `day` is the day of closing, else the month's last; a lead counts whose allocation ends after
    `leads_past`, which for a closing is the day before.
    """
    ends = month_ends(months.first.start, months.last.start, basis.as_at)
    closed_in = case((referral.c.closed_on <= ends.c.last_day, referral.c.closed_on))
    was_open = and_(
        referral.c.received_on <= ends.c.last_day,
        ends_after(referral.c.closed_on, add_days(ends.c.month, literal(-1))),
    )
    return (
        select(
            ends.c.month,
            referral.c.referral_id,
            referral.c.child_id,
            referral.c.received_on,
            referral.c.closure_reason,
            closed_in.label("closed_on"),
            func.coalesce(closed_in, ends.c.last_day).label("day"),
            func.coalesce(add_days(closed_in, literal(-1)), ends.c.last_day).label("leads_past"),
        )
        .select_from(ends.join(referral, was_open))
        .where(referral.c.no_further_action.is_not(True))
        .where(ends_after(referral.c.closed_on, add_days(referral.c.received_on, literal(-1))))
        .subquery()
    )


def _led(open_cases: Subquery) -> Subquery:
    """The cases with the unit and worker of who led at `day`, one row per month and case."""
    led_then = and_(
        allocation.c.started_on <= open_cases.c.day,
        ends_after(allocation.c.ended_on, open_cases.c.leads_past),
    )
    return with_lead_where(open_cases, led_then, ("month", "referral_id"))


METRIC = Metric(
    key="closed",
    number=13,
    name="Cases closed",
    question="How many cases do we bring to an end?",
    words=Words(
        numerator="cases closed in the month",
        denominator="cases open on any day of the month",
        one_row_is="a case: a referral without “no further action”",
        counted="cases open in the month",
        one_counted="case",
        counted_one="case open in the month",
    ),
    measure=Measure.PERCENT_ONE_DECIMAL,
    polarity=Polarity.NEITHER,
    adds_up_over_months=False,
    worth_saying=3,
    units_stay_inside=True,
    fewest=FEWEST,
    rows=rows,
    drill_down={"received_on": "Received", "closed_on": "Closed", "outcome": "Outcome"},
    needs=(Need("referral"), Need("referral", "closed_on", unless="no_further_action")),
    source="Local measure; reasons for closure as in the children in need census (DfE)",
    edge_cases=(
        "A case is a referral without “no further action”; two of one child are two, and of one"
        " day a data issue.",
        "One that was closed on the month’s first day was open in it, and closed in it; one that"
        " was closed on the day before was not.",
        "Closed after assessment, with no further action or to early help, is closed as well.",
        "A day of closing after the data’s last day is none, and one before the referral is a data"
        " issue: such a case does not count.",
        "The unit of a closed case is that of the last lead allocation on the day of closing or the"
        " day before; of an open one, of the lead at the month’s end.",
        "Neither way is better: cases that are closed early may come back, and cases that stay open"
        " can’t. It is to be read with the children back within a year of closing.",
    ),
    split=Split("outcome", OUTCOMES),
    cuts=(Cut("outcome", "Outcome", is_outcome=True), BY_WORKER, BY_AGE),
)
