"""What a card says of the service: how long half stay, how many come back. Never of a child."""

from collections.abc import Iterator, Mapping

from data_access.cards.prompts import Stage
from metrics.catalogue import CATALOGUE
from metrics.figures import Figures
from metrics.kinds.words import when_words
from metrics.model import Period, View
from metrics.result import Result
from metrics.survival.median_stay import MedianStay, from_stored
from metrics.survival.windows import WINDOW_MONTHS
from metrics.writing import count, several

STAYS = {stage: f"time_in_{stage.lower()}" for stage in (Stage.CIN, Stage.CP, Stage.CLA)}
BACK = "re_referred_after_closure"


def of_the_service(figures: Figures, stage: Stage) -> Mapping[str, str]:
    """By metric's key what the stage's card says of the service; empty where it isn't counted."""
    return dict(_told(figures, stage))


def _told(figures: Figures, stage: Stage) -> Iterator[tuple[str, str]]:
    if stage in STAYS:
        told = from_stored(_result(figures, STAYS[stage]).quantiles)
        if told and (says := _half(told)):
            yield STAYS[stage], says
    if stage is Stage.CLOSING:
        back = _result(figures, BACK)
        if back.value is not None and not back.is_too_few and back.tally:
            yield BACK, _came_back(back, figures.latest)


def _result(figures: Figures, key: str) -> Result:
    return figures.result(CATALOGUE[key], View(figures.latest))


def _half(told: MedianStay) -> str | None:
    ended = f"n = {count(told.ended)} that ended in {WINDOW_MONTHS} months"
    if told.longer_than is not None:
        longer = several(told.longer_than, "day")
        return f"In the service more than half stay longer than {longer} ({ended})"
    if told.median is None:
        return None
    return f"In the service half stay {several(told.median, 'day')} or less ({ended})"


def _came_back(back: Result, month: Period) -> str:
    assert back.tally is not None, "a figure with a value has its two numbers"
    when = when_words(back.metric, month, back.provisional)
    n = count(back.tally.denominator)
    return (
        f"in the service {back.written} came back within a year{when} (n = {n} closed); that is"
        " of no single child"
    )
