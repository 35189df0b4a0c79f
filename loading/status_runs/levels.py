"""Which level each child had, and when, as the record has it: the highest that applies."""

from datetime import date

from sqlalchemy import (
    ColumnElement,
    FromClause,
    Integer,
    Select,
    Subquery,
    case,
    func,
    literal,
    or_,
    select,
    union_all,
)

from data_access.due.clocks import Children
from data_access.schema import PLAN_KINDS, plan, referral
from loading.derived.status_spells import highest_spells

# Looked after, CP plan, CIN plan, else a case that is open. An assessment is no level.
RANKS = {"open": 1, "CIN": 2, "CP": 3, "CLA": 4}
NONE = "none"


def level_runs(as_at: date, children: Children) -> Subquery:
    """One row per child and level while it lasts: child_id, level, started_on, ended_on.

    They follow each other: days between two, and after the last, are of the level "none". Nothing
    after `as_at` is known. A referral with no further action opens no case.
    """
    highest = highest_spells(_level_spells(as_at, children), RANKS).subquery()
    return _with_gaps(
        select(
            highest.c.child_id,
            highest.c.status.label("level"),
            highest.c.started_on,
            highest.c.ended_on,
        ).subquery()
    )


def _with_gaps(levels: Subquery) -> Subquery:
    """`levels` and, after each that has an end, the days without any until the next, if any."""
    next_on = func.lead(levels.c.started_on).over(
        partition_by=levels.c.child_id, order_by=levels.c.started_on
    )
    followed = select(*levels.c, next_on.label("next_on")).subquery()
    gaps = select(
        followed.c.child_id, literal(NONE), followed.c.ended_on, followed.c.next_on
    ).where(
        or_(followed.c.next_on.is_(None), followed.c.next_on > followed.c.ended_on),
        followed.c.ended_on.is_not(None),
    )
    runs = select(levels.c.child_id, levels.c.level, levels.c.started_on, levels.c.ended_on)
    return union_all(runs, gaps).subquery()


def _level_spells(as_at: date, children: Children) -> Subquery:
    """Every plan, and every referral that opened a case, as a spell with its rank."""
    rank = case(*((plan.c.kind == kind, RANKS[kind]) for kind in PLAN_KINDS)).cast(Integer)
    plans = _spells(plan, rank, plan.c.started_on, plan.c.ended_on, as_at)
    cases = _spells(
        referral, literal(RANKS["open"]), referral.c.received_on, referral.c.closed_on, as_at
    ).where(referral.c.no_further_action.is_not(True))
    return union_all(
        plans.where(*children.hold(plan.c.child_id)),
        cases.where(*children.hold(referral.c.child_id)),
    ).subquery()


def _spells(
    table: FromClause,
    rank: ColumnElement[int],
    started_on: ColumnElement[date],
    ended_on: ColumnElement[date],
    as_at: date,
) -> Select:
    """The table's spells of a day or more, as they were known on `as_at`."""
    known_end = case((ended_on <= as_at, ended_on))
    return select(
        table.c.child_id,
        rank.label("rank"),
        started_on.label("started_on"),
        known_end.label("ended_on"),
    ).where(started_on <= as_at, or_(ended_on.is_(None), ended_on > started_on))
