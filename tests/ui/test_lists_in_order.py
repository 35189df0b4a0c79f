"""Every list of records can be put in order by its headings and searched by words."""

import re
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from tests.ui.addresses import links_to
from tests.ui.conftest import PAGES
from tests.ui.small_council import build, council
from ui.listing.asked_for import FIND

MONTH = {"month": "2016-09"}
ROWS = {"metric": "visits_out_of_timescale", **MONTH}
LISTS = [
    ("metric", {**ROWS, "unit": "U1"}, 'id="rows"'),
    ("unit", {"unit": "U1"}, '<section id="overdue">'),
    ("recording", {"list": "entered_late", "month": "2016-07"}, 'id="rows"'),
]
by_list = pytest.mark.parametrize(("page", "said", "start"), LISTS, ids=[one[0] for one in LISTS])


def listed(html: str, start: str) -> str:
    """The last table of the section, with what stands before it."""
    return html.split(start)[1].split("</table>")[0] if start in html else html


def children_in(html: str, start: str) -> list[str]:
    return [words for _, words in links_to("child", listed(html, start))]


def way_of(html: str, start: str, words: str) -> tuple[str, str]:
    """Of a column's heading: its order now, and where its link leads."""
    found = re.findall(
        rf'<th scope="col"[^>]*?(aria-sort="\w+")?><a class="cs-sort" href="([^"]*)"[^>]*>{words}',
        listed(html, start),
    )
    assert found, words
    return found[0][0], found[0][1]


@by_list
def test_a_heading_sorts_turns_and_undoes_by_a_link_that_says_how_it_stands(
    opened, page, said, start
):
    html = opened(page, **said)
    assert way_of(html, start, "Child")[0] == ""
    assert "sort=child_name" in way_of(html, start, "Child")[1]
    up = opened(page, **said, sort="child_name")
    assert way_of(up, start, "Child")[0] == 'aria-sort="ascending"'
    down = opened(page, **said, sort="-child_name")
    assert way_of(down, start, "Child")[0] == 'aria-sort="descending"'
    assert "sort=" not in way_of(down, start, "Child")[1]
    names = children_in(up, start)
    assert len(names) > 1
    assert names == sorted(names)
    assert children_in(down, start) == sorted(names, reverse=True)


@by_list
def test_an_order_that_the_list_does_not_have_is_told_in_a_sentence(opened, page, said, start):
    for sort in ("nonsense", "child_id", "-", "--child_name"):
        html = opened(page, **said, sort=sort)
        assert ("can’t be put in the order" in html) == (sort != "-"), sort


@by_list
def test_who_sees_no_names_is_offered_no_order_by_one(opened, looks, page, said, start):
    looks(may_see_names=False)
    html = opened(page, **said)
    assert "cs-sort" in listed(html, start)
    assert not re.search(r"sort=-?(child|worker)_name", html)
    assert "can’t be put in the order" in opened(page, **said, sort="child_name")


def run_of(page: str, said: dict[str, str], words: str) -> AppTest:
    run = AppTest.from_file(PAGES / f"{page}.py", default_timeout=30)
    for name, value in said.items():
        run.query_params[name] = value
    run.run()
    next(one for one in run.text_input if (one.key or "").startswith(FIND)).set_value(words).run()
    assert not run.exception
    return run


def test_what_was_typed_for_one_unit_s_list_is_not_there_for_another_s(small_council, monkeypatch):
    monkeypatch.setenv("CHILDSTAT_DATABASE", small_council)
    run = run_of("unit", {"unit": "U2"}, "Ottoline")
    run.query_params["sort"] = "due_on"
    run.run()
    assert [one.value for one in run.text_input] == ["Ottoline"]
    run.query_params["cards"] = "overdue"
    assert [one.value for one in run.run().text_input] == ["Ottoline"]
    del run.query_params["cards"]
    assert [one.value for one in run.run().text_input] == ["Ottoline"]
    run.query_params["unit"] = "U3"
    run.run()
    assert [one.value for one in run.text_input] == [""]


def html_of(run: AppTest) -> str:
    return "".join(element.proto.body for element in run.get("html"))


@by_list
def test_what_is_typed_is_found_and_stands_in_no_address(
    opened, small_council, monkeypatch, page, said, start
):
    monkeypatch.setenv("CHILDSTAT_DATABASE", small_council)
    every = children_in(opened(page, **said), start)
    wanted = every[-1]
    html = html_of(run := run_of(page, said, wanted.upper()))
    assert set(children_in(html, start)) == {wanted}
    assert not re.search(
        "Zebedee|Ottoline|Peregrine", "".join(re.findall(r'href="([^"]*)"', html)), re.I
    )
    assert set(run.query_params) == set(said)


@by_list
def test_nothing_found_is_one_sentence_and_no_empty_table(
    small_council, monkeypatch, page, said, start
):
    monkeypatch.setenv("CHILDSTAT_DATABASE", small_council)
    html = html_of(run_of(page, said, "Nobody Of This Name"))
    assert "No row of this list that is open to you has “Nobody Of This Name”." in html
    assert "<th" not in html.split("No row of this list")[0].split(start)[-1]


def test_the_next_rows_stand_in_the_same_order(opened):
    html = opened("metric", **ROWS, sort="-due_on")
    ways = [said for said, words in links_to("metric", html) if words in ("more rows →",)]
    assert all(said["sort"] == "-due_on" for said in ways)


def test_a_restricted_row_is_not_found_by_its_number(opened, looks, small_council, monkeypatch):
    monkeypatch.setenv("CHILDSTAT_DATABASE", small_council)
    said = {**ROWS, "unit": "U2"}
    listed = '<h2 id="rows"'
    assert "Restricted record" in opened("metric", **said).split(listed)[1]
    assert "Restricted record" not in html_of(run_of("metric", said, "KID-U2-1")).split(listed)[1]


def test_the_place_of_a_restricted_row_tells_nothing_of_its_number(opened, looks, tmp_path):
    looks(may_see_names=False)
    places = set()
    for number in ("AAA", "ZZZ"):

        def called(row: dict[str, Any], number: str = number) -> None:
            row["child_id"] = number

        database = council_with_the_restricted(tmp_path / number, called)
        places.add(place_of_the_restricted(opened("metric", database, **ROWS, unit="U2")))
    assert places == {True}


def test_the_place_of_a_restricted_row_tells_nothing_of_its_due_date(opened, door, tmp_path):
    door.comes("consultant", is_worker_of="U2")
    places = set()
    for days in (0, -40):

        def earlier(row: dict[str, Any], days: int = days) -> None:
            if "visited_on" in row:
                row["visited_on"] += timedelta(days)
                row["recorded_on"] = row["visited_on"]

        database = council_with_the_restricted(tmp_path / str(days), earlier)
        places.add(place_of_the_restricted(opened("unit", database, unit="U2"), "overdue"))
    assert places == {True}


def council_with_the_restricted(place: Path, change: Callable[[dict[str, Any]], None]) -> str:
    """The council whose restricted child's records are changed."""
    world = council()
    for rows in world.rows.values():
        for row in rows:
            if row.get("child_id") == "KID-U2-1":
                change(row)
    place.mkdir()
    return build(place, world)


def place_of_the_restricted(html: str, section: str = "rows") -> bool:
    """Whether the restricted rows stand after all others of their list."""
    names = children_in(html, f'id="{section}"')
    hidden = [name == "Restricted record" for name in names]
    assert any(hidden) and not all(hidden)
    return hidden == sorted(hidden)
