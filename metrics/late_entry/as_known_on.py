"""What a month was known as on a day, beside what it is known as now: how late entry changed it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields, replace
from datetime import date

from sqlalchemy import ColumnElement, FromClause, Row, Select, and_, case, func, select

from data_access.dialect import with_large_joins
from data_access.problems import Problem
from data_access.words.agreeing import Agreeing
from metrics.catalogue import CATALOGUE
from metrics.figures import Figures
from metrics.model import SERVICE, Basis, Metric, Months, Period, Tally
from metrics.sentence import count, written_date


@dataclass(frozen=True)
class Change:
    """One scope's month on a day and now. All but the two tallies count rows, each once.

    `entered`: counted then and no longer, having been made in time and entered after the day.
    `fell_due`: known now only, because of what was entered since. `not_due_yet`: due
    on or after the day. `others`: whatever else differs; none, as far as we know.
    """

    then: Tally = Tally()
    now: Tally = Tally()
    entered: int = 0
    fell_due: int = 0
    not_due_yet: int = 0
    others: int = 0

    def __add__(self, other: "Change") -> "Change":
        return Change(*(getattr(self, f.name) + getattr(other, f.name) for f in fields(self)))


def known_basis(basis: Basis, day: date) -> Basis:
    """The basis of what was known on `day`: nothing that was recorded, or happened, later."""
    return Basis(basis.settings, day, day)


def refuse_day(metric: Metric, period: Period, day: date, as_at: date) -> None:
    """A Problem where the question has no answer: another metric, or a day outside the data."""
    if metric.beside.late_entry is None:
        raise Problem(
            f"{metric.name} cannot be told as known on a day: only visits say when they were"
            " recorded."
        )
    if day > as_at:
        raise Problem(
            f"The data end on {written_date(as_at)}: choose that day or an earlier one, not"
            f" {written_date(day)}."
        )
    if day < period.start:
        raise Problem(
            f"{period} had not begun on {written_date(day)}: choose a later day, or another month."
        )


def known_tallies(metric: Metric, period: Period, basis: Basis, day: date) -> Select:
    """One row per unit (NULL: none) with a row known on `day`: unit_id, numerator, denominator."""
    counted = metric.rows(Months(period, period), known_basis(basis, day)).subquery()
    added_up = select(
        counted.c.unit_id,
        func.sum(counted.c.numerator).label("numerator"),
        func.sum(counted.c.denominator).label("denominator"),
    ).group_by(counted.c.unit_id)
    return with_large_joins(added_up)


def known_on_a_day() -> list[Metric]:
    """The metrics that can be asked as they were known on a day."""
    return [metric for metric in CATALOGUE.values() if metric.beside.late_entry]


def with_known(figures: Figures, metric: Metric, period: Period, known: Iterable[Row]) -> Figures:
    """`figures` with the metric's month as the rows of `known_tallies` have it; the service summed.

    A unit that has a figure now and had no row then has zero over zero, which has no value.
    """
    tallies_then: dict[str | None, Tally] = {
        unit_id: Tally()
        for key, unit_id, month in figures.tallies
        if (key, month) == (metric.key, period)
    }
    tallies_then |= {
        row.unit_id: Tally(float(row.numerator), float(row.denominator)) for row in known
    }
    tallies_then[SERVICE] = sum(
        (tally for unit, tally in tallies_then.items() if unit != SERVICE), Tally()
    )
    month_tallies = {
        (metric.key, unit_id, period): tally for unit_id, tally in tallies_then.items()
    }
    return replace(figures, tallies={**figures.tallies, **month_tallies})


def then_and_now(metric: Metric, period: Period, basis: Basis, day: date) -> Select:
    """One row per unit with a row then or now: unit_id, the four counts of a `Change`, its parts.

    A row then and a row now are one if they agree in what the metric declares; the unit is the
    same in both, as allocations do not say when they were recorded.
    """
    assert metric.beside.late_entry, f"{metric.key} declares no late entry"
    months, keys = Months(period, period), metric.beside.late_entry.same_row
    then = metric.rows(months, known_basis(basis, day)).subquery("then_known")
    now = metric.rows(months, basis).subquery("now_known")
    is_same = and_(*(then.c[name] == now.c[name] for name in keys))
    first = keys[0]
    only_now, only_then = then.c[first].is_(None), now.c[first].is_(None)
    in_both = and_(then.c[first].is_not(None), now.c[first].is_not(None))
    entered = and_(in_both, then.c.numerator == 1, now.c.numerator == 0)
    not_due_yet = and_(only_now, now.c[metric.beside.late_entry.due] >= day)
    fell_due = and_(only_now, now.c[metric.beside.late_entry.due] < day)
    turned = and_(in_both, then.c.numerator == 0, now.c.numerator == 1)
    paired = select(
        func.coalesce(now.c.unit_id, then.c.unit_id).label("unit_id"),
        *_numbers(then, "then"),
        *_numbers(now, "now"),
        _one_if(entered, "entered"),
        _one_if(fell_due, "fell_due"),
        _one_if(not_due_yet, "not_due_yet"),
        _one_if(only_then | turned, "others"),
    ).select_from(then.join(now, is_same, full=True))
    return _sums_by_unit(paired)


def _numbers(side: FromClause, name: str) -> list[ColumnElement]:
    return [
        func.coalesce(side.c[part], 0).label(f"{name}_{part}")
        for part in ("numerator", "denominator")
    ]


def _one_if(holds: ColumnElement[bool], name: str) -> ColumnElement[int]:
    return case((holds, 1), else_=0).label(name)


def _sums_by_unit(rows: Select) -> Select:
    inner = rows.subquery()
    numbers = [column for column in inner.c if column.name != "unit_id"]
    added_up = select(
        inner.c.unit_id, *(func.sum(number).label(number.name) for number in numbers)
    ).group_by(inner.c.unit_id)
    return with_large_joins(added_up)


def change_of(row: Mapping) -> Change:
    """One row of `then_and_now` as a value."""
    return Change(
        Tally(float(row["then_numerator"]), float(row["then_denominator"])),
        Tally(float(row["now_numerator"]), float(row["now_denominator"])),
        int(row["entered"]),
        int(row["fell_due"]),
        int(row["not_due_yet"]),
        int(row["others"]),
    )


def change_words(metric: Metric, period: Period, day: date, change: Change) -> str:
    """What was known on the day, what is known now, and what made the difference."""
    assert metric.beside.late_entry, f"{metric.key} declares no late entry"
    early = ", before the month was over" if day < period.last_day else ""
    then, now = (_tally_words(metric, tally) for tally in (change.then, change.now))
    as_known = f"As known on {written_date(day)}{early}: {then}; as known now: {now}."
    reasons = _reasons(metric, change)
    return " ".join([as_known, *reasons] if reasons else [as_known, "Nothing has changed since."])


def _tally_words(metric: Metric, tally: Tally) -> str:
    assert metric.beside.late_entry is not None
    if not tally.denominator:
        return f"no {metric.words.counted}"
    share = metric.measure.written(metric.figure(tally))
    n, d = count(tally.numerator), count(tally.denominator)
    return f"{n} of {d} {metric.beside.late_entry.counted_as} ({share})"


def _reasons(metric: Metric, change: Change) -> list[str]:
    assert metric.beside.late_entry is not None
    made = metric.beside.late_entry.not_counted_as
    counts_and_words = (
        (change.entered, f"had been {made} and {{n:was|were}} entered after that day"),
        (change.fell_due, "more {n:counts|count} as due because of visits entered since"),
        (change.not_due_yet, "had not fallen due by then"),
        (change.others, "{n:has|have} changed otherwise"),
    )
    return [f"{_count_words(number, words)}." for number, words in counts_and_words if number]


def _count_words(number: int, words: str) -> str:
    return f"{count(number)} {words.format(n=Agreeing(number, count(number)))}"
