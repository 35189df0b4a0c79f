"""What the awkward council knows of outcomes: ties of one day wherever a metric takes the last."""

from collections.abc import Sequence
from datetime import date, timedelta
from random import Random

from tests.worlds import SETTINGS, World

BEGAN = date(2014, 1, 6)
# A year and two before the days on which they are counted, and on which a next case opens.
CLOSED_TWO_YEARS_AGO = (date(2014, 9, 1), date(2014, 9, 30), date(2014, 10, 1))
CLOSED_A_YEAR_AGO = (date(2015, 8, 31), date(2015, 9, 1), date(2015, 9, 1))
REASONS = ("RC1", "RC8", "RC8", None)
SEPTEMBER = (date(2016, 9, 1), date(2016, 9, 30))
DAYS = (*SEPTEMBER, date(2016, 3, 31), date(2016, 8, 31))
TRUTHS = (True, True, False, None)


def add_outcomes(world: World, ids: Sequence[str], units: Sequence[str], dice: Random) -> None:
    """Adds children who never came back, what every child's rows are, and the answers given."""
    for number, id in enumerate(ids):
        born_on = date(1998 + number % 9, 10, 1)
        world.add("child", child_id=f"{id}-gone", born_on=born_on, restricted=number % 5 == 4)
    for row in world.rows["child"]:
        child_id = row["child_id"]
        _held_before(world, dice, child_id, dice.sample(list(ids), 2), units)
        _earlier_cases(world, dice, child_id)
        _in_time(world, dice, child_id, dice.sample(list(ids), 2))
        _care_that_ended(world, dice, child_id)
        _told_by_others(world, dice, child_id, dice.sample(list(ids), 2))
    _answers(world, dice, ids, units)


def _earlier_cases(world: World, dice: Random, child_id: str) -> None:
    for name, began, closes in (
        ("first", BEGAN, CLOSED_TWO_YEARS_AGO),
        ("second", date(2015, 1, 5), CLOSED_A_YEAR_AGO),
    ):
        world.add(
            "referral",
            referral_id=f"{name} {child_id}",
            child_id=child_id,
            received_on=began,
            closed_on=dice.choice(closes),
            closure_reason=dice.choice(REASONS),
            no_further_action=dice.choice([False, False, None]),
        )


def _held_before(
    world: World, dice: Random, child_id: str, ids: Sequence[str], units: Sequence[str]
) -> None:
    """Two leads begin on one day: whose id sorts last holds the child."""
    for id in ids:
        world.add(
            "allocation",
            allocation_id=f"{id} before {child_id}",
            child_id=child_id,
            worker_id=f"w{id}",
            unit_id=dice.choice([*units, None]),
            lead=True,
            started_on=BEGAN,
            ended_on=CLOSED_A_YEAR_AGO[-1],
        )


def _in_time(world: World, dice: Random, child_id: str, ids: Sequence[str]) -> None:
    """Assessments, enquiries and conferences: two of each, mostly begun and ended on one day."""
    started_on = dice.choice([date(2016, 7, 28), date(2016, 8, 27)])
    for id in ids:
        ended_on = dice.choice(SEPTEMBER)
        world.add(
            "assessment",
            assessment_id=f"{id} {child_id}",
            child_id=child_id,
            started_on=started_on - timedelta(dice.choice([0, 0, 366])),
            authorised_on=dice.choice([ended_on, ended_on, None]),
        )
        world.add(
            "enquiry",
            enquiry_id=f"{id} {child_id}",
            child_id=child_id,
            started_on=started_on,
            conference_not_needed=dice.choice([None, None, True]),
        )
        world.add(
            "conference",
            conference_id=f"{id} {child_id}",
            child_id=child_id,
            kind="initial",
            enquiry_id=dice.choice([f"{id} {child_id}", None, None]),
            held_on=ended_on,
            transfer_in=dice.choice([False, False, True]),
        )


def _care_that_ended(world: World, dice: Random, child_id: str) -> None:
    if dice.random() < 0.5:
        world.add(
            "plan",
            child_id=child_id,
            kind="CLA",
            started_on=date(2016, 2, 29),
            ended_on=dice.choice(SEPTEMBER),
            end_reason=dice.choice(["E4A", "E4B", "E4", "E48", None]),
        )


def _told_by_others(world: World, dice: Random, child_id: str, ids: Sequence[str]) -> None:
    for id in ids:
        key, day, of_the_child = f"{id} {child_id}", dice.choice(DAYS), {"child_id": child_id}
        possible = dice.choice([0, 20, 38])
        period = {"possible": possible, "attended": possible // 3}
        period |= {"started_on": day - timedelta(60), "ended_on": day + timedelta(1)}
        world.add("education_period", education_period_id=key, **of_the_child, **period)
        result = {"stage": dice.choice(["KS2", "KS4"]), "reached": dice.choice(TRUTHS)}
        world.add("attainment", attainment_id=key, assessed_on=day, **result, **of_the_child)
        known = {"as_on": date(2016, 3, 31), "in_eet": dice.choice([True, False])}
        world.add("activity", activity_id=key, **known, **of_the_child)
        match = {"matched_to": date(2016, 10, 31), "found": dice.choice([True, True, False])}
        world.add("offence_match", offence_match_id=key, **match, **of_the_child)
    if dice.random() < 0.5:
        world.add("offence", child_id=child_id, charged_on=dice.choice(DAYS))


def _answers(world: World, dice: Random, ids: Sequence[str], units: Sequence[str]) -> None:
    """Two answers of one day by most respondents, in a wave and beside any."""
    questions = {
        "staff": SETTINGS.staff_question,
        "parent_carer": SETTINGS.families_question,
        "step_down": SETTINGS.families_question,
    }
    for survey, question in questions.items():
        wave = f"wave of {survey}"
        world.add("survey_wave", survey_wave_id=wave, survey=survey, first_day=SEPTEMBER[0])
        for number, id in enumerate(ids * 4):
            world.add(
                "survey_response",
                response_id=f"{id} {survey} {number}",
                survey=survey,
                question=question,
                answered_on=dice.choice(DAYS),
                unit_id=dice.choice([*units, None]),
                answer=dice.choice([1, 2, 3, 4, 5, None]),
                respondent_id=dice.choice([id, id, None]),
                survey_wave_id=dice.choice([wave, None]),
            )
