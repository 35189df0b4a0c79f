"""Boards of Month: every metric stands on one, under names that can't be mistaken."""

from data_access.settings import Board
from metrics.catalogue import CATALOGUE
from metrics.council import boards
from metrics.council.boards import ALL, OTHERS, boards_of
from tests.exports.made_up import settings

KEYS = tuple(CATALOGUE)


def told(*own: Board) -> list[tuple[str, tuple[str, ...]]]:
    return [(board.name, board.metrics) for board in boards_of(settings(boards=own))]


def test_without_a_board_every_metric_stands_on_one_in_the_meeting_s_order():
    assert told() == [(ALL, KEYS)]


def test_what_no_board_names_stands_on_a_last_one():
    people = Board("People", ("sickness", "caseload"))
    rest = tuple(key for key in KEYS if key not in people.metrics)
    assert told(people) == [("People", ("sickness", "caseload")), (OTHERS, rest)]


def test_where_boards_name_every_metric_there_is_no_last_one():
    assert told(Board("A", KEYS[:2]), Board("B", KEYS[1:])) == [("A", KEYS[:2]), ("B", KEYS[1:])]


def test_more_than_one_screen_holds_stand_on_several_and_none_twice(monkeypatch):
    monkeypatch.setattr(boards, "MOST_ON_A_BOARD", 4)
    shown = told()
    assert [name for name, _ in shown] == [ALL, f"{ALL} 2"]
    assert tuple(key for _, keys in shown for key in keys) == KEYS


def test_a_board_of_the_council_s_with_the_last_one_s_name_keeps_it():
    own = Board("other  FIGURES", KEYS[:1])
    assert [board.key for board in boards_of(settings(boards=(own,)))] == [
        "other-figures",
        "other-figures-2",
    ]
