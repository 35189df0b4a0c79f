"""What each worker carries: children held at a month's end, by the kinds of harm found of them.

A worklist for the worker and the unit's managers, and never a metric: no sum of the kinds, no
order by them. Source: Family Insights evaluation 2017, on what holding one kind of case does.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import ColumnElement, Join, Select, Subquery, and_, case, func, select

from data_access.relations import covers
from data_access.schema import assessment_factor, status_spell, worker
from data_access.unit_settings.practice import ExposureGroup, Practice
from metrics.model import Basis, Months, Period, Scope
from metrics.people.held import held_by_workers
from metrics.segments.open_families import latest_authorised

PLANS = ("cp", "cla")
LISTED_BY = ("worker_name", "worker_id", "unit_id", "month")


@dataclass(frozen=True)
class Carried:
    """One worker at a month's end: `of_group` children by kind of harm, of all that are `held`.

    `assessed` are those with an authorised assessment: of the others no kind is known. `since` is
    by kind the first month of the run of months, up to this one, in which the worker held mostly
    that kind; a kind without such a run is not in it.
    """

    unit_id: str | None
    worker_id: str
    worker_name: str | None
    held: int
    assessed: int
    cp: int
    cla: int
    of_group: Mapping[str, int]
    since: Mapping[str, Period] = field(default_factory=dict)


def exposures(months: Months, basis: Basis, scope: Scope) -> Select:
    """One row per month, unit that holds and lead worker: held, assessed, cp, cla, each group.

    Children held as lead, by the unit of the allocation, with the factors of each one's latest
    assessment authorised by the month's end. A child with no authorised assessment has no group.
    """
    groups = basis.settings.practice.groups
    every = held_by_workers(months, basis)
    held = select(*every.c).where(scope.holds(every.c.allocated_unit_id)).subquery()
    found = _found(held, groups)
    return (
        select(
            held.c.month,
            held.c.allocated_unit_id.label("unit_id"),
            held.c.worker_id,
            worker.c.name.label("worker_name"),
            func.count(held.c.child_id.distinct()).label("held"),
            func.count(found.c.child_id.distinct()).label("assessed"),
            *(_children(held, status_spell.c.status == kind.upper(), kind) for kind in PLANS),
            *(_children(held, found.c[one.group] == 1, one.group) for one in groups),
        )
        .select_from(_beside(held, found))
        .group_by(held.c.month, held.c.allocated_unit_id, held.c.worker_id, worker.c.name)
    )


def _beside(held: Subquery, found: Subquery) -> Join:
    """The children held, with who holds them, what was found, and their status at the time."""
    found_then = and_(found.c.child_id == held.c.child_id, found.c.as_on == held.c.last_day)
    status_then = and_(
        status_spell.c.child_id == held.c.child_id, covers(status_spell, held.c.last_day)
    )
    with_name = held.outerjoin(worker, worker.c.worker_id == held.c.worker_id)
    return with_name.outerjoin(found, found_then).outerjoin(status_spell, status_then)


def _children(held: Subquery, of: ColumnElement[bool], name: str) -> ColumnElement[int]:
    return func.count(case((of, held.c.child_id)).distinct()).label(name)


def _found(held: Subquery, groups: Sequence[ExposureGroup]) -> Subquery:
    """One row per child and month's end with an authorised assessment: 1 for each group found."""
    days = select(held.c.child_id, held.c.last_day.label("as_on")).distinct().subquery()
    latest, factor = latest_authorised(days), assessment_factor.c
    in_groups = (
        func.max(case((factor.factor.in_(one.factors), 1), else_=0)).label(one.group)
        for one in groups
    )
    return (
        select(latest.c.child_id, latest.c.as_on, *in_groups)
        .select_from(
            latest.outerjoin(assessment_factor, factor.assessment_id == latest.c.assessment_id)
        )
        .group_by(latest.c.child_id, latest.c.as_on)
        .subquery()
    )


def carried(rows: Iterable[Any], month: Period, practice: Practice) -> list[Carried]:
    """Who holds anybody at the end of `month`, in the order of `rows`, which are of `exposures`."""
    of_worker: dict[tuple[str | None, str], dict[Period, Carried]] = {}
    for row in rows:
        of_month = of_worker.setdefault((row.unit_id, row.worker_id), {})
        of_month[Period.of(row.month)] = _carried(row, practice.groups)
    return [_with_runs(known, month, practice) for known in of_worker.values() if month in known]


def _carried(row: Any, groups: Sequence[ExposureGroup]) -> Carried:
    numbers = {one.group: getattr(row, one.group) for one in groups}
    who = (row.unit_id, row.worker_id, row.worker_name)
    return Carried(*who, row.held, row.assessed, row.cp, row.cla, numbers)


def _with_runs(known: Mapping[Period, Carried], month: Period, practice: Practice) -> Carried:
    now = known[month]
    since = {}
    for group in now.of_group:
        first = month
        while first in known and is_mostly(known[first], group, practice):
            since[group] = first
            first = first.shift(-1)
    return Carried(**{**vars(now), "since": since})


def is_mostly(one: Carried, group: str, practice: Practice) -> bool:
    """Whether so many children are held that a share tells anything, and enough are of the kind."""
    if one.held < practice.fewest_held:
        return False
    return one.of_group[group] / one.held >= practice.exposure_share
