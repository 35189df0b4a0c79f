"""New limits that a figure's own months propose, in words: a person decides on Notes and limits."""

from metrics.figures import Figures
from metrics.model import Metric, View
from metrics.spc.chart_reading import ChartReading, When
from metrics.spc.month_charts import trend_reading
from metrics.spc.new_limits import Proposal, Start, proposal
from metrics.units.openings import limits_begin
from metrics.writing import written_when

PROPOSED = "These limits may rest on a start that is over: "
SINCE = "from {month} on, {months} months in a row {side} the mean; "
BEFORE = "the {months} months before {month} are all {side} the mean; from then on "
RAMP = (
    "the first {months} months, before {month}, are all {side} what has been usual since;"
    " from then on "
)
THEN = "the mean would be {then} in place of {mean}."


def proposed_limits(figures: Figures, metric: Metric, view: View) -> Proposal | None:
    """The month with which new limits might begin, with the evidence; None where none might.

    The months are those of the figure's chart. Nothing is changed by it.
    """
    reading = figures.charted_result(metric, view).chart
    if reading is None:
        return None
    begin = limits_begin(figures.openings, view, lambda other: figures.notes_on(metric, other))

    def reading_from(month: When) -> ChartReading:
        months = figures.charted_months(metric, view)
        return trend_reading(months, figures.load.as_at, [*begin, month])

    return proposal(reading, reading_from)


def proposal_words(metric: Metric, found: Proposal) -> str:
    """As in "from April 2015 on, 14 months in a row above the mean; …"."""
    ramp_or_before = RAMP if found.start is Start.RAMP else BEFORE
    sentence = (SINCE if found.is_since else ramp_or_before) + THEN
    return PROPOSED + sentence.format(
        month=written_when(found.month),
        months=found.months,
        side="above" if found.is_high else "below",
        mean=metric.measure.written(found.mean),
        then=metric.measure.written(found.mean_then),
    )
