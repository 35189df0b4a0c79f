"""The verdict on each action that is meant to change a figure, as at one month."""

from collections.abc import Iterable

from meeting.action_effects import Verdict, verdict_on
from meeting.actions import Action
from metrics.catalogue import CATALOGUE
from metrics.figures import Figures
from metrics.model import Period, Scope, View
from metrics.spc.chart_reading import ChartReading


def verdicts(figures: Figures, actions: Iterable[Action], month: Period) -> dict[str, Verdict]:
    """By the action's id; none for an action that names no figure, or one that is counted no more.

    Months after `month` are not looked at. Beside one that is still being entered all are of one
    age, so that none is better or worse for its age alone.
    """
    return {
        action.id: verdict_on(action, _reading(figures, action, month).judged)
        for action in actions
        if action.metric in CATALOGUE
    }


def _reading(figures: Figures, action: Action, month: Period) -> ChartReading:
    return figures.reading(CATALOGUE[action.metric or ""], View(month, Scope(action.unit_id)))
