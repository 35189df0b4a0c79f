"""Which status each child had, and when: the highest that applies."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import (
    Date,
    FromClause,
    Integer,
    Select,
    Subquery,
    and_,
    case,
    func,
    literal,
    or_,
    select,
    union,
    union_all,
)

from data_access.relations import assessment_ended_on, ends_after
from data_access.schema import assessment, plan, referral

# Ofsted's case-status order (Annex A, List 6): looked after, CP plan, CIN plan, open assessment.
RANK = {"assessment": 1, "CIN": 2, "CP": 3, "CLA": 4}


def status_spells() -> Select:
    """One row per child and status while it lasts: child_id, status, started_on, ended_on.

    Days on which no plan or assessment was open are in no spell. An assessment without an
    authorisation is open until its referral closes.
    """
    return highest_spells(_open_spells(), RANK)


def highest_spells(spells: FromClause, ranks: Mapping[str, int]) -> Select:
    """One row per child and status while it is the highest: child_id, status, started_on, ended_on.

    `spells` have child_id, rank, started_on and ended_on, each at least a day long; days in none of
    them are in no row. `ranks` names the ranks.
    """
    numbered = _numbered(_at_each_change(spells))
    is_over = func.count(numbered.c.until) == func.count(numbered.c.day)
    grouped = (
        select(
            numbered.c.child_id,
            numbered.c.rank,
            func.min(numbered.c.day).label("started_on"),
            case((is_over, func.max(numbered.c.until))).label("ended_on"),
        )
        .group_by(numbered.c.child_id, numbered.c.rank, numbered.c.spell_number)
        .subquery()
    )
    status = case(*((grouped.c.rank == rank, name) for name, rank in ranks.items()))
    return select(
        grouped.c.child_id, status.label("status"), grouped.c.started_on, grouped.c.ended_on
    )


def _numbered(day_statuses: Subquery) -> Subquery:
    """`day_statuses` with a number for each unbroken run of one status."""
    before: dict[str, Any] = {
        "partition_by": day_statuses.c.child_id,
        "order_by": day_statuses.c.day,
    }
    goes_on = and_(
        func.lag(day_statuses.c.rank).over(**before) == day_statuses.c.rank,
        func.lag(day_statuses.c.until).over(**before) == day_statuses.c.day,
    )
    marked = select(*day_statuses.c, case((goes_on, 0), else_=1).label("changed")).subquery()
    spell_number = func.sum(marked.c.changed).over(
        partition_by=marked.c.child_id, order_by=marked.c.day, rows=(None, 0)
    )
    return select(*marked.c, spell_number.label("spell_number")).subquery()


def _open_spells() -> Subquery:
    """Every plan and assessment as a spell with its rank; spells of no length left out."""
    rank = case(*((plan.c.kind == kind, RANK[kind]) for kind in ("CIN", "CP", "CLA")))
    plans = select(
        plan.c.child_id,
        rank.cast(Integer).label("rank"),
        plan.c.started_on,
        plan.c.ended_on,
    ).where(or_(plan.c.ended_on.is_(None), plan.c.ended_on > plan.c.started_on))
    ended = assessment_ended_on()
    assessments = (
        select(assessment.c.child_id, literal(1), assessment.c.started_on, ended)
        .select_from(
            assessment.outerjoin(referral, referral.c.referral_id == assessment.c.referral_id)
        )
        .where(or_(ended.is_(None), ended > assessment.c.started_on))
    )
    return union_all(plans, assessments).subquery()


def _at_each_change(spells: FromClause) -> Subquery:
    """The highest rank from each day on which anything started or ended until the next such day."""
    days = union(
        select(spells.c.child_id, spells.c.started_on.label("day")),
        select(spells.c.child_id, spells.c.ended_on).where(spells.c.ended_on.is_not(None)),
    ).subquery()
    until = func.lead(days.c.day, type_=Date).over(
        partition_by=days.c.child_id, order_by=days.c.day
    )
    stretches = select(*days.c, until.label("until")).subquery()
    open_then = and_(
        spells.c.child_id == stretches.c.child_id,
        spells.c.started_on <= stretches.c.day,
        ends_after(spells.c.ended_on, stretches.c.day),
    )
    return (
        select(
            stretches.c.child_id,
            stretches.c.day,
            stretches.c.until,
            func.max(spells.c.rank).label("rank"),
        )
        .select_from(stretches.join(spells, open_then))
        .group_by(stretches.c.child_id, stretches.c.day, stretches.c.until)
        .subquery()
    )
