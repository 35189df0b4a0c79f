"""Children who moved up or down within a month, of those who were at a level when it began."""

from collections.abc import Callable, Sequence

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

from data_access.dialect import add_days
from data_access.relations import covers, month_ends, with_lead
from data_access.schema import calendar_day, change_taken_back, status_run
from metrics.levels.levels import LEVELS, rank_of
from metrics.model import Basis, Companion, Months, Rows

PLANS = ("CIN", "CP", "CLA")


def steps_up(months: Months, basis: Basis) -> FromClause:
    """One row per child settled at CIN or CP on the day before the month, with `reached`.

    `reached` is the rank of the highest settled level of the month above that one; NULL for none.
    Also month, child_id, level, eve, lead_unit_id and lead_worker_id, of the lead on that day.
    """
    began = _at_the_start(months, basis, ("CIN", "CP"))
    highest = func.max(rank_of(status_run.c.level), type_=Integer)
    moves = _with_reached(began, _begun_in_month(months, highest), _above)
    return basis.shared(f"steps_up_{months.first.start:%Y%m}_{months.last.start:%Y%m}", moves)


def steps_down(months: Months, basis: Basis) -> Subquery:
    """The same of children settled at CP or CLA, with the lowest level of the month below that.

    A case left open without a plan is below a CP plan only: leaving care so is no step down.
    """
    began = _at_the_start(months, basis, ("CP", "CLA"))
    rank = rank_of(status_run.c.level)
    lowest_plan = case((status_run.c.level.in_(PLANS), rank))
    begun = _begun_in_month(
        months, func.min(rank, type_=Integer), func.min(lowest_plan, type_=Integer)
    )
    return _with_reached(began, begun, _below)


def _above(began: Subquery, begun: Subquery) -> ColumnElement[int]:
    return case((begun.c.rank_1 > rank_of(began.c.level), begun.c.rank_1))


def _below(began: Subquery, begun: Subquery) -> ColumnElement[int]:
    lowest = case((began.c.level == "CP", begun.c.rank_1), else_=begun.c.rank_2)
    return case((lowest < rank_of(began.c.level), lowest))


def _at_the_start(months: Months, basis: Basis, levels: Sequence[str]) -> Subquery:
    """One row per child settled at one of `levels` on the day before each month, with its lead."""
    ends = month_ends(months.first.start, months.last.start, basis.as_at)
    eves = select(ends.c.month, add_days(ends.c.month, literal(-1)).label("eve")).subquery()
    began = (
        select(eves.c.month, eves.c.eve, status_run.c.child_id, status_run.c.level)
        .select_from(eves.join(status_run, covers(status_run, eves.c.eve)))
        .where(status_run.c.level.in_(levels))
        .subquery()
    )
    return with_lead(began, "eve", ("month", "child_id"))


def _begun_in_month(months: Months, *ranks: ColumnElement[int]) -> Subquery:
    """One row per month and child of whom a run began in it: rank_1 and so on.

    What goes on from the month before is the level at its start, which is neither above nor below.
    """
    numbered = (rank.label(f"rank_{number}") for number, rank in enumerate(ranks, 1))
    return (
        select(calendar_day.c.month, status_run.c.child_id, *numbered)
        .select_from(status_run.join(calendar_day, calendar_day.c.day == status_run.c.started_on))
        .where(status_run.c.started_on >= months.first.start)
        .where(status_run.c.started_on < months.last.end)
        .group_by(calendar_day.c.month, status_run.c.child_id)
        .subquery()
    )


def _with_reached(
    began: Subquery,
    begun: Subquery,
    reached: Callable[[Subquery, Subquery], ColumnElement[int]],
) -> Subquery:
    same = and_(begun.c.month == began.c.month, begun.c.child_id == began.c.child_id)
    return (
        select(*began.c, reached(began, begun).label("reached"))
        .select_from(began.outerjoin(begun, same))
        .subquery()
    )


def move_rows(moves: FromClause, counts: ColumnElement[bool]) -> Select:
    """The rows of a metric: numerator 1 where `counts`, with the level at the start and the move.

    `move` is as in "CIN_CP"; NULL for who stayed, or left another way.
    """
    level_of = {rank: level for level, rank in LEVELS.items()}
    reached = case(level_of, value=moves.c.reached)
    return select(
        moves.c.month,
        moves.c.lead_unit_id.label("unit_id"),
        moves.c.lead_worker_id.label("worker_id"),
        moves.c.child_id,
        case((counts, 1), else_=0).label("numerator"),
        literal(1).label("denominator"),
        moves.c.level,
        case((counts, moves.c.level + "_" + reached)).label("move"),
    )


def _of_open_cases(months: Months, basis: Basis) -> Select:
    """One row per child with an open case on the day before the month, not looked after.

    Numerator 1 where a CIN or CP plan was recorded.
    """
    began = _at_the_start(months, basis, ("CIN", "CP", "open"))
    return select(
        began.c.month,
        began.c.lead_unit_id.label("unit_id"),
        case((began.c.level == "open", 0), else_=1).label("numerator"),
        literal(1).label("denominator"),
    )


WITH_A_PLAN = Companion(
    "with_a_plan",
    "Children with an open case who had a plan",
    "{n} of {d} {d:child|children} with an open case, not looked after, had a plan when the month"
    " began; the others are not counted",
    _of_open_cases,
    is_coverage=True,
)


def taken_back(rows: Rows) -> Companion:
    """The rows of the metric, by whether a change of the child's in the month was taken back."""

    def with_a_change(months: Months, basis: Basis) -> Select:
        counted = rows(months, basis).subquery()
        changes = (
            select(calendar_day.c.month, change_taken_back.c.child_id)
            .join(calendar_day, calendar_day.c.day == change_taken_back.c.started_on)
            .distinct()
            .subquery()
        )
        same = and_(changes.c.month == counted.c.month, changes.c.child_id == counted.c.child_id)
        return select(
            counted.c.month,
            counted.c.unit_id,
            case((changes.c.child_id.is_(None), 0), else_=1).label("numerator"),
            literal(1).label("denominator"),
        ).select_from(counted.outerjoin(changes, same))

    return Companion(
        "taken_back",
        "Changes that were taken back",
        "{n} of {d} {d:child|children} had a change in the month that was taken back within days,"
        " and is no step",
        with_a_change,
    )


def moved(moves: FromClause) -> ColumnElement[bool]:
    """Whether the child reached such a level at all."""
    return moves.c.reached.is_not(None)
