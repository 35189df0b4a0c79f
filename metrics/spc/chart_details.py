"""A chart's reading as plain values and back, so that what was published is drawn as it was."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from enum import Enum
from itertools import groupby
from typing import Any

from metrics.model import Period, Polarity, Scope, Tally, View
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
DAYS = frozenset({"when", "since", "phase_from", "own_from"})
RUN_UP = "run_up"
A_DAY = len("2016-09-30")


def chart_details(reading: ChartReading) -> dict[str, Any]:
    """The reading as text, numbers and lists of them: what JSON can hold."""
    points = [_plain_values(point._asdict()) for point in reading.points]
    same_age = [[month.key, value] for month, value in reading.same_age]
    at_age = chart_details(reading.at_age) if reading.at_age else None
    whole = {"points": points, "same_age": same_age, "at_age": at_age}
    return {**_plain_values(vars(reading)), **whole}


def chart_from(details: Mapping[str, Any]) -> ChartReading:
    """The reading that `chart_details` was made of.

    Charts kept before each point told its run have none: see `_with_runs`.
    """
    points = tuple(ChartPoint(**_read_values(point)) for point in details["points"])
    if details["points"] and "since" not in details["points"][-1]:
        points = tuple(_with_runs(points))
    values = {name: value for name, value in _read_values(details).items() if name != RUN_UP}
    pairs = {name: _pair(details.get(name)) for name in ("usual", "probable")}
    at_age = chart_from(details["at_age"]) if details.get("at_age") else None
    same_age = tuple((Period.parse(month), value) for month, value in details.get("same_age", ()))
    whole = {"points": points, "same_age": same_age, "at_age": at_age}
    return ChartReading(**{**values, **pairs, **whole})


def _pair(values: Sequence[float] | None) -> tuple[float, float] | None:
    return (values[0], values[1]) if values else None


def with_run_up(details: Mapping[str, Any], trend: Sequence[Result]) -> dict[str, Any]:
    """The details with what each month up to the chart's last counted, those before it begins too.

    A later load may no longer have them, and the chart tells neither the months without a value
    before its first, nor, beside one that was still being entered, what the others came to.
    """
    counted = [
        [result.view.period.key, *_counts(result.tally), result.view.scope.unit_id]
        for result in trend
    ]
    return {**details, RUN_UP: counted}


def _counts(tally: Tally | None) -> tuple[float | None, float | None]:
    return (float(tally.numerator), float(tally.denominator)) if tally else (None, None)


def run_up_kept(
    details: Mapping[str, Any], scope: Scope
) -> dict[Period, tuple[View, Tally | None]]:
    """What each month counted, and the unit whose it was; None where nothing was counted.

    Of a publication without it, the months that the chart shows; without units, all of `scope`.
    """
    counted = details.get(RUN_UP) or [
        [point["when"], point["numerator"], point["denominator"]] for point in details["points"]
    ]
    return {
        (month := Period.parse(written)): (
            View(month, Scope(unit_ids[0]) if unit_ids else scope),
            None if denominator is None else Tally(numerator, denominator),
        )
        for written, numerator, denominator, *unit_ids in counted
    }


def first_months_kept(
    published_words: Mapping[tuple[str, str | None, Period], PublishedWords],
) -> dict[Period, Period]:
    """The first month that is kept with each published month, of any figure."""
    first: dict[Period, Period] = {}
    for (_, _, period), words in published_words.items():
        if words.chart:
            begins = words.chart.get(RUN_UP) or [[words.chart["points"][0]["when"]]]
            first[period] = min(Period.parse(begins[0][0]), first.get(period, period))
    return first


def months_as_kept(
    scope: Scope,
    charted: Sequence[View],
    words: PublishedWords | None,
    result_of: Callable[[View], Result],
) -> list[Result]:
    """The months of a chart of `scope`: as they were kept with what was published, else as now."""
    if words is None or words.chart is None:
        return [result_of(view) for view in charted]
    kept = run_up_kept(words.chart, scope)
    return [
        _as_kept(result_of(kept[view.period][0]), kept[view.period][1], words)
        if view.period in kept
        else result_of(view)
        for view in charted
    ]


def _as_kept(result: Result, tally: Tally | None, words: PublishedWords) -> Result:
    """The month with what it had counted: that was held then, whatever a later load holds of it."""
    not_yet = result.not_yet if tally is None else None
    return replace(result, tally=tally, not_in_source=words.not_in_source, not_yet=not_yet)


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
