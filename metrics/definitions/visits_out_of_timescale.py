"""Were children seen when they should have been?"""

from sqlalchemy import ColumnElement, FromClause, Select, Subquery, and_, case, literal, or_, select

from data_access.clocks import Knowledge
from data_access.relations import with_lead
from data_access.schema import calendar_day, visit, visit_due, visit_interval
from data_access.visit_clock import visits_due
from metrics.model import Basis, Companion, Measure, Metric, Months, Polarity, Rows

STATES = {
    "in_time": "in time",
    "in_time_entered_late": "in time, entered late",
    "late": "late",
    "no_record_yet": "no record yet",
    "overdue": "overdue, nothing recorded",
}


def rows(months: Months, basis: Basis) -> Select:
    """One row per visit that fell due in the month: numerator 1 if not made by its due date.

    A visit fell due once its due date has passed, or on that date if it had been made. The unit
    is that of the child's lead allocation on the due date. `state` is as at the basis's day.
    `set_by` says whether this child's own agreement set due_on ("agreed") or the "standard";
    `looser_than` what would have had the child seen sooner, NULL where nothing would.
    """
    due = _due(basis)
    seen_in_time = and_(due.c.visited_on.is_not(None), due.c.visited_on <= due.c.due_on)
    month = calendar_day.alias()
    joined, state = _with_state(due, month, basis, seen_in_time)
    return (
        select(
            month.c.month,
            due.c.unit_id,
            due.c.worker_id,
            due.c.child_id,
            case((seen_in_time, 0), else_=1).label("numerator"),
            literal(1).label("denominator"),
            due.c.kind,
            due.c.clock_started_on,
            due.c.due_on,
            due.c.standard_due_on,
            due.c.lawful_due_on,
            due.c.visited_on,
            due.c.recorded_on,
            state.label("state"),
            due.c.attempts,
            due.c.set_by,
            due.c.looser_than,
            visit_interval.c.authorised_by,
            visit_interval.c.reason,
        )
        .select_from(
            joined.outerjoin(
                visit_interval, visit_interval.c.visit_interval_id == due.c.visit_interval_id
            )
        )
        .where(due.c.due_on >= months.first.start)
        .where(due.c.due_on < months.last.end)
        .where(or_(due.c.due_on < basis.as_at, and_(due.c.due_on == basis.as_at, seen_in_time)))
    )


def _due(basis: Basis) -> FromClause:
    """The visits due as derived, or worked out anew for what was known on another day."""
    if basis.known_on is None:
        return visit_due
    return visits_due(basis.settings, Knowledge(basis.known_on, basis.known_on)).subquery()


def _with_state(
    due: FromClause, month: FromClause, basis: Basis, seen_in_time: ColumnElement[bool]
) -> tuple[FromClause, ColumnElement[str]]:
    """The joins that a state needs, and the state: see `STATES`; they partition the visits due."""
    standard = basis.settings.recording_working_days
    recorded, visited, today = (calendar_day.alias() for _ in range(3))
    joined = (
        due.join(month, month.c.day == due.c.due_on)
        .join(today, today.c.day == basis.as_at)
        .outerjoin(recorded, recorded.c.day == due.c.recorded_on)
        .outerjoin(visited, visited.c.day == due.c.visited_on)
    )
    days_to_record = recorded.c.working_day_number - visited.c.working_day_number
    days_since_due = today.c.working_day_number - month.c.working_day_number
    state = case(
        (and_(seen_in_time, due.c.recorded_on.is_(None)), "in_time"),
        (and_(seen_in_time, days_to_record <= standard), "in_time"),
        (seen_in_time, "in_time_entered_late"),
        (due.c.visited_on.is_not(None), "late"),
        (days_since_due <= standard, "no_record_yet"),
        else_="overdue",
    )
    return joined, state


def in_state(name: str) -> Rows:
    """The rows of the metric, numerator 1 where the visit is in the named state."""

    def state_rows(months: Months, basis: Basis) -> Select:
        counted = rows(months, basis).subquery()
        return select(
            counted.c.month,
            counted.c.unit_id,
            case((counted.c.state == name, 1), else_=0).label("numerator"),
            counted.c.denominator,
        )

    return state_rows


def _made(months: Months, basis: Basis) -> Subquery:
    """Visits made in the month on which the child was not recorded as not seen, with their unit."""
    made = (
        select(visit.c.visit_id, visit.c.child_id, visit.c.visited_on, visit.c.recorded_on)
        .where(or_(visit.c.seen.is_(None), visit.c.seen.is_(True)))
        .where(visit.c.visited_on >= months.first.start)
        .where(visit.c.visited_on < months.last.end)
        .where(visit.c.visited_on <= basis.as_at)
        .subquery()
    )
    return with_lead(made, "visited_on", ("visit_id",))


def recording_known(months: Months, basis: Basis) -> Select:
    """One row per visit made in the month: numerator 1 if its recording date is known."""
    made = _made(months, basis)
    return select(
        calendar_day.c.month,
        made.c.lead_unit_id.label("unit_id"),
        case((made.c.recorded_on.is_(None), 0), else_=1).label("numerator"),
        literal(1).label("denominator"),
    ).select_from(made.join(calendar_day, calendar_day.c.day == made.c.visited_on))


def recorded_in_time(months: Months, basis: Basis) -> Select:
    """One row per visit made in the month with a recording date: numerator 1 if within standard."""
    made = _made(months, basis)
    visited, recorded = calendar_day.alias(), calendar_day.alias()
    days = recorded.c.working_day_number - visited.c.working_day_number
    return (
        select(
            visited.c.month,
            made.c.lead_unit_id.label("unit_id"),
            case((days <= basis.settings.recording_working_days, 1), else_=0).label("numerator"),
            literal(1).label("denominator"),
        )
        .select_from(
            made.join(visited, visited.c.day == made.c.visited_on).outerjoin(
                recorded, recorded.c.day == made.c.recorded_on
            )
        )
        .where(made.c.recorded_on.is_not(None))
    )


METRIC = Metric(
    key="visits_out_of_timescale",
    number=5,
    name="Out-of-timescale visits",
    short_name="Out of timescale",
    question="Were children seen when they should have been?",
    numerator="visits due in the month and not made by their due date",
    denominator="visits due in the month",
    one_row_is="a visit that fell due",
    counted="visits due",
    measure=Measure.PERCENT,
    polarity=Polarity.LOWER_IS_BETTER,
    rows=rows,
    drill_down={
        "kind": "Plan",
        "clock_started_on": "Clock started",
        "due_on": "Due (this child’s interval)",
        "visited_on": "Seen",
        "recorded_on": "Recorded",
        "state": "State",
        "standard_due_on": "Due by standard",
        "lawful_due_on": "Due by law",
        "attempts": "Attempts",
        "set_by": "Due date set by",
        "looser_than": "Looser than",
        "authorised_by": "Agreed by",
        "reason": "Why",
    },
    needs=("plan", "visit"),
    source="Family Insights evaluation (DfE, 2017), ChildStat; Newcastle's visiting standards;"
    " Care Planning Regulations 2010, regulation 28",
    edge_cases=(
        "A clock starts when a plan starts, for a looked-after child also when a placement"
        " starts, and at each visit that counts; the next visit is due one interval later.",
        "The interval is the one agreed for this child if one is in force, else the standard."
        " One that is looser than the standard or the law is marked.",
        "A visit counts if it is of the plan's kind (for a CIN plan, any) and the child was seen;"
        " an attempt is shown and the clock runs on.",
        "A gap with no visit is one missed visit, however long.",
        "If the plan ends on or before the due date, nothing was due.",
        "A visit is in time on or before its due date. A visit dated in the future is a data"
        " issue.",
        "The unit is that of the child's lead allocation on the due date.",
    ),
    companions=(
        Companion("overdue", "Overdue", "{n} overdue with nothing recorded", in_state("overdue")),
        Companion(
            "no_record_yet", "No record yet", "{n} not yet recorded", in_state("no_record_yet")
        ),
        Companion("late", "Late", "{n} seen late", in_state("late")),
        Companion(
            "in_time_entered_late",
            "In time, entered late",
            "{n} seen in time and entered late",
            in_state("in_time_entered_late"),
        ),
        Companion(
            "recorded_in_time",
            "Recorded in time",
            "recorded in time: {percent} of {d} visits made",
            recorded_in_time,
        ),
        Companion(
            "recording_known",
            "Recording date known",
            "recording date supplied for {n} of {d} visits made",
            recording_known,
            is_coverage=True,
        ),
    ),
    split_by="state",
    split_names=STATES,
    one_counted="visit",
    identified_by=("child_id", "kind", "clock_started_on"),
)
