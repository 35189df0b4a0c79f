"""Words of definitions that the settings decide."""

import re
from dataclasses import fields, replace
from datetime import date

import pytest

from metrics.catalogue import CATALOGUE
from metrics.council.words import FROM_SETTINGS, worded
from metrics.model import Metric
from tests.worlds import SETTINGS, recorded_within

DAY = date(2016, 10, 14)
COUNTS = {"n", "d", "percent", "value"}
by_metric = pytest.mark.parametrize("metric", CATALOGUE.values(), ids=lambda metric: metric.key)


def filled_in(text: str) -> str:
    return worded(text, SETTINGS, DAY)


@by_metric
def test_every_word_that_a_definition_leaves_open_is_filled_in_where_it_is_shown(metric: Metric):
    shown = (metric.source, *metric.edge_cases)
    assert not re.search(r"[{}]", "".join(map(filled_in, shown)))


@by_metric
def test_no_other_text_of_a_metric_leaves_a_word_open_to_the_settings(metric: Metric):
    left_open = set(re.findall(r"\{(\w+)\}", repr(words_besides(metric))))
    assert left_open <= COUNTS


@by_metric
def test_how_long_they_were_followed_leaves_the_two_months_open_and_nothing_else(metric: Metric):
    followed = metric.followed
    assert followed is None or set(re.findall(r"\{(\w+)\}", followed.says)) == {"then", "now"}


def words_besides(metric: Metric) -> list[object]:
    filled = ("source", "edge_cases", "followed")
    return [getattr(metric, one.name) for one in fields(metric) if one.name not in filled]


def test_what_the_settings_do_not_decide_is_left_as_it_is():
    assert filled_in("{n} of {d}, below {coverage_floor}") == "{n} of {d}, below 80%"


@pytest.mark.parametrize(
    ("change", "name", "words"),
    [
        ({"coverage_floor": 0.75}, "coverage_floor", "75%"),
        ({"coverage_floor": 0.555}, "coverage_floor", "55.5%"),
        ({"hours_a_week": 36.25}, "hours_a_week", "36.25"),
        ({"leave_categories": ()}, "leave_categories", "nothing"),
        ({"leave_categories": ("sickness",)}, "leave_categories", "sickness"),
        ({}, "leave_categories", "annual leave, sickness and other leave"),
        ({"rater": "social_worker"}, "rater", "social worker"),
        ({"first_review_working_days": 1}, "cla_first_review", "1 working day"),
        ({}, "cp_first_review", "3 months"),
        ({}, "cp_later_review", "6 months"),
        ({"staff_question": "enjoy_work"}, "staff_question", "“I like doing this work”"),
        ({"staff_question": "our_own_one"}, "staff_question", "“our own one”"),
    ],
)
def test_a_setting_is_told_in_words(change, name, words):
    assert FROM_SETTINGS[name](replace(SETTINGS, **change), DAY) == words


@pytest.mark.parametrize(
    ("day", "words"),
    [
        (date(2012, 1, 1), "5 working days"),
        (date(2016, 3, 31), "1 working day, and before 1 January 2014 within 5 working days"),
        (
            date(2016, 4, 1),
            "the same working day, and before 1 April 2016 within 1 working day,"
            " and before 1 January 2014 within 5 working days",
        ),
    ],
)
def test_the_recording_standard_is_told_with_those_before_it(day, words):
    """Each holds until the day before the next; one to come is not told."""
    settings = recorded_within((1, date(2014, 1, 1)), (0, date(2016, 4, 1)), (5, date(2000, 1, 1)))
    assert FROM_SETTINGS["recording_standard"](settings, day) == words
