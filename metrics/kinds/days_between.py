"""Days from one of something rare to the next: which days they are, and what their chart says."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import FromClause, Select, exists, select

from data_access.schema import child
from metrics.kept_rows import kept_rows_of
from metrics.model import Basis, Measure, Metric, View
from metrics.spc.chart_choice import days_between
from metrics.spc.chart_reading import Chart, ChartReading
from metrics.spc.charting import ChartRequest
from metrics.spc.words import sentence_of
from metrics.writing import several, written_date

SINCE = "{days} since then, to {day}."


def is_told(metric: Metric, reading: ChartReading | None) -> bool:
    """Whether they say more than months: a count that says when, of which there are few."""
    return metric.happened_on is not None and reading is not None and reading.chart is Chart.COUNTS


def days_it_happened(metric: Metric, view: View, basis: Basis) -> Select:
    """The day of each that was counted up to the month, in order, as kept at derive; no person.

    Two on one day are two rows. `restricted`: whether it is about a restricted child.
    """
    rows: FromClause = kept_rows_of(metric).table(basis.settings)
    assert metric.happened_on, f"{metric.key} does not say on which day one happened"
    day = rows.c[metric.happened_on]
    is_restricted = exists().where(child.c.child_id == rows.c.child_id, child.c.restricted)
    return (
        select(day.label("day"), is_restricted.label("restricted"))
        .where(rows.c.month <= view.period.start, rows.c.numerator != 0, day.is_not(None))
        .where(view.scope.holds(rows.c.unit_id))
        .order_by(day)
    )


def gaps_reading(metric: Metric, days: Sequence[date]) -> ChartReading | None:
    """What the chart of the days between says; None where there are not two."""
    if len(days) < 2:  # noqa: PLR2004  two days have one gap
        return None
    return days_between(days, ChartRequest(metric.polarity))


def gaps_sentence(reading: ChartReading, days: Sequence[date], known_to: date) -> str:
    """The latest gap, what its chart says, and how long it has been since: that is no gap yet."""
    up_to = f" up to {written_date(days[-1])}"
    since = several((known_to - days[-1]).days, "day")
    said = sentence_of(reading, Measure.DAYS.written, when=up_to)
    return f"{said} {SINCE.format(days=since, day=written_date(known_to))}"
