"""Practice: each worker's own card, the managers' lines, and nothing of either for anybody else."""

import re

import pytest
from markupsafe import Markup

from access.sessions import begin_meeting
from data_access.access_settings import SessionLimits
from data_access.london import now
from data_access.settings import EVERY_UNIT
from data_access.viewer import Act, Viewer
from tests.ui.practice.conftest import SAMIRA
from ui.pages import PAGES


def lines(html: str, section: str) -> list[list[str]]:
    body = html.split(f'<section id="{section}">')[1].split("</section>")[0]
    return [
        [
            str(Markup(cell.replace("<br>", " ")).striptags())
            for cell in re.findall(r"<t[dh][^>]*>(.*?)</t[dh]>", row)
        ]
        for row in re.findall("<tr.*?</tr>", re.split("<tbody[^>]*>", body)[1], re.S)
    ]


def test_a_manager_sees_a_line_for_each_worker_of_the_unit_in_order_of_name(door, opened, held):
    door.comes("consultant", is_worker_of="U2")
    samira, worker = lines(opened("practice", held), "workers")
    assert samira[:2] == [f"{SAMIRA}Unit 2, newly qualified", "0"]
    assert samira[8:10] == [
        "none recorded0 sessions",
        "0",
    ]
    assert worker[:2] == ["Worker Of U2Unit 2", "106 assessed"]
    assert worker[2:4] == ["0", "4, 40%"]
    assert worker[8:] == [
        "4 weeks ago1 session",
        "19 of those held for 6 weeks not within them",
        "not in this source",
    ]


def test_a_worker_s_own_card_is_there_and_nobody_else_s(door, opened, held):
    door.comes("social worker", is_worker_of="U2")
    html = opened("practice", held)
    ((name, holds, *_),) = lines(html, "own")
    assert (name, holds) == ("YouUnit 1, Unit 2", "116 assessed")
    assert SAMIRA not in html and '<section id="workers">' not in html


def test_what_is_most_is_told_since_when(looks, opened, held, change_settings):
    change_settings("[viewer]", "[practice]\nexposure_share = 0.4\n\n[viewer]")
    looks(staff=frozenset({"U2"}))
    _, worker = lines(opened("practice", held), "workers")
    assert worker[3] == "4, 40%most since July"


def test_a_director_neither_opens_practice_nor_is_led_to_it(door, opened, held):
    door.comes("director")
    html = opened("practice", held)
    assert "tells what single workers carry" in html and SAMIRA not in html
    assert "./practice" not in html + opened("unit", held, unit="U2")


@pytest.mark.parametrize("units", [frozenset(), frozenset({EVERY_UNIT})])
def test_every_unit_and_every_act_open_nothing_of_it(units):
    everything = {"units": units, "figures": units, "acts": frozenset(Act)}
    assert not PAGES["practice"].is_open_to(Viewer("one", **everything, may_see_names=True))
    assert PAGES["practice"].is_open_to(Viewer("one", staff=frozenset({"U1"})))


def test_a_meeting_opens_it_to_nobody_whoever_leads_it(door, opened, held):
    session = door.comes("consultant", is_worker_of="U2")
    _, meeting = begin_meeting(door.store, session, SessionLimits(), now())
    door.looks(meeting)
    html = opened("practice", held)
    assert "shows the meeting and nothing else" in html and SAMIRA not in html


def test_a_neighbour_s_manager_sees_the_neighbour_s_workers(door, opened, held):
    door.comes("consultant", "U2", is_worker_of="U3")
    html = opened("practice", held)
    assert SAMIRA not in html and "Worker Of U3" in html


def title_of(html: str) -> str:
    return html.split('<div class="cs-title">')[1].split("</div>")[0]


def test_a_manager_of_two_units_sees_the_one_that_the_address_names(looks, opened, held):
    looks(staff=frozenset({"U1", "U2"}))
    html = opened("practice", held, unit="U2")
    assert "<h1>Practice, Unit 2:" in html and "<h3>Unit 2" in html and "<h3>Unit 1" not in html
    told = [one[:2] for one in lines(html, "workers")]
    assert told == [
        [f"{SAMIRA}Unit 2, newly qualified", "0"],
        ["Worker Of U2Unit 2", "106 assessed"],
    ]
    of_one = lines(opened("practice", held, unit="U1"), "workers")
    assert [one[0] for one in of_one] == ["Worker Of U1Unit 1", "Worker Of U2Unit 1"]


def test_a_manager_of_two_units_chooses_one_or_both_on_the_page(looks, opened, held):
    looks(staff=frozenset({"U1", "U2"}))
    ways = re.findall(
        r'href="\./practice\?month=2016-09([^"]*)"', title_of(opened("practice", held))
    )
    assert ways == ["&amp;unit=U1", "&amp;unit=U2", ""]
    looks(staff=frozenset({"U2"}))
    assert "./practice" not in title_of(opened("practice", held))


def test_a_unit_that_one_does_not_manage_is_refused_and_no_link_leads_there(looks, opened, held):
    looks(staff=frozenset({"U2"}))
    html = opened("practice", held, unit="U1")
    assert "you don’t manage it" in html and "Worker Of" not in html
    there = re.findall(r'href="(\./practice[^"]*)"', opened("unit", held, unit="U1"))
    assert there == ["./practice?month=2016-09"]


def test_a_worker_who_manages_nobody_has_one_card_whichever_unit_is_named(looks, opened, held):
    looks(worker="WORKER-U2")
    ((name, holds, *_),) = lines(opened("practice", held, unit="U3"), "own")
    assert (name, holds) == ("YouUnit 1, Unit 2", "116 assessed")


def test_unit_leads_to_practice_where_it_opens(door, opened, held):
    door.comes("consultant", is_worker_of="U2")
    title = (
        opened("unit", held, unit="U2").split('<div class="cs-title">')[1].split("</section>")[0]
    )
    assert re.search(r'class="cs-button" href="\./practice\?[^"]*">Practice</a>', title)


def test_a_worker_of_two_units_is_one_line_of_both_for_who_manages_both(looks, opened, held):
    looks(staff=frozenset({"U1", "U2"}))
    of_both = {one[0]: one[1] for one in lines(opened("practice", held), "workers")}
    assert of_both["Worker Of U2Unit 1, Unit 2"] == "116 assessed"
    looks(staff=frozenset({"U1"}))
    of_one = {one[0]: one[1] for one in lines(opened("practice", held), "workers")}
    assert of_one["Worker Of U2Unit 1"] == "10 assessed"


def test_a_manager_s_own_children_of_another_unit_are_on_the_own_card_alone(looks, opened, held):
    looks(staff=frozenset({"U1"}), worker="WORKER-U2")
    html = opened("practice", held)
    assert [one[:2] for one in lines(html, "own")] == [["YouUnit 1, Unit 2", "116 assessed"]]
    assert ["Worker Of U2Unit 1", "10 assessed"] in [one[:2] for one in lines(html, "workers")]


def test_who_only_leads_on_a_child_of_a_unit_is_supervised_elsewhere(looks, opened, held):
    looks(staff=frozenset({"U1"}))
    html = opened("practice", held)
    (guest,) = (one for one in lines(html, "workers") if "Of U2" in one[0])
    assert guest[8:] == [
        "told where the worker’s post is",
        "",
        "not in this source",
    ]
    assert "Rowan Hart" not in sheet_of(opened, held, "Worker Of U2")


def test_nothing_of_sickness_or_of_a_child_is_on_it(door, opened, held):
    door.comes("consultant", is_worker_of="U2")
    html = opened("practice", held)
    assert not re.search(r"[Ss]ick|KID-|More \d|Quillfeather|\./child", html)


def sheet_of(opened, url: str, name: str) -> str:
    html = opened("practice", url)
    (code,) = re.findall(rf'worker=(\w+)"[^>]*>{name}</a>', html)
    return opened("practice", url, worker=code)


def test_the_sheet_has_the_sessions_and_every_child_who_was_never_talked_about_first(
    door, opened, held
):
    door.comes("consultant", is_worker_of="U2")
    html = sheet_of(opened, held, "Worker Of U2")
    assert [row[1:] for row in lines(html, "sessions")] == [["one to one", "Rowan Hart", "1"]]
    children = lines(html, "children")
    restricted = [row for row in children if row[0] == "Restricted record"]
    assert len(children) == 10 and len(restricted) == 2
    assert all(row[1:] == ["–", "–", "–", ""] for row in restricted)
    told = [row for row in children if row not in restricted]
    assert [row[3] for row in told] == ["never recorded"] * 7 + ["4 weeks ago"]


def test_who_is_shown_on_a_sheet_is_in_the_audit(door, opened, held):
    door.comes("consultant", is_worker_of="U2")
    sheet_of(opened, held, "Worker Of U2")
    (listed,) = (one for one in door.events("listed") if one.page == "practice")
    assert "KID-U2-0" in door.children_of(listed.number)


def test_a_sheet_opens_to_the_worker_and_the_managers_of_the_unit_alone(door, opened, held):
    door.comes("social worker", is_worker_of="U2")
    own = opened("practice", held)
    (code,) = re.findall(r'worker=(\w+)"[^>]*>You</a>', own)
    assert "Rowan Hart" in opened("practice", held, worker=code)
    for role, unit in (("social worker", "U3"), ("consultant", "E")):
        door.comes(role, "U2", is_worker_of=unit, name=f"{role} {unit}")
        html = opened("practice", held, worker=code)
        assert "works in no unit that you manage" in html and "Rowan Hart" not in html


def test_a_database_of_an_earlier_version_has_no_supervision_and_says_so(looks, opened, of_before):
    looks(staff=frozenset({"U2"}))
    _, worker = lines(opened("practice", of_before), "workers")
    assert worker[8:10] == ["3 weeks agohours recorded; sessions are not", "not in this source"]
    assert "Not in this source" in sheet_of(opened, of_before, "Worker Of U2")


def test_who_is_newly_qualified_is_held_against_the_protection_that_is_set(
    looks, opened, held, change_settings
):
    looks(staff=frozenset({"U2"}))
    ((name, *told),) = lines(opened("practice", held), "newly")
    assert (name, told) == (SAMIRA, ["0", "1", "–", "–"])
    change_settings("[viewer]", "[practice]\nprotected_share = 0.9\n\n[viewer]")
    looks(staff=frozenset({"U2"}))
    html = opened("practice", held)
    # Unit 2's worker holds ten at the end of September: 90% of them.
    assert lines(html, "newly") == [[SAMIRA, "0", "1", "9", "within"]]
    assert "Protected at 90% of the unit’s caseload in September 2016" in html


def test_the_two_figures_of_a_unit_say_what_cannot_be_read_of_them(door, opened, held):
    door.comes("consultant", "U3", is_worker_of="U2")
    html = opened("practice", held)
    two = html.split('<section class="cs-two">')[1]
    assert "<h3>Unit 2" in two and "<h3>Unit 3" not in two, "granted, and not managed"
    assert "that one moved the other" in html


def test_a_grant_of_another_unit_adds_no_child_to_a_sheet(door, opened, held):
    door.comes("consultant", "U2", is_worker_of="U1")
    children = lines(sheet_of(opened, held, "Worker Of U2"), "children")
    assert [row[0] for row in children] == ["Zebedee Quillfeather U1"]
