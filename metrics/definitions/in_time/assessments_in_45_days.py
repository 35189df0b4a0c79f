"""Are assessments done in time?"""

from sqlalchemy import ColumnElement, FromClause, Select, Subquery, and_, case, literal, or_, select

from data_access.due.intervals import working_days
from data_access.due.states import had_fallen_due
from data_access.relations import (
    assessment_ended_on,
    covers,
    ends_after,
    month_ends,
    with_last_lead,
    with_lead,
)
from data_access.schema import assessment, calendar_day, referral
from metrics.explore.offered import BY_AGE, BY_WORKER
from metrics.in_time.working_days import WITHIN, with_working_days
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
    Split,
    Words,
)

LIMIT = 45
BANDS = {
    10: "within 10 working days",
    20: "11 to 20",
    30: "21 to 30",
    40: "31 to 40",
    45: "41 to 45",
}
TAKEN = {**{f"{most}": words for most, words in BANDS.items()}, "more": "more than 45"}


def rows(months: Months, basis: Basis) -> Select:
    """One row per assessment authorised in the month: numerator 1 if within 45 working days.

    `working_days` counts from the day on which it started, which is day 0. One authorised before
    it started is impossible, and left out. The unit is that of the child's last lead allocation
    open on the day of the authorisation or the day before.
    """
    done = with_working_days(_authorised(months, basis), "started_on", "authorised_on")
    return select(
        done.c.month,
        done.c.lead_unit_id.label("unit_id"),
        done.c.lead_worker_id.label("worker_id"),
        done.c.child_id,
        case((done.c.working_days <= LIMIT, 1), else_=0).label("numerator"),
        literal(1).label("denominator"),
        done.c.started_on,
        done.c.authorised_on,
        done.c.working_days,
        _taken(done.c.working_days).label("taken"),
    )


def _taken(days: ColumnElement[int]) -> ColumnElement[str]:
    return case(*((days <= most, f"{most}") for most in BANDS), else_="more")


def _authorised(months: Months, basis: Basis) -> Subquery:
    made = assessment.c
    authorised = (
        select(made.assessment_id, made.child_id, made.started_on, made.authorised_on)
        .where(made.authorised_on >= made.started_on)
        .where(made.authorised_on >= months.first.start)
        .where(made.authorised_on < months.last.end)
        .where(made.authorised_on <= basis.as_at)
        .subquery()
    )
    return with_last_lead(authorised, "authorised_on", ("assessment_id",))


def with_end() -> Subquery:
    """Every assessment with `ended_on`: see `assessment_ended_on`."""
    made = assessment.c
    return (
        select(
            made.assessment_id,
            made.child_id,
            made.started_on,
            made.authorised_on,
            assessment_ended_on().label("ended_on"),
        )
        .select_from(assessment.outerjoin(referral, referral.c.referral_id == made.referral_id))
        .subquery()
    )


def open_past_limit(months: Months, basis: Basis) -> Select:
    """One row per assessment open at the month's end: numerator 1 if begun 46 or more days before.

    Working days. One that was never authorised is open until its referral closes.
    """
    ends, one = month_ends(months.first.start, months.last.start, basis.as_at), with_end()
    then = (
        select(ends.c.last_day, one.c.assessment_id, one.c.child_id, one.c.started_on)
        .select_from(ends.join(one, covers(one, ends.c.last_day)))
        .subquery()
    )
    led = with_lead(then, "last_day", ("last_day", "assessment_id"))
    aged = with_working_days(led, "started_on", "last_day")
    return _counted(aged.c.month, aged, aged.c.working_days > LIMIT)


def due_this_month(months: Months, basis: Basis) -> Select:
    """One row per assessment whose 45th working day fell in the month: numerator 1 if done by it.

    So what was never finished counts too. Nothing was due where its referral closed by that day
    and it was never authorised.
    """
    begun, done, last, one = calendar_day.alias(), calendar_day.alias(), working_days(), with_end()
    days_taken = done.c.working_day_number - begun.c.working_day_number
    in_time = and_(
        one.c.authorised_on.is_not(None),
        one.c.authorised_on <= basis.as_at,
        days_taken <= LIMIT,
    )
    due = (
        select(one.c.assessment_id, one.c.child_id, last.c.day.label("due_on"), _as_number(in_time))
        .select_from(
            up_to_the_limit(one, begun, last).outerjoin(done, done.c.day == one.c.authorised_on)
        )
        .where(last.c.day >= months.first.start, last.c.day < months.last.end)
        .where(had_fallen_due(last.c.day, basis.as_at, in_time))
        .where(_was_due(one, last))
        .subquery()
    )
    led = with_lead(due, "due_on", ("assessment_id",))
    month = calendar_day.alias()
    in_month = led.join(month, month.c.day == led.c.due_on)
    return _counted(month.c.month, led, led.c.in_time == 1).select_from(in_month)


def _as_number(in_time: ColumnElement[bool]) -> ColumnElement[int]:
    return case((in_time, 1), else_=0).label("in_time")


def up_to_the_limit(
    one: FromClause, begun: FromClause, last: FromClause, *, where_known: bool = True
) -> FromClause:
    """Assessments with the days on which they began and reached the limit.

    `where_known`: only those of which the calendar holds both.
    """
    number = begun.c.working_day_number + LIMIT
    outer = not where_known
    return one.join(begun, begun.c.day == one.c.started_on, isouter=outer).join(
        last, last.c.working_day_number == number, isouter=outer
    )


def _was_due(one: FromClause, last: FromClause) -> ColumnElement[bool]:
    authorised = one.c.authorised_on
    return or_(
        authorised >= one.c.started_on,
        and_(authorised.is_(None), ends_after(one.c.ended_on, last.c.day)),
    )


def _counted(month: ColumnElement, led: FromClause, counts: ColumnElement[bool]) -> Select:
    return select(
        month,
        led.c.lead_unit_id.label("unit_id"),
        case((counts, 1), else_=0).label("numerator"),
        literal(1).label("denominator"),
    )


METRIC = Metric(
    key="assessments_in_45_days",
    number=30,
    name="Assessments in 45 days",
    question="Are assessments done in time?",
    words=Words(
        numerator="assessments authorised in the month, within 45 working days of their start",
        denominator="assessments authorised in the month",
        one_row_is="an assessment that was authorised",
        counted="assessments authorised",
        counted_one="assessment authorised",
        one_counted="assessment",
    ),
    measure=Measure.PERCENT,
    polarity=Polarity.HIGHER_IS_BETTER,
    adds_up_over_months=True,
    worth_saying=5,
    fewest=FEWEST,
    rows=rows,
    drill_down={
        "started_on": "Started",
        "authorised_on": "Authorised",
        "working_days": "Working days taken",
        "taken": "Taken",
    },
    needs=(Need("assessment"), Need("assessment", "authorised_on")),
    source="Working Together to Safeguard Children: no longer than 45 working days from the point"
    " of referral; counted as in the DfE's children in need census",
    edge_cases=(
        "The day on which it started is day 0; the 45th working day is in time. From a weekend the"
        " next working day is day 1; a weekend at the end is as the Friday before.",
        "An assessment is counted from its own start, which the DfE wants to be the day of the"
        " referral: one written up as starting later looks quicker than it was.",
        "One that is not finished is in neither number of its month. Beside stand those open past"
        " 45 working days, and of those whose 45th working day fell in the month how many were"
        " done by then: there what was never finished counts as well.",
        "One that was never authorised is open until its referral closes; where that was on or"
        " before its 45th working day, nothing was due.",
        "Two of a child that began on one day count as two, and are a data issue.",
        "One authorised before it started is a data issue, and in no number.",
        "The unit and worker are those of the child's last lead allocation open on the day of the"
        " authorisation or the day before.",
    ),
    beside=Beside(
        companions=(
            Companion(
                "due_this_month",
                "Done of those due",
                "{n} of {d} whose 45th working day fell in the month {n:was|were} done by then",
                due_this_month,
            ),
            Companion(
                "open_past_45",
                "Open past 45 days",
                "{n} of {d} open {d:assessment|assessments} {n:is|are} past 45 working days",
                open_past_limit,
            ),
        ),
        quantiles=WITHIN,
    ),
    split=Split("taken", TAKEN),
    identified_by=("child_id", "started_on"),
    cuts=(Cut("taken", "Taken", is_outcome=True), BY_WORKER, BY_AGE),
)
