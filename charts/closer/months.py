"""A chart's months to be pointed at: each tells its value, what it is of, and its usual range.

One stop for the Tab key: arrow keys go from month to month, as in every group of choices, and a
finger chooses one. It asks for no script.
"""

from collections.abc import Callable, Sequence
from datetime import date

from markupsafe import Markup

from charts.trend.month_lines import day_of
from charts.words import number_words
from metrics.model import Measure
from metrics.result import Result
from metrics.spc.chart_reading import ChartPoint
from metrics.spc.words import point_words, probable_words, range_words, shape_of


def points_told(result: Result, share: Callable[[date], float]) -> Markup:
    """The months as a group of choices over the drawing; `share` is how far along it a day is."""
    reading = result.chart
    assert reading is not None, "a chart is drawn of a figure told with one"
    places = [share(day_of(point)) for point in reading.points]
    apart = (places[-1] - places[0]) / max(len(places) - 1, 1) or 1.0
    points = Markup("").join(
        _point(point is reading.last, month_told(result, point), place, apart)
        for point, place in zip(reading.points, places, strict=True)
    )
    return Markup(
        '<fieldset class="cs-points"><legend class="cs-heard">The chart’s months, by arrow keys'
        "</legend>{}</fieldset>"
    ).format(points)


def _point(is_last: bool, words: Sequence[str], place: float, apart: float) -> Markup:
    chosen = Markup(" checked") if is_last else ""
    side = Markup(' class="cs-late"') if place > 1 / 2 else ""
    return Markup(
        '<label style="--at:{:.4f};--apart:{:.4f}"{}>'
        '<input type="radio" name="cs-points" aria-label="{}"{}>'
        '<span class="cs-tip" aria-hidden="true"><b>{}</b>{}</span></label>'
    ).format(
        place,
        apart,
        side,
        ". ".join(words),
        chosen,
        words[0],
        Markup("").join(Markup("<br>{}").format(line) for line in words[1:]),
    )


def month_told(result: Result, point: ChartPoint) -> list[str]:
    """What a month says of itself: its value, of how many, its usual range, how it is read."""
    reading, write = result.chart, result.metric.measure.written
    assert reading is not None, "a month is of a chart"
    is_new = reading.is_unfinished(point)
    usual = range_words(reading, point, write)
    expected = probable_words(reading, write) if is_new else ""
    value = write(point.value) if point.value is not None else "no value"
    lines = [
        f"{day_of(point):%B %Y}: {value}",
        _of_how_many(result, point),
        f"usual {usual}, mean {write(point.mean)}" if usual else "",
        f"{shape_of(point.mark)} {point_words(reading, point)}" if point.value is not None else "",
        "still being entered" if is_new else "",
        f"expect {expected}" if expected else "",
    ]
    return [line for line in lines if line]


def _of_how_many(result: Result, point: ChartPoint) -> str:
    if point.denominator is None or point.numerator is None:
        return ""
    if result.metric.measure is Measure.COUNT:
        return ""
    of = "of" if result.metric.is_share_of_things else "÷"
    return f"{number_words(point.numerator)} {of} {number_words(point.denominator)}"
