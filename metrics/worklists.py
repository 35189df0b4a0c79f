"""What a unit has to do now: who is overdue, not recorded, due soon, and who holds whom."""

from sqlalchemy import (
    ColumnElement,
    Select,
    Subquery,
    and_,
    case,
    func,
    or_,
    select,
)

from data_access.relations import covers
from data_access.schema import (
    allocation,
    calendar_day,
    child,
    post,
    status_spell,
    unit,
    visit,
    visit_due,
    worker,
)
from metrics.model import Basis, Scope

WORKING_DAYS_AHEAD = 10
ON_THE_CHILD = {
    "kind": "Plan",
    "last_seen_on": "Last seen",
    "due_on": "Due",
    "days": "Days",
    "agreed_every": "Every",
    "attempts": "Attempts",
}


def overdue(basis: Basis, scope: Scope) -> Select:
    """One row per open plan whose visit is past its due date and past the recording standard.

    Nothing is recorded since the clock started. `days` counts the calendar days since the due
    date. A child with two open plans of which both are overdue is there twice.
    """
    return _clocks_now(basis, scope, _is_overdue(basis), "days_since")


def no_record_yet(basis: Basis, scope: Scope) -> Select:
    """One row per open plan whose due date has passed within the recording standard.

    The visit may have been made and not yet entered. `days` counts calendar days since due.
    """
    past = visit_due.c.due_on < basis.as_at
    return _clocks_now(basis, scope, and_(past, ~_is_overdue(basis)), "days_since")


def due_soon(basis: Basis, scope: Scope) -> Select:
    """One row per open plan with a visit due today or in the next ten working days.

    `days` counts the calendar days from today to the due date.
    """
    soon = and_(
        visit_due.c.due_on >= basis.as_at,
        _due_day.c.working_day_number - _number_on(basis) <= WORKING_DAYS_AHEAD,
    )
    return _clocks_now(basis, scope, soon, "days_until")


def held_by_worker(basis: Basis, scope: Scope) -> Select:
    """One row per lead worker and unit: children held today, by each one's highest status, and FTE.

    FTE is that of the worker's posts in this unit today; NULL where there is none. Children
    allocated to the unit with no worker stand in a row with a NULL worker.
    """
    held = _held_now(basis, scope)
    status = and_(
        status_spell.c.child_id == held.c.child_id, covers(status_spell, basis.as_at)
    )
    counted = (
        select(
            held.c.unit_id,
            held.c.worker_id,
            func.count(held.c.child_id.distinct()).label("children"),
            *(_of_status(name, held.c.child_id) for name in ("CIN", "CP", "CLA", "assessment")),
        )
        .select_from(held.outerjoin(status_spell, status))
        .group_by(held.c.unit_id, held.c.worker_id)
        .subquery()
    )
    fte = (
        select(post.c.worker_id, post.c.unit_id, func.sum(post.c.fte).label("fte"))
        .where(covers(post, basis.as_at))
        .group_by(post.c.worker_id, post.c.unit_id)
        .subquery()
    )
    in_post = and_(fte.c.worker_id == counted.c.worker_id, fte.c.unit_id == counted.c.unit_id)
    return select(
        worker.c.name.label("worker_name"), *counted.c, fte.c.fte
    ).select_from(
        counted.outerjoin(worker, worker.c.worker_id == counted.c.worker_id).outerjoin(fte, in_post)
    )


def _of_status(name: str, child_id: ColumnElement[str]) -> ColumnElement[int]:
    found = case((status_spell.c.status == name, child_id))
    return func.count(found.distinct()).label(name.lower())


_due_day = calendar_day.alias("due_day")


def _number_on(basis: Basis) -> ColumnElement[int]:
    return (
        select(calendar_day.c.working_day_number)
        .where(calendar_day.c.day == basis.as_at)
        .scalar_subquery()
    )


def _day_number_on(basis: Basis) -> ColumnElement[int]:
    return (
        select(calendar_day.c.day_number).where(calendar_day.c.day == basis.as_at).scalar_subquery()
    )


def _is_overdue(basis: Basis) -> ColumnElement[bool]:
    """Past the due date by more working days than a record may take."""
    waited = _number_on(basis) - _due_day.c.working_day_number
    return and_(
        visit_due.c.due_on < basis.as_at, waited > basis.settings.recording_working_days
    )


def _clocks_now(
    basis: Basis, scope: Scope, chosen: ColumnElement[bool], days: str
) -> Select:
    """The running clocks that `chosen` picks, with the child, who holds it now and when seen."""
    held = _held_now(basis, scope)
    running = _running(basis, held, chosen)
    seen = _last_seen(basis, running)
    waited = _day_number_on(basis) - running.c.due_day_number
    return (
        select(
            held.c.unit_id,
            unit.c.name.label("unit_name"),
            held.c.worker_id,
            worker.c.name.label("worker_name"),
            running.c.child_id,
            child.c.name.label("child_name"),
            child.c.restricted,
            running.c.kind,
            seen.c.last_seen_on,
            running.c.due_on,
            (waited if days == "days_since" else -waited).label("days"),
            running.c.agreed_every,
            running.c.agreed_period,
            running.c.attempts,
        )
        .select_from(
            running.join(held, held.c.child_id == running.c.child_id)
            .join(child, child.c.child_id == running.c.child_id)
            .outerjoin(unit, unit.c.unit_id == held.c.unit_id)
            .outerjoin(worker, worker.c.worker_id == held.c.worker_id)
            .outerjoin(seen, seen.c.child_id == running.c.child_id)
        )
    )


def _held_now(basis: Basis, scope: Scope) -> Subquery:
    """One row per child with a lead allocation today: child_id, unit_id, worker_id.

    Of several, the one that started last; of those of one day, the one whose id sorts last.
    """
    place = func.row_number().over(
        partition_by=allocation.c.child_id,
        order_by=(allocation.c.started_on.desc(), allocation.c.allocation_id.desc()),
    )
    ranked = (
        select(
            allocation.c.child_id,
            allocation.c.unit_id,
            allocation.c.worker_id,
            place.label("place"),
        )
        .where(allocation.c.lead.is_(True))
        .where(covers(allocation, basis.as_at))
        .subquery()
    )
    held = select(ranked.c.child_id, ranked.c.unit_id, ranked.c.worker_id).where(
        ranked.c.place == 1
    )
    if not scope.is_service:
        held = held.where(_of_unit(ranked.c.unit_id, scope))
    return held.subquery()


def _of_unit(column: ColumnElement[str | None], scope: Scope) -> ColumnElement[bool]:
    return column.is_(None) if scope.unit_id is None else column == scope.unit_id


def _running(basis: Basis, held: Subquery, chosen: ColumnElement[bool]) -> Subquery:
    """The clock that runs now for each open plan: started last, and with no visit since."""
    place = func.row_number().over(
        partition_by=visit_due.c.plan_id, order_by=visit_due.c.clock_started_on.desc()
    )
    ranked = (
        select(*visit_due.c, _due_day.c.day_number.label("due_day_number"), place.label("place"))
        .select_from(
            visit_due.join(held, held.c.child_id == visit_due.c.child_id).join(
                _due_day, _due_day.c.day == visit_due.c.due_on
            )
        )
        .where(visit_due.c.visit_id.is_(None))
        .where(
            or_(visit_due.c.plan_ended_on.is_(None), visit_due.c.plan_ended_on > basis.as_at)
        )
        .add_columns(case((chosen, 1), else_=0).label("is_chosen"))
        .subquery()
    )
    return (
        select(*ranked.c).where(ranked.c.place == 1).where(ranked.c.is_chosen == 1).subquery()
    )


def _last_seen(basis: Basis, running: Subquery) -> Subquery:
    """One row per listed child: the last day on which anyone saw it, on a visit of any kind."""
    listed = select(running.c.child_id).distinct().subquery()
    return (
        select(visit.c.child_id, func.max(visit.c.visited_on).label("last_seen_on"))
        .select_from(visit.join(listed, listed.c.child_id == visit.c.child_id))
        .where(or_(visit.c.seen.is_(None), visit.c.seen.is_(True)))
        .where(visit.c.visited_on <= basis.as_at)
        .group_by(visit.c.child_id)
        .subquery()
    )
