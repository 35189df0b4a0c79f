"""Unit opens on the address's unit, the viewer's own, the one chosen last, or asks which."""

import re

from tests.ui.addresses import links_to
from tests.ui.small_council import UNITS


def heading(html: str) -> str:
    (title,) = re.findall(r"<h1>(.*?)</h1>", html)
    return title


def unit_shown(html: str) -> str:
    return heading(html).split(":")[0]


def test_who_has_no_unit_of_their_own_is_asked_which(opened):
    html = opened("unit", month="2016-09")
    assert heading(html) == "Which unit?"
    assert "This cannot be shown" not in html
    offered = {words for said, words in links_to("unit", html) if "unit" in said}
    assert offered == {name for name, _ in UNITS.values()}


def test_the_one_chosen_last_is_opened_again_and_another_s_address_still_leads_to_theirs(opened):
    opened("unit", unit="U3")
    assert unit_shown(opened("unit")) == "Unit 3"
    assert unit_shown(opened("unit", unit="U1")) == "Unit 1"
    assert unit_shown(opened("unit", month="2016-08")) == "Unit 1"


def test_who_has_one_unit_opens_on_it_whatever_they_opened_last(door, opened):
    door.comes("consultant", is_worker_of="U2")
    assert unit_shown(opened("unit")) == "Unit 2"


def test_who_has_several_chooses_among_them_and_is_remembered(door, opened):
    door.comes("consultant", "U3", is_worker_of="U2")
    html = opened("unit")
    assert heading(html) == "Which unit?"
    assert {words for said, words in links_to("unit", html) if "unit" in said} == {
        "Unit 2",
        "Unit 3",
    }
    opened("unit", unit="U3")
    assert unit_shown(opened("unit")) == "Unit 3"


def test_what_one_chose_is_not_told_to_another_nor_in_another_sign_in(door, opened):
    door.comes("director")
    opened("unit", unit="U3")
    door.comes("director")
    assert heading(opened("unit")) == "Which unit?"


def test_a_unit_that_was_taken_back_is_not_opened_again(door, opened):
    session = door.comes("consultant", "U3", "U4", is_worker_of="U2")
    opened("unit", unit="U3")
    door.takes_back(session, "U3")
    assert heading(opened("unit")) == "Which unit?"


def test_a_unit_that_was_refused_is_not_remembered(door, opened):
    door.comes("consultant", "U3", is_worker_of="U2")
    assert "This cannot be shown" in opened("unit", unit="U4")
    assert heading(opened("unit")) == "Which unit?"


def test_what_is_listed_is_written_down_under_the_unit_that_was_opened(door, opened):
    door.comes("consultant", is_worker_of="U2")
    opened("unit")
    assert {event.unit_id for event in door.events("listed")} == {"U2"}
