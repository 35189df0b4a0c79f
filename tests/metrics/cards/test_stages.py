"""The stage of a case is what is open of it today; each edge of a day is held."""

import pytest

from data_access.cards.prompts import Stage
from metrics.cards.stages import NAMES, QUESTIONS, standing
from tests.metrics.cards.made import TODAY, ago, referred, row, spell

CLOSING_DAYS = 28


def stage(statuses=(), referrals=(), assessments=()):
    stands = standing(statuses, referrals, assessments, TODAY, CLOSING_DAYS)
    return stands and stands.stage


def assessed(began: int, ended: int | None):
    return row(started_on=ago(began), ended_on=None if ended is None else ago(ended))


def test_every_stage_has_a_name_and_a_question():
    assert set(NAMES) == set(QUESTIONS) == set(Stage)


@pytest.mark.parametrize("status", ["assessment", "CIN", "CP", "CLA"])
def test_a_plan_or_assessment_that_is_open_says_the_stage_and_since_when(status):
    statuses = [spell("CIN", 300, 90), spell(status, 90)]
    stands = standing(statuses, [referred(95)], (), TODAY, CLOSING_DAYS)
    assert stands is not None
    assert (stands.stage, stands.began_on, stands.referred_on) == (status, ago(90), ago(95))


def test_a_plan_that_ends_tomorrow_is_open_and_one_that_ended_today_is_not():
    assert stage([spell("CIN", 300, -1)], [referred(310)]) is Stage.CIN
    assert stage([spell("CIN", 300, 0)], [referred(310)]) is Stage.BETWEEN


def test_where_no_source_has_plans_no_case_is_one_to_be_closed():
    came, ended = [referred(300)], [assessed(290, 200)]
    told = [standing([], came, ended, TODAY, CLOSING_DAYS, known) for known in (True, False)]
    assert [one and one.stage for one in told] == [Stage.CLOSING, Stage.BETWEEN]


def test_a_plan_needs_no_referral_to_be_a_stage():
    assert stage([spell("CIN", 300)]) is Stage.CIN


def test_without_a_plan_or_an_open_referral_there_is_no_stage():
    assert stage() is None
    assert stage([spell("CIN", 300, 60)], [referred(310, closed=60)]) is None
    assert stage(referrals=[referred(3, nfa=True)]) is None


def test_a_referral_that_closes_tomorrow_is_open_and_one_closed_today_is_not():
    assert stage(referrals=[referred(3, closed=-1)]) is Stage.REFERRAL
    assert stage(referrals=[referred(3, closed=0)]) is None


def test_what_ended_before_the_referral_came_is_of_another_case():
    assert stage([spell("CIN", 300, 11)], [referred(10)]) is Stage.REFERRAL
    assert stage([spell("CIN", 300, 10)], [referred(10)]) is Stage.BETWEEN


def test_an_assessment_that_ended_on_the_day_it_began_was_one():
    assert stage(referrals=[referred(10)], assessments=[assessed(5, 5)]) is Stage.BETWEEN


def test_after_so_many_days_without_a_plan_the_case_is_to_be_closed():
    assert stage([spell("CIN", 300, 27)], [referred(310)]) is Stage.BETWEEN
    assert stage([spell("CIN", 300, 28)], [referred(310)]) is Stage.CLOSING


def test_the_days_are_counted_from_what_ended_last():
    ended = [spell("CIN", 300, 60)]
    assert stage(ended, [referred(310)], [assessed(70, 20)]) is Stage.BETWEEN
    assert stage(ended, [referred(310)], [assessed(70, 60)]) is Stage.CLOSING


def test_of_two_open_referrals_the_last_says_what_has_begun_since():
    assert stage([spell("CIN", 300, 60)], [referred(310), referred(2)]) is Stage.REFERRAL
