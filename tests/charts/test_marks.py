"""Two questions, two marks: is it changing, and is it good enough?"""

import re
from html import unescape

import pytest

from charts.marks import AIMS, aim_mark, change_mark, icon, legend
from metrics.catalogue import CATALOGUE
from metrics.model import SERVICE, Scope, View
from metrics.sentence import sentence
from metrics.spc.chart_reading import Assurance
from metrics.spc.words import MET
from tests.exports.made_up import SEPTEMBER
from tests.metrics.test_agenda_rules import JUMP, STEADY, aims_at, council


def told(line, target: float | None):
    figures = council({"direct_work": line}, aims_at(target) if target is not None else ())
    return figures.charted_result(CATALOGUE["direct_work"], View(SEPTEMBER, Scope(SERVICE)))


def heard(html) -> str:
    return unescape(re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", str(html)))).strip()


@pytest.mark.parametrize(
    ("target", "aim"),
    [(50, Assurance.FAIL), (21, Assurance.HIT_OR_MISS), (1, Assurance.PASS)],
)
def test_a_target_has_a_mark_beside_that_of_change_and_a_word_for_it(target, aim):
    reading = told(STEADY, target).chart
    assert reading.assurance is aim
    assert AIMS[aim] in aim_mark(reading)
    assert heard(icon(reading)) == f"● Nothing unusual target {MET[aim]}"


def test_without_a_target_there_is_only_the_mark_of_change():
    reading = told(STEADY, None).chart
    assert aim_mark(reading) == ""
    assert icon(reading) == change_mark(reading)


def test_each_mark_is_another_drawing_though_colours_are_lost():
    drawn = {re.sub(r"%23[0-9a-f]{6}|#[0-9a-f]{6}", "", str(square)) for square in AIMS.values()}
    assert len(drawn) == len(Assurance)
    assert all(square in legend() for square in AIMS.values())


def test_as_usual_and_not_good_enough_is_one_sentence():
    said = sentence(told(STEADY, 50))
    assert "As usual, and not good enough: usual range 18–24%." in said
    assert "nothing unusual" not in said
    assert "nothing unusual" in sentence(told(STEADY, 21))
    assert "not good enough" not in sentence(told(JUMP, 80))
