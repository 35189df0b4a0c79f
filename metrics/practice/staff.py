"""Who works in a unit today, and what is told of each beside the children held: prompts, no scores.

Nothing of sickness is read here.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Date,
    FromClause,
    Select,
    Subquery,
    and_,
    case,
    cast,
    exists,
    false,
    func,
    literal,
    null,
    or_,
    select,
    union,
)

from data_access.relations import covers, leads_on
from data_access.schema import (
    allocation,
    post,
    supervision,
    supervision_child,
    time_record,
    unit,
    worker,
)
from metrics.model import Basis
from metrics.practice.supervised import (
    WEEKS,
    not_discussed,
    sessions_of_workers,
    weeks_before,
)

LISTED_BY = ("worker_name", "worker_id", "unit_id")
NO_UNIT = "no unit"
SUPERVISION, HOLIDAY = "supervision", "annual_leave"
LAST_DAYS = ("last_one_to_one_on", "last_group_on")
COUNTS = ("sessions", "discussed", "not_discussed")
TOLD_OF_OWN = (*LAST_DAYS, *COUNTS[:2], "supervised_hour_on", "holiday_hours")


@dataclass(frozen=True)
class InUnit:
    """A worker's place in one unit: FTE of the posts there, None without one."""

    unit_id: str | None
    name: str
    fte: float | None
    newly_qualified: bool


@dataclass(frozen=True)
class Staff:
    """One worker today, in every unit of `places`; `is_own` of one of them at least.

    The last sessions of each kind, and of twelve weeks the `sessions` and children `discussed`, are
    those of supervision as it is recorded. `supervised_hour_on` is the day, or the first day of the
    week, of the last hour of it that the time records have; `holiday_hours` are those of the last
    twelve weeks. Of who is no unit's own none of that is told. `not_discussed` are children held
    for these units of whom nobody talked.
    """

    worker_id: str
    worker_name: str | None
    places: tuple[InUnit, ...]
    is_own: bool
    last_one_to_one_on: date | None
    last_group_on: date | None
    sessions: int
    discussed: int
    supervised_hour_on: date | None
    holiday_hours: float
    not_discussed: int

    @property
    def newly_qualified(self) -> bool:
        return any(place.newly_qualified for place in self.places)


def staff_today(basis: Basis, has_sessions: bool = True) -> Select:
    """One row per unit and worker of it: see `members`, and what `Staff` says.

    Hours and sessions are told in rows that are `is_own`, and nothing in others. `has_sessions`:
    whether the database has the tables of supervision, which an earlier version's lacks.
    """
    who, hours = members(basis), _hours(basis)
    of_worker = and_(hours.c.worker_id == who.c.worker_id, who.c.is_own == 1)
    rows = (
        who.outerjoin(worker, worker.c.worker_id == who.c.worker_id)
        .outerjoin(unit, unit.c.unit_id == who.c.unit_id)
        .outerjoin(hours, of_worker)
    )
    told = select(
        *who.c,
        unit.c.name.label("unit_name"),
        worker.c.name.label("worker_name"),
        hours.c.supervised_hour_on,
        func.coalesce(hours.c.holiday_hours, 0).label("holiday_hours"),
    )
    return _with_sessions(told, rows, who, basis) if has_sessions else _without(told, rows)


def _with_sessions(told: Select, rows: FromClause, who: Subquery, basis: Basis) -> Select:
    sessions, waiting = sessions_of_workers(basis), not_discussed(basis)
    of_worker = and_(sessions.c.worker_id == who.c.worker_id, who.c.is_own == 1)
    same_unit = waiting.c.unit_id.is_not_distinct_from(who.c.unit_id)
    of_unit = and_(waiting.c.worker_id == who.c.worker_id, same_unit)
    return told.add_columns(
        *(sessions.c[name] for name in LAST_DAYS),
        func.coalesce(sessions.c.sessions, 0).label("sessions"),
        func.coalesce(sessions.c.discussed, 0).label("discussed"),
        func.coalesce(waiting.c.not_discussed, 0).label("not_discussed"),
    ).select_from(rows.outerjoin(sessions, of_worker).outerjoin(waiting, of_unit))


def _without(told: Select, rows: FromClause) -> Select:
    no_day = (cast(null(), Date).label(name) for name in LAST_DAYS)
    none = (literal(0).label(name) for name in COUNTS)
    return told.add_columns(*no_day, *none).select_from(rows)


def members(basis: Basis) -> Subquery:
    """Each unit with each worker who leads on a child of it today, or has a practitioner's post.

    unit_id, worker_id, fte of the posts there (NULL without one), newly_qualified and is_own (1 or
    0): whether the worker is the unit's own, by a post there, or by none anywhere. Who only leads
    on a child of a unit is supervised elsewhere, and no manager of it is told of that.
    """
    leads = select(allocation.c.unit_id, allocation.c.worker_id).where(
        leads_on(basis.as_at), allocation.c.worker_id.is_not(None)
    )
    practitioners = select(post.c.unit_id, post.c.worker_id).where(
        covers(post, basis.as_at), post.c.role.in_(basis.settings.practitioner_roles)
    )
    who, posts = union(leads, practitioners).subquery(), _posts(basis)
    here = and_(posts.c.worker_id == who.c.worker_id, posts.c.unit_id == who.c.unit_id)
    is_own = or_(posts.c.unit_id.is_not(None), who.c.worker_id.not_in(select(posts.c.worker_id)))
    return (
        select(
            *who.c,
            posts.c.fte,
            func.coalesce(posts.c.newly_qualified, 0).label("newly_qualified"),
            case((is_own, 1), else_=0).label("is_own"),
        )
        .select_from(who.outerjoin(posts, here))
        .subquery()
    )


def _posts(basis: Basis) -> Subquery:
    """One row per unit and worker with an open post: FTE, and 1 for who is newly qualified."""
    return (
        select(
            post.c.unit_id,
            post.c.worker_id,
            func.sum(post.c.fte).label("fte"),
            func.max(case((post.c.newly_qualified, 1), else_=0)).label("newly_qualified"),
        )
        .where(covers(post, basis.as_at))
        .group_by(post.c.unit_id, post.c.worker_id)
        .subquery()
    )


def _hours(basis: Basis) -> Subquery:
    """One row per worker with time records: the last with supervision, and hours of holiday."""
    supervised = case((_is_of(SUPERVISION), time_record.c.worked_on))
    lately = time_record.c.worked_on > weeks_before(basis, WEEKS)
    holiday = case((and_(_is_of(HOLIDAY), lately), time_record.c.hours), else_=0)
    return (
        select(
            time_record.c.worker_id,
            func.max(supervised).label("supervised_hour_on"),
            func.sum(holiday).label("holiday_hours"),
        )
        .where(_is_counted(basis), time_record.c.worked_on <= basis.as_at)
        .where(time_record.c.category.in_((SUPERVISION, HOLIDAY)))
        .group_by(time_record.c.worker_id)
        .subquery()
    )


def _is_of(category: str) -> ColumnElement[bool]:
    return and_(time_record.c.category == category, time_record.c.hours > 0)


def _is_counted(basis: Basis) -> ColumnElement[bool]:
    return time_record.c.method == basis.settings.time_method


def what_is_recorded(basis: Basis, has_sessions: bool = True) -> Select:
    """One row: whether the source has any of anybody: supervision_hours, holiday, sessions, talks.

    `talks` are children named as talked about.
    """
    hours = [
        exists(select(time_record.c.time_record_id).where(_is_of(category), _is_counted(basis)))
        for category in (SUPERVISION, HOLIDAY)
    ]
    sessions = [
        exists(select(table.c.supervision_id)) for table in (supervision, supervision_child)
    ]
    told = [*hours, *(sessions if has_sessions else [false(), false()])]
    names = ("supervision_hours", "holiday", "sessions", "talks")
    return select(*(one.label(name) for one, name in zip(told, names, strict=True)))


def staff(rows: Iterable[Any]) -> dict[str, Staff]:
    """By worker, in the order of `rows`, which are of `staff_today`: one of two units is one."""
    by_worker: dict[str, Staff] = {}
    for row in rows:
        by_worker[row.worker_id] = _of(row, by_worker.get(row.worker_id))
    return by_worker


def _of(row: Any, known: Staff | None) -> Staff:
    name = row.unit_name or row.unit_id or NO_UNIT
    place = InUnit(row.unit_id, name, row.fte, bool(row.newly_qualified))
    before = (known.places, known.not_discussed) if known else ((), 0)
    told = known if known and known.is_own else row
    return Staff(
        row.worker_id,
        row.worker_name,
        (*before[0], place),
        bool(told.is_own),
        not_discussed=before[1] + row.not_discussed,
        **{name: getattr(told, name) for name in TOLD_OF_OWN},
    )
