"""What the page Practice is made of: each worker today, and what each holds, through the gate."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import Row

from data_access.database import read
from data_access.guard.of_staff import read_of_staff
from metrics.model import Months, Period, Scope
from metrics.practice.exposure import LISTED_BY as EXPOSURES_LISTED_BY
from metrics.practice.exposure import Carried, carried, exposures
from metrics.practice.staff import LISTED_BY, Staff, staff, staff_today, what_is_recorded
from ui.session import Page

# How far back a run of months is followed; of a longer one it is said that it is.
LOOKED_BACK = 12


@dataclass(frozen=True)
class Practice:
    """Workers and what they hold: `managed` of the viewer's own units, `own` the viewer's, if any.

    The viewer's own are of every unit; of the managed those of the units that are managed alone.
    """

    page: Page
    month: Period
    managed: Mapping[str, Staff]
    managed_carry: Mapping[str, Carried]
    own: Staff | None
    own_carries: Carried | None
    recorded: Row

    @property
    def first_looked_at(self) -> Period:
        return self.month.shift(-LOOKED_BACK)


def practice_of(page: Page) -> Practice:
    """Two reads through the gate of staff, which gives each viewer theirs; refused to others."""
    basis, viewer = page.basis, page.viewer
    month = Period.of(basis.as_at)
    query = exposures(Months(month.shift(-LOOKED_BACK), month), basis, Scope())
    today = read_of_staff(page.engine, staff_today(basis), viewer, LISTED_BY)
    held = read_of_staff(page.engine, query, viewer, EXPOSURES_LISTED_BY)
    settings, me = basis.settings.practice, viewer.worker
    own_today, own_held = _of_worker(today, me), _of_worker(held, me)
    return Practice(
        page,
        month,
        staff(_of_units(today, viewer.staff)),
        carried(_of_units(held, viewer.staff), month, settings),
        staff(own_today).get(me or ""),
        carried(own_held, month, settings).get(me or ""),
        read(page.engine, what_is_recorded(basis))[0],
    )


def _of_units(rows: Sequence[Row], unit_ids: frozenset[str]) -> list[Row]:
    return [row for row in rows if row.unit_id in unit_ids]


def _of_worker(rows: Sequence[Row], worker_id: str | None) -> list[Row]:
    return [row for row in rows if row.worker_id == worker_id]
