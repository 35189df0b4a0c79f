"""What strangers can have us log as often as they like: one line of it a minute, with how many."""

import logging
from collections.abc import Callable
from threading import Lock

SECONDS_BETWEEN_LINES = 60
log = logging.getLogger("childstat")


class Seldom:
    """Logs, and counts between the lines: each kind of line, told by its words, for itself."""

    def __init__(self, seconds: Callable[[], float]) -> None:
        self._seconds = seconds
        self._said_at: dict[str, float] = {}
        self._counts: dict[str, int] = {}
        self._lock = Lock()

    def say(self, level: int, words: str, why: object) -> None:
        """A line of these words, with the reason in their place for it; none where it is too soon.

        `words` are ours, and few: what a stranger sends is in `why` alone, if it is anywhere.
        """
        if count := self._due(words):
            log.log(level, f"{words} (%s of this kind since the last such line)", why, count)

    def _due(self, words: str) -> int:
        with self._lock:
            count, second = self._counts.get(words, 0) + 1, self._seconds()
            before = self._said_at.get(words)
            is_due = before is None or second - before >= SECONDS_BETWEEN_LINES
            self._counts[words] = 0 if is_due else count
            if is_due:
                self._said_at[words] = second
            return count if is_due else 0
