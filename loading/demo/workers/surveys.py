"""Surveys: staff twice, families every quarter, and parents after a case is stepped down.

Each respondent answers the whole form under a code that says nothing of who it is; questions go
by the codes of the catalogue. 5 is strongly agree, also where a question is turned round.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import pandas as pd

from data_access import schema
from loading.demo.chance import Chance
from loading.demo.children.family_referrals import FamilyReferral
from loading.demo.days import DATA_FROM, DATA_TO, day_number, working_days_after
from loading.demo.tables import table_frame
from loading.demo.units import SEGMENTED, UNITS
from loading.demo.whereabouts import Whereabouts
from loading.demo.workers.workforce import Post

# How many in a hundred agree; with those that are turned round, agreeing is no praise.
_STAFF = {
    "achievement": 74, "better_ways": 66, "enjoy_work": 78, "families_value_us": 70,
    "enough_time_families": 41, "access_expertise": 64, "right_tools": 47,
    "reflect_with_experienced": 68, "regular_supervision": 76, "supervision_helps": 71,
    "appreciated": 60, "knowledge_skills": 82, "training_i_need": 67, "manager_develops_me": 63,
    "time_to_learn": 42, "kept_informed": 55, "safe_to_raise": 61, "involved_in_decisions": 48,
    "share_ideas": 69, "clear_policies": 66, "professional_judgement": 72, "access_research": 53,
    "partnership": 65, "often_stressed": 58, "work_over_hours": 71,
}  # fmt: skip
_FAMILIES = {
    "understand_why_involved": 79, "plan_for_difficult": 64, "emotional_practical": 66,
    "right_services": 57, "enough_time": 62, "my_views": 68, "my_childs_views": 65,
    "kept_informed_decisions": 67, "can_talk": 73, "gets_things_done": 63,
    "skills_without_us": 58, "things_better_worker": 61,
}  # fmt: skip
_TURNED_ROUND = ("often_stressed", "work_over_hours")
# What part of their time staff say that they spend with families.
_DIRECT_TIME = {
    "under_10": 9, "10_to_24": 27, "25_to_49": 38, "50_to_74": 19, "75_to_89": 4, None: 3,
}  # fmt: skip
_MORE_IN_UNITS = 9
_DOES_NOT_APPLY = 0.04
_LONGEST_DAYS_OPEN = 20
_STAFF_ASKED_ON = (day_number(2015, 10, 12), day_number(2016, 9, 19))
_QUARTER = 91
FIRST_ASKED = DATA_FROM + 90
_STAFF_ANSWER, _FAMILIES_ANSWER, _STEPPED_DOWN_ANSWER = 0.45, 0.3, 0.3
_FAMILIES_ASKED = {True: (12, 20), False: (45, 70)}


@dataclass(frozen=True)
class _Wave:
    """One survey of one unit or all; `asked` has the unit and the role of each who was asked."""

    survey: str
    first_day: int
    unit_id: str | None
    asked: Sequence[tuple[str, str | None]]
    asked_by: str
    questions: dict[str, int]
    answer: float


def survey_frames(
    referred: list[FamilyReferral], posts: list[Post], where: Whereabouts
) -> dict[str, pd.DataFrame]:
    """Tables `survey_wave`, `survey_response` (a row an answer), `survey_respondent` (of staff)."""
    chance = Chance("surveys")
    waves = [*_of_staff(posts), *_of_families(chance), *_stepped_down(referred, where)]
    waves.sort(key=lambda wave: (wave.first_day, wave.survey, wave.unit_id or ""))
    numbered = {f"SV{number:04}": wave for number, wave in enumerate(waves, start=1)}
    answering = [one for wave_id, wave in numbered.items() for one in _forms(chance, wave, wave_id)]
    answers = [answer for _, of_one in answering for answer in of_one]
    return {
        "survey_wave": table_frame(
            schema.survey_wave, [_wave_row(*numbered_wave) for numbered_wave in numbered.items()]
        ),
        "survey_response": table_frame(
            schema.survey_response, [(f"SR{n:05}", *row) for n, row in enumerate(answers, start=1)]
        ),
        "survey_respondent": table_frame(
            schema.survey_respondent, [who for who, _ in answering if who is not None]
        ),
    }


def _wave_row(wave_id: str, wave: _Wave) -> tuple:
    last = wave.first_day + _LONGEST_DAYS_OPEN
    row = (wave_id, wave.survey, wave.first_day, last if last <= DATA_TO else None)
    return *row, wave.unit_id, len(wave.asked), wave.asked_by


def _forms(chance: Chance, wave: _Wave, wave_id: str) -> Iterator[tuple[tuple | None, list[tuple]]]:
    """Of each who answers: the row of staff that tells who it is, and the answers."""
    answering = [of for of in wave.asked if chance.happens(wave.answer)]
    for count, (unit_id, role) in enumerate(answering, start=1):
        respondent_id = f"{wave_id}-{count:03}"
        answers = [*_responses(chance, wave, wave_id, unit_id, respondent_id)]
        band = chance.weighted(_DIRECT_TIME) if role is not None else None
        who = (f"{wave_id}:{count:03}", respondent_id, wave_id, unit_id, role, band)
        yield who if role is not None else None, answers


def _of_staff(posts: list[Post]) -> Iterator[_Wave]:
    for asked_on in _STAFF_ASKED_ON:
        here = [(post.unit_id, post.role) for post in posts if post.covers(asked_on) and post.fte]
        yield _Wave("staff", asked_on, None, here, "self", _STAFF, _STAFF_ANSWER)


def _of_families(chance: Chance) -> Iterator[_Wave]:
    for asked_on in range(FIRST_ASKED, DATA_TO, _QUARTER):
        for unit in UNITS:
            if unit.opened + 60 > asked_on:
                continue
            in_units = unit.unit_id in SEGMENTED
            asked = [(unit.unit_id, None)] * chance.between(*_FAMILIES_ASKED[in_units])
            asked_by = "unit" if in_units else "other"
            yield _Wave(
                "parent_carer", asked_on, unit.unit_id, asked, asked_by, _FAMILIES, _FAMILIES_ANSWER
            )


def _stepped_down(referred: list[FamilyReferral], where: Whereabouts) -> Iterator[_Wave]:
    """Each quarter, the families that went from protection to need within it."""
    stepped = [*_steps_down(referred, where)]
    for asked_on in range(FIRST_ASKED, DATA_TO - _LONGEST_DAYS_OPEN, _QUARTER):
        asked = [
            (unit_id, None) for day, unit_id in stepped if asked_on - _QUARTER <= day < asked_on
        ]
        yield _Wave("step_down", asked_on, None, asked, "other", _FAMILIES, _STEPPED_DOWN_ANSWER)


def _steps_down(referred: list[FamilyReferral], where: Whereabouts) -> Iterator[tuple[int, str]]:
    """One a family and step: its day, and the unit that led."""
    for referral in referred:
        child = referral.children[0]
        for plan, later in zip(child.plans, child.plans[1:], strict=False):
            held = where.on(child.child_id, later.started)
            if (plan.kind, later.kind) == ("CP", "CIN") and held:
                yield later.started, held.unit_id


def _responses(
    chance: Chance, wave: _Wave, wave_id: str, unit_id: str, respondent_id: str
) -> Iterator[tuple]:
    answered = working_days_after(wave.first_day, chance.between(0, 12))
    more = _MORE_IN_UNITS if unit_id in SEGMENTED else 0
    for question, agree in wave.questions.items():
        of_hundred = agree - more if question in _TURNED_ROUND else agree + more
        answer = _answer(chance, of_hundred / 100)
        if answered <= DATA_TO:
            of = (wave.survey, answered, unit_id, question, answer)
            yield *of, respondent_id, wave_id, wave.asked_by


def _answer(chance: Chance, agrees: float) -> int | None:
    if chance.happens(_DOES_NOT_APPLY):
        return None
    if chance.happens(agrees):
        return 5 if chance.happens(0.35) else 4
    return chance.weighted({3: 45, 2: 37, 1: 18})
