"""How much one page may ask for: more than anybody clicks, and less than stops the others."""

from collections.abc import Callable

MESSAGES_A_MINUTE = 600
BYTES_OF_A_MESSAGE = 1_000_000
SECONDS_OF_A_MINUTE = 60


class Pace:
    """Counts the messages of one page in the minute that runs."""

    def __init__(self, seconds: Callable[[], float]) -> None:
        self._seconds = seconds
        self._minute, self._messages = 0, 0

    def is_too_fast(self) -> bool:
        """Counts one more message; whether that is more than may be sent."""
        minute = int(self._seconds() // SECONDS_OF_A_MINUTE)
        if minute != self._minute:
            self._minute, self._messages = minute, 0
        self._messages += 1
        return self._messages > MESSAGES_A_MINUTE
