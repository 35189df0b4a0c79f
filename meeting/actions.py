"""Actions: what a meeting agreed to do, and what is still open, due or done."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Engine

from data_access.meeting_store import actions as kept
from data_access.meeting_store.meeting_tables import ACTION_OUTCOMES
from data_access.meeting_store.transactions import read
from data_access.problems import Problem
from metrics.model import Period

OUTCOMES = ACTION_OUTCOMES
VERBS = (
    "See",
    "Record",
    "Review",
    "Allocate",
    "Recruit",
    "Agree",
    "Change",
    "Train",
    "Ask",
    "Find out",
    "Report",
    "Stop",
)


@dataclass(frozen=True)
class Asked:
    """An action as it is agreed, before the store has it. `unit_id` says nothing without metric."""

    verb: str
    what: str
    owner: str
    due_on: date
    metric: str | None = None
    unit_id: str | None = None
    child_id: str | None = None
    effect: str | None = None
    look: Period | None = None


@dataclass(frozen=True)
class Action:
    """One action of one meeting. `agreed` is the month in which it was agreed.

    `look` is the month in which its effect should show. An action without outcome is open.
    """

    id: str
    asked: Asked
    meeting_id: str
    discussed: Period
    agreed: Period
    agreed_by: str
    agreed_at: datetime
    closed_by: str | None
    closed_at: datetime | None
    outcome: str | None
    outcome_words: str | None

    @property
    def is_open(self) -> bool:
        return self.outcome is None

    @property
    def said(self) -> str:
        """Verb and what: "Share fortnightly visits with family support"."""
        return f"{self.asked.verb} {self.asked.what}"

    def is_due(self, day: date) -> bool:
        return self.is_open and self.asked.due_on <= day

    def is_to_be_looked_at(self, month: Period) -> bool:
        """Whether the month in which its effect should show has come."""
        return self.asked.look is not None and self.asked.look <= month


def note_action(store: Engine, meeting_id: str, asked: Asked, by: str) -> str:
    """Writes an action that the meeting agreed; its id."""
    _refuse_unless_whole(asked)
    said = {
        "verb": asked.verb.strip(),
        "what": asked.what.strip(),
        "owner": asked.owner.strip(),
        "due_on": asked.due_on,
        "metric": asked.metric,
        "unit_id": asked.unit_id if asked.metric else None,
        "child_id": asked.child_id,
        "effect": (asked.effect or "").strip() or None,
        "look_on": asked.look.start if asked.look else None,
        "agreed_in": meeting_id,
    }
    return kept.note_action(store, said, by)


def _refuse_unless_whole(asked: Asked) -> None:
    needed = {"what is to be done": asked.what, "a verb": asked.verb, "an owner": asked.owner}
    missing = [words for words, given in needed.items() if not given.strip()]
    if missing:
        raise Problem(f"An action needs {' and '.join(missing)}.")
    if asked.metric and not asked.look:
        raise Problem("An action that is meant to change a figure needs the month to look at it.")


def close_action(store: Engine, id: str, outcome: str, words: str, by: str) -> None:
    """Writes how an action ended: done, not done or dropped; a word on it where it was not done."""
    if outcome != "done" and not words.strip():
        raise Problem("Say why it was not done: a word is enough.")
    kept.close_action(store, id, outcome, words.strip() or None, by)


def every_action(store: Engine) -> list[Action]:
    """All actions of all meetings, the first due first."""
    return [_action(row) for row in read(store, kept.actions())]


def open_before(actions: Iterable[Action], month: Period) -> list[Action]:
    """The open ones that meetings before the month's agreed: its agenda has each of them."""
    return [one for one in actions if one.is_open and one.discussed < month]


def _action(row: Any) -> Action:
    discussed = Period.of(row.month)
    return Action(
        row.id,
        Asked(
            row.verb,
            row.what,
            row.owner,
            row.due_on,
            row.metric,
            row.unit_id,
            row.child_id,
            row.effect,
            Period.of(row.look_on) if row.look_on else None,
        ),
        row.agreed_in,
        discussed,
        # Nobody meets about a month before it is over.
        Period.of(row.held_on) if row.held_on else discussed.shift(1),
        row.agreed_by,
        row.agreed_at,
        row.closed_by,
        row.closed_at,
        row.outcome,
        row.outcome_words,
    )
