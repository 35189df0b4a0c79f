"""One child's journey: what happened, when, with whom. Every row carries a unit, so that it can be denied.

A child is open to whoever may see any unit that has held the child as lead. So each row is there
once for each such unit; a child that no unit has held has rows with a NULL unit.
"""

from collections.abc import Callable, Mapping

from sqlalchemy import Select, Subquery, and_, func, literal, or_, select

from data_access.relations import covers
from data_access.schema import (
    allocation,
    child,
    placement,
    scale_score,
    status_spell,
    unit,
    visit,
    visit_due,
    visit_interval,
    worker,
)
from metrics.model import Basis


def about(child_id: str, basis: Basis) -> Select:
    """One row: name, born_on, restricted, how many other children share the family, holder now.

    `siblings` is NULL where the source names no family.
    """
    others = child.alias("others")
    siblings = (
        select(func.count())
        .where(others.c.family_id == child.c.family_id)
        .where(others.c.child_id != child.c.child_id)
        .scalar_subquery()
    )
    opened = _open_to(child_id)
    return select(
        opened.c.unit_id,
        child.c.child_id,
        child.c.name.label("child_name"),
        child.c.born_on,
        child.c.restricted,
        child.c.family_id.is_not(None).label("family_is_known"),
        siblings.label("siblings"),
    ).where(child.c.child_id == child_id, literal(basis.as_at).is_not(None))


def statuses(child_id: str, basis: Basis) -> Select:
    """One row per status while it lasted, up to today: status, started_on, ended_on."""
    opened = _open_to(child_id)
    spell = status_spell
    return (
        select(opened.c.unit_id, spell.c.started_on, spell.c.ended_on, spell.c.status)
        .where(spell.c.child_id == child_id)
        .where(spell.c.started_on <= basis.as_at)
    )


def allocations(child_id: str, basis: Basis) -> Select:
    """One row per allocation up to today: held_by (unit's name), worker_name, lead, from, to."""
    opened = _open_to(child_id)
    return (
        select(
            opened.c.unit_id,
            allocation.c.started_on,
            allocation.c.ended_on,
            unit.c.name.label("held_by"),
            worker.c.name.label("worker_name"),
            allocation.c.lead,
        )
        .select_from(
            allocation.outerjoin(unit, unit.c.unit_id == allocation.c.unit_id)
            .outerjoin(worker, worker.c.worker_id == allocation.c.worker_id)
            .join(opened, literal(1) == 1)
        )
        .where(allocation.c.child_id == child_id)
        .where(allocation.c.started_on <= basis.as_at)
    )


def visits(child_id: str, basis: Basis) -> Select:
    """One row per visit or attempt up to today: visited_on, recorded_on, kind, seen, seen_alone."""
    opened = _open_to(child_id)
    return (
        select(
            opened.c.unit_id,
            visit.c.visited_on,
            visit.c.recorded_on,
            visit.c.kind,
            visit.c.seen,
            visit.c.seen_alone,
            worker.c.name.label("worker_name"),
            visit.c.visit_id,
        )
        .select_from(
            visit.outerjoin(worker, worker.c.worker_id == visit.c.worker_id).join(
                opened, literal(1) == 1
            )
        )
        .where(visit.c.child_id == child_id)
        .where(visit.c.visited_on <= basis.as_at)
    )


def scores(child_id: str, basis: Basis) -> Select:
    """One row per scale score up to today: scored_on, scale, rater, score, best end."""
    opened = _open_to(child_id)
    one = scale_score
    return (
        select(
            opened.c.unit_id,
            one.c.scored_on,
            one.c.scale,
            one.c.rater,
            one.c.score,
            one.c.best,
            one.c.scale_score_id,
        )
        .where(one.c.child_id == child_id)
        .where(one.c.scored_on <= basis.as_at)
    )


def placements(child_id: str, basis: Basis) -> Select:
    """One row per placement up to today: started_on, ended_on, kind, long_term."""
    opened = _open_to(child_id)
    return (
        select(
            opened.c.unit_id,
            placement.c.started_on,
            placement.c.ended_on,
            placement.c.kind,
            placement.c.long_term,
            placement.c.placement_id,
        )
        .where(placement.c.child_id == child_id)
        .where(placement.c.started_on <= basis.as_at)
    )


def agreed_intervals(child_id: str, basis: Basis) -> Select:
    """One row per agreed visit interval up to today, with who agreed it, why, and if in force."""
    opened = _open_to(child_id)
    agreed = visit_interval
    in_force = or_(agreed.c.effective_to.is_(None), agreed.c.effective_to > basis.as_at)
    return (
        select(
            opened.c.unit_id,
            agreed.c.effective_from,
            agreed.c.effective_to,
            agreed.c.kind,
            agreed.c.every,
            agreed.c.period,
            agreed.c.authorised_by,
            agreed.c.reason,
            in_force.label("is_in_force"),
            agreed.c.visit_interval_id,
        )
        .where(agreed.c.child_id == child_id)
        .where(agreed.c.effective_from <= basis.as_at)
    )


def clocks(child_id: str, basis: Basis) -> Select:
    """One row per visit due, and per clock that runs now: start, due, lawful due, visited, entered."""
    opened = _open_to(child_id)
    due = visit_due
    still_open = or_(due.c.plan_ended_on.is_(None), due.c.plan_ended_on > basis.as_at)
    return select(
        opened.c.unit_id,
        due.c.clock_started_on,
        due.c.due_on,
        due.c.standard_due_on,
        due.c.lawful_due_on,
        due.c.visited_on,
        due.c.recorded_on,
        due.c.kind,
        due.c.agreed_every,
        due.c.agreed_period,
        and_(due.c.visit_id.is_(None), still_open).label("is_running"),
        due.c.plan_id,
    ).where(due.c.child_id == child_id)


PARTS: Mapping[str, Callable[[str, Basis], Select]] = {
    "statuses": statuses,
    "allocations": allocations,
    "visits": visits,
    "scores": scores,
    "placements": placements,
    "agreed_intervals": agreed_intervals,
    "clocks": clocks,
}


def _open_to(child_id: str) -> Subquery:
    """The units that have held the child as lead; a NULL unit where none has."""
    held = and_(allocation.c.child_id == child.c.child_id, allocation.c.lead.is_(True))
    return (
        select(allocation.c.unit_id)
        .select_from(child.outerjoin(allocation, held))
        .where(child.c.child_id == child_id)
        .distinct()
        .subquery()
    )
