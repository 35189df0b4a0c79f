"""Every question of a survey by itself: how sure, how changed, and what is too few to tell."""

from datetime import date

import pytest

from data_access.code_sets.survey_questions import SHIPPED
from data_access.viewer import Viewer
from metrics.model import Tally
from metrics.spc.proportions import newcombe, wilson
from metrics.surveys.questions import questions_with
from metrics.surveys.told import Telling, tell
from tests.worlds import World, basis, loaded

EVERYBODY = Viewer("everybody", frozenset({"*"}))
THEN, NOW = date(2016, 3, 1), date(2016, 9, 1)


def answered(world: World, month: date, question: str, answer: int, people: range, **said) -> None:
    wave = f"W{month.month}"
    for person in people:
        world.add(
            "survey_response",
            response_id=f"{wave}-{question}-{said.get('unit_id')}-{answer}-{person}",
            survey="staff",
            answered_on=month,
            question=question,
            answer=answer,
            survey_wave_id=wave,
            respondent_id=f"P{person}",
            **said,
        )


def waves() -> World:
    world = World()
    for month in (THEN, NOW):
        wave = f"W{month.month}"
        world.add("survey_wave", survey_wave_id=wave, survey="staff", first_day=month)
    return world


def told(engine, world: World, by: str | None = None) -> Telling:
    known = questions_with([], "staff")
    with loaded(engine, world) as filled:
        return tell(filled, known, "staff", basis(), EVERYBODY, by)


def test_each_question_is_told_by_itself_with_wilson_s_interval(shared_engine):
    """The report's own example: 38 of 45 is 84%, 71% to 92%."""
    world = waves()
    answered(world, NOW, "enjoy_work", 4, range(38))
    answered(world, NOW, "enjoy_work", 3, range(38, 45))
    answered(world, NOW, "often_stressed", 5, range(12))
    first, second = told(shared_engine, world).questions
    assert (first.question.code, first.tally) == ("enjoy_work", Tally(38, 45))
    assert first.interval == wilson(Tally(38, 45))
    assert first.interval is not None
    assert (round(first.interval.low, 2), round(first.interval.high, 2)) == (0.71, 0.92)
    assert (second.question.code, second.tally) == ("often_stressed", Tally(0, 12))
    assert (first.before, first.change) == (None, None)


def test_a_wave_is_set_beside_the_one_before_as_two_groups(shared_engine):
    world = waves()
    answered(world, THEN, "enjoy_work", 1, range(10))
    answered(world, NOW, "enjoy_work", 5, range(12))
    (one,) = told(shared_engine, world).questions
    assert (one.month, one.month_before) == (NOW, THEN)
    assert one.change == newcombe(Tally(12, 12), Tally(0, 10))


@pytest.mark.parametrize("number", [9, 10])
def test_of_fewer_than_ten_only_the_two_numbers_are_told(shared_engine, number):
    world = waves()
    for month in (THEN, NOW):
        answered(world, month, "enjoy_work", 5, range(number))
    (one,) = told(shared_engine, world).questions
    assert one.tally == one.before == Tally(number, number)
    assert (one.interval is None, one.change is None) == (number < 10, number < 10)


def test_a_part_of_few_is_not_told_nor_what_would_give_it_away(shared_engine):
    """U3 is the only one of few: whoever knows all 36 would have it, were U2 told too."""
    world = waves()
    for unit_id, number in (("U1", 15), ("U2", 12), ("U3", 9)):
        answered(world, NOW, "enjoy_work", 5, range(number), unit_id=unit_id)
        answered(world, THEN, "enjoy_work", 5, range(number), unit_id=unit_id)
    # The same numbers of another question are other people.
    for row in world.rows["survey_response"]:
        row["respondent_id"] += row["unit_id"]
    parts = {one.part: one for one in told(shared_engine, world, "unit_id").questions}
    assert {part: one.tally for part, one in parts.items()} == {
        "U1": Tally(15, 15),
        "U2": None,
        "U3": None,
    }
    assert parts["U2"].before is None
    assert parts["U1"].before == Tally(15, 15)


def test_roles_are_those_of_the_respondents_in_that_wave(shared_engine):
    world = waves()
    answered(world, NOW, "enjoy_work", 5, range(20))
    for person in range(20):
        role = "social_worker" if person < 10 else "team_manager"
        world.add(
            "survey_respondent",
            survey_respondent_id=f"W9:{person}",
            respondent_id=f"P{person}",
            survey_wave_id="W9",
            role=role,
        )
    parts = {one.part: one.tally for one in told(shared_engine, world, "role").questions}
    assert parts == {"social_worker": Tally(10, 10), "team_manager": Tally(10, 10)}


def test_answers_to_questions_that_no_catalogue_has_are_counted_and_not_told(shared_engine):
    world = waves()
    answered(world, NOW, "who_knows", 5, range(11))
    answered(world, NOW, "enjoy_work", 5, range(10))
    telling = told(shared_engine, world)
    assert [one.question.code for one in telling.questions] == ["enjoy_work"]
    assert telling.unknown_answers == 11


def test_who_sees_one_unit_is_told_of_that_alone(shared_engine):
    world = waves()
    for unit_id in ("U1", "U2"):
        answered(world, NOW, "enjoy_work", 5, range(10), unit_id=unit_id)
    for row in world.rows["survey_response"]:
        row["respondent_id"] += row["unit_id"]
    known = {one.code: one for one in SHIPPED["staff"]}
    with loaded(shared_engine, world) as filled:
        viewer = Viewer("one", frozenset({"U1"}))
        (one,) = tell(filled, known, "staff", basis(), viewer).questions
    assert one.tally == Tally(10, 10)
