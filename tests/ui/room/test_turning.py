"""How long the room spends on each item: turns as the room's script sends them, two at once too."""

import re
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from data_access.settings import MEETING_STORE_VARIABLE
from tests import meetings
from ui.room import item_clock
from ui.who import NOBODY

PAGE = Path(__file__).parents[3] / "pages" / "room.py"
SCREEN = re.compile(r'data-at="(\d+)" data-item="(\d+)"')


@pytest.fixture
def store(tmp_path, monkeypatch) -> str:
    """The store of a meeting that is held today."""
    database = meetings.built(tmp_path)
    url = f"sqlite:///{tmp_path / 'meeting.sqlite'}"
    monkeypatch.setenv("CHILDSTAT_DATABASE", database)
    monkeypatch.setenv(MEETING_STORE_VARIABLE, url)
    meetings.hold(database, url)
    return url


@pytest.fixture
def room(store) -> AppTest:
    run = AppTest.from_file(PAGE, default_timeout=60)
    run.query_params["month"] = "2016-09"
    return run.run()


def items_of_screens(room: AppTest) -> dict[str, str]:
    html = "".join(element.proto.body for element in room.get("html"))
    return dict(SCREEN.findall(html))


def turn(room: AppTest, screen: str, *items: str) -> None:
    """As room.js does: the address first, then the button; several come in one if pressed fast."""
    room.query_params["screen"] = screen
    for item in items:
        room.button(f"turned-{item}").click()
    room.run()
    assert not room.exception


def test_every_screen_is_of_the_item_that_it_says(room, store):
    for screen, item in items_of_screens(room).items():
        turn(room, screen, item)
        items = meetings.kept_in(store).items
        on = [number for number, one in enumerate(items, 1) if one.started_at and not one.ended_at]
        assert on == ([int(item)] if item != "0" else [])


def test_of_two_turns_that_come_as_one_the_later_counts(room, store):
    screens = items_of_screens(room)
    (*_, last_item) = sorted({*screens.values()} - {"0"}, key=int)
    at_last_item = next(screen for screen, item in screens.items() if item == last_item)
    after = max(screens, key=int)
    assert screens[after] == "0"
    turn(room, at_last_item, last_item)
    turn(room, after, last_item, "0")
    assert meetings.kept_in(store).items[int(last_item) - 1].ended_at


def test_who_may_lead_the_meeting_no_more_turns_no_screen(room, store, monkeypatch):
    (screen, item), *_ = [one for one in items_of_screens(room).items() if one[1] != "0"]
    monkeypatch.setattr(item_clock, "who_still_looks", lambda _: NOBODY)
    turn(room, screen, item)
    assert not any(one.started_at for one in meetings.kept_in(store).items)


def test_what_another_page_of_the_meeting_had_turned_to_is_ended_as_well(room, store):
    one, other, *_ = [pair for pair in items_of_screens(room).items() if pair[1] != "0"]
    turn(room, *one)
    again = AppTest.from_file(PAGE, default_timeout=60)
    again.query_params["month"] = "2016-09"
    again.query_params["screen"] = other[0]
    again.run()
    on = [one.id for one in meetings.kept_in(store).items if one.started_at and not one.ended_at]
    assert on == [meetings.kept_in(store).items[int(other[1]) - 1].id]
