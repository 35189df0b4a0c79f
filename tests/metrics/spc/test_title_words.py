"""What a title says is to be noticed: as the chart judges it, and what is missing first."""

from dataclasses import replace

import pytest

from metrics.catalogue import CATALOGUE
from metrics.model import SERVICE, Scope, Tally, View
from metrics.result import Result
from metrics.sentence import noticed_headline
from tests.exports.made_up import SEPTEMBER
from tests.metrics.test_agenda_rules import DROP, JUMP, STEADY, aims_at, council


def told(line, key: str = "sickness", target: float | None = None) -> Result:
    figures = council({key: line}, aims_at(target) if target else ())
    return figures.compared_result(CATALOGUE[key], View(SEPTEMBER, Scope(SERVICE)))


@pytest.mark.parametrize(
    ("result", "seen"),
    [
        (told(JUMP), "60.0%, above the usual range"),
        (told(DROP), "1.0%, below the usual range"),
        (told((*STEADY[:12], *(20, 22) * 2, *(23,) * 8)), "23.0%, 9 months above the mean"),
        (told((*STEADY[:15], 18, 19, 20, 20.5, 21, 22, 23)), "23.0%, rising for 7 months"),
        (told((*STEADY[:12], *(24,) * 9)), "24.0%, near the top of the usual range"),
        (told(STEADY, "direct_work", 50), "22%, as usual, and not good enough: target 50%"),
        (told(STEADY), "22.0%"),
        (told(STEADY[:5]), "21.0%"),
    ],
)
def test_a_title_says_what_is_to_be_noticed(result, seen):
    assert noticed_headline(result) == f"{result.metric.name}, Service: {seen}"


def test_of_a_figure_that_is_hidden_it_says_what_is_missing():
    found = told(JUMP, "direct_work")
    (gap,) = (one.key for one in found.metric.beside.companions if one.gives_bounds)
    hidden = replace(found, companions={gap: Tally(40, 100)}, floor=0.9)
    assert "60%, but too little is recorded: 40" in noticed_headline(hidden)
