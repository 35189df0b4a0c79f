"""Were children seen when they should have been?"""

from sqlalchemy import ColumnElement, FromClause, Select, and_, case, literal, select

from data_access.due.clocks import Knowledge
from data_access.due.first_seen import recorded_at_the_earliest, told_by_loads
from data_access.due.recording_standards import recording_standard_on
from data_access.due.states import had_fallen_due, made_in_time, unrecorded_state
from data_access.due.visits import visits_due
from data_access.schema import calendar_day, visit_due, visit_interval, visit_seen
from metrics.explore.offered import CUTS_OF_VISITS_DUE
from metrics.late_entry.at_its_age import as_it_stood, entered_after
from metrics.lists.unvisited import COMPANIONS as UNVISITED
from metrics.model import (
    Basis,
    Beside,
    Companion,
    Disputes,
    LateEntry,
    Measure,
    Metric,
    Months,
    Need,
    Pair,
    Polarity,
    Rows,
    Split,
    Tally,
    Words,
    rest_of_100,
)

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
    `not_seen_on` and `first_seen_on` are of a visit without a recording date: the last days of the
    load that lacked it and of the first that had it. `set_by`: this child's own agreement set
    due_on ("agreed") or the "standard" did; `looser_than`: what has the child seen sooner, or NULL.
    """
    due = _due(basis)
    seen_in_time = made_in_time(due)
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
            due.c.plan_id,
            due.c.set_by,
            due.c.looser_than,
            visit_interval.c.authorised_by,
            visit_interval.c.reason,
            told_by_loads(due, "not_seen_on").label("not_seen_on"),
            told_by_loads(due, "first_seen_on").label("first_seen_on"),
        )
        .select_from(joined)
        .outerjoin(visit_interval, visit_interval.c.visit_interval_id == due.c.visit_interval_id)
        .where(due.c.due_on >= months.first.start)
        .where(due.c.due_on < months.last.end)
        .where(had_fallen_due(due.c.due_on, basis.as_at, seen_in_time))
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
    recorded, visited, today = (calendar_day.alias() for _ in range(3))
    entered = recorded_at_the_earliest(due.c.recorded_on, visit_seen.c.not_seen_on)
    joined = (
        due.join(month, month.c.day == due.c.due_on)
        .join(today, today.c.day == basis.as_at)
        .outerjoin(visit_seen, visit_seen.c.visit_id == due.c.visit_id)
        .outerjoin(recorded, recorded.c.day == entered)
        .outerjoin(visited, visited.c.day == due.c.visited_on)
    )
    days_to_record = recorded.c.working_day_number - visited.c.working_day_number
    days_since_due = today.c.working_day_number - month.c.working_day_number
    standard = recording_standard_on(due.c.visited_on, basis.settings)
    standard_if_made = recording_standard_on(due.c.due_on, basis.settings)
    state = case(
        (and_(seen_in_time, entered.is_(None)), "in_time"),
        (and_(seen_in_time, days_to_record <= standard), "in_time"),
        (seen_in_time, "in_time_entered_late"),
        (due.c.visited_on.is_not(None), "late"),
        else_=unrecorded_state(days_since_due, standard_if_made),
    )
    return joined, state


def rows_in_state(name: str) -> Rows:
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


def _of(state: str, name: str, says: str) -> Companion:
    return Companion(state, name, says, rows_in_state(state))


METRIC = Metric(
    key="visits_out_of_timescale",
    number=5,
    name="Out-of-timescale visits",
    question="Were children seen when they should have been?",
    words=Words(
        numerator="visits due in the month and not made by their due date",
        denominator="visits due in the month",
        one_row_is="a visit that fell due",
        counted="visits due",
        counted_one="visit due",
        one_counted="visit",
    ),
    measure=Measure.PERCENT,
    polarity=Polarity.LOWER_IS_BETTER,
    adds_up_over_months=True,
    worth_saying=3,
    rows=rows,
    drill_down={
        "kind": "Plan",
        "clock_started_on": "Clock started",
        "due_on": "Due (this child’s interval)",
        "visited_on": "Seen",
        "recorded_on": "Recorded",
        "not_seen_on": "Missing from the load up to",
        "first_seen_on": "In a load from the one up to",
        "state": "State",
        "standard_due_on": "Due by standard",
        "lawful_due_on": "Due by law",
        "attempts": "Tried",
        "set_by": "Set by",
        "looser_than": "Less often than set by",
        "authorised_by": "Agreed by",
        "reason": "Why",
    },
    needs=(Need("plan"), Need("visit")),
    source="Family Insights evaluation (DfE, 2017), ChildStat; the authority's visiting standards;"
    " Care Planning Regulations 2010, regulation 28",
    edge_cases=(
        "A clock starts when a plan starts, for a looked-after child also when a placement"
        " starts, and at each visit that counts; the next visit is due one interval later.",
        "The interval is the one agreed for this child if one is in force, else the standard."
        " One that is longer than by the standard or the law is marked.",
        "A visit counts if it is of the plan's kind (for a CIN plan, any) and the child was seen;"
        " an attempt is shown and the clock runs on.",
        "Two plans of one kind at once have visits due each; of a day's visits the one recorded"
        " first counts, of intervals agreed from one day the one whose id sorts last: data issues.",
        "A gap with no visit is one missed visit, however long.",
        "Plans of short breaks (legal status V3, V4) are not looked after: a load leaves them out.",
        "If the plan ends on or before the due date, nothing was due.",
        "A visit is in time on or before its due date. A visit dated in the future is a data"
        " issue.",
        "A visit without a recording date counts as entered at once, unless a load of a later day"
        " lacked it: it was entered after that day, at the earliest on the next.",
        "The unit is that of the child's lead allocation on the due date.",
        "Seen in time is what is left of 100% when the figure, as it is shown, is taken away.",
        "What is usually still to be entered: what share of the visits due was made in time and"
        " entered as late after its month, in eight of ten of the unit's months before, up to 24.",
        "A plan with no visit at all: open at month end, its first visit fallen due, and none"
        " recorded since it began.",
    ),
    short="Out of timescale",
    beside=Beside(
        companions=(
            _of("overdue", "Overdue", "{n} overdue with nothing recorded"),
            _of("no_record_yet", "No record yet", "{n} not yet recorded"),
            _of("late", "Late", "{n} seen late"),
            _of(
                "in_time_entered_late", "In time, entered late", "{n} seen in time and entered late"
            ),
            Companion(
                "entered_after", "Made in time and entered after the month", "", entered_after(rows)
            ),
            Companion("stood", "Out of timescale at the latest month’s age", "", as_it_stood(rows)),
            *UNVISITED,
        ),
        pair=Pair("recorded_in_time", "seen in time", rest_of_100, "visits not supplied"),
        late_entry=LateEntry(
            same_row=("child_id", "plan_id", "clock_started_on", "due_on"),
            due="due_on",
            counted_as="out of timescale",
            not_counted_as="made in time",
            entered_after="entered_after",
            stood="stood",
        ),
        while_new="Visits made in time and not entered yet count as not made, so the share out of"
        " timescale is still too high.",
    ),
    only_in_files=(
        "clock_started_on",
        "not_seen_on",
        "first_seen_on",
        "set_by",
        "authorised_by",
        "reason",
    ),
    split=Split("state", STATES),
    identified_by=("child_id", "kind", "clock_started_on"),
    cuts=CUTS_OF_VISITS_DUE,
    disputes=Disputes(
        if_upheld={
            "made, not entered": Tally(0, 1),
            "wrong due date": Tally(0, 1),
            "wrong plan or child": Tally(0, 0),
            "something else": None,
        },
        facts=("kind", "clock_started_on", "due_on", "visited_on", "recorded_on"),
        on_work_lists=True,
    ),
)
