"""A month that is still being entered: marked in Explore, and judged beside no finished one."""

import re
from datetime import date, datetime

import pytest

from tests.ui.explore.test_explore import HELD, VISITS, row, text
from tests.ui.small_council import build, council
from tests.worlds import World


@pytest.fixture(scope="module")
def september_just_over(tmp_path_factory) -> str:
    """The data end with September, so late entry will still change it; Unit 3 opened in June."""
    world = council()
    world.rows["source_load"][0].update(
        data_to=date(2016, 9, 30), taken_at=datetime(2016, 10, 1, 9)
    )
    next(one for one in world.rows["unit"] if one["unit_id"] == "U3")["opened_on"] = date(
        2016, 6, 1
    )
    return build(tmp_path_factory.mktemp("september"), world)


@pytest.fixture
def asked(opened, september_just_over):
    return lambda **said: opened("explore", september_just_over, **said)


@pytest.mark.parametrize("over", ["month", "quarter", "year", "twelve"])
@pytest.mark.parametrize("against", ["before", "2016-03"])
def test_it_is_so_far_and_told_apart_from_nothing_that_is_finished(asked, over, against):
    html = asked(**VISITS, unit="U2", over=over, against=against, cut="kind")
    title, beside = re.findall(r"<h1>(.*?)</h1>", html)[0], text(html).split("Cut by")[0]
    assert title.endswith(" so far")
    assert "not told: September 2016 is still being entered" in beside or "no value" in beside
    assert "not told" in row(html, "Together") or "no value" in beside
    assert "Told apart" not in beside and "told apart (" not in beside


def test_the_time_before_the_units_began_is_not_judged_by_it(asked):
    html = asked(**VISITS, against="began", cut="kind")
    assert "not told: September 2016 is still being entered" in text(html)


def test_two_units_in_it_are_as_old_as_each_other_and_are_judged(asked):
    html = asked(**VISITS, unit="U2", **{"against-unit": "U4"})
    assert "told apart (95% interval" in text(html) and "not told:" not in text(html)


def test_its_row_says_so_and_its_point_is_hollow(asked):
    html = asked(**VISITS, unit="U2")
    assert row(html, "September 2016")[-1] == "so far" and row(html, "August 2016")[-1] == ""
    assert "A hollow point is so far" in html
    assert "hollow" not in text(asked(**{**VISITS, "month": "2016-08"}, unit="U2"))


def test_what_nobody_enters_late_is_finished_when_its_month_is(asked):
    html = asked(**HELD)
    assert not re.findall(r"<h1>(.*?)</h1>", html)[0].endswith("so far")


def closed_in_june(world: World) -> World:
    """Unit 3 is no more since June, though records of later months name it."""
    next(one for one in world.rows["unit"] if one["unit_id"] == "U3")["closed_on"] = date(
        2016, 6, 15
    )
    return world


def test_so_far_is_told_of_each_unit_by_itself_also_from_a_unit_that_is_no_more(opened, tmp_path):
    url = build(tmp_path, closed_in_june(council()))
    of_unit_2, of_unit_3 = (opened("explore", url, **VISITS, unit=unit) for unit in ("U2", "U3"))
    assert "Unit 1: 100% at last so far" in of_unit_2
    assert "Unit 1: 100% at last so far" in of_unit_3


def test_the_rest_of_the_service_is_without_what_names_a_unit_that_was_not_open(opened, tmp_path):
    url = build(tmp_path, closed_in_june(council()))
    beside = {"against-unit": "rest"}
    html = opened("explore", url, **VISITS, unit="U3", **beside)
    assert "The rest of the service: 100% (n = 18)" in html
