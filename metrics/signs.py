"""The alphabet: every sign that a page, the room, a slide or the PDF draws, and what it says."""

from enum import Enum


class Sign(Enum):
    """A sign by its shape, and the only thing that it says; a test holds that none says two.

    A shape that pages draw is named. Arrows, "▾" and "▶" are on buttons alone.
    """

    IMPROVING = ("▲", "improving: unusual, and for the better")
    CONCERNING = ("▼", "concerning: unusual, and for the worse")
    CHANGED = ("◆", "changed: unusual, where neither way is better")
    USUAL = ("●", "usual variation: nothing to explain")
    NOT_JUDGED = ("○", "not judged: too few months, still being entered, months withheld, or never")
    TARGET_MET = ("a square, ticked", "the target is consistently met", "☑")
    TARGET_HIT_OR_MISS = (
        "a square, half filled",
        "the target is met in some months, by chance",
        "◪",
    )
    TARGET_NOT_MET = ("a square, crossed", "the target will not be met without change", "☒")
    DATA_FAULT = ("◇", "a fault in the data hides part of the figure")
    PUBLISHED = ("✓", "published: the month’s figures are frozen")
    SEEN = ("▮", "the child was seen; its tail ends when that was recorded")
    TRIED = ("▯", "somebody tried, and did not see the child")
    NOT_SEEN = ("✕", "a visit was due and not made in time")
    SCORED = ("|", "a scale was scored; the score stands beside it")
    GAP = ("a box with words", "nothing is recorded from one day to another")
    CLOSED = ("an upright line at a strip’s end", "closed; the line after it is the year followed")
    BACK = ("an arrow that turns back", "the child was referred again within that year")
    LAST_DAY = ("an upright dotted line", "the last day of the data: after it nothing is known")

    def __init__(self, shape: str, means: str, letter: str = "") -> None:
        """`letter` is the shape where only letters can stand; by itself where the shape is one."""
        self.shape, self.means, self.letter = shape, means, letter or shape

    def says(self, words: str) -> str:
        """The shape with words, for a key under a drawing: "▮ seen"."""
        return f"{self.shape} {words}"
