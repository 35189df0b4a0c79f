"""The Metric page's chart, what is said under it, and its twin as a table and a file."""

from collections.abc import Callable, Iterator

from markupsafe import Markup

from charts.tables import folded, link, table
from exports.csv_text import csv_file
from metrics.figures import Figures
from metrics.model import Period
from metrics.result import Result
from metrics.sentence import count, why_no_value
from metrics.spc.chart_reading import ChartPoint, ChartReading
from metrics.spc.new_months import column_name, still_entered_words
from metrics.spc.words import point_words, probable_words, range_words, shape_of
from ui.address import Address
from ui.metric.proposed import proposed

OTHERWISE_NOW = "Drawn as it was published; of its months some have another value today"
LISTED = 3
IN_FILES = ("Numerator", "Denominator")


def chosen_result(address: Address, figures: Figures) -> Result:
    """The figure that the page is about, with all that is told of it."""
    return figures.compared_result(address.metric, address.view)


def why_this_chart(address: Address, figures: Figures) -> Markup:
    """Under the chart: which limits, and why those; then what was written beside months."""
    reading, lines = chosen_result(address, figures).chart, []
    if reading:
        lines += [Markup("{}").format(reading.why), *_told_otherwise_now(address, figures, reading)]
    lines += [
        Markup("{}, {}: {} ({}).").format(
            note.kind.value.capitalize(), Period.of(note.month), note.words, note.by
        )
        for note in figures.notes_on(address.metric, address.view)
    ]
    lines.append(proposed(address, figures, address.metric, address.view))
    where = address.link("notes", metric=address.metric.key, **address.unit)
    has_limits = address.metric.kind.has_limits
    lines.append(link(where, "Add a note or new limits" if has_limits else "Add a note"))
    return Markup('<p class="cs-note cs-quiet">{}</p>').format(
        Markup(" ").join(filter(None, lines))
    )


def _told_otherwise_now(
    address: Address, figures: Figures, reading: ChartReading
) -> Iterator[Markup]:
    """Of a chart that is drawn as it was published: which of its months have another value now."""
    metric, view = address.metric, address.view
    if (metric.key, view.scope.unit_id, view.period) not in figures.published_words:
        return
    write = metric.measure.written
    changed = [
        f"{point.when} {write(point.value)}, now {now.written}"
        for point in reversed(reading.points)
        if isinstance(point.when, Period) and reading.is_own(point)
        if (now := figures.result(metric, view.of_month(point.when))).tally is not None
        if now.written != write(point.value)
    ]
    if changed:
        more = f"; and {len(changed) - LISTED} more" if len(changed) > LISTED else ""
        yield Markup("{}: {}{}.").format(OTHERWISE_NOW, "; ".join(changed[:LISTED]), more)


def trend_table(address: Address, figures: Figures) -> Markup:
    """The chart's twin in words: the same points, limits and readings."""
    return folded(
        "The chart as a table",
        table(
            _headings(address, figures, address.metric.words.of_a_table),
            _trend_rows(address, figures, address.metric.measure.written, count),
        ),
    )


def _headings(address: Address, figures: Figures, counts: tuple[str, str]) -> tuple[str, ...]:
    """With the months at a new one's age, and whose each is, where a chart tells of these."""
    reading = chosen_result(address, figures).chart
    assert reading is not None, "a figure that is told has its chart"
    at_its_age = [column_name(reading)] if reading.same_age else []
    first = ("Month", "Value", *counts, "Mean", "Usual range", "Reading")
    return (*first, *at_its_age, *(["Unit"] if reading.continues else []))


def trend_csv(address: Address, figures: Figures) -> str:
    """The same points for a spreadsheet: numbers as they are, unrounded."""
    headings = _headings(address, figures, IN_FILES)
    return csv_file(headings, _trend_rows(address, figures, float, float))


def _trend_rows(
    address: Address,
    figures: Figures,
    written: Callable[[float], object],
    number: Callable[[float], object],
) -> list[tuple[object, ...]]:
    """The latest first; values as `written` has them, numerators and denominators as `number`."""
    reading = chosen_result(address, figures).chart
    assert reading is not None, "a figure that is told has its chart"
    months = figures.charted_months(address.metric, address.view)
    by_month = {result.view.period: result for result in months}
    return [
        _trend_row(reading, point, by_month[point.when], written, number)
        for point in reversed(reading.points)
        if isinstance(point.when, Period)
    ]


def _trend_row(
    reading: ChartReading,
    point: ChartPoint,
    result: Result,
    written: Callable[[float], object],
    number: Callable[[float], object],
) -> tuple[object, ...]:
    still = still_entered_words(
        reading, point, probable_words(reading, result.metric.measure.written)
    )
    return (
        str(point.when),
        written(point.value) if point.value is not None else f"– {why_no_value(result)}",
        None if point.numerator is None else number(point.numerator),
        None if point.denominator is None else number(point.denominator),
        written(point.mean) if point.mean is not None and point.lower is not None else None,
        range_words(reading, point, result.metric.measure.written) or None,
        Markup("{} {}{}").format(shape_of(point.mark), point_words(reading, point), still)
        if point.value is not None
        else None,
        *_at_its_age(reading, point, written),
        *([result.unit_name] if reading.continues else []),
    )


def _at_its_age(
    reading: ChartReading, point: ChartPoint, written: Callable[[float], object]
) -> list[object]:
    """What the month was when it was as old as the latest is, which is told of no other chart."""
    if not reading.same_age:
        return []
    value = dict(reading.same_age).get(point.when) if isinstance(point.when, Period) else None
    return [None if value is None else written(value)]
