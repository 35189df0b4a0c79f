"""The boards of the page Month: every metric stands on one, whatever the settings list."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import count

from data_access.problems import Problem
from data_access.settings import MOST_ON_A_BOARD, Board, Settings
from metrics.catalogue import CATALOGUE
from metrics.model import Metric

ALL, OTHERS = "All figures", "Other figures"
# A slide each, and a line each on every unit's: more than a meeting can look at.
MOST_ON_SLIDES = 24
NOT_ON_SLIDES = "On Month and on no slide: {}. A file can be made of the boards that they are on."


def boards_of(settings: Settings) -> tuple[Board, ...]:
    """The council's boards in its order, then what none of them names, so that nothing is hidden.

    Without any board in the settings every metric stands on the first, in the meeting's order.
    """
    named = {key for board in settings.boards for key in board.metrics}
    rest = [key for key in CATALOGUE if key not in named]
    return (*settings.boards, *_boards_of_the_rest(settings.boards, rest))


def boards_on_slides(settings: Settings) -> tuple[Board, ...]:
    """The boards whose figures are on slides and on the meeting's screens, as the settings say.

    Cut after so many figures as a meeting can look at; a metric that stands on two is on the first.
    """
    boards, taken = [], set[str]()
    for board in boards_of(settings):
        free = [key for key in board.metrics if key not in taken][: MOST_ON_SLIDES - len(taken)]
        if board.on_slides and free:
            boards.append(Board(board.name, tuple(free)))
            taken.update(free)
    return tuple(boards)


def with_boards_on_slides(settings: Settings, keys: Sequence[str]) -> Settings:
    """The settings for slides of these boards alone, by their keys or names.

    A board that is not there is one sentence, and so is none at all.
    """
    boards = boards_of(settings)
    known = [board.key for board in boards]
    asked = [Board(key, ()).key for key in keys]
    unknown = [name for key, name in zip(asked, keys, strict=True) if key not in known]
    if unknown:
        raise Problem(f"There is no board {unknown[0]!r}: the boards are {', '.join(known)}.")
    if not keys:
        raise Problem(f"Slides need a board: the boards are {', '.join(known)}.")
    chosen = tuple(replace(board, on_slides=board.key in asked) for board in boards)
    return replace(settings, boards=chosen)


def metrics_by_board(settings: Settings) -> list[list[Metric]]:
    """The metrics of each of these boards."""
    return [[CATALOGUE[key] for key in board.metrics] for board in boards_on_slides(settings)]


def metrics_on_slides(settings: Settings) -> tuple[Metric, ...]:
    """The same in one row."""
    return tuple(metric for board in metrics_by_board(settings) for metric in board)


def left_off_slides(settings: Settings) -> list[str]:
    """A sentence that names the figures which are on no slide; nothing where all are on one."""
    shown = metrics_on_slides(settings)
    names = [metric.short_name for metric in CATALOGUE.values() if metric not in shown]
    return [NOT_ON_SLIDES.format("; ".join(names))] if names else []


def _boards_of_the_rest(boards: Sequence[Board], rest: Sequence[str]) -> Iterator[Board]:
    """As many as it takes, under names that no board of the council has."""
    name, taken = (OTHERS if boards else ALL), {board.key for board in boards}
    numbered = (Board(f"{name} {number}" if number > 1 else name, ()) for number in count(1))
    free = (board.name for board in numbered if board.key not in taken)
    for first in range(0, len(rest), MOST_ON_A_BOARD):
        yield Board(next(free), tuple(rest[first : first + MOST_ON_A_BOARD]))
