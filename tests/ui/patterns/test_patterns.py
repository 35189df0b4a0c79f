"""The page Patterns: what it says of a unit, in which order, and to whom."""

import re

import pytest

from tests.ui.addresses import links_to
from tests.ui.segments.families import FOUND, built
from ui.patterns.cut_table import TOO_EARLY
from ui.patterns.opening import NO_FACTORS, PURPOSE


@pytest.fixture(scope="module")
def cases(tmp_path_factory) -> str:
    return built(tmp_path_factory.mktemp("cases"))


def test_the_page_says_what_it_is_for_and_of_how_many_children_nothing_is_known(opened, cases):
    html = opened("patterns", cases)
    assert PURPOSE in html
    assessed = sum(1 for found in FOUND.values() if found)
    assert (
        f"With an authorised assessment: {assessed}; without, and so in nothing below: 14" in html
    )


def test_a_month_s_children_are_those_of_its_own_last_day(opened, cases):
    """One child of six families is assessed, of the last 40 days after the case was opened."""
    early, late = (opened("patterns", cases, month=month) for month in ("2016-02", "2016-03"))
    assert "on 29 February 2016" in early and "on 31 March 2016" in late
    told = [re.search(r"authorised assessment: (\d+)", html) for html in (early, late)]
    assert [found and int(found[1]) for found in told] == [4, 6]


def test_units_of_a_few_children_are_told_by_no_number(opened, cases):
    body = (
        opened("patterns", cases).split("Assessed, of those")[1].split("no factor is recorded")[0]
    )
    assert "neglect (16A)" in body
    assert "% <small>1</small>" not in body.split("</tr>", 1)[1]


def test_somebody_with_one_unit_s_figures_is_shown_that_unit_and_the_service(opened, cases, looks):
    looks(units=frozenset({"U2"}), figures=frozenset({"U2"}))
    html = opened("patterns", cases)
    assert "Unit 2" in html
    assert "Unit 1" not in html


def test_where_no_assessment_has_a_factor_nothing_is_told_of_families(opened):
    assert NO_FACTORS in opened("patterns")


def test_a_figure_is_cut_as_the_address_says_and_of_few_children_nothing_is_told(opened, cases):
    html = opened("patterns", cases, metric="closed", cut="sex", month="2016-09")
    section = html.split("Cases closed, by sex: September 2016</h2>")[1].split("</table>")[0]
    assert "hidden" in section and not re.search("<small>[1-5]<", section)


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ({"metric": "caseload", "cut": "age"}, "Caseload is no share of children in these data"),
        ({"cut": "foo"}, "a cut that Patterns does not have"),
    ],
)
def test_a_figure_or_cut_that_is_not_there_is_said_and_no_other_shown(opened, cases, asked, said):
    html = opened("patterns", cases, **asked)
    assert said in html and "<table" not in html
    assert links_to("patterns", html)


def test_what_is_of_twelve_months_is_not_told_before_there_are_twelve(opened, cases):
    html = opened("patterns", cases, metric="re_referral", cut="age", month="2016-09")
    assert "Re-referrals, by age on the month’s first day" in html and TOO_EARLY in html
    assert "In and out" not in html
