"""Finds rows of units in months in which these were not open: they count in the service alone.

Every query runs as it stands on DuckDB and PostgreSQL.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import (
    Column,
    ColumnElement,
    Date,
    Integer,
    Select,
    Table,
    extract,
    func,
    literal,
)

from data_access.dialect import add_days
from data_access.schema import allocation, complaint, post, survey_response, time_record, unit
from loading.checks.breaches import Breach, Situation, rows_of
from loading.checks.check import PERFORMANCE, Check
from loading.sources.reading import WARNING
from metrics.model import months_before
from metrics.spc.month_charts import MONTHS_JUDGED

_DAYS_IN_UNITS = (time_record.c.worked_on, complaint.c.received_on, survey_response.c.answered_on)


@dataclass(frozen=True)
class _InUnits:
    """The rows of one table that have a unit, and a row's first and last day in it.

    Within the months that charts show: a post may well be older than its unit, and nobody asks.
    """

    table: Table
    first: ColumnElement[date]
    last: ColumnElement[date]

    def beside(self, changed: Column[date]) -> Select:
        """One row per unit that changed on a known day, over its rows: empty spells are none."""
        return (
            rows_of(
                unit,
                of=literal(self.table.name),
                rows=func.count(),
                day=changed,
                first=func.min(self.first),
                last=func.max(self.last),
            )
            .join(self.table, self.table.c.unit_id == unit.c.unit_id)
            .where(changed.is_not(None), self.first <= self.last)
            .group_by(unit.c.unit_id, changed)
        )


def _in_units(situation: Situation) -> Iterator[_InUnits]:
    end = literal(situation.as_at + timedelta(1), Date)
    begin = literal(months_before(situation.as_at, MONTHS_JUDGED), Date)
    for day in _DAYS_IN_UNITS:
        yield _InUnits(day.table, func.greatest(day, begin), day)
    for spell in (post, allocation):
        until = func.least(func.coalesce(spell.c.ended_on, end), end)
        first = func.greatest(spell.c.started_on, begin)
        yield _InUnits(spell, first, add_days(until, literal(-1)))


def before_it_opened(situation: Situation) -> Iterator[Breach]:
    """Units with rows in a month before that in which they opened: one row a unit and table."""
    for rows in _in_units(situation):
        wrong = _month(rows.first) < _month(unit.c.opened_on)
        yield Breach(unit, rows.beside(unit.c.opened_on).where(wrong), column="opened_on")


def after_it_closed(situation: Situation) -> Iterator[Breach]:
    """Units with rows in a month after the last in which they were open: one row a unit and table.

    A unit that closes on the first of a month was not open in it.
    """
    for rows in _in_units(situation):
        wrong = _month(rows.last) > _month(add_days(unit.c.closed_on, literal(-1)))
        yield Breach(unit, rows.beside(unit.c.closed_on).where(wrong), column="closed_on")


def _month(day: ColumnElement) -> ColumnElement[int]:
    """Months counted from the year 0."""
    return (extract("year", day) * 12 + extract("month", day)).cast(Integer)


_ALONE = "counts in the service alone, and in no unit's row"
CHECKS: tuple[Check, ...] = (
    Check(
        "before_the_unit_opened",
        WARNING,
        PERFORMANCE,
        "it opened on {day}, and {rows} {rows:row|rows} of {of} {rows:begins|begin} in a"
        " month before, the first on {first}:"
        f" what lies there {_ALONE}. Correct opened_on, or {{rows:its|their}} unit_id",
        before_it_opened,
    ),
    Check(
        "after_the_unit_closed",
        WARNING,
        PERFORMANCE,
        "it was no more on {day}, and {rows} {rows:row|rows} of {of} {rows:lies|lie} in a"
        " month after, or {rows:goes|go} on in it, up"
        f" to {{last}}: what lies there {_ALONE}. Correct closed_on, or {{rows:its|their}} unit_id",
        after_it_closed,
    ),
)
