"""The verdict on each action that is meant to change a figure, as at one month."""

from collections.abc import Iterable

from meeting.action_effects import Verdict, judged
from meeting.actions import Action
from metrics.catalogue import CATALOGUE
from metrics.figures import Figures
from metrics.model import Period, Scope, View


def verdicts(figures: Figures, actions: Iterable[Action], month: Period) -> dict[str, Verdict]:
    """By the action's id; none for an action that names no figure, or one that is counted no more.

    Months after `month` are not looked at.
    """
    return {
        one.id: judged(one, figures.reading(CATALOGUE[one.metric], View(month, Scope(one.unit_id))))
        for one in actions
        if one.metric in CATALOGUE
    }
