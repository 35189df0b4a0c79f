"""One figure before the room: its question, then a chart over all the width, then its lines."""

import re

import pytest

from data_access.settings import MEETING_STORE_VARIABLE
from tests import meetings
from ui.room import worth


@pytest.mark.parametrize(("words", "lines"), [("", 0), ("a" * 104, 1), ("a" * 105, 2)])
def test_words_are_as_high_as_the_lines_that_they_take(words, lines):
    assert worth.SMALL.height(words) == lines * worth.SMALL.high


@pytest.fixture
def screens(opened, tmp_path, monkeypatch) -> list[str]:
    council, url = meetings.built(tmp_path), f"sqlite:///{tmp_path / 'meeting.sqlite'}"
    meetings.hold(council, url)
    monkeypatch.setenv(MEETING_STORE_VARIABLE, url)
    walk = opened("room", council, month="2016-09")
    return [one for one in walk.split('class="cs-room-screen') if "cs-room-worth" in one]


def test_the_question_stands_over_the_chart_and_what_is_told_with_it_under_it(screens):
    assert screens
    for screen in screens:
        order = [screen.index(css) for css in ("cs-room-question", "cs-room-chart")]
        assert order == sorted(order)
        assert all(found.start() > order[1] for found in re.finditer("cs-room-beside", screen))
