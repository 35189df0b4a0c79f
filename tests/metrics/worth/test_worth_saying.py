"""What is unusual is an item only where it is large enough, and its size is said."""

from dataclasses import replace

import pytest

from metrics.agenda_rules import WorthRule, worth_the_rooms_time
from metrics.catalogue import CATALOGUE
from metrics.kinds.hidden import mark_word
from metrics.model import SERVICE, Scope, View
from metrics.sentence import noticed_headline, sentence, verdict
from metrics.spc.chart_reading import Mark
from metrics.worth.worth_saying import small_words
from tests.exports.made_up import SEPTEMBER
from tests.metrics.test_agenda_rules import DROP, JUMP, STEADY, aims_at, council, found

SHIFTED = (*STEADY[:12], *(20, 22) * 2, *(23,) * 8)


def asks_for(key: str, least: float, line=SHIFTED, targets=()):
    figures = council({key: line}, targets)
    return replace(figures, settings=replace(figures.settings, worth_saying=((key, least),)))


def test_what_is_unusual_and_small_is_no_item_and_is_told_apart_from_what_is_usual():
    worth = worth_the_rooms_time(asks_for("sickness", 5), SEPTEMBER)
    assert worth.items == worth.usual == ()
    (small,) = worth.small
    assert small_words(small) == (
        "Less than 5.0 points, the smallest difference worth the room’s time."
    )


# Its size is 1.22 points: a size that is written as the least is not less than it.
@pytest.mark.parametrize(
    ("least", "rules"), [(0, ["CONCERN"]), (1.2, ["CONCERN"]), (1.21, []), (1.3, [])]
)
def test_a_size_counts_from_the_least_on_as_both_are_written(least, rules):
    assert [rule.name for rule, *_ in found(asks_for("sickness", least))] == rules


def test_a_metric_has_its_own_least_where_the_settings_say_none():
    own = CATALOGUE["sickness"].worth_saying
    assert found(council({"sickness": SHIFTED})) == found(asks_for("sickness", own))
    assert all(metric.worth_saying > 0 for metric in CATALOGUE.values())


def test_an_improvement_must_be_as_large():
    assert found(asks_for("sickness", 19, DROP)) == [(WorthRule.IMPROVEMENT, "sickness", ("*",))]
    assert not found(asks_for("sickness", 20, DROP))


def test_a_concern_that_is_small_is_an_item_still_where_its_target_is_far():
    figures = asks_for("direct_work", 25, DROP, aims_at(50))
    assert found(figures) == [(WorthRule.TARGET, "direct_work", (SERVICE,))]


def test_a_target_that_is_missed_by_little_is_folded():
    assert found(asks_for("direct_work", 3, STEADY, aims_at(50)))
    figures = asks_for("direct_work", 30, STEADY, aims_at(50))
    assert not found(figures)
    assert [one.metric.key for one in worth_the_rooms_time(figures, SEPTEMBER).small] == [
        "direct_work"
    ]


@pytest.mark.parametrize(
    ("key", "line", "said"),
    [
        ("sickness", JUMP, "37.2 points above the mean of 22.8%."),
        ("sickness", DROP, "19.0 points below the mean of 20.0%."),
        ("sickness", SHIFTED, "On average 1.2 points above it."),
        ("sickness", (*STEADY[:15], 18, 19, 20, 20.5, 21, 22, 23), "5.0 points more than in"),
        ("sickness", (*STEADY[:12], *(24,) * 9), "On average 1.7 points above the mean of 22.3%."),
        ("caseload", JUMP, "37.2 children per FTE above the"),
    ],
    ids=["outside", "below", "shift", "trend", "two in three", "another measure"],
)
def test_the_sentence_says_how_large_it_is(key, line, said):
    figures = council({key: line})
    result = figures.charted_result(CATALOGUE[key], View(SEPTEMBER, Scope(SERVICE)))
    assert said in sentence(result)
    assert said in verdict(result)


def test_of_what_is_usual_no_size_is_said():
    figures = council({"sickness": STEADY})
    result = figures.charted_result(CATALOGUE["sickness"], View(SEPTEMBER, Scope(SERVICE)))
    assert "mean" not in sentence(result)


def test_a_size_that_is_written_as_nothing_is_said_to_be_less_than_a_tenth():
    line = tuple(10 + one / 1000 for one in SHIFTED)
    figures = council({"caseload": line})
    result = figures.charted_result(CATALOGUE["caseload"], View(SEPTEMBER, Scope(SERVICE)))
    assert "On average less than 0.1 children per FTE above it." in sentence(result)


BEFORE = (20, 22) * 6
CAME_BACK = (*BEFORE, 24, 25, 24, 23, 23, 22, 22, 22, 22)
AT_IT = (*BEFORE, 23, 25, 24, 23, 22.5, 22, 22, 22, 21.84)
STAYED = (*BEFORE, 23, 23, 23, 23, 23, 23, 23, 23, 23)
FELL_BACK = (*BEFORE, *(42 - value for value in CAME_BACK[12:]))


def of_run(line):
    figures = council({"sickness": line})
    return figures.charted_result(CATALOGUE["sickness"], View(SEPTEMBER, Scope()))


def test_a_run_that_came_back_towards_the_mean_is_concerning_and_says_that_it_did():
    result = of_run(CAME_BACK)
    assert result.chart and result.chart.mark is Mark.CONCERN
    assert verdict(result).endswith("Lately better: down from 25.0% in February 2016 to 22.0%.")
    assert noticed_headline(result).endswith("10 months above the mean, lately falling")
    assert mark_word(result) == "Concerning, lately better"


def test_a_value_that_is_written_as_its_mean_is_not_said_to_be_above_it_alone():
    assert "to 21.8%, which is about the mean." in verdict(of_run(AT_IT))


def test_an_improvement_that_is_nearly_gone_says_so_as_well():
    result = of_run(FELL_BACK)
    assert result.chart and result.chart.mark is Mark.IMPROVEMENT
    assert "Lately worse: up from 17.0% in February 2016 to 20.0%" in verdict(result)


@pytest.mark.parametrize("line", [STAYED, JUMP, STEADY, (*BEFORE, *range(21, 30))])
def test_nothing_is_said_of_a_run_that_stays_nor_of_what_is_marked_otherwise(line):
    assert "Lately" not in verdict(of_run(line))
