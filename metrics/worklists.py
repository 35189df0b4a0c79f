"""What a unit has to do now: who is overdue, not recorded, due soon, and who holds whom."""

from sqlalchemy import (
    ColumnElement,
    FromClause,
    Select,
    Subquery,
    and_,
    case,
    func,
    or_,
    select,
)

from data_access.relations import covers, ends_after
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
CLOCK = (
    "state",
    "kind",
    "due_on",
    "standard_due_on",
    "lawful_due_on",
    "set_by",
    "looser_than",
    "agreed_every",
    "agreed_period",
    "attempts",
)


def counted_first(rows: Select) -> Select:
    """The rows behind a figure with `place`: 0 where the row adds to the numerator, else 1.

    To order a list by: what the figure is about comes before what it is measured against.
    """
    inner = rows.subquery()
    return select(case((inner.c.numerator != 0, 0), else_=1).label("place"), *inner.c)


def work_now(basis: Basis, scope: Scope) -> Select:
    """One row per open plan whose visit is overdue, not recorded yet, or due soon: see `state`.

    overdue: past the due date by more working days than a record may take, nothing recorded.
    no_record_yet: past the due date, still within the recording standard.
    due_soon: due today or in the next ten working days.
    `due_on` is by this child's interval: see `set_by` and `looser_than` of table `visit_due`.
    `days` counts calendar days since the due date, or until it where it is due soon. A child
    with two open plans may be there twice. The unit and worker are those of the lead today.
    """
    running = _running(basis, _held_now(basis, scope)).cte("running")
    seen = _last_seen(basis, running)
    days = _day_number_on(basis) - running.c.due_day_number
    joined = (
        running.join(child, child.c.child_id == running.c.child_id)
        .outerjoin(unit, unit.c.unit_id == running.c.held_in)
        .outerjoin(worker, worker.c.worker_id == running.c.held_by)
        .outerjoin(seen, seen.c.child_id == running.c.child_id)
    )
    return select(
        running.c.held_in.label("unit_id"),
        unit.c.name.label("unit_name"),
        running.c.held_by.label("worker_id"),
        worker.c.name.label("worker_name"),
        running.c.child_id,
        case((child.c.restricted, None), else_=child.c.name).label("child_name"),
        *(running.c[name] for name in CLOCK),
        case((running.c.state == "due_soon", -days), else_=days).label("days"),
        seen.c.last_seen_on,
    ).select_from(joined)


def overdue(basis: Basis, scope: Scope) -> Select:
    """The rows of `work_now` that are overdue."""
    return _in_state("overdue", basis, scope)


def no_record_yet(basis: Basis, scope: Scope) -> Select:
    """The rows of `work_now` that may have been made and not yet entered."""
    return _in_state("no_record_yet", basis, scope)


def due_soon(basis: Basis, scope: Scope) -> Select:
    """The rows of `work_now` that are due today or in the next ten working days."""
    return _in_state("due_soon", basis, scope)


def _in_state(state: str, basis: Basis, scope: Scope) -> Select:
    work = work_now(basis, scope).subquery()
    return select(*work.c).where(work.c.state == state)


def held_by_worker(basis: Basis, scope: Scope) -> Select:
    """One row per lead worker and unit: children held today, by each one's highest status, and FTE.

    FTE is that of the worker's posts in this unit today; NULL where there is none. Children
    allocated to the unit with no worker stand in a row with a NULL worker.
    """
    held = _held_now(basis, scope)
    status = and_(status_spell.c.child_id == held.c.child_id, covers(status_spell, basis.as_at))
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
    return select(worker.c.name.label("worker_name"), *counted.c, fte.c.fte).select_from(
        counted.outerjoin(worker, worker.c.worker_id == counted.c.worker_id).outerjoin(fte, in_post)
    )


def _of_status(name: str, child_id: ColumnElement[str]) -> ColumnElement[int]:
    found = case((status_spell.c.status == name, child_id))
    return func.count(found.distinct()).label(name.lower())


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


def _state(basis: Basis, due: FromClause) -> ColumnElement[str]:
    """What a running clock asks for today; NULL while its due date is further off."""
    past_by = _number_on(basis) - due.c.working_day_number
    standard = basis.settings.recording_working_days
    return case(
        (and_(due.c.day < basis.as_at, past_by > standard), "overdue"),
        (due.c.day < basis.as_at, "no_record_yet"),
        (-past_by <= WORKING_DAYS_AHEAD, "due_soon"),
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


def _running(basis: Basis, held: Subquery) -> Select:
    """The clock that runs now for each open plan, if it asks for anything: see `_state`.

    It is the one that started last of those with no visit since. With who holds the child.
    """
    due, due_day = visit_due.c, calendar_day.alias()
    place = func.row_number().over(partition_by=due.plan_id, order_by=due.clock_started_on.desc())
    ranked = (
        select(
            *visit_due.c,
            held.c.unit_id.label("held_in"),
            held.c.worker_id.label("held_by"),
            due_day.c.day_number.label("due_day_number"),
            _state(basis, due_day).label("state"),
            place.label("place"),
        )
        .select_from(
            visit_due.join(held, held.c.child_id == due.child_id).join(
                due_day, due_day.c.day == due.due_on
            )
        )
        .where(due.visit_id.is_(None))
        .where(ends_after(due.plan_ended_on, basis.as_at))
        .subquery()
    )
    return select(*ranked.c).where(ranked.c.place == 1, ranked.c.state.is_not(None))


def _last_seen(basis: Basis, running: FromClause) -> Subquery:
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
