"""A chart's reading as plain values and back, so that what was published is drawn as it was."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from enum import Enum
from itertools import groupby
from typing import Any

from metrics.model import Period, Polarity, Tally
from metrics.publication import PublishedWords
from metrics.result import Result
from metrics.spc.chart_reading import (
    Assurance,
    Chart,
    ChartPoint,
    ChartReading,
    Footing,
    Latest,
    Mark,
    Rule,
    When,
)

KINDS: dict[str, type[Enum]] = {
    "chart": Chart,
    "footing": Footing,
    "latest": Latest,
    "better": Polarity,
    "assurance": Assurance,
    "rule": Rule,
    "mark": Mark,
}
DAYS = frozenset({"when", "since", "phase_from"})
RUN_UP = "run_up"
A_DAY = len("2016-09-30")


def chart_details(reading: ChartReading) -> dict[str, Any]:
    """The reading as text, numbers and lists of them: what JSON can hold."""
    points = [_plain_values(point._asdict()) for point in reading.points]
    return {**_plain_values(vars(reading)), "points": points}


def chart_from(details: Mapping[str, Any]) -> ChartReading:
    """The reading that `chart_details` was made of.

    Charts kept before each point told its run have none: see `_with_runs`.
    """
    points = tuple(ChartPoint(**_read_values(point)) for point in details["points"])
    if details["points"] and "since" not in details["points"][-1]:
        points = tuple(_with_runs(points))
    usual = tuple(details["usual"]) if details["usual"] else None
    values = {name: value for name, value in _read_values(details).items() if name != RUN_UP}
    return ChartReading(**{**values, "points": points, "usual": usual})


def with_run_up(details: Mapping[str, Any], trend: Sequence[Result]) -> dict[str, Any]:
    """The details with what each month up to the chart's last counted, those before it begins too.

    A later load may no longer have them, and the chart tells neither the months without a value
    before its first, nor, beside one that was still being entered, what the others came to.
    """
    counted = [
        [month.key, float(tally.numerator), float(tally.denominator)]
        if tally
        else [month.key, None, None]
        for month, tally in ((result.view.period, result.tally) for result in trend)
    ]
    return {**details, RUN_UP: counted}


def run_up_kept(details: Mapping[str, Any]) -> dict[Period, Tally | None]:
    """What each month counted; None where nothing was. Of an older publication: as charted."""
    counted = details.get(RUN_UP) or [
        [point["when"], point["numerator"], point["denominator"]] for point in details["points"]
    ]
    return {
        Period.parse(month): None if denominator is None else Tally(numerator, denominator)
        for month, numerator, denominator in counted
    }


def first_month_kept(details: Mapping[str, Any]) -> Period:
    """The first month of `run_up_kept`, without reading the others."""
    first = details[RUN_UP][0][0] if details.get(RUN_UP) else details["points"][0]["when"]
    return Period.parse(first)


def trend_as_kept(trend: Sequence[Result], words: PublishedWords | None) -> list[Result]:
    """The run-up with what each month counted when its last was published; others as they are."""
    if words is None or words.chart is None:
        return list(trend)
    kept = run_up_kept(words.chart)
    return [
        replace(result, tally=kept[result.view.period], not_in_source=words.not_in_source)
        if result.view.period in kept
        else result
        for result in trend
    ]


def _with_runs(points: Iterable[ChartPoint]) -> Iterator[ChartPoint]:
    """Each marked point as of the run of those before it that have the same rule, way and mean."""
    for (rule, *_), run in groupby(points, lambda point: (point.rule, point.is_high, point.mean)):
        alike = list(run)
        yield from (point._replace(since=alike[0].when if rule else None) for point in alike)


def _plain_values(values: Mapping[str, Any]) -> dict[str, Any]:
    return {name: _written(value) for name, value in values.items()}


def _written(value: Any) -> Any:
    if isinstance(value, Enum):
        return value.name
    if isinstance(value, Period):
        return value.key
    if isinstance(value, date):
        return value.isoformat()
    return list(value) if isinstance(value, tuple) else value


def _read_values(details: Mapping[str, Any]) -> dict[str, Any]:
    return {name: _value(name, value) for name, value in details.items()}


def _value(name: str, value: Any) -> Any:
    if value is None:
        return None
    if name in DAYS:
        return _when(value)
    return KINDS[name][value] if name in KINDS else value


def _when(written: str) -> When:
    return date.fromisoformat(written) if len(written) == A_DAY else Period.parse(written)
