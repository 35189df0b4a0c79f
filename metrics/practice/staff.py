"""Who works in a unit today, and what is told of each beside the children held: prompts, no scores.

Nothing of sickness is read here.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Select, Subquery, and_, case, exists, func, select, union

from data_access.relations import covers, leads_on
from data_access.schema import allocation, post, time_record, unit, worker
from metrics.model import Basis

LISTED_BY = ("worker_name", "worker_id", "unit_id")
WEEKS = 12
NO_UNIT = "no unit"
SUPERVISION, HOLIDAY = "supervision", "annual_leave"


@dataclass(frozen=True)
class Staff:
    """One worker today, of every unit in `units`, by their names.

    `fte` is that of the posts there, None without one. `supervised_hour_on` is the day, or the
    first day of the week, of the last hour of supervision that the time records have;
    `holiday_hours` are those of the last twelve weeks.
    """

    worker_id: str
    worker_name: str | None
    units: tuple[str, ...]
    fte: float | None
    newly_qualified: bool
    supervised_hour_on: date | None
    holiday_hours: float


def staff_today(basis: Basis) -> Select:
    """One row per unit and worker who leads on a child of it, or has a practitioner's post there.

    On the last day known: unit_id, unit_name, worker_id, and what `Staff` says.
    """
    members, posts, hours = _members(basis), _posts(basis), _hours(basis)
    of_post = and_(posts.c.worker_id == members.c.worker_id, posts.c.unit_id == members.c.unit_id)
    return select(
        *members.c,
        unit.c.name.label("unit_name"),
        worker.c.name.label("worker_name"),
        posts.c.fte,
        func.coalesce(posts.c.newly_qualified, 0).label("newly_qualified"),
        hours.c.supervised_hour_on,
        func.coalesce(hours.c.holiday_hours, 0).label("holiday_hours"),
    ).select_from(
        members.outerjoin(worker, worker.c.worker_id == members.c.worker_id)
        .outerjoin(unit, unit.c.unit_id == members.c.unit_id)
        .outerjoin(posts, of_post)
        .outerjoin(hours, hours.c.worker_id == members.c.worker_id)
    )


def _members(basis: Basis) -> Subquery:
    leads = select(allocation.c.unit_id, allocation.c.worker_id).where(
        leads_on(basis.as_at), allocation.c.worker_id.is_not(None)
    )
    practitioners = select(post.c.unit_id, post.c.worker_id).where(
        covers(post, basis.as_at), post.c.role.in_(basis.settings.practitioner_roles)
    )
    return union(leads, practitioners).subquery()


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
    lately = time_record.c.worked_on > basis.as_at - timedelta(weeks=WEEKS)
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


def what_is_recorded(basis: Basis) -> Select:
    """One row: whether the source has any hour of `supervision`, and of `holiday`, of anybody."""
    return select(
        *(
            exists(
                select(time_record.c.time_record_id).where(_is_of(category), _is_counted(basis))
            ).label(name)
            for name, category in (("supervision_hours", SUPERVISION), ("holiday", HOLIDAY))
        )
    )


def staff(rows: Iterable[Any]) -> dict[str, Staff]:
    """By worker, in the order of `rows`, which are of `staff_today`: one of two units is one."""
    by_worker: dict[str, Staff] = {}
    for row in rows:
        known = by_worker.get(row.worker_id)
        by_worker[row.worker_id] = _of(row, known)
    return by_worker


def _of(row: Any, known: Staff | None) -> Staff:
    ftes = [one.fte for one in (row, known) if one is not None and one.fte is not None]
    return Staff(
        row.worker_id,
        row.worker_name,
        (*(known.units if known else ()), row.unit_name or row.unit_id or NO_UNIT),
        sum(ftes) if ftes else None,
        bool(row.newly_qualified) or bool(known and known.newly_qualified),
        row.supervised_hour_on,
        float(row.holiday_hours),
    )
