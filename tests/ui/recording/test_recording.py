"""The Recording page, a month as known on a day, and visits that were listed as overdue."""

import re
from datetime import date

import pytest

from tests.ui.addresses import links_to
from tests.ui.small_council import build, council

MONTH = {"month": "2016-08"}
CHILDREN = re.compile(r'href="\./child\?([^"]*)"[^>]*>([^<]*)<')
KNOWN = {"metric": "visits_out_of_timescale", "month": "2016-09"}


def plain(html: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", html))


@pytest.fixture(scope="module")
def late_council(tmp_path_factory) -> str:
    """The small council, in which Unit 1's first child's visits are entered 20 days late."""
    world = council()
    for visit in world.rows["visit"]:
        if visit["child_id"] == "KID-U1-0":
            visit["recorded_on"] = min(
                date.fromordinal(visit["visited_on"].toordinal() + 20), date(2016, 10, 14)
            )
    return build(tmp_path_factory.mktemp("late"), world)


@pytest.fixture(scope="module")
def unvisited_council(tmp_path_factory) -> str:
    """The small council from a system whose extract leaves out the visits of 15 of 21 children."""
    world = council()
    world.rows["visit"] = [
        visit for visit in world.rows["visit"] if visit["child_id"].split("-")[1] in ("E", "W")
    ]
    world.add(
        "data_issue",
        issue_id="1",
        rule="open_cin_without_visit",
        table_name="plan",
        row_key="P",
        severity="warning",
        message="the plan",
    )
    return build(tmp_path_factory.mktemp("unvisited"), world)


@pytest.fixture(scope="module")
def undated_council(tmp_path_factory) -> str:
    """The small council, in which Unit 1's first child's visits of August came by a later load."""
    world = council()
    for visit in world.rows["visit"]:
        if visit["child_id"] == "KID-U1-0" and visit["visited_on"].month == 8:
            visit["recorded_on"] = None
            said = {key: visit[key] for key in ("visit_id", "child_id", "visited_on")}
            loads = {"not_seen_on": date(2016, 9, 30), "first_seen_on": date(2016, 10, 7)}
            world.add("visit_seen", **said, **loads)
    return build(tmp_path_factory.mktemp("undated"), world)


def test_recording_pairs_the_two_figures_of_every_unit(opened):
    said = plain(opened("recording", **MONTH))
    assert re.search(
        r"Service: seen in time \d+% of \d+ visits due; recorded in time \d+% of \d+ visits", said
    )
    for unit in ("Unit 1", "East area", "Front door"):
        assert unit in said
    assert "Half of" in said and "nine in ten within" in said


def test_what_was_entered_late_leads_to_the_child(opened, late_council):
    said = {"unit": "U1", **MONTH}
    html = opened("recording", late_council, **said)
    rows = CHILDREN.findall(html)
    assert [name for _, name in rows] == ["Zebedee Quillfeather U1", "Peregrine Ashdown U1"]
    assert "list=entered_late" in rows[0][0]
    child = opened("child", late_council, **links_to("child", html)[0][0])
    assert "<h1>Zebedee Quillfeather U1</h1>" in child
    assert "./recording?month=2016-08&amp;list=entered_late&amp;unit=U1#rows" in child


def test_workers_who_entered_late_are_listed_in_order_of_name_without_a_rank(opened, late_council):
    html = opened("recording", late_council, list="by_worker", **MONTH)
    assert "Worker Of U1" in html
    assert "in no order of merit" in html


def test_what_loads_tell_was_entered_late_is_a_list_of_its_own(opened, undated_council):
    listed = opened("recording", undated_council, unit="U1", **MONTH)
    assert "list=late_by_loads" in listed
    html = opened("recording", undated_council, list="late_by_loads", unit="U1", **MONTH)
    assert "Entered late, as loads tell" in html
    assert {name for _, name in CHILDREN.findall(html)} == {"Zebedee Quillfeather U1"}
    assert "1 Oct" in html and "7 Oct" in html
    child = opened("child", undated_council, **links_to("child", html)[0][0])
    assert "<h1>Zebedee Quillfeather U1</h1>" in child


def test_where_every_visit_has_a_recording_date_no_load_is_asked(opened):
    assert "list=late_by_loads" not in opened("recording", **MONTH)


def test_where_loads_tell_of_none_the_list_does_not_say_that_none_was_late(opened):
    said = plain(opened("recording", list="late_by_loads", **MONTH))
    assert "Loads tell of no such visit: it is not known whether" in said


def test_a_child_whose_visit_was_made_in_time_and_listed_overdue_says_so(opened, late_council):
    listed = opened("recording", late_council, unit="U1", **MONTH)
    html = opened("child", late_council, **links_to("child", listed)[0][0])
    assert "Made in time, and listed as overdue until it was entered" in html
    assert re.search(r"listed overdue from [^<]* 2016 to [^<]* 2016 although made on", html)


def test_so_many_children_without_a_visit_are_laid_at_the_extract_s_door(opened, unvisited_council):
    html = opened("recording", unvisited_council, list="no_visit", **MONTH)
    assert "15 of 21 children on a CIN plan have no visit since it began." in html
    assert "check the extract before these figures are used" in html
    assert html.count("./child?") == 15


def test_few_children_without_a_visit_are_no_reason_to_doubt_the_extract(opened):
    assert "check the extract" not in opened("recording", **MONTH)


def test_data_issues_are_told_by_who_can_mend_them(opened, unvisited_council):
    said = plain(opened("recording", unvisited_council, **MONTH))
    assert "the worker or team, in the case record open CIN without visit plan warning 1" in said


def test_no_issue_written_down_is_not_called_none_there(opened):
    assert "None is written down" in opened("recording", **MONTH)


def test_a_list_that_is_not_there_is_told_in_a_sentence(opened):
    assert "no list of this name here" in opened("recording", list="wishes")


def test_the_metric_page_offers_the_day_of_the_report(opened):
    html = opened("metric", **KNOWN)
    assert "known=2016-10-03&amp;metric=visits_out_of_timescale#known" in html
    assert "known=" not in opened("metric", metric="caseload", **MONTH)


def test_the_month_is_shown_as_it_was_known_beside_now(opened, late_council):
    said = plain(opened("metric", late_council, **KNOWN, unit="U1", known="2016-09-30"))
    assert "As it was known on 30 September 2016" in said
    assert re.search(r"As known on 30 September 2016: \d of \d .*; as known now: \d of \d", said)


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ({**KNOWN, "known": "October"}, "write it as 2016-10-03"),
        ({**KNOWN, "known": "2016-10-15"}, "The data end on 14 October 2016"),
        ({**KNOWN, "known": "2016-08-31"}, "had not begun"),
        ({"metric": "caseload", "known": "2016-10-03"}, "cannot be told as known on a day"),
    ],
)
def test_a_day_that_cannot_be_told_is_a_sentence_with_a_way_out(opened, said, sentence):
    html = opened("metric", **said)
    assert sentence in html
    assert "This cannot be shown" in html
