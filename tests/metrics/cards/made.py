"""A child's case as plain rows: `known` has every part, empty unless said."""

from datetime import date, timedelta
from types import SimpleNamespace
from typing import Any

from data_access.cards.prompts import Stage
from metrics.cards.asked import OF_THE_CHILD, OF_THE_FAMILY
from metrics.cards.known import Known
from metrics.cards.stages import Standing
from metrics.lists.child_story import PARTS
from tests.worlds import SETTINGS

TODAY = date(2016, 10, 14)


def ago(days: int) -> date:
    return TODAY - timedelta(days)


def row(**said: Any) -> SimpleNamespace:
    return SimpleNamespace(**said)


def referred(days: int, closed: int | None = None, nfa: bool | None = None, why: str | None = None):
    ended = None if closed is None else ago(closed)
    return row(received_on=ago(days), closed_on=ended, no_further_action=nfa, closure_reason=why)


def spell(status: str, began: int, ended: int | None = None):
    return row(status=status, started_on=ago(began), ended_on=None if ended is None else ago(ended))


def visited(days: int, seen: bool = True, alone: bool | None = None):
    return row(visited_on=ago(days), was_seen=seen, seen_alone=alone)


def scored(days: int, score: float, rater: str = "parent", scale: str = "safety"):
    return row(scored_on=ago(days), score=score, rater=rater, scale=scale)


def known(stage: Stage, began: int = 100, referred_days: int | None = None, **said: Any) -> Known:
    """What is known at a stage that began so many days ago."""
    whole = ("lacking", "service", "units", "settings", "open_actions")
    parts: dict[str, Any] = dict.fromkeys((*PARTS, *OF_THE_CHILD, *OF_THE_FAMILY), ())
    parts |= {"family": (row(is_known=True),)} | {
        name: rows for name, rows in said.items() if name not in whole
    }
    referred_on = None if referred_days is None else ago(referred_days)
    more = {name: said[name] for name in whole if name in said}
    of = {"settings": SETTINGS, **more}
    return Known(parts, Standing(stage, ago(began), referred_on), TODAY, **of)
