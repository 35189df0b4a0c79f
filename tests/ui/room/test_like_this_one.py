"""Ten closed cases like the case in depth, in the room: by codes, without a name or a date."""

import re
from datetime import date
from urllib.parse import unquote

import pytest

from data_access import viewer as viewer_module
from data_access.meeting_store.opening import open_store
from data_access.settings import MEETING_STORE_VARIABLE
from meeting.drawing import choose_case
from metrics.compare.cohort import Cell
from metrics.lists.like_this_one import Course, Stretch
from tests import meetings
from tests.browser.listening import searched
from tests.ui.small_council import build
from tests.worlds import World
from ui.room import like_this_one
from ui.room.like_this_one import NOT_OPEN, alike_words, course_words

ASKED = {"month": "2016-09", "screen": "7", "like": "1"}
CLOSED = 13


def with_closed_cases() -> World:
    """The named council, the case in depth with a referral, and closed cases; one is restricted."""
    world = meetings.named_council()
    for number in range(CLOSED):
        child_id = f"KID-GONE-{number}"
        world.add(
            "child",
            child_id=child_id,
            name=f"Gonefrom{number} Oldershaw",
            born_on=date(2002, 6, 4 + number),
            family_id=f"FAM-GONE-{number}",
            restricted=number == 0,
        )
        case = {"child_id": child_id, "received_on": date(2015, 1, 5), "primary_need": "N1"}
        world.add("referral", **case, closed_on=date(2015, 8, 3), closure_reason="RC7")
        spell = {"started_on": date(2015, 2, 2), "ended_on": date(2015, 8, 3)}
        world.add("plan", child_id=child_id, kind="CIN", **spell)
        held = {"worker_id": "WORKER-U3", "unit_id": "U3", "lead": True}
        world.add("allocation", child_id=child_id, **held, **spell)
    for row in world.rows["child"]:
        if row["child_id"] == "KID-U3-0":
            row["born_on"] = date(2003, 1, 3)
    return world.add(
        "referral", child_id="KID-U3-0", received_on=date(2016, 1, 20), primary_need="N1"
    )


@pytest.fixture(scope="module")
def council(tmp_path_factory):
    return build(tmp_path_factory.mktemp("like"), with_closed_cases())


@pytest.fixture(scope="module")
def store(council, tmp_path_factory):
    url = f"sqlite:///{tmp_path_factory.mktemp('room') / 'meeting.sqlite'}"
    meetings.hold(council, url)
    return url


@pytest.fixture
def room(opened, council, store, monkeypatch):
    monkeypatch.setenv(MEETING_STORE_VARIABLE, store)
    return lambda **said: opened("room", council, **{"month": "2016-09", **said})


def names_in(html: str) -> list[str]:
    return re.findall(r">(Child [A-Z]\d+)<", unquote(html).partition("<svg")[2])


def test_the_case_and_ten_others_are_drawn_under_codes(room):
    html = room(**ASKED)
    own = re.search(r"<h1>Closed cases like (Child [A-Z]\d+)’s</h1>", html)
    names = names_in(html)
    assert own and names[0] == own[1]
    assert len(set(names)) == len(names) == 1 + 10
    assert "Alike: abuse or neglect · child in need plan · aged 12 and over as that began." in html


def test_it_says_from_how_many_by_which_seed_who_came_back_and_that_ten_are_no_statistic(room):
    html = room(**ASKED)
    assert re.search(
        rf"10 drawn from {CLOSED - 1} such cases closed a year ago or more, open to this room\."
        r" Draw number [0-9a-f]{8}\.",
        html,
    )
    assert f"Of all {CLOSED - 1}, {CLOSED - 1} could come back: 0 did within a year (0%)." in html
    assert "Ten are no statistic" in html


def test_no_name_id_or_date_of_anybody_is_in_it(room, council):
    html = room(**ASKED)
    assert searched(html, meetings.secrets_of(council)) == set()
    assert "2015" not in html.partition("<h1>")[2].partition("<footer")[0]


def test_no_name_is_read_for_it_and_no_restricted_record(room, monkeypatch):
    asked = []
    ask = viewer_module.visible

    def noted(query, viewer, *how):
        asked.append(viewer.may_see_names or viewer.may_see_restricted)
        return ask(query, viewer, *how)

    monkeypatch.setattr(viewer_module, "visible", noted)
    room(**ASKED)
    assert asked and not any(asked)


def test_the_same_ten_come_again_for_the_same_case(room):
    assert names_in(room(**ASKED)) == names_in(room(**ASKED))


def test_the_case_in_depth_leads_there_and_the_way_back_is_the_item(room):
    walk = room()
    assert walk.count('data-key="t"') == 2
    assert len(re.findall(r'<a class="cs-key" href="[^"]*like=1', walk)) == 2
    assert re.search(r'href="\./room\?month=2016-09&amp;screen=7" data-key="Escape"', room(**ASKED))


def test_the_walk_reads_none_of_them(room, monkeypatch):
    """They are asked for: a meeting that never looks at them reads no record of theirs."""
    monkeypatch.setattr(like_this_one, "like_this_one", None)
    assert "ten like it" in room()


def test_too_few_are_told_without_their_number_and_none_is_shown(room, monkeypatch):
    monkeypatch.setattr(like_this_one, "SMALLEST_SHOWN", CLOSED)
    html = room(**ASKED)
    assert f"Fewer than {CLOSED} closed cases that are open to this room are like this one" in html
    assert "<svg" not in unquote(html)
    assert f"{CLOSED - 1} such" not in html and "could come back" not in html


def test_who_may_see_another_unit_alone_is_shown_nobody(room, looks):
    looks(units=frozenset({"U1"}))
    html = room(**ASKED)
    assert NOT_OPEN in html
    assert "<svg" not in unquote(html)


def test_beside_a_restricted_record_nobody_is_set(room, council, tmp_path, monkeypatch):
    url = f"sqlite:///{tmp_path / 'meeting.sqlite'}"
    meeting_id = meetings.hold(council, url).meeting_id
    opened_store = open_store(url)
    choose_case(opened_store, meeting_id, "case_in_depth", "KID-U2-1", "Analyst")
    opened_store.dispose()
    monkeypatch.setenv(MEETING_STORE_VARIABLE, url)
    assert NOT_OPEN in room(**ASKED)


def test_a_strip_is_said_in_words_too():
    levels = (Stretch("open", -60, 0), Stretch("CP", 0, 300))
    words = course_words("Child K7", Course("K", levels, 300, 330))
    assert words == (
        "Child K7: open, no plan for 2 months, then child protection plan for 10 months, closed,"
        " referred again 1 month later."
    )
    assert course_words("Child K7", Course("K", levels[1:], None, None)).endswith("; it goes on.")


def test_a_need_that_no_code_stands_for_is_told_as_it_is_recorded():
    assert "Alike: N99 ·" in alike_words(Cell("N99", "CP", "1 to 6"))
