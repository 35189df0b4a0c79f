"""An action said in one sentence: who, what and by when are read off it, and nothing is made up."""

from datetime import date

import pytest

from data_access.problems import Problem
from meeting.spoken import spoken

TODAY = date(2016, 10, 12)


def test_a_sentence_says_who_does_what_by_when():
    said = spoken("Unit 2’s leader will share  fortnightly visits by 30 November.", TODAY)
    assert (said.owner, said.verb, said.what) == ("Unit 2’s leader", "Share", "fortnightly visits")
    assert said.due_on == date(2016, 11, 30)


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("30 November", date(2016, 11, 30)),
        ("the 30th of November 2017", date(2017, 11, 30)),
        ("3 Oct", date(2017, 10, 3)),  # over already: next year's
        ("12 October", TODAY),
        ("30/11", date(2016, 11, 30)),
        ("30/11/2016", date(2016, 11, 30)),
        ("the end of November", date(2016, 11, 30)),
        ("end of February", date(2017, 2, 28)),
        ("3 October 2016", date(2016, 10, 3)),  # a year that is said is kept
    ],
)
def test_a_day_is_read_as_people_say_it(words, day):
    assert spoken(f"The heads of service will agree rooms by {words}", TODAY).due_on == day


@pytest.mark.parametrize("words", ["Christmas", "31 November", "13/13", "the next meeting"])
def test_what_is_no_day_stays_in_the_words_and_no_day_is_made_of_it(words):
    said = spoken(f"Unit 1 will see every child by {words}", TODAY)
    assert said.due_on is None
    assert said.what == f"every child by {words}"


@pytest.mark.parametrize(
    "sentence",
    [
        "Unit 1 is to ask why",
        "Unit 1 must ask why",
        "Unit 1 agrees to ask why",
        "Unit 1 shall ask why",
    ],
)
def test_a_task_is_given_in_more_than_one_way(sentence):
    said = spoken(sentence, TODAY)
    assert (said.owner, said.verb, said.what) == ("Unit 1", "Ask", "why")


@pytest.mark.parametrize("sentence", ["", "See more children", "Unit 1 will", "will see children"])
def test_a_sentence_that_names_nobody_is_refused_with_how_to_say_it(sentence):
    with pytest.raises(Problem, match="names who does it"):
        spoken(sentence, TODAY)
