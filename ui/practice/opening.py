"""What the page Practice is made of: each worker today, and what each holds, through the gate."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import Row, inspect

from data_access.database import read
from data_access.guard.of_staff import read_of_staff
from data_access.schema import supervision
from metrics.model import SERVICE, Months, Period, Scope
from metrics.practice.exposure import LISTED_BY as EXPOSURES_LISTED_BY
from metrics.practice.exposure import Carried, carried, exposures
from metrics.practice.staff import LISTED_BY, Staff, staff, staff_today, what_is_recorded
from ui.codes import nowhere, workers_of
from ui.session import Page

# How far back a run of months is followed; of a longer one it is said that it is.
LOOKED_BACK = 12
NOT_YOURS = (
    "The worker whom this link was made for works in no unit that you manage now, or not in the one"
    " that the address names."
)


@dataclass(frozen=True)
class OfStaff:
    """Some workers, by id in order of name, and what each who holds anybody carries."""

    workers: Mapping[str, Staff]
    carry: Mapping[str, Carried]


@dataclass(frozen=True)
class Practice:
    """Workers and what they hold: `managed` of the units managed, `own` is the viewer alone.

    The viewer's own are of every unit; of the managed those of `units` alone: the one that the
    address names, or else all that the viewer manages.
    `recorded` is what the source has any of: see `what_is_recorded`. `has_sessions`: whether the
    database has the tables of supervision, which an earlier version's lacks.
    """

    page: Page
    month: Period
    units: frozenset[str]
    managed: OfStaff
    own: OfStaff
    recorded: Row
    has_sessions: bool

    @property
    def first_looked_at(self) -> Period:
        return self.month.shift(-LOOKED_BACK)

    @property
    def unit_names(self) -> Mapping[str | None, str]:
        """`units` by name."""
        return named(self.page, self.units)


def practice_of(page: Page) -> Practice:
    """Two reads through the gate of staff, which gives each viewer theirs; refused to others."""
    basis, viewer = page.basis, page.viewer
    has_sessions = inspect(page.engine).has_table(supervision.name)
    month = Period.of(basis.as_at)
    looked_at = Months(month.shift(-LOOKED_BACK), month)
    today = read_of_staff(page.engine, staff_today(basis, has_sessions), viewer, LISTED_BY)
    query = exposures(looked_at, basis, Scope(), {row.worker_id for row in today})
    held = read_of_staff(page.engine, query, viewer, EXPOSURES_LISTED_BY)
    settings, me, units = basis.settings.practice, viewer.worker, _units_asked(page)

    def of_staff(rows: Sequence[Row], held: Sequence[Row]) -> OfStaff:
        return OfStaff(staff(rows), carried(held, month, settings))

    return Practice(
        page,
        month,
        units,
        of_staff(_of_units(today, units), _of_units(held, units)),
        of_staff(_of_worker(today, me), _of_worker(held, me)),
        read(page.engine, what_is_recorded(basis, has_sessions))[0],
        has_sessions,
    )


def _units_asked(page: Page) -> frozenset[str]:
    """Of the units that the viewer manages the one that the address names; else all of them."""
    asked, managed = page.address.view.scope.unit_id, page.viewer.staff
    return managed if asked == SERVICE else managed & {asked}


def named(page: Page, unit_ids: Collection[str]) -> dict[str | None, str]:
    """Units by id in their own order, each with its name."""
    return {id: name for id, name in page.live.units.items() if id in unit_ids}


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
