"""Which children a meeting looks at: drawn by chance from a stated frame, or chosen."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from random import Random

from sqlalchemy import Engine

from data_access.meeting_store.draws import draws_of, record_draws
from data_access.meeting_store.transactions import read
from data_access.problems import Problem
from meeting.agenda import ItemKind

LETTERS_OF_A_LOT = 8
PURPOSES = {
    ItemKind.CASE_REVIEW.value: "Case review",
    ItemKind.CASE_IN_DEPTH.value: "One case in depth",
}


@dataclass(frozen=True)
class Case:
    """One child that the meeting looks at; `frame` says among whom, `seed` how chance chose."""

    meeting_id: str
    child_id: str
    frame: Mapping[str, str | None]
    frame_size: int
    seed: str | None
    chosen_by: str
    chosen_at: datetime

    @property
    def lot(self) -> str:
        """The seed by which cases like this one are drawn: of the child and the meeting.

        Whoever chooses the same child again draws the same ten, not others until they please.
        """
        of = f"{self.meeting_id} {self.child_id}"
        return sha256(of.encode()).hexdigest()[:LETTERS_OF_A_LOT]


@dataclass(frozen=True)
class Draw:
    """What is asked of chance: so many of the frame's children, for a purpose, by a seed."""

    purpose: str
    frame: Mapping[str, str | None]
    children: Sequence[str]
    seed: str
    number: int


def drawn(frame: Sequence[str], seed: str, number: int) -> list[str]:
    """`number` children of the frame, or all if it has fewer: the same for the same seed and frame.

    In whatever order the frame comes: it is drawn from by child id.
    """
    return Random(seed).sample(sorted(frame), min(number, len(frame)))


def draw_cases(store: Engine, meeting_id: str, draw: Draw, by: str) -> list[str]:
    """Draws children for the meeting and writes down frame, seed and who they are; their ids."""
    seed = draw.seed.strip()
    if not draw.children:
        raise Problem("No child can be drawn by this choice today: choose a wider one.")
    if not seed:
        raise Problem(
            "A draw needs a draw number: any number or word that was not chosen for its result."
        )
    child_ids = drawn(draw.children, seed, draw.number)
    details = {"frame": dict(draw.frame), "frame_size": len(draw.children), "seed": seed}
    record_draws(store, meeting_id, draw.purpose, child_ids, {**details, "how": "drawn"}, by)
    return child_ids


def choose_case(store: Engine, meeting_id: str, purpose: str, child_id: str, by: str) -> None:
    """Writes that somebody chose this child for the meeting, in the place of whoever was before."""
    details = {"frame": {}, "frame_size": 1, "how": "chosen"}
    record_draws(store, meeting_id, purpose, [child_id], details, by)


def cases_of(store: Engine, meeting_id: str) -> dict[str, tuple[Case, ...]]:
    """The meeting's cases by purpose, in the order drawn: those that were drawn or chosen last."""
    rows = read(store, draws_of(meeting_id))
    latest = {row.purpose: row.at for row in rows}
    return {
        purpose: tuple(
            Case(
                *(meeting_id, row.child_id, row.frame, row.frame_size),
                *(row.seed, row.chosen_by, row.at),
            )
            for row in rows
            if (row.purpose, row.at) == (purpose, latest_at)
        )
        for purpose, latest_at in latest.items()
    }
