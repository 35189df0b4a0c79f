"""A comparison in words."""

from dataclasses import replace
from datetime import date

from metrics.compare.cohort import Cell
from metrics.compare.few import told_together
from metrics.compare.matching import Matched
from metrics.compare.reading import (
    NO_LIKE_TOLD,
    follow_up_words,
    matched_reading,
    reading,
    title,
)
from metrics.compare.told import curve_told
from tests.metrics.compare.made import case, cohort, complete

CELL = Cell("N1", "CIN", "1 to 6")
NEW, AREA = complete(54, 243, name="Unit 1"), complete(123, 300, name="the area teams")


def test_what_is_told_apart_is_said_with_both_shares_and_what_could_have_been_shown():
    said = list(reading(NEW, AREA, "closed", 12, seed=5))
    assert said[0].startswith(
        "By 12 months 22% (17–28%) of the cases of Unit 1 were closed,"
        " of those of the area teams 41% (36–47%). Difference −18.8 points (−26"
    )
    assert said[0].endswith(": told apart.")
    assert said[1] == (
        "So many cases tell 29% or less and 53% or more apart from 41% four times in five;"
        " a smaller difference may be there and not be seen."
    )
    assert said[2] == (
        "Intervals by 1\u2009000 draws (the same again from 5), children counted as if independent:"
        " families are not known of nine in ten, so they are too narrow."
    )


def test_of_rare_outcomes_it_is_said_that_no_fall_could_have_been_shown():
    rare = reading(complete(1, 40), complete(2, 50, name="others"), "re-referred", 12, seed=5)
    first, second, _ = rare
    assert first.endswith(": not told apart.")
    assert second.startswith("So many cases tell no lower share and ")


def test_what_was_not_followed_is_not_told():
    young = cohort(*(case(str(n), 100, 3) for n in range(50)))
    (said,) = reading(young, AREA, "closed", 12, seed=5)
    assert said.startswith("At 12 months nothing is told")


def test_a_young_comparison_is_titled_too_early_with_the_day_from_which_it_is_not():
    young = cohort(*(case(str(n), 100) for n in range(10)), name="Unit 1")
    assert title(young, AREA) == (
        "Too early to say before 23 July 2017. Unit 1 beside the area teams"
    )
    grown = replace(young, as_at=date(2017, 7, 23))
    assert title(grown, replace(AREA, as_at=grown.as_at)) == "Unit 1 beside the area teams"
    assert title(cohort(), AREA).startswith("Too early to say: one of the two has no case.")


def test_the_follow_up_says_for_how_many_it_is_complete():
    days = (*[100] * 6, *[200] * 7, *[400] * 6)
    found = cohort(*(case(str(n), one) for n, one in enumerate(days)), name="Unit 1")
    assert follow_up_words(found) == (
        "Unit 1: 19 cases entered, September 2015 to July 2016; followed for 100 to 400 days,"
        " half of them for 200 or more. Complete to 3 months 19; to 6 months 13; to 12 months 6."
    )
    assert follow_up_words(cohort()) == "Unit 1: no case."


def alike(had: int, of: int, cell: Cell | None = CELL):
    return cohort(
        *(
            case(f"{cell}{n}", 500, 30 + n if n < had else None, family=f"F{n}", cell=cell)
            for n in range(of)
        )
    )


def test_like_beside_like_is_told_after_who_has_no_like():
    own = cohort(*alike(5, 20).cases, *alike(1, 4, None).cases, name="Unit 1")
    said = list(matched_reading(Matched(own, alike(10, 20)), "closed", 12, seed=5))
    assert said[0] == (
        "24 cases of Unit 1 are set beside cases of Unit 1 of the same need, level and age at"
        " entry, but for fewer than 6 that have no like."
    )
    assert said[1].startswith("Like beside like, by 12 months 25% of the cases of Unit 1 were")
    assert said[2].startswith(
        "Over the whole time, within like cases: chance alone would have them at least so far apart"
    )
    assert said[3] == "Intervals by drawing whole families 1\u2009000 times: the same again from 5."


def test_where_few_have_a_like_only_that_is_told():
    own = cohort(*alike(5, 10).cases, *alike(1, 10, None).cases)
    said = list(matched_reading(Matched(own, alike(10, 20)), "closed", 12, seed=5))
    assert (
        said[0].startswith("20 cases of Unit 1 are set")
        and "but for 10 that have no like" in said[0]
    )
    assert len(said) == 2 and "nothing is told" in said[1]


def test_of_fewer_than_ten_cases_nothing_is_told_but_that():
    few = cohort(case("a", 400, 30), name="Unit 1")
    assert follow_up_words(few) == "Unit 1: fewer than 10 cases entered, of which no more is told."
    assert not any(
        one.isdigit() for one in title(few, AREA).replace("Unit 1", "").replace("10", "")
    )
    assert curve_told(few)["days"] == curve_told(few)["at_risk"][1:] == []
    assert list(matched_reading(Matched(few, AREA), "closed", 12, seed=5)) == [NO_LIKE_TOLD]


def test_rare_reasons_are_told_together_so_that_no_subtraction_tells_one():
    told = dict(told_together({"at the end": 30, "moved": 8, "died": 1}, "rarer"))
    assert told == {"at the end": "30", "rarer": "9"}
    assert dict(told_together({"died": 1, "turned 18": 2}, "rarer")) == {"rarer": "fewer than 6"}
    assert dict(told_together({"at the end": 30, "none": 0}, "rarer")) == {"at the end": "30"}
