"""Families positive: one answer of a family a month, the last, to one question."""

from datetime import date

from hypothesis import given

from data_access.code_sets.survey_questions import FAMILY_SURVEYS
from metrics.definitions.voices.families_positive import METRIC
from metrics.model import Tally
from tests.draws import draws
from tests.metrics.plain import tallied
from tests.metrics.plain_surveys import given_answers
from tests.worlds import FIRST, SETTINGS, World, surveyed

QUESTION = SETTINGS.families_question
JUNE, JULY = date(2016, 6, 1), date(2016, 7, 1)


def reference(world: World) -> list[dict]:
    last: dict[tuple, dict] = {}
    for row in given_answers(world, FAMILY_SURVEYS, QUESTION):
        month = row["answered_on"].replace(day=1)
        if month >= FIRST.start:
            last[month, row["respondent_id"] or (row["response_id"],)] = row
    return [
        {
            "month": month,
            "unit_id": row["unit_id"],
            "survey": row["survey"],
            "numerator": row["positive"],
            "denominator": 1,
        }
        for (month, _), row in last.items()
    ]


@draws()
@given(world=surveyed())
def test_agrees_with_a_count_in_plain_loops(rows_of, world):
    found = rows_of(METRIC, world)
    by = ("month", "unit_id", "survey")
    assert tallied(found, *by) == tallied(reference(world), *by)


def family(world: World, answer: int | None, on: str, who: str | None = None, **said) -> World:
    said = {"survey": "parent_carer", "unit_id": "U1", "question": QUESTION} | said
    return world.add(
        "survey_response",
        response_id=f"R{len(world.rows['survey_response']):03}",
        answered_on=date.fromisoformat(on),
        answer=answer,
        respondent_id=who,
        **said,
    )


def counted(rows_of, world: World) -> dict:
    return {month: tally for (month,), tally in tallied(rows_of(METRIC, world), "month").items()}


def test_a_family_counts_once_a_month_by_its_last_answer_and_in_the_next_again(rows_of):
    world = World()
    for answer, on in ((5, "2016-06-03"), (2, "2016-06-20"), (5, "2016-07-01")):
        family(world, answer, on, "F1")
    assert counted(rows_of, world) == {JUNE: (0, 1), JULY: (1, 1)}


def test_of_fewer_than_ten_families_no_rate_is_told():
    assert METRIC.figure(Tally(4, 9)) is None
    assert METRIC.figure(Tally(4, 10)) == 40


def test_does_not_apply_takes_no_earlier_answer_back(rows_of):
    world = family(family(World(), 5, "2016-06-03", "F1"), None, "2016-06-20", "F1")
    assert counted(rows_of, family(world, None, "2016-06-21", "F2")) == {JUNE: (1, 1)}


def test_who_has_no_id_is_somebody_for_each_answer(rows_of):
    world = family(family(World(), 5, "2016-06-03"), 5, "2016-06-03")
    assert counted(rows_of, world) == {JUNE: (2, 2)}


def test_both_surveys_of_families_count_and_no_staff(rows_of):
    world = World()
    for survey in (*FAMILY_SURVEYS, "staff"):
        family(world, 5, "2016-06-03", survey=survey)
    assert counted(rows_of, world) == {JUNE: (2, 2)}


def test_another_question_is_another_figure(rows_of):
    world = family(World(), 5, "2016-06-03", question="fair")
    assert counted(rows_of, world) == {}


def test_how_many_were_asked_and_by_whom_stands_beside(companion_of):
    """The answer's own word on who asked goes before the wave's; a wave is of its first month."""
    world = World()
    said = {"survey": "parent_carer", "first_day": date(2016, 6, 28)}
    world.add("survey_wave", survey_wave_id="W", unit_id="U1", asked=12, asked_by="unit", **said)
    world.add("survey_wave", survey_wave_id="V", **said)
    for on, who, more in (
        ("2016-06-29", "F1", {"survey_wave_id": "W"}),
        ("2016-07-02", "F1", {"survey_wave_id": "W"}),
        ("2016-07-02", "F2", {"survey_wave_id": "W", "asked_by": "independent"}),
        ("2016-07-03", "F3", {"survey_wave_id": "V"}),
    ):
        family(world, 4, on, who, **more)
    asked = tallied(companion_of(METRIC, "families_asked", world), "month", "unit_id")
    assert asked == {(JUNE, "U1"): (2, 12)}
    by_unit = tallied(companion_of(METRIC, "families_asked_by_unit", world), "month")
    assert by_unit == {(JUNE,): (1, 1), (JULY,): (1, 2)}
