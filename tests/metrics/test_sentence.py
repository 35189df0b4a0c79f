"""What figures say in words, in every state that they can be in."""

from dataclasses import replace

import pytest

from metrics.catalogue import CATALOGUE
from metrics.model import Period, Scope, Spread, Tally, View
from metrics.result import Result
from metrics.sentence import (
    count,
    coverage_sentences,
    pair_share,
    pair_words,
    reading_sentences,
    sentence,
    why_no_value,
)

SEPTEMBER = View(Period(2016, 9), Scope("U2"))


def result(key: str, tally: Tally | None, **more) -> Result:
    return Result(CATALOGUE[key], SEPTEMBER, "Unit 2", tally, **more)


@pytest.mark.parametrize(
    ("tally", "more", "said"),
    [
        (Tally(9, 29), {}, "Out-of-timescale visits, Unit 2: 31% in September 2016."),
        (
            Tally(9, 29),
            {"provisional": True},
            "Out-of-timescale visits, Unit 2: 31% so far in September 2016.",
        ),
        (
            Tally(0, 0),
            {},
            "Out-of-timescale visits, Unit 2: no value in September 2016, as there were no"
            " visits due.",
        ),
        (None, {}, "Out-of-timescale visits, Unit 2: no data for September 2016."),
        (
            None,
            {"not_in_source": "It holds no visits."},
            "Out-of-timescale visits, Unit 2: not in this source.",
        ),
    ],
)
def test_the_sentence_says(tally, more, said):
    assert sentence(result("visits_out_of_timescale", tally, **more)) == said


def test_the_reading_says_n_what_one_is_worth_and_which_way_is_better():
    first, *_ = reading_sentences(result("visits_out_of_timescale", Tally(9, 29)))
    assert first == (
        "n = 29 visits due; one visit = 3.4 points; 95% interval 17–49%; lower is better."
    )


@pytest.mark.parametrize(
    ("key", "companion", "who"),
    [
        ("families_positive", "families_asked", "families"),
        ("survey_positive", "staff_asked", "staff"),
    ],
)
def test_a_survey_says_how_many_answered_of_those_asked_or_that_it_is_not_known(
    key, companion, who
):
    known = result(key, Tally(33, 53), companions={companion: Tally(53, 120)})
    unknown = f"How many {who} were asked is not known, so neither is the share that answered."
    assert "53" in coverage_sentences(known)[0] and "120 asked" in coverage_sentences(known)[0]
    for nothing in ({}, {companion: Tally(0, 0)}):
        told = result(key, Tally(33, 53), companions=nothing)
        assert coverage_sentences(told) == [unknown]
        assert unknown in reading_sentences(told)
    assert coverage_sentences(result(key, Tally(0, 0))) == []


def test_what_one_is_worth_is_left_out_where_it_rounds_to_nothing():
    first, *_ = reading_sentences(result("visits_out_of_timescale", Tally(474, 2760)))
    assert first == "n = 2\u2009760 visits due; 95% interval 16–19%; lower is better."


def test_too_few_hours_recorded_give_bounds():
    """20 of 60 recorded hours are direct, of 100 that were worked: 20 to 60 of 100."""
    gap = {"recorded_hours": Tally(60, 100)}
    told = result("direct_work", Tally(20, 60), companions=gap, floor=0.8)
    assert "Too little is recorded: the true figure lies between 20% and 60%." in reading_sentences(
        told
    )
    enough = replace(told, companions={"recorded_hours": Tally(80, 100)})
    assert not [line for line in reading_sentences(enough) if line.startswith("Too little")]


PAIR = "Seen in time 69% of 29 visits due; recorded in time 74% of 61 visits with a recording date."


def test_a_pair_is_told_in_the_same_words_with_either():
    seen = result("visits_out_of_timescale", Tally(9, 29))
    recorded = result("recorded_in_time", Tally(45, 61))
    assert pair_words(replace(seen, pair=recorded)) == PAIR
    assert pair_words(replace(recorded, pair=seen)) == PAIR
    assert PAIR in reading_sentences(replace(seen, pair=recorded))


def test_how_many_recording_dates_are_known_is_told_with_the_visits_in_time():
    known = {"recording_known": Tally(61, 80)}
    recorded = result("recorded_in_time", Tally(45, 61), companions=known)
    told = reading_sentences(
        replace(result("visits_out_of_timescale", Tally(9, 29)), pair=recorded)
    )
    assert "Recording date supplied for 61 of 80 visits made." in told


def test_two_shares_that_are_shown_add_up_to_100():
    """12.5% out of timescale is shown as 13%: seen in time is then 87%, and not 87.5% as 88%."""
    seen = result("visits_out_of_timescale", Tally(1, 8))
    assert (seen.written, pair_share(seen)) == ("13%", "87%")


@pytest.mark.parametrize(
    ("recorded", "words"),
    [
        (
            result("recorded_in_time", None, not_in_source="No dates."),
            "Seen in time 69% of 29 visits due; recorded in time: recording dates not supplied.",
        ),
        (
            result("recorded_in_time", Tally(0, 0)),
            "Seen in time 69% of 29 visits due; recorded in time: 0 visits with a recording date.",
        ),
        (
            result("recorded_in_time", None),
            "Seen in time 69% of 29 visits due; recorded in time: no data.",
        ),
        (
            result("recorded_in_time", None, withheld="not shown"),
            "Seen in time 69% of 29 visits due; recorded in time: not shown.",
        ),
    ],
)
def test_a_pair_says_what_of_it_is_missing(recorded, words):
    seen = result("visits_out_of_timescale", Tally(9, 29))
    assert pair_words(replace(seen, pair=recorded)) == words


def test_quantiles_are_told_with_their_n():
    spread_of = {"half": Spread(0, 61), "nine_in_ten": Spread(4, 61)}
    told = reading_sentences(result("recorded_in_time", Tally(45, 61), quantiles=spread_of))
    said = "Half of 61 recorded within the same working day, nine in ten within 4 working days."
    assert said in told


def test_the_target_is_told():
    assert "Target 50%." in reading_sentences(result("direct_work", Tally(27, 100), target=50))


def test_what_is_missing_is_never_told_as_a_number():
    assert why_no_value(result("sickness", None)) == "no data"
    assert why_no_value(result("sickness", None, not_in_source="-")) == "not in this source"
    assert why_no_value(result("sickness", Tally(0, 0))) == "0 FTE working days in post"


@pytest.mark.parametrize(
    ("number", "written"),
    [
        (0, "0"),
        (4.6, "4.6"),
        (18497.75, "18\u2009498"),
        (2.25, "2.3"),
        (1_000_000, "1\u2009000\u2009000"),
    ],
)
def test_a_count_is_written_with_thin_separators(number, written):
    assert count(number) == written


def test_a_sum_of_parts_that_is_whole_but_for_a_float_s_last_digit_is_written_whole():
    assert count(sum([0.8] * 80)) == count(64) == "64"


@pytest.mark.parametrize("counted", [7, 9])
def test_posts_that_all_count_are_not_told_of_a_rest(counted):
    sick = result("sickness", Tally(1, 20), companions={"counted_posts": Tally(counted, 9)})
    assert f"{counted} of 9 posts counted: those of agency staff are not." in reading_sentences(
        sick
    )


def test_children_without_a_lead_worker_are_of_a_basis_that_is_named():
    companions = {"counted_holders": Tally(8, 9), "unallocated": Tally(3, 7)}
    told = " ".join(reading_sentences(result("caseload", Tally(8, 1), companions=companions)))
    assert "8 of 9 children held have" in told
    assert "3 of 7 children with an open plan or referral have no lead worker." in told
