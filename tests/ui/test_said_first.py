"""A child's page begins with what matters: the next visit, the age, who holds it, the family."""

import json
import re
from datetime import date

import pytest

from tests.ui.addresses import links_to
from tests.ui.small_council import HIDDEN, STARTED, build, council
from ui.child.first import VISIT_WORDS

ROWS = {"metric": "visits_out_of_timescale", "month": "2016-09"}


def first_lines(html: str) -> str:
    """From the title to the picture, as text."""
    return re.sub(r"<[^>]+>", "", html.split("<h1>")[1].split('class="cs-drawn"')[0])


def child_of(opened, unit: str, name: str, *database: str) -> str:
    ways = links_to("child", opened("metric", *database, **ROWS, unit=unit))
    return opened("child", *database, **next(said for said, words in ways if words == name))


def test_first_comes_the_next_visit_then_age_unit_worker_and_family(opened):
    said = first_lines(child_of(opened, "U1", "Peregrine Ashdown U1"))
    assert re.search(
        r"Peregrine Ashdown U1(\d+ working days? overdue|Due .*?): visit of the child in need plan,"
        r" due \d+ \w+ 2016\.8 years old \(born 1 May 2008\) · Unit 1, Worker Of U1 ·"
        r" 2 brothers or sisters: Ottoline Marchbanks U1, Zebedee Quillfeather U1",
        said,
    ), said


def test_brothers_and_sisters_are_links_to_their_own_pages(opened):
    html = child_of(opened, "U1", "Peregrine Ashdown U1")
    said = next(said for said, words in links_to("child", html) if words.startswith("Ottoline"))
    assert "<h1>Ottoline Marchbanks U1" in opened("child", **said)


def test_a_restricted_sister_is_counted_as_before_and_not_named(opened):
    html = child_of(opened, "U2", "Peregrine Ashdown U2")
    said = first_lines(html)
    assert "2 brothers or sisters: " in said and "1 not open to you" in said
    assert HIDDEN not in html and "Restricted" not in said


def test_of_brothers_and_sisters_of_another_unit_it_says_that_they_are_not_open(
    opened, looks, tmp_path
):
    world = council()
    for allocation in world.rows["allocation"]:
        if allocation["child_id"] in ("KID-U1-0", "KID-U1-1"):
            allocation["unit_id"] = "U3"
    database = build(tmp_path, world)
    looks(units=frozenset({"U1"}))
    said = first_lines(child_of(opened, "U1", "Peregrine Ashdown U1", database))
    assert "2 brothers or sisters known, not open to you" in said
    assert "Ottoline" not in said


def test_a_sister_who_is_named_is_written_down_as_listed_and_the_child_as_opened(opened, door):
    door.comes("consultant", is_worker_of="U3")
    child_of(opened, "U3", "Peregrine Ashdown U3")
    opened_one = [door.children_of(event.number) for event in door.events("opened a child")]
    assert opened_one == [{"KID-U3-2"}]
    listed = [event for event in door.events("listed") if event.page == "child"]
    assert [door.children_of(event.number) for event in listed] == [{"KID-U3-0", "KID-U3-1"}]
    assert {event.unit_id for event in listed} == {"U3"}


def test_who_may_see_no_names_is_told_the_age_and_no_date_of_birth(opened, looks):
    looks(may_see_names=False)
    said = first_lines(child_of(opened, "U1", "Name not shown"))
    assert "8 years old ·" in said
    assert "2008" not in said and "Worker Of" not in said


def test_since_when_a_child_is_missing_is_said_before_all_and_each_time_stands_in_the_table(
    opened, tmp_path
):
    world = council()
    for day, found in ((date(2016, 6, 1), date(2016, 6, 2)), (date(2016, 10, 3), None)):
        away = {"started_on": day, "ended_on": found, "kind": "M"}
        world.add("missing_episode", child_id="KID-U1-2", **away)
    (load,) = world.rows["source_load"]
    told = json.loads(load["rows_json"]) | {"tables": {"missing_episode": {"written": 2}}}
    load["rows_json"] = json.dumps(told)
    html = child_of(opened, "U1", "Peregrine Ashdown U1", build(tmp_path, world))
    assert "missing since 3 October 2016 · 8 years old" in first_lines(html)
    assert "missing episodes not in this source" not in first_lines(html)
    assert "Missing episodes: 2" in html


def test_where_no_source_tells_of_missing_episodes_the_page_says_so(opened):
    html = child_of(opened, "U1", "Peregrine Ashdown U1")
    assert "missing episodes not in this source" in first_lines(html)
    assert "Missing episodes: " not in html


@pytest.mark.parametrize("ended", [True, False])
def test_a_child_of_no_open_plan_has_no_visit_due(opened, tmp_path, ended):
    world = council()
    for plan in world.rows["plan"]:
        if plan["child_id"] == "KID-U1-2" and ended:
            plan["ended_on"] = STARTED.replace(month=10, day=13)
    said = first_lines(child_of(opened, "U1", "Peregrine Ashdown U1", build(tmp_path, world)))
    assert ("No visit is due: no plan is open." in said) == ended


def test_a_visit_is_of_a_plan_or_of_a_looked_after_child():
    assert VISIT_WORDS == {
        "CIN": "visit of the child in need plan",
        "CP": "visit of the child protection plan",
        "CLA": "visit of a looked after child",
    }
