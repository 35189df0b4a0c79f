"""The staff survey: which answers are one figure, in which month, and which way they are turned."""

from collections import Counter
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given

from data_access.code_sets.survey_questions import ABOUT_A_FAMILY, FAMILY_SURVEYS, SHIPPED, STAFF
from metrics.definitions.voices.survey_positive import METRIC
from metrics.model import Period
from tests.draws import draws
from tests.left_out import needs
from tests.metrics.plain import AS_AT, tallied
from tests.metrics.plain_surveys import given_answers
from tests.metrics.test_outcome_vectors import FILE, VECTORS, derived
from tests.worlds import FIRST, SETTINGS, World, surveyed

QUESTION = SETTINGS.staff_question


def reference(world: World) -> list[dict]:
    """Wave by wave and respondent by respondent, the last answer of each."""
    waves = {row["survey_wave_id"]: row["first_day"] for row in world.of("survey_wave")}
    last: dict[tuple, dict] = {}
    for row in given_answers(world, (STAFF,), QUESTION):
        began = waves.get(row["survey_wave_id"]) or row["answered_on"]
        if FIRST.start <= began <= AS_AT:
            who = row["respondent_id"] or (row["response_id"],)
            last[began.replace(day=1), row["survey_wave_id"], who] = row
    return [
        {
            "month": month,
            "unit_id": row["unit_id"],
            "numerator": row["positive"],
            "denominator": 1,
        }
        for (month, _, _), row in last.items()
    ]


@draws()
@given(world=surveyed())
def test_agrees_with_a_count_in_plain_loops(rows_of, world):
    found = rows_of(METRIC, world)
    assert tallied(found, "month", "unit_id") == tallied(reference(world), "month", "unit_id")


def staff(world: World, answer: int | None, on="2016-09-20", question=QUESTION, **said) -> World:
    said = {"survey": STAFF, "unit_id": "U1"} | said
    day = date.fromisoformat(on)
    return world.add(
        "survey_response",
        response_id=f"R{len(world.rows['survey_response']):03}",
        answered_on=day,
        question=question,
        answer=answer,
        **said,
    )


def counted(rows_of, world: World, by: str = "month") -> dict:
    return {key: tally for (key,), tally in tallied(rows_of(METRIC, world), by).items()}


def test_one_question_is_counted_and_no_other(rows_of):
    world = staff(staff(World(), 5), 1, question="enjoy_work")
    assert counted(rows_of, world) == {date(2016, 9, 1): (1, 1)}


def test_neither_agree_nor_disagree_is_an_answer_and_a_blank_is_none(rows_of):
    world = World()
    for answer in (5, 4, 3, 2, 1, None):
        staff(world, answer)
    assert counted(rows_of, world) == {date(2016, 9, 1): (2, 5)}


def test_a_wave_stands_in_the_month_in_which_it_began(rows_of):
    """It ran into October; an answer without a wave is of its own month."""
    world = World().add(
        "survey_wave", survey_wave_id="W", survey=STAFF, first_day=date(2016, 9, 19)
    )
    staff(world, 5, "2016-09-30", survey_wave_id="W")
    staff(world, 1, "2016-10-01", survey_wave_id="W")
    staff(world, 4, "2016-10-01")
    assert counted(rows_of, world) == {date(2016, 9, 1): (1, 2), date(2016, 10, 1): (1, 1)}


def test_whoever_answers_twice_in_a_wave_counts_once_by_the_last_answer(rows_of):
    world = World().add(
        "survey_wave", survey_wave_id="W", survey=STAFF, first_day=date(2016, 9, 19)
    )
    for answer, on in ((5, "2016-09-20"), (2, "2016-09-21"), (None, "2016-09-22")):
        staff(world, answer, on, survey_wave_id="W", respondent_id="P1")
    staff(world, 5, survey_wave_id="V", respondent_id="P1")  # another wave
    assert counted(rows_of, world) == {date(2016, 9, 1): (1, 2)}


def test_what_is_answered_after_the_last_day_does_not_exist(rows_of):
    world = staff(staff(World(), 5, "2016-10-14"), 5, "2016-10-15")
    assert counted(rows_of, world) == {date(2016, 10, 1): (1, 1)}


def own(world: World, identity: str, *, reversed: bool, survey=STAFF) -> World:
    return world.add(
        "survey_question",
        survey_question_id=identity,
        question=QUESTION,
        survey=survey,
        reversed=reversed,
    )


def test_a_council_s_own_word_on_a_question_goes_before_the_shipped_one(rows_of):
    """Of two rows the last by id; one of another survey says nothing."""
    world = staff(World(), 1)
    assert counted(rows_of, own(world, "A", reversed=True))[date(2016, 9, 1)] == (1, 1)
    own(world, "B", reversed=False)
    own(world, "C", reversed=True, survey="parent_carer")
    assert counted(rows_of, world)[date(2016, 9, 1)] == (0, 1)


def test_a_row_says_no_more_than_the_figure_does(rows_of):
    world = staff(staff(World(), 5), 4)
    first, second = rows_of(METRIC, world)
    assert first == second
    assert first["said"] == "positive"


def test_half_the_time_or_more_is_told_and_no_middle_of_a_band(companion_of):
    world = World().add(
        "survey_wave", survey_wave_id="W", survey=STAFF, first_day=date(2016, 9, 19)
    )
    for at, band in enumerate(("under_10", "25_to_49", "50_to_74", "90_or_more", None)):
        world.add(
            "survey_respondent",
            survey_respondent_id=f"P{at}",
            respondent_id=f"P{at}",
            survey_wave_id="W",
            unit_id="U1",
            direct_time_band=band,
        )
    found = tallied(companion_of(METRIC, "half_with_families", world), "month", "unit_id")
    assert found == {(date(2016, 9, 1), "U1"): (2, 4)}


def test_those_asked_are_counted_in_the_month_in_which_the_wave_began(companion_of):
    """A wave of which nobody knows how many were asked is in neither number."""
    world = World()
    for wave, asked in (("W", 20), ("V", None)):
        first_day = date(2016, 9, 19)
        world.add(
            "survey_wave", survey_wave_id=wave, survey=STAFF, first_day=first_day, asked=asked
        )
        for at in range(3):
            said = {"survey_wave_id": wave, "respondent_id": f"{wave}{at}"}
            staff(world, 5, "2016-10-03", **said)
    found = tallied(companion_of(METRIC, "staff_asked", world), "month")
    assert found == {(date(2016, 9, 1),): (3, 20)}


@needs(FILE)
@pytest.mark.parametrize(
    "vector", [one for one in VECTORS if one["metric"] == METRIC.key], ids=lambda one: one["id"]
)
def test_a_worked_world_of_a_question_gives_its_tallies(shared_engine, vector, monkeypatch):
    asked = replace(SETTINGS, staff_question=vector["question"])
    monkeypatch.setattr("tests.metrics.test_outcome_vectors.SETTINGS", asked)
    found = derived(shared_engine, vector["rows"], vector["load"])
    for expected in vector["expected"]:
        place = (METRIC.key, expected["unit"], Period.parse(expected["month"]))
        tally = found.tallies[place]
        assert (tally.numerator, tally.denominator) == (
            expected["numerator"],
            expected["denominator"],
        )


def test_the_forms_have_as_many_questions_as_they_should_and_each_code_once():
    assert len(SHIPPED[STAFF]) == 25
    assert Counter(one.reversed for one in SHIPPED[STAFF]) == {False: 23, True: 2}
    for survey in FAMILY_SURVEYS:
        sections = Counter(one.section for one in SHIPPED[survey])
        assert sorted(sections.values()) == [7, 8, 12]
        assert {one.code for one in SHIPPED[survey] if one.reversed} < ABOUT_A_FAMILY
    for asked in SHIPPED.values():
        assert len({one.code for one in asked}) == len({one.words for one in asked}) == len(asked)
