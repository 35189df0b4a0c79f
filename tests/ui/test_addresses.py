"""Addresses that last: whom they name to whom, after a load, a publication, and for nobody else."""

import re
from datetime import date
from operator import itemgetter

import pytest

from data_access.database import connect
from data_access.meeting_store.opening import open_store
from data_access.settings import MEETING_STORE_VARIABLE
from meeting.published.publishing import publish
from metrics.model import Period
from tests.ui.addresses import links_to, said_of_row
from tests.ui.small_council import HIDDEN, build, council
from tests.worlds import SETTINGS

ROWS = {"metric": "visits_out_of_timescale", "month": "2016-09", "unit": "U2"}
NOWHERE = "This link leads nowhere now"
IDS = re.compile(r"KID|WORKER")


def headline(html: str) -> str:
    found = re.search(r"<h1>(.*?)</h1>", html)
    assert found
    return found[1]


def with_one_before_all_others():
    """The council with another child and another worker who come first in every list."""
    world = council()
    world.add("child", child_id="KID-A", name="Aaron First", restricted=False)
    world.add("worker", worker_id="WORKER-A", name="Aaron Worker")
    world.add("plan", child_id="KID-A", kind="CIN", started_on=date(2016, 2, 1))
    world.add(
        "allocation",
        child_id="KID-A",
        worker_id="WORKER-A",
        unit_id="U2",
        lead=True,
        started_on=date(2016, 2, 1),
    )
    return world


def test_a_link_to_a_child_a_worker_and_a_row_survives_a_load(opened, store, tmp_path):
    url = build(tmp_path)
    unit = opened("unit", url, unit="U2")
    child, name = links_to("child", unit)[0]
    worker, worker_name = next(link for link in links_to("unit", unit) if "worker" in link[0])
    doubt, _ = links_to("dispute", unit)[0]
    form = opened("dispute", url, **doubt)
    build(tmp_path, with_one_before_all_others())
    assert "Aaron First" in opened("unit", url, unit="U2")
    assert headline(opened("child", url, **child)) == name
    assert worker_name in headline(opened("unit", url, **worker))
    assert re.findall("<td>.*?</td>", opened("dispute", url, **doubt)) == re.findall(
        "<td>.*?</td>", form
    )


def test_a_link_to_a_child_survives_a_publication(opened, small_council, tmp_path, monkeypatch):
    url = f"sqlite:///{tmp_path / 'meeting.sqlite'}"
    monkeypatch.setenv(MEETING_STORE_VARIABLE, url)
    before = links_to("child", opened("metric", **ROWS))
    store, case = open_store(url), connect(small_council)
    publish(case, store, SETTINGS, Period(2016, 9), "Ann")
    after = opened("metric", **ROWS)
    assert "version 1" in after
    by_name = itemgetter(1)
    assert sorted(links_to("child", after), key=by_name) == sorted(before, key=by_name)
    assert headline(opened("child", **before[0][0])) == before[0][1]
    store.dispose()
    case.dispose()


def test_a_child_who_is_in_the_data_no_more_is_said_to_be_so_with_the_way_back(
    opened, store, tmp_path
):
    url = build(tmp_path)
    said, _ = links_to("child", opened("metric", url, **ROWS))[0]
    world = council()
    for rows in world.rows.values():
        rows[:] = [row for row in rows if row.get("child_id") != "KID-U2-0"]
    build(tmp_path, world)
    html = opened("child", url, **said)
    assert NOWHERE in html
    assert "./unit?month=2016-09&amp;unit=U2" in html and ">Unit 2<" in html


def test_a_link_of_another_viewer_s_opens_no_child_for_who_may_not_see_it(opened, looks):
    links = [
        said_of_row(opened, page, {**ROWS, "unit": unit})
        for unit in ("U2", "U3")
        for page in ("child", "dispute")
    ]
    looks(units=frozenset({"U1"}))
    for said in links:
        html = opened("child", **{**said, "unit": "U1"})
        assert NOWHERE in html
        assert not re.search("Quill|Otto|Peregrine|O&#39;Hara", html)
    looks(units=frozenset({"U1", "U2"}), own_children="WORKER-U1")
    assert NOWHERE in opened("child", **links[0])
    looks(units=frozenset({"U1", "U2"}))
    assert NOWHERE not in opened("child", **links[0])
    assert NOWHERE in opened("child", **{**links[2], "unit": "U1"})


@pytest.mark.parametrize("page", ["dispute", "cases", "actions"])
def test_a_child_who_is_not_open_is_not_written_about_either(opened, looks, store, page):
    said = said_of_row(opened, "dispute", ROWS)
    looks(units=frozenset({"U1"}))
    html = opened(page, **{**said, "unit": "U1"})
    assert "KID" not in html and "O&#39;Hara" not in html
    assert NOWHERE in html or "There is no agenda" in html or "not open" in html


def test_a_restricted_child_is_told_of_to_nobody_without_the_right(opened, looks, store):
    links = links_to("child", opened("metric", **ROWS))
    (closed,) = [said for said, words in links if words == "Restricted record"]
    html = opened("child", **closed)
    assert headline(html) == "Restricted record"
    assert 'class="cs-timeline"' not in html and HIDDEN not in html
    assert len(links_to("dispute", opened("metric", **ROWS))) == len(links) - 1
    looks(may_see_restricted=True)
    assert headline(opened("child", **closed)) == HIDDEN
    looks(opened=frozenset({"KID-U2-1"}))
    assert headline(opened("child", **closed)) == HIDDEN


def test_an_address_holds_nothing_that_can_be_counted_up(opened, store):
    html = opened("unit", unit="U1") + opened("metric", **ROWS)
    links = links_to("child", html) + links_to("dispute", html) + links_to("unit", html)
    codes = [
        said[name] for said, _ in links for name in ("child", "doubt", "worker") if name in said
    ]
    assert codes
    assert all(re.fullmatch("[bcdfghjkmnpqrstv]{16}", code) for code in codes)
    assert not any({"row", "load"} & said.keys() for said, _ in links)


@pytest.mark.parametrize(
    ("page", "said"), [("unit", {"unit": "U1"}), ("recording", {"list": "by_worker"})]
)
def test_a_worker_is_a_code_for_who_may_not_see_names(opened, looks, store, page, said):
    looks(may_see_names=False)
    html = opened(page, **said)
    assert not re.search("KID|WORKER|Worker Of", html)
    assert page == "recording" or re.search(r"Worker [bcdfghjkmnpqrstv]{10}", html)
