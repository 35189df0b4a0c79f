"""The boards of the page Month: every metric stands on one, whatever the settings list."""

from collections.abc import Iterator, Sequence
from itertools import count

from data_access.settings import MOST_ON_A_BOARD, Board, Settings
from metrics.catalogue import CATALOGUE

ALL, OTHERS = "All figures", "Other figures"


def boards_of(settings: Settings) -> tuple[Board, ...]:
    """The council's boards in its order, then what none of them names, so that nothing is hidden.

    Without any board in the settings every metric stands on the first, in the meeting's order.
    """
    named = {key for board in settings.boards for key in board.metrics}
    rest = [key for key in CATALOGUE if key not in named]
    return (*settings.boards, *_boards_of_the_rest(settings.boards, rest))


def _boards_of_the_rest(boards: Sequence[Board], rest: Sequence[str]) -> Iterator[Board]:
    """As many as it takes, under names that no board of the council has."""
    name, taken = (OTHERS if boards else ALL), {board.key for board in boards}
    numbered = (Board(f"{name} {number}" if number > 1 else name, ()) for number in count(1))
    free = (board.name for board in numbered if board.key not in taken)
    for first in range(0, len(rest), MOST_ON_A_BOARD):
        yield Board(next(free), tuple(rest[first : first + MOST_ON_A_BOARD]))
