"""Which of Explore's numbers are published, which of now, and which lack months."""

from datetime import date

from tests.ui.explore.test_explore import VISITS, text
from tests.ui.small_council import build, council
from tests.ui.test_published_months import (  # noqa: F401  fixtures
    frozen,
    later_council,
    published_in,
)

OTHERWISE = "September 2016 is published with another figure than is known now"


def test_a_published_month_is_told_of_what_the_figure_is_set_beside(frozen):  # noqa: F811
    october = {**VISITS, "month": "2016-10", "unit": "U2"}
    html = frozen("explore", **october, cut="state", against="before")
    assert f"Set beside it: {OTHERWISE}" in text(html)
    other = frozen("explore", **{**VISITS, "unit": "U3"}, **{"against-unit": "U2"})
    assert f"Unit 2: {OTHERWISE}" in text(other)
    alone = frozen("explore", **october, cut="state")
    assert OTHERWISE not in text(alone)


def test_what_is_narrowed_is_never_called_as_published(frozen):  # noqa: F811
    html = text(frozen("explore", **VISITS, unit="U2", cut="state", **{"only-kind": "CIN"}))
    assert "lines over time are as published" not in html
    assert "“All rows” is as published; what is narrowed, the lines over time too, is" in html


def test_months_without_a_record_have_no_figure(opened, tmp_path):
    world = council()
    world.rows["time_record"] = [
        one for one in world.rows["time_record"] if one["worked_on"] >= date(2016, 7, 1)
    ]
    said = {"month": "2016-09", "metric": "direct_work", "over": "year"}
    assert "Only 3 of 6 months have a figure" in text(
        opened("explore", build(tmp_path, world), **said)
    )


def test_what_lacks_months_says_so_on_either_side(opened):
    june = {**VISITS, "month": "2016-06", "over": "quarter"}
    html = text(opened("explore", **june, against="before"))
    said = "January to March 2016 (Q4 2015/16): only 2 of 3 months have a figure."
    assert said in html.split("Cut by")[0]
    assert "months have a figure" not in text(opened("explore", **june))


def test_a_part_that_holds_more_than_its_closed_unit_s_own_figure_says_so(opened, tmp_path):
    world = council()
    next(one for one in world.rows["unit"] if one["unit_id"] == "U3")["closed_on"] = date(
        2016, 6, 15
    )
    url = build(tmp_path, world)
    said = {"month": "2016-09", "metric": "direct_work", "over": "quarter", "cut": "unit_id"}
    told = "Records of July 2016, August 2016, September 2016 name Unit 3, which was not open then"
    assert told in text(opened("explore", url, **said))
    assert "which was not open then" not in text(opened("explore", **said))
