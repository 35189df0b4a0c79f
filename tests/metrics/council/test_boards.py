"""Boards of Month: every metric stands on one, under names that can't be mistaken."""

import pytest

from data_access.settings import MOST_ON_A_BOARD, Board
from metrics.catalogue import CATALOGUE
from metrics.council import boards
from metrics.council.boards import (
    ALL,
    NOT_ON_SLIDES,
    OTHERS,
    boards_of,
    left_off_slides,
    metrics_on_slides,
)
from tests.exports.made_up import settings

KEYS = tuple(CATALOGUE)


def told(*own: Board) -> list[tuple[str, tuple[str, ...]]]:
    return [(board.name, board.metrics) for board in boards_of(settings(boards=own))]


def cut(name: str, keys: tuple[str, ...], most: int) -> list[tuple[str, tuple[str, ...]]]:
    """The boards that so many keys make when a board holds `most`."""
    parts = enumerate((keys[start : start + most] for start in range(0, len(keys), most)), 1)
    return [(name if number == 1 else f"{name} {number}", part) for number, part in parts]


def test_without_a_board_every_metric_stands_on_one_in_the_meeting_s_order():
    assert told() == cut(ALL, KEYS, MOST_ON_A_BOARD)


def test_what_no_board_names_stands_on_a_last_one():
    people = Board("People", ("sickness", "caseload"))
    rest = tuple(key for key in KEYS if key not in people.metrics)
    last = cut(OTHERS, rest, MOST_ON_A_BOARD)
    assert told(people) == [("People", ("sickness", "caseload")), *last]


def test_where_boards_name_every_metric_there_is_no_last_one():
    assert told(Board("A", KEYS[:2]), Board("B", KEYS[1:])) == [("A", KEYS[:2]), ("B", KEYS[1:])]


def test_more_than_one_screen_holds_stand_on_several_and_none_twice(monkeypatch):
    monkeypatch.setattr(boards, "MOST_ON_A_BOARD", 4)
    assert told() == cut(ALL, KEYS, 4)


def test_a_board_of_the_council_s_with_the_last_one_s_name_keeps_it():
    own = Board("other  FIGURES", KEYS[:1]), Board("Most", KEYS[2:])
    keys = [board.key for board in boards_of(settings(boards=own))]
    assert [key for key in keys if key != "most"] == [
        "other-figures",
        "other-figures-2",
    ]


def on_slides(*own: Board) -> list[str]:
    return [metric.key for metric in metrics_on_slides(settings(boards=own))]


@pytest.fixture
def room_for_all(monkeypatch):
    monkeypatch.setattr(boards, "MOST_ON_SLIDES", len(KEYS))


def test_without_a_word_in_the_settings_every_figure_is_on_slides(room_for_all):
    assert on_slides() == list(KEYS)
    assert left_off_slides(settings(boards=())) == []


def test_a_board_that_the_settings_leave_off_is_on_no_slide_and_is_named():
    own = Board("A", KEYS[:2]), Board("B", KEYS[2:], on_slides=False)
    assert on_slides(*own) == list(KEYS[:2])
    names = "; ".join(CATALOGUE[key].short_name for key in KEYS[2:])
    assert left_off_slides(settings(boards=own)) == [NOT_ON_SLIDES.format(names)]


def test_a_figure_of_two_boards_has_one_slide(room_for_all):
    assert on_slides(Board("A", KEYS[:2]), Board("B", KEYS)) == list(KEYS)


def test_slides_end_with_as_many_figures_as_a_meeting_can_look_at(monkeypatch):
    monkeypatch.setattr(boards, "MOST_ON_SLIDES", 3)
    assert on_slides() == list(KEYS[:3])
    named = "; ".join(CATALOGUE[key].short_name for key in KEYS[3:])
    assert left_off_slides(settings(boards=())) == [boards.NOT_ON_SLIDES.format(named)]
