"""Supervision as it is recorded: each worker's sessions, and children held who were not discussed.

For the worker and the managers of the unit alone, as all of this room; never a figure.
"""

from datetime import date, timedelta

from sqlalchemy import (
    ColumnElement,
    Date,
    Select,
    Subquery,
    and_,
    case,
    cast,
    exists,
    false,
    func,
    null,
    select,
)

from data_access.code_sets.workers import SUPERVISION_KIND
from data_access.due.due_dates import LONG_AGO
from data_access.relations import covers
from data_access.schema import child, status_spell, supervision, supervision_child, unit, worker
from metrics.model import Basis, Months, Period
from metrics.people.held import held_by_workers

WEEKS = 12
WEEKS_LISTED = 26
SESSIONS_LISTED_BY = ("held_on", "supervision_id")
CHILDREN_LISTED_BY = ("discussed_order", "allocated_on", "child_name", "child_id")


def weeks_before(basis: Basis, weeks: int) -> date:
    """The last day that is no longer within so many weeks."""
    return basis.as_at - timedelta(weeks=weeks)


def sessions_of_workers(basis: Basis) -> Subquery:
    """One row per worker with a session: the last of each kind, and what twelve weeks had.

    last_one_to_one_on, last_group_on; of the weeks sessions, and children `discussed`, each once.
    """
    lately = supervision.c.held_on > weeks_before(basis, WEEKS)
    return (
        select(
            supervision.c.worker_id,
            *(_last(kind).label(f"last_{kind}_on") for kind in SUPERVISION_KIND.names),
            _number(supervision.c.supervision_id, lately).label("sessions"),
            _number(supervision_child.c.child_id, lately).label("discussed"),
        )
        .select_from(supervision.outerjoin(supervision_child, _of_session()))
        .where(supervision.c.held_on <= basis.as_at)
        .group_by(supervision.c.worker_id)
        .subquery()
    )


def _last(kind: str) -> ColumnElement[date]:
    return func.max(case((supervision.c.kind == kind, supervision.c.held_on)))


def _number(of: ColumnElement[str], among: ColumnElement[bool]) -> ColumnElement[int]:
    return func.count(case((among, of)).distinct())


def _of_session() -> ColumnElement[bool]:
    return supervision_child.c.supervision_id == supervision.c.supervision_id


def not_discussed(basis: Basis) -> Subquery:
    """One row per unit and lead worker: children held for so many weeks whom nobody discussed.

    That is in anybody's supervision: a child who was handed on was talked about with the one
    before. So many weeks are the settings' `discussed_within_weeks`.
    """
    since = weeks_before(basis, basis.settings.practice.discussed_within_weeks)
    held = _held_today(basis)
    talked_about = exists(
        select(supervision_child.c.child_id)
        .select_from(supervision.join(supervision_child, _of_session()))
        .where(supervision_child.c.child_id == held.c.child_id)
        .where(supervision.c.held_on > since, supervision.c.held_on <= basis.as_at)
    )
    return (
        select(
            held.c.allocated_unit_id.label("unit_id"),
            held.c.worker_id,
            func.count(held.c.child_id.distinct()).label("not_discussed"),
        )
        .where(held.c.allocated_on <= since, ~talked_about)
        .group_by(held.c.allocated_unit_id, held.c.worker_id)
        .subquery()
    )


def _held_today(basis: Basis) -> Subquery:
    today = Period.of(basis.as_at)
    return held_by_workers(Months(today, today), basis)


def sessions_of(worker_id: str, members: Subquery, basis: Basis) -> Select:
    """One row per session of the last half year of one worker, and unit whose own the worker is.

    unit_id, worker_id, supervision_id, held_on, kind, supervised_by, discussed.
    """
    return (
        select(
            members.c.unit_id,
            members.c.worker_id,
            supervision.c.supervision_id,
            supervision.c.held_on,
            supervision.c.kind,
            supervision.c.supervised_by,
            func.count(supervision_child.c.child_id.distinct()).label("discussed"),
        )
        .select_from(
            members.join(supervision, supervision.c.worker_id == members.c.worker_id).outerjoin(
                supervision_child, _of_session()
            )
        )
        .where(members.c.worker_id == worker_id, members.c.is_own == 1)
        .where(supervision.c.held_on <= basis.as_at)
        .where(supervision.c.held_on > weeks_before(basis, WEEKS_LISTED))
        .group_by(members.c.unit_id, members.c.worker_id, *supervision.c)
    )


def children_of(worker_id: str, basis: Basis, has_sessions: bool = True) -> Select:
    """One row per child whom the worker leads on today: status, since when, and last discussed.

    child_id, child_name, unit_id, unit_name, worker_id, worker_name, status, allocated_on,
    last_discussed_on: the last day on which the child was talked about in anybody's supervision;
    none where the database has no such table (`has_sessions`). By `discussed_order` who never was
    comes first, then who was longest ago.
    """
    held = _held_today(basis)
    last = _last_discussed(basis) if has_sessions else _never_discussed()
    status_now = and_(
        status_spell.c.child_id == held.c.child_id, covers(status_spell, held.c.last_day)
    )
    return (
        select(
            held.c.child_id,
            child.c.name.label("child_name"),
            held.c.allocated_unit_id.label("unit_id"),
            unit.c.name.label("unit_name"),
            held.c.worker_id,
            worker.c.name.label("worker_name"),
            status_spell.c.status,
            held.c.allocated_on,
            last.c.last_discussed_on,
            func.coalesce(last.c.last_discussed_on, LONG_AGO).label("discussed_order"),
        )
        .select_from(
            held.outerjoin(child, child.c.child_id == held.c.child_id)
            .outerjoin(unit, unit.c.unit_id == held.c.allocated_unit_id)
            .outerjoin(worker, worker.c.worker_id == held.c.worker_id)
            .outerjoin(status_spell, status_now)
            .outerjoin(last, last.c.child_id == held.c.child_id)
        )
        .where(held.c.worker_id == worker_id)
    )


def _last_discussed(basis: Basis) -> Subquery:
    return (
        select(
            supervision_child.c.child_id,
            func.max(supervision.c.held_on).label("last_discussed_on"),
        )
        .select_from(supervision.join(supervision_child, _of_session()))
        .where(supervision.c.held_on <= basis.as_at)
        .group_by(supervision_child.c.child_id)
        .subquery()
    )


def _never_discussed() -> Subquery:
    nobody = (null().label("child_id"), cast(null(), Date).label("last_discussed_on"))
    return select(*nobody).where(false()).subquery()
