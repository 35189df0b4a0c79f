"""Counts how long half of the children stay at a level, by unit and month."""

from collections.abc import Iterator, Sequence
from datetime import date

import numpy as np
import pandas as pd
from sqlalchemy import (
    ColumnElement,
    Connection,
    Integer,
    Row,
    Select,
    case,
    func,
    literal,
    select,
    type_coerce,
)

from data_access.database import write
from data_access.dialect import add_days
from data_access.due.clocks import Children
from data_access.led_stretches import last_led_stretches
from data_access.load_info import LoadInfo
from data_access.schema import quantile, status_run
from data_access.settings import Settings
from loading.blocks import blocks_of_children
from metrics.catalogue import CATALOGUE
from metrics.model import SERVICE, Metric, Months, Period
from metrics.survival.median_stay import median_stay, open_ages
from metrics.survival.windows import WINDOW_MONTHS, LedDays

# Days are numbered from it; nothing that counts for a window of months is older.
DAY_0 = date(1970, 1, 1)
COLUMNS = [column.name for column in quantile.columns]


def fill_median_stays(
    connection: Connection, months: Months, load: LoadInfo, settings: Settings
) -> None:
    """Adds to quantile how long half stay, of each metric that tells it: a unit, a month.

    The service's are of all stays, whoever led: those that move between units are one there.
    """
    asked = [one for one in CATALOGUE.values() if one.beside.stays_at]
    each = months.last.run_up(months.last.months_after(months.first) + 1)
    for metric in (one for one in asked if one.key not in load.not_in_source):
        units, led = _led_days(connection, metric.beside.stays_at or "", load.as_at)
        covered_from = load.covered_from(("plan",))
        rows = [
            row
            for month in each
            for row in _of_month(metric, month, units, led, load.as_at, covered_from, settings)
        ]
        write(connection, quantile, pd.DataFrame(rows, columns=COLUMNS))


def _of_month(
    metric: Metric,
    month: Period,
    units: Sequence[str | None],
    led: LedDays,
    as_at: date,
    covered_from: date | None,
    settings: Settings,
) -> Iterator[tuple]:
    first = _number(max(month.run_up(WINDOW_MONTHS)[0].start, covered_from or DAY_0))
    last = _number(min(month.last_day, as_at))
    seen = led.within(first, last)
    places: list[tuple[str | None, LedDays]] = [(SERVICE, seen)]
    places += [(units[number], of_unit) for number, of_unit in seen.by_unit()]
    for unit_id, of_unit in places:
        told = median_stay(of_unit.stays(), settings.fewest_ended, settings.fewest_at_risk)
        for key, value, n in (*told.stored(), *open_ages(of_unit.open_ages_on(last))):
            yield metric.key, unit_id, month.start, key, value, n


def _led_days(connection: Connection, level: str, as_at: date) -> tuple[list[str | None], LedDays]:
    """Every stay at the level by who led the child on its days, and the units by their numbers."""
    numbers: dict[str | None, int] = {}
    blocks = [
        _numbered(connection.execute(_led(level, as_at, children)).all(), numbers)
        for children in blocks_of_children(connection)
    ]
    columns = (np.concatenate(column) for column in zip(*blocks, strict=True))
    unit, began, first, last, ends = columns
    return list(numbers), LedDays(unit, began, first, last, ends.astype(bool))


def _numbered(rows: Sequence[Row], numbers: dict[str | None, int]) -> list[np.ndarray]:
    """The block's rows as columns of numbers; a unit that is new gets the next."""
    units = [numbers.setdefault(row.lead_unit_id, len(numbers)) for row in rows]
    others = np.array([tuple(row[1:]) for row in rows], dtype=np.int64).reshape(len(rows), 4)
    return [np.array(units, dtype=np.int64), *others.T]


def _number(day: date) -> int:
    return (day - DAY_0).days


def _led(level: str, as_at: date, children: Children) -> Select:
    """The stays at the level in stretches of one last lead, the day on which each ended with them.

    Unit, the days on which the stay and the stretch began and on which another did, and whether
    the stay ended on the last.
    """
    tomorrow = add_days(func.coalesce(status_run.c.ended_on, literal(as_at)), literal(1))
    stays = (
        select(
            status_run.c.child_id,
            status_run.c.started_on.label("first_on"),
            tomorrow.label("until"),
        )
        .where(status_run.c.level == level)
        .where(*children.hold(status_run.c.child_id))
        .subquery()
    )
    led = last_led_stretches(stays, ("child_id", "first_on"))
    ended = (status_run.c.child_id == led.c.child_id) & (status_run.c.started_on == led.c.first_on)
    ends = case((status_run.c.ended_on == add_days(led.c.next_on, literal(-1)), 1), else_=0)
    return select(
        led.c.lead_unit_id,
        *(_numbered_in(day) for day in (led.c.first_on, led.c.began_on)),
        _numbered_in(led.c.next_on) - 1,
        ends,
    ).select_from(led.join(status_run, ended))


def _numbered_in(day: ColumnElement[date]) -> ColumnElement[int]:
    return type_coerce(day - literal(DAY_0), Integer)
