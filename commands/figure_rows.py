"""A figure as a row that is printed."""

from metrics.figures import Figures
from metrics.model import Measure, Metric, View
from metrics.result import Result
from metrics.sentence import sentence

FIGURE_COLUMNS = (
    *("metric", "unit_id", "unit", "month", "numerator", "denominator", "value"),
    "measured_in",
)
READING_COLUMNS = ("variation", "assurance", "sentence")


def figure_row(figures: Figures, metric: Metric, view: View) -> tuple | None:
    result = figures.result(metric, view)
    if result.tally is None:
        return None
    tally = result.tally
    return (
        metric.key,
        view.scope.unit_id,
        result.unit_name,
        view.period.key,
        tally.numerator,
        tally.denominator,
        result.value,
        measured_in(metric.measure),
    )


def measured_in(measure: Measure) -> str:
    """What a value is: a count is its numerator, whatever it is told out of."""
    if measure is Measure.COUNT:
        return "numerator"
    return "percent" if measure.is_share else measure.words


def row_with_sentence(figures: Figures, metric: Metric, view: View) -> tuple | None:
    """The figure with its chart's reading, in the words of the screens."""
    row, result = figure_row(figures, metric, view), figures.compared_result(metric, view)
    if row is None or result.chart is None:
        return None
    assurance = result.chart.assurance.value if result.chart.assurance else None
    return (*row, result.chart.variation, assurance, _said(result))


def _said(result: Result) -> str:
    """The sentence, and of a relative target from what it is; of a published month as published."""
    note = None if result.published_words else result.target_note
    return " ".join(filter(None, (sentence(result), note)))
