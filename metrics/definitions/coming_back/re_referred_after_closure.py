"""Of the children whose case we closed, how many came back within a year?"""

from datetime import timedelta

from sqlalchemy import ColumnElement, Select, Subquery, and_, case, literal, select

from data_access.code_sets.children import CLOSURE
from data_access.dialect import add_days, add_months
from data_access.relations import month_ends, with_last_lead
from data_access.schema import calendar_day
from metrics.explore.offered import BY_AGE, BY_WORKER
from metrics.followed.closings import FOLLOWED_MONTHS, LEFT, NOT_ENDED, OF_AGE, closed_cases
from metrics.model import (
    FEWEST,
    Basis,
    Beside,
    Companion,
    Cut,
    FigureKind,
    Followed,
    Measure,
    Metric,
    Months,
    Need,
    Polarity,
    Rows,
    Words,
    months_before,
)

REASONS = {reason.code: reason.means for reason in CLOSURE.codes}


def rows(months: Months, basis: Basis) -> Select:
    """One row per case whose closing was twelve months ago in the month: numerator 1 if back.

    Back is another referral of the child, with no further action or not, received on the day of
    closing or later, after the case's own referral, and within twelve months, counted back from
    the later day. It stands in the month twelve months after that of closing, once every day of
    those is known. The unit is that of the last lead open on the day of closing or the day before.
    Left out is who could not come back, or was not gone: see `closings`.
    """
    led = with_last_lead(_followed(months, basis), "closed_on", ("referral_id",))
    return select(
        led.c.month,
        led.c.lead_unit_id.label("unit_id"),
        led.c.lead_worker_id.label("worker_id"),
        led.c.child_id,
        case((led.c.back_on.is_(None), 0), else_=1).label("numerator"),
        literal(1).label("denominator"),
        led.c.closed_on,
        led.c.closure_reason,
        led.c.back_on,
    ).where(led.c.why_not.is_(None))


def back_same_day(months: Months, basis: Basis) -> Select:
    """The same rows: numerator 1 if the child was referred again on the very day of closing."""
    led = with_last_lead(_followed(months, basis), "closed_on", ("referral_id",))
    is_same_day = led.c.back_on == led.c.closed_on
    return _counted(led, case((is_same_day, 1), else_=0)).where(led.c.why_not.is_(None))


def already_back(months: Months, basis: Basis) -> Select:
    """One row per case closed in the twelve months to the month's end: numerator 1 if back by then.

    None of them has been followed for twelve months, so they make no rate.
    """
    ends = month_ends(months.first.start, months.last.start, basis.as_at)
    closed = closed_cases(basis)
    closed_lately = and_(
        closed.c.closed_on <= ends.c.last_day,
        closed.c.closed_on >= add_months(add_days(ends.c.last_day, literal(1)), literal(-12)),
    )
    in_month = (
        select(ends.c.month, ends.c.last_day, *closed.c)
        .select_from(ends.join(closed, closed_lately))
        .where(closed.c.why_not.is_(None))
        .subquery()
    )
    led = with_last_lead(in_month, "closed_on", ("month", "referral_id"))
    return _counted(led, case((led.c.back_on <= led.c.last_day, 1), else_=0))


def not_followed(months: Months, basis: Basis) -> Select:
    """One row per case whose twelve months ended in the month: numerator 1 if it is left out."""
    led = with_last_lead(_followed(months, basis), "closed_on", ("referral_id",))
    return _counted(led, case((led.c.why_not.is_(None), 0), else_=1))


def _left_out_as(why_not: str) -> Rows:
    """One row per case that is left out for the reason; none where none is."""

    def left_out(months: Months, basis: Basis) -> Select:
        led = with_last_lead(_followed(months, basis), "closed_on", ("referral_id",))
        return _counted(led, literal(1)).where(led.c.why_not == why_not)

    return left_out


def _counted(led: Subquery, numerator: ColumnElement[int]) -> Select:
    return select(
        led.c.month,
        led.c.lead_unit_id.label("unit_id"),
        numerator.label("numerator"),
        literal(1).label("denominator"),
    )


def _followed(months: Months, basis: Basis) -> Subquery:
    """Cases whose twelve months ended in one of the months, and wholly within what is known."""
    closed = closed_cases(basis)
    ended_in = calendar_day.c.day == add_months(closed.c.closed_on, literal(FOLLOWED_MONTHS))
    known = months_before(basis.as_at + timedelta(days=1), FOLLOWED_MONTHS)
    return (
        select(calendar_day.c.month, *closed.c)
        .select_from(closed.join(calendar_day, ended_in))
        .where(closed.c.closed_on >= months_before(months.first.start, FOLLOWED_MONTHS))
        .where(closed.c.closed_on < months_before(months.last.end, FOLLOWED_MONTHS))
        .where(closed.c.closed_on < known)
        .subquery()
    )


METRIC = Metric(
    key="re_referred_after_closure",
    number=8,
    name="Back within a year of closing",
    short="Back within a year",
    question="Of the children whose case we closed, how many came back within a year?",
    words=Words(
        numerator="of these, children referred again within twelve months of closing",
        denominator="cases closed twelve months before",
        one_row_is="a case closed twelve months before",
        counted="closures followed for a year",
        one_counted="closure",
        counted_one="closure followed for a year",
    ),
    measure=Measure.PERCENT_ONE_DECIMAL,
    polarity=Polarity.LOWER_IS_BETTER,
    adds_up_over_months=True,
    worth_saying=5,
    units_stay_inside=True,
    fewest=FEWEST,
    rows=rows,
    drill_down={"closed_on": "Closed", "closure_reason": "Reason", "back_on": "Back on"},
    needs=(Need("referral"), Need("referral", "closed_on", unless="no_further_action")),
    source=(
        "Local measure: the DfE counts re-referrals among referrals, not among closures, so no"
        " published figure of it is like this one"
    ),
    edge_cases=(
        "A closure stands in the month twelve months after that of closing, and not before every"
        " day of the twelve months is known.",
        "Within twelve months is counted back from the later day, and the same day a year later is"
        " within.",
        "A referral with no further action brings a child back as well, but is no case that could"
        " be closed.",
        "Of two referrals of one day, which are a data issue, each that is closed counts, and"
        " neither brings the child back from the other.",
        "Back on the very day of closing counts, and is told beside the figure: it may be"
        " administration.",
        "Left out, and told beside it: children adopted, died, gone to another authority or to"
        " adult services; those who turn 18 by the last day of the twelve months; and closures"
        " while another case of the child went on. Without a date of birth nobody is taken to turn"
        " 18.",
        "The unit is that of the last lead allocation on the day of closing or the day before,"
        " wherever the child comes back.",
    ),
    beside=Beside(
        companions=(
            Companion(
                "not_followed",
                "Closures left out",
                "{n} of {d} {d:closure|closures} of twelve months before {n:is|are} left out",
                not_followed,
                is_coverage=True,
                counts_left_out=True,
                covered_name="Closures followed",
            ),
            Companion(
                "left_the_service",
                "Left out: adopted, died, or gone to others",
                "Left out: {n} adopted, died, or gone to another authority or adult services",
                _left_out_as(LEFT),
            ),
            Companion(
                "turned_18",
                "Left out: 18 within the year",
                "Left out: {n} who turned 18 before the twelve months were over",
                _left_out_as(OF_AGE),
            ),
            Companion(
                "another_case_open",
                "Left out: another case went on",
                "Left out: {n} of whom another case went on",
                _left_out_as(NOT_ENDED),
            ),
            Companion(
                "back_same_day",
                "Back on the day of closing",
                "{n} of {d} {n:was|were} back on the very day of closing: check whether that is"
                " administration",
                back_same_day,
            ),
            Companion(
                "already_back",
                "Closed since, and back already",
                "Of {d} closed in the last twelve months {n} {n:is|are} back so far: too early for"
                " a rate",
                already_back,
            ),
        ),
    ),
    kind=FigureKind.FOLLOWED,
    followed=Followed(FOLLOWED_MONTHS, "closed in {then}, followed to {now}"),
    history_months=FOLLOWED_MONTHS,
    history_of=("referral",),
    cuts=(Cut("closure_reason", "Reason", names=REASONS), BY_WORKER, BY_AGE),
)
