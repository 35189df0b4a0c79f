"""Is what we do written down in time?"""

from sqlalchemy import (
    ColumnElement,
    FromClause,
    Integer,
    Select,
    Subquery,
    and_,
    case,
    func,
    literal,
    select,
)

from data_access.due.clocks import child_was_seen, known_by
from data_access.due.recording_standards import recording_standard_on
from data_access.relations import with_lead
from data_access.schema import calendar_day, visit
from metrics.explore.offered import BY_AGE, BY_PLAN, BY_WORKER
from metrics.model import (
    Basis,
    Beside,
    Companion,
    Cut,
    Measure,
    Metric,
    Months,
    Need,
    Pair,
    Polarity,
    Quantile,
    Split,
    Words,
    itself,
)
from metrics.writing import working_days_words

LAGS = {
    "same_day": "the same working day",
    "in_time": "later, within the standard",
    "within_5": "after the standard, within 5 working days",
    "within_10": "after the standard, within 10 working days",
    "later": "more than 10 working days later",
}


def rows(months: Months, basis: Basis) -> Select:
    """One row per visit made in the month whose recording date is known: numerator 1 if in time.

    `working_days` counts the working days after the visit up to the record; in time is no more of
    them than the standard in force on the day of the visit. A recording date before the visit, or
    after the basis's day, is no evidence and counts as unknown. The unit is that of the child's
    lead allocation on the day of the visit; the worker is who made it, else that lead.
    """
    made = visits_made(months, basis)
    visited, recorded = calendar_day.alias(), calendar_day.alias()
    days = recorded.c.working_day_number - visited.c.working_day_number
    standard = recording_standard_on(made.c.visited_on, basis.settings)
    return (
        select(
            visited.c.month,
            made.c.lead_unit_id.label("unit_id"),
            func.coalesce(made.c.worker_id, made.c.lead_worker_id).label("worker_id"),
            made.c.child_id,
            case((days <= standard, 1), else_=0).label("numerator"),
            literal(1).label("denominator"),
            made.c.kind,
            made.c.visited_on,
            made.c.recorded_on,
            days.cast(Integer).label("working_days"),
            _lag(days, standard).label("lag"),
        )
        .select_from(_on_their_days(made, visited, recorded))
        .where(_is_known(made, basis))
    )


def _on_their_days(made: Subquery, visited: FromClause, recorded: FromClause) -> FromClause:
    return made.join(visited, visited.c.day == made.c.visited_on).join(
        recorded, recorded.c.day == made.c.recorded_on
    )


def _lag(days: ColumnElement[int], standard: ColumnElement[int]) -> ColumnElement[str]:
    """Which of `LAGS` so many working days are."""
    return case(
        (days == 0, "same_day"),
        (days <= standard, "in_time"),
        (days <= 5, "within_5"),
        (days <= 10, "within_10"),
        else_="later",
    )


def _is_known(made: FromClause, basis: Basis) -> ColumnElement[bool]:
    return and_(
        made.c.recorded_on >= made.c.visited_on,
        made.c.recorded_on <= basis.as_at,
    )


def visits_made(months: Months, basis: Basis) -> Subquery:
    """Visits made in the month on which the child was not recorded as not seen, with their lead."""
    made = (
        select(
            visit.c.visit_id,
            visit.c.child_id,
            visit.c.kind,
            visit.c.worker_id,
            visit.c.visited_on,
            visit.c.recorded_on,
        )
        .where(child_was_seen())
        .where(visit.c.visited_on >= months.first.start)
        .where(visit.c.visited_on < months.last.end)
        .where(visit.c.visited_on <= basis.as_at)
    )
    if basis.known_on is not None:
        made = made.where(known_by(basis.known_on))
    return with_lead(made.subquery(), "visited_on", ("visit_id",))


def recording_known(months: Months, basis: Basis) -> Select:
    """One row per visit made in the month: numerator 1 if its recording date is known."""
    made = visits_made(months, basis)
    return select(
        calendar_day.c.month,
        made.c.lead_unit_id.label("unit_id"),
        case((_is_known(made, basis), 1), else_=0).label("numerator"),
        literal(1).label("denominator"),
    ).select_from(made.join(calendar_day, calendar_day.c.day == made.c.visited_on))


METRIC = Metric(
    key="recorded_in_time",
    number=6,
    name="Recorded in time",
    question="Is what we do written down in time?",
    words=Words(
        numerator="visits made in the month and recorded within the standard",
        denominator="visits made in the month whose recording date is known",
        one_row_is="a visit made, with its recording date",
        counted="visits with a recording date",
        counted_one="visit with a recording date",
        one_counted="visit",
    ),
    measure=Measure.PERCENT,
    polarity=Polarity.HIGHER_IS_BETTER,
    adds_up_over_months=True,
    worth_saying=3,
    rows=rows,
    drill_down={
        "kind": "Plan",
        "visited_on": "Seen",
        "recorded_on": "Recorded",
        "working_days": "Working days taken",
        "lag": "Entered",
    },
    needs=(Need("visit"), Need("visit", "recorded_on")),
    source="Local standard: within {recording_standard} (config.toml); the pair with visits in time"
    " follows the evaluation of Family Insights (DfE, 2017), ChildStat",
    edge_cases=(
        "A visit made is one on which the child was not recorded as not seen.",
        "Working days are those after the day of the visit, up to the day of the record: a visit"
        " on Friday that is recorded on Monday took one.",
        "A visit without a recording date is in neither number; the coverage says how many.",
        "Two visits of a child of one kind on one day count as two, and are a data issue; those"
        " alike in all but the id count once.",
        "A visit that nobody has entered yet is in no number: of a month that has just ended the"
        " share is too high until the late records have come in.",
        "A visit recorded before it was made is a data issue: its recording date counts as"
        " unknown, so it is left out of the share and of the working days taken.",
        "Half and nine in ten: the smallest number of working days within which at least that"
        " share of the visits was recorded. They are worked out anew from the visits of each unit"
        " and of the service: they do not add up.",
        "The unit is that of the child's lead allocation on the day of the visit. The worker is"
        " who made the visit; where the source does not say, the child's lead worker that day.",
    ),
    beside=Beside(
        companions=(
            Companion(
                "recording_known",
                "Recording date known",
                "recording date supplied for {n} of {d} {d:visit|visits} made",
                recording_known,
                is_coverage=True,
            ),
        ),
        pair=Pair(
            "visits_out_of_timescale", "recorded in time", itself, "recording dates not supplied"
        ),
        quantiles=(
            Quantile(
                "half",
                "Half within",
                0.5,
                "working_days",
                "half of {n} recorded within {value}",
                working_days_words,
            ),
            Quantile(
                "nine_in_ten",
                "Nine in ten within",
                0.9,
                "working_days",
                "nine in ten within {value}",
                working_days_words,
            ),
        ),
        while_new="Visits that nobody has entered yet are in no number, so the share recorded in"
        " time is still too high.",
    ),
    split=Split("lag", LAGS),
    cuts=(Cut("lag", "Entered", is_outcome=True), BY_WORKER, BY_PLAN, BY_AGE),
)
