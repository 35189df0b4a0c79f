"""Explore, opened by its address: what it answers, to whom, and what it says where it can't."""

import re
from datetime import date
from html import unescape

import pytest

from tests.ui.small_council import HIDDEN, build, council
from tests.ui.test_not_in_source import annex_a  # noqa: F401  fixture
from tests.ui.test_published_months import (  # noqa: F401  fixtures
    frozen,
    later_council,
    published_in,
)
from tests.ui.test_who_sees_what import is_refused, units_named
from ui.explore.parts import NO_VALUE
from ui.pages import PAGES

SEPTEMBER = {"month": "2016-09"}
VISITS = {**SEPTEMBER, "metric": "visits_out_of_timescale"}
SOME_IN_TIME = {"month": "2016-06", "metric": "visits_out_of_timescale", "unit": "U1"}
HELD = {**SEPTEMBER, "metric": "caseload"}


def text(html: str) -> str:
    """What is read: a cell of a table ends with |, and a row or a heading with a new line."""
    html = re.sub(r"<style>.*?</style>", "", html, flags=re.S)
    lines = re.sub(r"</(tr|p|h1|h2|div)>", "\n", re.sub(r"</t[dh]>", "|", html))
    return unescape(re.sub(r"<[^>]*>", "", lines))


def row(html: str, name: str) -> list[str]:
    """The cells of the first table row with this name."""
    found = re.search(rf"^{re.escape(name)}\|(.*)\|$", text(html), re.M)
    assert found, f"no row {name}"
    return found[1].split("|")


def links(html: str, words: str) -> dict[str, str]:
    """What the first link with these words says in its address."""
    found = re.search(rf'href="\./explore\?([^"#]*)[^"]*"[^>]*>{re.escape(words)}<', html)
    assert found, f"no link {words}"
    return dict(part.split("=", 1) for part in unescape(found[1]).split("&"))


def test_workers_stand_beside_each_other_by_children_per_fte_in_order_of_unit(opened):
    html = opened("explore", **HELD, cut="worker_id")
    assert row(html, "Unit 1, Worker Of U1")[0] == "3.0"
    names = re.findall(r"^(.*), Worker Of", text(html), re.M)
    assert names == ["Unit 1", "Unit 2", "Unit 3", "Unit 4", "East area", "West area", "Front door"]
    assert "in no order of merit" in html


def test_the_parts_of_a_figure_add_up_to_it(opened):
    html = opened("explore", **VISITS, cut="unit_id")
    listed = re.findall(
        r"^(?:Unit|East|West|Front)[^|\n]*\|[^|]*\|\|(\d+)\|(\d+)\|", text(html), re.M
    )
    assert len(listed) == 7
    sums = [str(sum(int(one[place]) for one in listed)) for place in (0, 1)]
    assert row(html, "Together")[2:4] == sums
    html = opened("explore", **VISITS, unit="U2", cut="state")
    parts = [row(html, name)[2] for name in ("overdue, nothing recorded", "Restricted records")]
    assert parts == ["2", "1"] and row(html, "Together")[:3] == ["100%", "", "3"]
    assert "Out-of-timescale visits, Unit 2, September 2016: 100%" in text(html)


def test_a_part_that_is_never_counted_has_no_value_and_is_not_set_beside_another(opened):
    """What was made in time is never out of timescale: "in time 0%" would read as its own value."""
    lone = opened("explore", **SOME_IN_TIME, cut="state")
    assert row(lone, "in time")[0] == "–" and row(lone, "in time")[2] == "0"
    assert row(lone, "in time")[-2].endswith("%"), "its share of all stands"
    assert row(lone, "late")[0].endswith("%")
    beside = opened("explore", **SOME_IN_TIME, cut="state", **{"against-unit": "U2"})
    assert set(row(beside, "in time")[:4]) == {"–"}
    assert "told apart" not in row(beside, "in time")
    assert NO_VALUE in text(lone)


def test_a_whole_of_which_nothing_is_counted_keeps_its_0(opened):
    html = opened("explore", **SOME_IN_TIME, cut="state", **{"only-state": "in_time"})
    assert row(html, "Together")[0] == "0%"


def test_a_part_leads_to_its_rows_alone_and_the_address_keeps_that(opened):
    html = opened("explore", **VISITS, unit="U2", cut="state")
    only = links(html, "only")
    assert only["rows"] == "1"
    narrowed = opened("explore", **only)
    assert f"only-{'state'}" in only
    assert re.search(r"The \d rows behind it", narrowed)
    # Another month, the figure as a whole, and another length keep how it is narrowed.
    for words in ("quarter", "← August 2016"):
        assert links(narrowed, words)["only-state"] == only["only-state"]
    assert "only-state" not in links(narrowed, f"{_narrowed(narrowed)} (take away)")


def _narrowed(html: str) -> str:
    found = re.search(r">([^<>]*) \(take away\)<", html)
    assert found
    return found[1]


def test_one_worker_is_told_by_a_code_and_no_address_holds_a_person(opened):
    html = opened("explore", **HELD, unit="U2", cut="worker_id")
    only = links(html, "only")
    narrowed = opened("explore", **only)
    assert "Caseload, Unit 2, Worker Of U2 only, September 2016: 3.0" in text(narrowed)
    addresses = " ".join(re.findall(r'href="([^"]*)"', html + narrowed))
    assert not re.search(r"KID|WORKER|FAM|Quill|Worker", addresses)


def test_two_units_are_set_beside_each_other_with_what_chance_could_do(opened):
    html = opened("explore", **VISITS, unit="U2", **{"against-unit": "U3"})
    assert "Unit 3: 100% (n = 3). Difference 0 points: not told apart" in text(html)


def test_a_unit_is_set_beside_all_others_without_itself(opened):
    html = opened("explore", **VISITS, unit="U2", **{"against-unit": "rest"})
    said = re.search(r"The rest of the service: .* \(n = (\d+)\)", text(html))
    whole = row(opened("explore", **VISITS), "Together")
    own = row(opened("explore", **VISITS, unit="U2", cut="kind"), "Together")
    assert said and int(said[1]) == int(whole[3]) - int(own[3])


def test_two_months_are_set_beside_each_other(opened):
    html = opened("explore", **VISITS, unit="U2", against="before", cut="kind")
    assert re.search(r"August 2016: \d+% \(n = \d\). Difference", text(html))
    assert len(row(html, "child in need")) > 5


def test_a_quarter_is_the_sum_of_its_months(opened):
    quarter = row(opened("explore", **VISITS, over="quarter", cut="kind"), "Together")
    months = [
        row(opened("explore", **{**VISITS, "month": f"2016-{month:02}"}, cut="kind"), "Together")
        for month in (7, 8, 9)
    ]
    assert [int(cell) for cell in quarter[2:4]] == [
        sum(int(one[place]) for one in months) for place in (2, 3)
    ]


def test_what_does_not_add_up_over_months_is_told_as_it_stood_at_the_end(opened):
    quarter = opened("explore", **HELD, over="quarter", cut="role")
    assert "does not add up over months" in quarter
    assert "at the end of September 2016" in quarter
    assert (
        row(quarter, "Together")[2:4] == row(opened("explore", **HELD, cut="role"), "Together")[2:4]
    )
    assert "rolling twelve months" not in quarter


def test_every_unit_is_drawn_on_one_scale(opened):
    html = opened("explore", **VISITS)
    assert html.count('class="cs-multiple"') == 8
    assert "every picture from 0% to 100%" in text(html)


def test_rows_are_sorted_by_a_heading(opened):
    html = opened("explore", **VISITS, unit="U1", rows="1", sort="due_on")
    days = re.findall(r'<td class="cs-day">(\d+ \w+)', html.split('id="rows"')[1])
    assert days
    assert "A heading sorts by its column" in html


def test_children_whose_records_are_restricted_are_found_by_nothing_of_them(opened, looks):
    looks(may_see_restricted=False)
    whole = opened("explore", **VISITS, unit="U2", rows="1")
    assert "Restricted record" in whole
    narrowed = opened("explore", **VISITS, unit="U2", rows="1", **{"only-kind": "CIN"})
    assert "Restricted record" not in narrowed.split('id="rows"')[1]
    assert "1 row is about restricted records and left out of sums and lists" in narrowed
    assert row(narrowed, "Together")[3] == "2"
    looks(may_see_restricted=True)
    narrowed = opened("explore", **VISITS, unit="U2", **{"only-kind": "CIN"})
    assert row(narrowed, "Together")[3] == "3" and "left out of sums" not in narrowed
    assert HIDDEN not in whole + narrowed


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ({"cut": "shoe_size"}, "nothing that Out-of-timescale visits can be cut by"),
        ({"over": "decade"}, "is month, quarter, year or twelve"),
        ({"against": "yesterday"}, "is a month, as 2016-08, or one of"),
        ({"against": "2031-01"}, "There are no data for January 2031"),
        ({"against-unit": "U99"}, "is a unit that is not in the data"),
        ({"against-unit": "U2"}, "sets a unit beside itself"),
        ({"against-unit": "U3", "against": "before"}, "leave out “against” or “against-unit”"),
        ({"only-state": "lost"}, "write one of in_time"),
        ({"only-age": "7"}, "write one of 0, 1, 5, 10, 16, 18"),
        ({"not-unit_id": "U3"}, "write it as “unit=…”"),
        ({"only-colour": "red"}, "can be cut by"),
        ({"only-worker_id": "1; drop"}, "not a code that ChildStat made"),
        ({"only-worker_id": "bcdfghjkmnpqrstv"}, "leads nowhere now"),
        ({"rows": "1", "sort": "shoe_size"}, "is no column of these rows"),
    ],
)
def test_a_wrong_question_is_told_in_a_sentence_with_a_way_out(opened, said, sentence):
    html = opened("explore", **VISITS, unit="U2", **said)
    assert sentence in text(html)
    assert is_refused(html)
    assert 'href="./' in html


def test_the_service_has_no_rest_to_be_set_beside(opened):
    assert is_refused(opened("explore", **VISITS, **{"against-unit": "rest"}))


def test_who_sees_no_names_is_shown_no_cut_by_worker(door, opened):
    door.comes("analyst")
    assert ">worker<" not in opened("explore", **HELD)
    for said in ({"cut": "worker_id"}, {"only-worker_id": "bcdfghjkmnpqrstv"}):
        html = opened("explore", **HELD, **said)
        assert is_refused(html) and "only for those who may see the workers’ names" in text(html)
        assert not units_named(html)


def test_the_consultant_s_cut_of_the_service_is_of_their_own_unit_s_rows_and_says_so(door, opened):
    door.comes("consultant", is_worker_of="U2")
    html = opened("explore", **HELD, cut="worker_id")
    assert units_named(html) == {"U2"}
    assert row(html, "Together")[2] == "3"
    assert "Only rows that are open to you are listed" in html
    other = opened("explore", **HELD, cut="worker_id", unit="U3")
    assert "None of these rows is open to you." in other and not units_named(other)


def test_narrowed_figures_of_other_units_are_not_told_to_who_may_not_see_their_rows(door, opened):
    door.comes("consultant", is_worker_of="U2")
    html = opened("explore", **VISITS, **{"only-kind": "CIN"})
    assert html.count('class="cs-multiple"') == 2  # Unit 2, and the service, which is all of it


def test_rows_that_are_not_asked_for_are_read_of_nobody(door, opened):
    door.comes("director")
    opened("explore", **VISITS, unit="U2")
    assert not [event for event in door.events() if door.children_of(event.number)]
    opened("explore", **VISITS, unit="U2", rows="1")
    (shown,) = [event for event in door.events() if door.children_of(event.number)]
    assert shown.page == "explore"


def test_a_day_in_the_address_is_refused_where_it_would_be_passed_over(opened):
    for page in ("explore", "month", "unit"):
        html = opened(page, **VISITS, unit="U2", known="2016-09-20")
        assert "shows what is known now, and not what was known on a day" in html
    assert "2016-09-20" in opened("metric", **VISITS, unit="U2", known="2016-09-20")


def test_a_month_that_was_published_so_far_stays_so_far_on_every_page(frozen):  # noqa: F811
    metric, explore = (frozen(page, **VISITS, unit="U2") for page in ("metric", "explore"))
    assert "100% so far" in metric.split("<h1>")[1].split("</h1>")[0]
    assert "100% so far" in explore.split("<h1>")[1].split("</h1>")[0]


def test_a_published_month_keeps_its_figure_and_says_of_when_the_parts_are(frozen, monkeypatch):  # noqa: F811
    html = frozen("explore", **VISITS, unit="U2", cut="state")
    assert "Unit 2, September 2016: 100%" in text(html)
    assert "September 2016 is published with another figure than is known now" in text(html)
    assert row(html, "Together")[0] != "100%"
    now = frozen("explore", **VISITS, unit="U2", cut="state", known="now")
    assert "published with another figure" not in text(now)
    assert f": {row(now, 'Together')[0]}" in text(now).split("Cut by")[0]


def test_the_page_is_reached_from_a_figure(opened):
    html = opened("metric", **VISITS, unit="U2")
    assert links(html, "Cut it, compare it →") == {**VISITS, "unit": "U2"}
    assert not PAGES["explore"].in_menu


def test_a_month_without_a_value_says_why_and_nothing_of_it_is_none(opened):
    html = opened("explore", **{**SEPTEMBER, "metric": "distance_travelled"}, unit="U2")
    assert "Distance travelled, Unit 2, September 2016: 0 closures with both scores" in text(html)
    assert "0 closures with both scores." in text(html).split("By change")[1]


def test_a_figure_that_the_source_cannot_support_is_not_cut(opened, annex_a):  # noqa: F811
    html = opened("explore", annex_a, metric="sickness")
    assert "not in this source" in text(html) and "Cut by" not in text(html)


def test_each_part_is_set_beside_that_part_of_all_others(opened, looks):
    """By plan, of which all children here have one: the rest's n is the service's less its own."""
    looks(may_see_restricted=True)
    beside = row(
        opened("explore", **VISITS, unit="U2", cut="kind", **{"against-unit": "rest"}),
        "child in need",
    )
    own, others = (int(one) for one in beside[-2].split(" and "))
    whole = row(opened("explore", **VISITS, cut="kind"), "child in need")
    assert own + others == int(whole[3]) and own == 3


def test_what_no_unit_leads_stands_after_the_units(opened, tmp_path):
    world = council()
    days = {"received_on": date(2016, 9, 1), "closed_on": date(2016, 9, 9)}
    world.add("child", child_id="LED-BY-NOBODY", name="Nobody’s Own", restricted=False)
    world.add("referral", child_id="LED-BY-NOBODY", closure_reason="RC8", **days)
    said = {**SEPTEMBER, "metric": "closed", "cut": "unit_id"}
    html = opened("explore", build(tmp_path, world), **said)
    assert not is_refused(html)
    names = re.findall(r"^(Unit 1|Front door|No unit|no unit)\|", text(html), re.M)
    assert names[-1].lower() == "no unit"


def test_the_time_before_the_units_began_is_set_beside(opened, tmp_path):
    """Unit 3 opened in June: August lies three months into it, May is the last month before."""
    world = council()
    next(one for one in world.rows["unit"] if one["unit_id"] == "U3")["opened_on"] = date(
        2016, 6, 1
    )
    url = build(tmp_path, world)
    said = {**VISITS, "month": "2016-08"}
    before = links(opened("explore", url, **said), "before the units began")
    assert "May 2016: " in text(opened("explore", url, **before))
    # A unit that was not there then is not set beside it.
    assert "before the units began" not in opened("explore", url, **said, unit="U3")


def test_where_every_unit_was_there_when_the_data_begin_there_is_no_time_before(opened):
    assert "before the units began" not in opened("explore", **VISITS)


def test_a_link_to_another_unit_keeps_the_question_and_nothing_that_is_of_this_unit(opened):
    said = {"only-kind": "CIN", "against-unit": "U3", "cut": "worker_id"}
    html = opened("explore", **VISITS, unit="U2", **said)
    for there in set(re.findall(r'href="\./explore\?([^"#]*)"', html)):
        asked = dict(part.split("=", 1) for part in unescape(there).split("&"))
        if asked.get("unit") not in (None, "U2"):
            assert "against-unit" not in asked and asked["only-kind"] == "CIN", asked


def test_every_link_on_the_page_opens(opened, tmp_path):
    """From the service beside the time before the units began, the first of each kind of link."""
    world = council()
    for unit in world.rows["unit"][:2]:
        unit["opened_on"] = date(2016, 6, 1)
    url = build(tmp_path, world)
    html = opened("explore", url, **{**VISITS, "month": "2016-07"}, against="began", cut="unit_id")
    found = dict.fromkeys(re.findall(r'href="\./explore\?([^"#]*)"', html))
    kinds = {re.sub("=[^&]*", "", unescape(one)): unescape(one) for one in found}
    for there in kinds.values():
        asked = dict(part.split("=", 1) for part in there.split("&"))
        assert not is_refused(opened("explore", url, **asked)), there


def test_what_is_set_beside_and_has_no_figure_is_told_so(opened):
    html = opened("explore", **{**VISITS, "month": "2016-02"}, unit="U2", against="before")
    assert "one has no value" in text(html)
