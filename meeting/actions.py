"""Actions: what a meeting agreed to do, and what is still open, due or done."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Engine

from data_access.meeting_store import actions as stored_actions
from data_access.meeting_store.meeting_tables import ACTION_OUTCOMES
from data_access.meeting_store.transactions import read
from data_access.problems import Problem
from metrics.catalogue import CATALOGUE
from metrics.model import Period

OUTCOMES = ACTION_OUTCOMES
DONE = OUTCOMES[0]
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

AS_KEPT = (
    *("id", "verb", "what", "owner", "due_on", "metric", "unit_id", "child_id", "effect"),
    *("agreed_by", "agreed_at", "closed_by", "closed_at", "outcome", "outcome_words", "done_on"),
)


@dataclass(frozen=True, kw_only=True)
class Noted:
    """An action as it is agreed, before the store has it. `unit_id` says nothing without metric.

    `look` is the month in which its effect should show.
    """

    verb: str
    what: str
    owner: str
    due_on: date
    metric: str | None = None
    unit_id: str | None = None
    child_id: str | None = None
    effect: str | None = None
    look: Period | None = None


@dataclass(frozen=True, kw_only=True)
class Action(Noted):
    """One action of one meeting; without outcome it is open.

    `discussed` is the month that the meeting was about, `agreed` the month in which it sat.
    """

    id: str
    meeting_id: str
    discussed: Period
    agreed: Period
    agreed_by: str
    agreed_at: datetime
    closed_by: str | None = None
    closed_at: datetime | None = None
    outcome: str | None = None
    outcome_words: str | None = None
    done_on: date | None = None

    @property
    def is_open(self) -> bool:
        return self.outcome is None

    @property
    def meeting(self) -> str:
        """Which meeting agreed it, by what that was about: "the meeting about September 2016"."""
        return f"the meeting about {self.discussed}"

    @property
    def task(self) -> str:
        """Verb and what: "Share fortnightly visits with family support"."""
        return f"{self.verb} {self.what}"

    def is_due(self, day: date) -> bool:
        return self.is_open and self.due_on <= day

    def is_to_be_looked_at(self, month: Period) -> bool:
        """Whether the month in which its effect should show has come."""
        return self.look is not None and self.look <= month


def figure_words(action: Noted, units: Mapping[str | None, str]) -> str:
    """The figure that an action is to change: "Sickness, Unit 2"; nothing for one without."""
    if action.metric not in CATALOGUE:
        return ""
    unit = units.get(action.unit_id, str(action.unit_id))
    return f"{CATALOGUE[action.metric].name}, {unit}"


def note_action(store: Engine, meeting_id: str, noted: Noted, by: str) -> str:
    """Writes an action that the meeting agreed; its id."""
    _refuse_unless_whole(noted)
    columns = {
        "verb": noted.verb.strip(),
        "what": noted.what.strip(),
        "owner": noted.owner.strip(),
        "due_on": noted.due_on,
        "metric": noted.metric,
        "unit_id": noted.unit_id if noted.metric else None,
        "child_id": noted.child_id,
        "effect": (noted.effect or "").strip() or None,
        "look_on": noted.look.start if noted.look else None,
        "agreed_in": meeting_id,
    }
    return stored_actions.note_action(store, columns, by)


def _refuse_unless_whole(noted: Noted) -> None:
    needed = {"what is to be done": noted.what, "a verb": noted.verb, "an owner": noted.owner}
    missing = [name for name, value in needed.items() if not value.strip()]
    if missing:
        raise Problem(f"An action needs {' and '.join(missing)}.")
    if noted.metric and not noted.look:
        raise Problem("An action that is meant to change a figure needs the month to look at it.")


def close_done(store: Engine, id: str, done_on: date, words: str, by: str) -> None:
    """Writes that an action was done, on which day, and a word on it if there is one."""
    stored_actions.close_action(store, id, DONE, words.strip() or None, done_on, by)


def close_undone(store: Engine, id: str, outcome: str, words: str, by: str) -> None:
    """Writes that an action is closed though it was not done, or is dropped, and why."""
    if not words.strip():
        raise Problem("Say why it was not done: a word is enough.")
    stored_actions.close_action(store, id, outcome, words.strip(), None, by)


def every_action(store: Engine) -> list[Action]:
    """All actions of all meetings, the first due first."""
    return [_action(row) for row in read(store, stored_actions.actions())]


def open_on_figures(store: Engine, with_children: bool) -> dict[tuple[str, str | None], int]:
    """By metric and unit how many actions are open; those about a child only `with_children`."""
    found: Counter[tuple[str, str | None]] = Counter()
    for row in read(store, stored_actions.open_by_figure()):
        if with_children or not row.is_about_child:
            found[row.metric, row.unit_id] += row.number
    return dict(found)


def open_before(actions: Iterable[Action], month: Period) -> list[Action]:
    """The open ones that meetings before the month's agreed: its agenda has each of them."""
    return [action for action in actions if action.is_open and action.discussed < month]


def _action(row: Any) -> Action:
    discussed = Period.of(row.month)
    return Action(
        **{name: getattr(row, name) for name in AS_KEPT},
        look=Period.of(row.look_on) if row.look_on else None,
        meeting_id=row.agreed_in,
        discussed=discussed,
        # Nobody meets about a month before it is over.
        agreed=Period.of(row.held_on) if row.held_on else discussed.shift(1),
    )
