"""The clocks that ran for each plan: what started each, what started next, and its phase."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from sqlalchemy import (
    ColumnElement,
    Date,
    FromClause,
    Subquery,
    Table,
    and_,
    case,
    func,
    literal,
    not_,
    null,
    or_,
    select,
    union_all,
)

from data_access.dialect import add_months
from data_access.due.first_seen import was_missing_on
from data_access.due.regulation_28 import before_first_review, limb_of, placed
from data_access.due.runs import runs
from data_access.relations import ends_after, first_of_each
from data_access.schema import calendar_day, placement, plan, visit
from data_access.settings import Settings


@dataclass(frozen=True)
class Children:
    """Those whose id is `first` or sorts after it, and before `end`; None: no bound."""

    first: str | None = None
    end: str | None = None

    def hold(self, child_id: ColumnElement[str]) -> list[ColumnElement[bool]]:
        """What is true of the ids of these children: nothing to ask where there is no bound."""
        bounds = []
        if self.first is not None:
            bounds.append(child_id >= self.first)
        if self.end is not None:
            bounds.append(child_id < self.end)
        return bounds


@dataclass(frozen=True)
class Knowledge:
    """What is known: nothing after `as_at`; where `known_on` is given, nothing recorded later.

    `of` are the children whose clocks are asked for: all, unless said.
    """

    as_at: date
    known_on: date | None = None
    of: Children = Children()


# Where rows that are asked for twice are worked out: in the statement, or in a table of their own.
Stage = Callable[[str, Subquery], FromClause]


def in_one_statement(_name: str, rows: Subquery) -> FromClause:
    """The rows as a part of the statement that asks for them."""
    return rows


def made_in_plan(knowledge: Knowledge) -> list[ColumnElement[bool]]:
    """The visit was made while the plan was open, and is known."""
    conditions = [
        visit.c.visited_on >= plan.c.started_on,
        ends_after(plan.c.ended_on, visit.c.visited_on),
        visit.c.visited_on <= knowledge.as_at,
        *knowledge.of.hold(plan.c.child_id),
    ]
    if knowledge.known_on:
        conditions.append(known_by(knowledge.known_on))
    return conditions


def known_by(day: date, of: Table = visit) -> ColumnElement[bool]:
    """The row was in the record on `day`; one without a recording date is known at once.

    But for a visit that loads say was not there yet.
    """
    no_date = of.c.recorded_on.is_(None)
    known_at_once = and_(no_date, not_(was_missing_on(day))) if of is visit else no_date
    return or_(known_at_once, of.c.recorded_on <= day)


def child_was_seen() -> ColumnElement[bool]:
    """The child was not recorded as not seen: where a source doesn't say, a visit is one seen.

    Else the visit is an attempt, and the clock runs on. One of the two is true of every visit.
    """
    return visit.c.seen.is_not(False)


def of_the_plan(of: FromClause = plan) -> ColumnElement[bool]:
    """A visit is the plan's own if it is of its kind; for a CIN plan, a visit of any kind.

    `of` is the plan, or whatever else tells the plan's child and kind.
    """
    return and_(
        visit.c.child_id == of.c.child_id,
        or_(visit.c.kind == of.c.kind, of.c.kind == "CIN"),
    )


def visits_made(knowledge: Knowledge) -> Subquery:
    """One visit per plan and day, of those that count: the one that was recorded first."""
    made = (
        select(plan.c.plan_id, visit.c.visit_id, visit.c.visited_on, visit.c.recorded_on)
        .select_from(plan.join(visit, of_the_plan()))
        .where(child_was_seen())
        .where(*made_in_plan(knowledge))
    )
    return first_of_each(made, (plan.c.plan_id, visit.c.visited_on), recorded_first(visit))


def recorded_first(of: Table) -> tuple[ColumnElement, ...]:
    """To order rows by: the one that was recorded first, by its id; then those of no known day."""
    unknown = case((of.c.recorded_on.is_(None), 1), else_=0)
    return (unknown, of.c.recorded_on, *of.primary_key)


def _starts(knowledge: Knowledge, made: FromClause) -> Subquery:
    """One row per thing that starts a clock: see `runs`."""
    no_day = null().cast(Date)
    these = knowledge.of.hold(plan.c.child_id)
    of_plan = select(
        plan.c.plan_id,
        plan.c.started_on.label("day"),
        literal(0).label("is_done"),
        no_day.label("placed_on"),
    ).where(plan.c.started_on <= knowledge.as_at, *these)
    of_placement = (
        select(plan.c.plan_id, placement.c.started_on, literal(0), placement.c.started_on)
        .select_from(plan.join(placement, placement.c.child_id == plan.c.child_id))
        .where(plan.c.kind == "CLA")
        .where(placement.c.started_on >= plan.c.started_on)
        .where(ends_after(plan.c.ended_on, placement.c.started_on))
        .where(placement.c.started_on <= knowledge.as_at, *these)
    )
    of_visit = select(made.c.plan_id, made.c.visited_on, literal(1), no_day)
    return union_all(of_plan, of_placement, of_visit).subquery()


def clocks(settings: Settings, knowledge: Knowledge, made: FromClause) -> Subquery:
    """One row per plan and day on which a clock started, with what started next.

    `made` are the `visits_made` of the same knowledge.

    phase: always (CIN, CP); first, until_review, first_year, later, long_term (CLA; by the
    placement in force). limb: see `regulation_28.limb_of`. The working day's number is 0 for a
    day older than the calendar: its working days are counted from the calendar's start, not left
    out.
    """
    return _with_phase(settings, runs(_starts(knowledge, made)))


def _phase(
    working_days_to_review: int,
    run: Subquery,
    placements: Subquery,
    at_start: FromClause,
    on_day: FromClause,
) -> ColumnElement[str]:
    anchor = func.coalesce(run.c.placed_on, plan.c.started_on)
    return case(
        (plan.c.kind != "CLA", "always"),
        (run.c.is_done == 0, "first"),
        (before_first_review(working_days_to_review, at_start, on_day), "until_review"),
        (run.c.day < add_months(anchor, literal(12)), "first_year"),
        (placements.c.long_term == 1, "long_term"),
        else_="later",
    )


def _with_phase(settings: Settings, run: Subquery) -> Subquery:
    placements = placed(settings.visit_limbs)
    on_day, at_start = calendar_day.alias(), calendar_day.alias()
    phase = _phase(settings.first_review_working_days, run, placements, at_start, on_day)
    joined = _in_place(run, placements, on_day, at_start)
    return (
        select(
            *(plan.c[name] for name in ("plan_id", "child_id", "kind")),
            plan.c.ended_on.label("plan_ended_on"),
            run.c.day.label("clock_started_on"),
            *(run.c[name] for name in ("next_started_on", "next_is_done", "next_done_on")),
            phase.label("phase"),
            limb_of(settings.visit_limbs, placements, run).label("limb"),
            func.coalesce(on_day.c.working_day_number, 0).label("working_day_number"),
            on_day.c.working.label("starts_on_working_day"),
        )
        .select_from(joined)
        .subquery()
    )


def _in_place(
    run: Subquery, placements: Subquery, on_day: FromClause, at_start: FromClause
) -> FromClause:
    """`run` with the plan, the placement in force, and the days of the clock's and plan's start."""
    placed_then = and_(
        placements.c.child_id == plan.c.child_id, placements.c.started_on == run.c.placed_on
    )
    return (
        run.join(plan, plan.c.plan_id == run.c.plan_id)
        .outerjoin(placements, placed_then)
        .outerjoin(on_day, on_day.c.day == run.c.day)
        .outerjoin(at_start, at_start.c.day == plan.c.started_on)
    )
