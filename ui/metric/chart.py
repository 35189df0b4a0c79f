"""The Metric page's chart, what is said under it, and its twin as a table and a file."""

from collections.abc import Callable

from markupsafe import Markup

from charts.tables import folded, link, table
from exports.csv_text import csv_file
from metrics.figures import Figures
from metrics.model import Period
from metrics.result import Result
from metrics.sentence import count, why_no_value
from metrics.spc.chart_reading import ChartPoint, ChartReading
from metrics.spc.words import point_words, range_words, shape_of
from ui.address import Address

TREND_HEADINGS = ("Month", "Value", "Numerator", "Denominator", "Mean", "Usual range", "Reading")


def chosen_result(address: Address, figures: Figures) -> Result:
    """The figure that the page is about, with all that is told of it."""
    return figures.compared_result(address.metric, address.view)


def why_this_chart(address: Address, figures: Figures) -> Markup:
    """Under the chart: which limits, and why those; then what was written beside months."""
    reading, lines = chosen_result(address, figures).chart, []
    if reading:
        lines.append(Markup("{}").format(reading.why))
    lines += [
        Markup("{}, {}: {} ({}).").format(
            note.kind.value.capitalize(), Period.of(note.month), note.words, note.by
        )
        for note in figures.notes_on(address.metric, address.view)
    ]
    where = address.link("notes", metric=address.metric.key, **address.unit)
    lines.append(link(where, "Add a note or new limits"))
    return Markup('<p class="cs-note cs-quiet">{}</p>').format(Markup(" ").join(lines))


def trend_table(address: Address, figures: Figures) -> Markup:
    """The chart's twin in words: the same points, limits and readings."""
    return folded(
        "The chart as a table",
        table(
            _headings(address, figures),
            _trend_rows(address, figures, address.metric.measure.written, count),
        ),
    )


def _headings(address: Address, figures: Figures) -> tuple[str, ...]:
    """Whose each month is where the chart begins with those of a unit that this one continues."""
    reading = chosen_result(address, figures).chart
    return (*TREND_HEADINGS, "Unit") if reading and reading.continues else TREND_HEADINGS


def trend_csv(address: Address, figures: Figures) -> str:
    """The same points for a spreadsheet: numbers as they are, unrounded."""
    return csv_file(_headings(address, figures), _trend_rows(address, figures, float, float))


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
    return (
        str(point.when),
        written(point.value) if point.value is not None else f"– {why_no_value(result)}",
        None if point.numerator is None else number(point.numerator),
        None if point.denominator is None else number(point.denominator),
        written(point.mean) if point.mean is not None and point.lower is not None else None,
        range_words(reading, point, result.metric.measure.written) or None,
        Markup("{} {}").format(shape_of(point.mark), point_words(point))
        if point.value is not None
        else None,
        *([result.unit_name] if reading.continues else []),
    )
