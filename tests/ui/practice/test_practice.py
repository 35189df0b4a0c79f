"""Practice: each worker's own card, the managers' lines, and nothing of either for anybody else."""

import re
from datetime import date, timedelta

import pytest
from markupsafe import Markup

from access.sessions import begin_meeting
from data_access.access_settings import SessionLimits
from data_access.london import now
from data_access.settings import EVERY_UNIT
from data_access.viewer import Act, Viewer
from tests.ui.small_council import AS_AT, STARTED, build, council
from ui.pages import PAGES

SAMIRA = "Samira Featherstone"


def with_more_held():
    """The small council; Unit 2's worker holds seven more, of whom five were physically hurt.

    Samira, newly qualified in Unit 2, holds nobody. One of the seven is restricted, and hurt too.
    """
    world = council()
    for number in range(7):
        child_id = f"KID-MORE-{number}"
        world.add("child", child_id=child_id, name=f"More {number}", restricted=number == 6)
        world.add(
            "allocation",
            child_id=child_id,
            worker_id="WORKER-U2",
            unit_id="U2",
            lead=True,
            started_on=date(2016, 7, 1) + timedelta(number),
        )
        assessed = {"started_on": date(2016, 7, 4), "authorised_on": date(2016, 7, 20)}
        world.add("assessment", assessment_id=f"A-{number}", child_id=child_id, **assessed)
        if number > 1:
            world.add("assessment_factor", assessment_id=f"A-{number}", factor="18B")
    world.add("worker", worker_id="SAMIRA", name=SAMIRA)
    world.add(
        "post",
        worker_id="SAMIRA",
        unit_id="U2",
        role="social_worker",
        fte=1.0,
        agency=False,
        newly_qualified=True,
        started_on=STARTED,
    )
    hours = {"worked_on": AS_AT - timedelta(25), "method": "diary", "hours": 1.0}
    return world.add("time_record", worker_id="WORKER-U2", category="supervision", **hours)


@pytest.fixture(scope="module")
def held(tmp_path_factory) -> str:
    return build(tmp_path_factory.mktemp("held"), with_more_held())


def lines(html: str, section: str) -> list[list[str]]:
    body = html.split(f'<section id="{section}">')[1].split("</section>")[0]
    return [
        [
            str(Markup(cell.replace("<br>", " ")).striptags())
            for cell in re.findall(r"<t[dh][^>]*>(.*?)</t[dh]>", row)
        ]
        for row in re.findall("<tr.*?</tr>", body.split("<tbody>")[1], re.S)
    ]


def test_a_manager_sees_a_line_for_each_worker_of_the_unit_in_order_of_name(door, opened, held):
    door.comes("consultant", is_worker_of="U2")
    samira, worker = lines(opened("practice", held), "workers")
    assert samira[:2] == [f"{SAMIRA} Unit 2", "0"]
    name, holds, sexual, physical, *_, supervision, holiday = worker
    assert (name, holds) == ("Worker Of U2 Unit 2", "10 6 assessed")
    assert (sexual, physical) == ("0, 0%", "4, 40%")
    assert supervision == "an hour recorded 3 weeks ago"
    assert holiday == "not in this source"


def test_a_worker_s_own_card_is_there_and_nobody_else_s(door, opened, held):
    door.comes("social worker", is_worker_of="U2")
    html = opened("practice", held)
    ((name, holds, *_),) = lines(html, "own")
    assert (name, holds) == ("You Unit 2", "10 6 assessed")
    assert SAMIRA not in html and '<section id="workers">' not in html


def test_what_is_most_is_told_since_when(looks, opened, held, change_settings):
    change_settings("[viewer]", "[practice]\nexposure_share = 0.4\n\n[viewer]")
    looks(staff=frozenset({"U2"}))
    _, worker = lines(opened("practice", held), "workers")
    assert worker[3] == "4, 40% most since July"


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
    html = opened("practice", held, unit="U2")
    assert SAMIRA not in html and "Worker Of U3" in html


def test_unit_leads_to_practice_where_it_opens(door, opened, held):
    door.comes("consultant", is_worker_of="U2")
    title = (
        opened("unit", held, unit="U2").split('<div class="cs-title">')[1].split("</section>")[0]
    )
    assert re.search(r'class="cs-button" href="\./practice\?[^"]*">Practice</a>', title)


def test_a_worker_of_two_units_is_one_line_of_both_for_who_manages_both(looks, opened, tmp_path):
    world = with_more_held()
    world.add(
        "allocation",
        child_id="KID-U1-0",
        worker_id="WORKER-U2",
        unit_id="U1",
        lead=True,
        started_on=AS_AT - timedelta(7),
    )
    url = build(tmp_path, world)
    looks(staff=frozenset({"U1", "U2"}))
    of_both = {one[0]: one[1] for one in lines(opened("practice", url), "workers")}
    assert of_both["Worker Of U2 Unit 1, Unit 2"] == "11 6 assessed"
    looks(staff=frozenset({"U1"}))
    of_one = {one[0]: one[1] for one in lines(opened("practice", url), "workers")}
    assert of_one["Worker Of U2 Unit 1"] == "1 0 assessed"


def test_nothing_of_sickness_or_of_a_child_is_on_it(door, opened, held):
    door.comes("consultant", is_worker_of="U2")
    html = opened("practice", held)
    assert not re.search(r"[Ss]ick|KID-|More \d|Quillfeather|\./child", html)
