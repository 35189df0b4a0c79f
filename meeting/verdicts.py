"""The verdict on each action that is meant to change a figure, as at one month."""

from collections.abc import Iterable

from meeting.actions import Action
from meeting.judging import Verdict, judged
from metrics.catalogue import CATALOGUE
from metrics.chart_choice import Facts, chart_of
from metrics.chart_reading import ChartReading
from metrics.charting import Asked
from metrics.evaluate import Figures
from metrics.model import Metric, Period


def verdicts(figures: Figures, actions: Iterable[Action], month: Period) -> dict[str, Verdict]:
    """By the action's id; none for an action that names no figure, or one that is counted no more.

    Months after `month` are not looked at.
    """
    return {
        one.id: judged(one, _reading(figures, CATALOGUE[one.metric], one.unit_id, month))
        for one in actions
        if one.metric in CATALOGUE
    }


def _reading(figures: Figures, metric: Metric, unit_id: str | None, month: Period) -> ChartReading:
    first = min(figures.months, default=month)
    known = month.run_up((month.year - first.year) * 12 + month.month - first.month + 1)
    tallies = [figures.tallies.get((metric.key, unit_id, one)) for one in known]
    asked = Asked(
        metric.polarity,
        figures.target(metric, month),
        provisional=figures.is_provisional(month),
    )
    return chart_of(known, tallies, Facts.of(metric), asked)
