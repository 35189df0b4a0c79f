"""What the page Practice is made of: each worker today, and what each holds, through the gate."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import Row, inspect

from data_access.database import read
from data_access.guard.of_staff import read_of_staff
from data_access.schema import supervision
from metrics.model import Months, Period, Scope
from metrics.practice.exposure import LISTED_BY as EXPOSURES_LISTED_BY
from metrics.practice.exposure import Carried, carried, exposures
from metrics.practice.staff import LISTED_BY, Staff, staff, staff_today, what_is_recorded
from ui.codes import nowhere, workers_of
from ui.session import Page

# How far back a run of months is followed; of a longer one it is said that it is.
LOOKED_BACK = 12
NOT_YOURS = "The worker whom this link was made for works in no unit that you manage now."


@dataclass(frozen=True)
class OfStaff:
    """Some workers, by id in order of name, and what each who holds anybody carries."""

    workers: Mapping[str, Staff]
    carry: Mapping[str, Carried]


@dataclass(frozen=True)
class Practice:
    """Workers and what they hold: `managed` of the viewer's own units, `own` is the viewer alone.

    The viewer's own are of every unit; of the managed those of the units that are managed alone.
    `recorded` is what the source has any of: see `what_is_recorded`. `has_sessions`: whether the
    database has the tables of supervision, which an earlier version's lacks.
    """

    page: Page
    month: Period
    managed: OfStaff
    own: OfStaff
    recorded: Row
    has_sessions: bool

    @property
    def first_looked_at(self) -> Period:
        return self.month.shift(-LOOKED_BACK)


def practice_of(page: Page) -> Practice:
    """Two reads through the gate of staff, which gives each viewer theirs; refused to others."""
    basis, viewer = page.basis, page.viewer
    has_sessions = inspect(page.engine).has_table(supervision.name)
    month = Period.of(basis.as_at)
    looked_at = Months(month.shift(-LOOKED_BACK), month)
    today = read_of_staff(page.engine, staff_today(basis, has_sessions), viewer, LISTED_BY)
    query = exposures(looked_at, basis, Scope(), {row.worker_id for row in today})
    held = read_of_staff(page.engine, query, viewer, EXPOSURES_LISTED_BY)
    settings, me = basis.settings.practice, viewer.worker

    def of_staff(rows: Sequence[Row], held: Sequence[Row]) -> OfStaff:
        return OfStaff(staff(rows), carried(held, month, settings))

    return Practice(
        page,
        month,
        of_staff(_of_units(today, viewer.staff), _of_units(held, viewer.staff)),
        of_staff(_of_worker(today, me), _of_worker(held, me)),
        read(page.engine, what_is_recorded(basis, has_sessions))[0],
        has_sessions,
    )


def _of_units(rows: Sequence[Row], unit_ids: frozenset[str]) -> list[Row]:
    return [row for row in rows if row.unit_id in unit_ids]


def _of_worker(rows: Sequence[Row], worker_id: str | None) -> list[Row]:
    return [row for row in rows if row.worker_id == worker_id]


def everybody(on: Practice) -> OfStaff:
    """The managed, and the viewer's own of every unit where the viewer works in none of theirs."""
    own, managed = on.own, on.managed
    return OfStaff({**own.workers, **managed.workers}, {**own.carry, **managed.carry})


def worker_asked(on: Practice) -> OfStaff:
    """The one worker whom the address's code names, of those managed or oneself; else a fault."""
    codes = workers_of(on.page, (*on.managed.workers, *on.own.workers))
    worker_id = codes.whose(on.page.address.worker or "")
    found = on.own if worker_id in on.own.workers else on.managed
    if worker_id is None:
        raise nowhere(on.page, NOT_YOURS)
    carries = {worker_id: found.carry[worker_id]} if worker_id in found.carry else {}
    return OfStaff({worker_id: found.workers[worker_id]}, carries)
