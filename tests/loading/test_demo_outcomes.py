"""What the demonstration council has for outcomes: near published figures, and moving no others."""

from datetime import date

import numpy as np
import pandas as pd
import pytest

from data_access.code_sets.survey_questions import SHIPPED
from loading.calendar import calendar_days
from loading.demo.children.family_referrals import family_referrals
from loading.demo.children.outcomes import with_outcomes
from loading.demo.council import demo_frames
from loading.demo.days import month_of

DATA_FROM, DATA_TO = pd.Timestamp(2014, 4, 1), pd.Timestamp(2016, 10, 31)
NEVER = pd.Timestamp(2100, 1, 1)
HOME = ["E4A", "E4B"]


@pytest.fixture(scope="module")
def council():
    return demo_frames()


@pytest.fixture(scope="module")
def working_days():
    days = calendar_days(date(2003, 1, 1), date(2017, 12, 31))
    return days.set_index(pd.to_datetime(days["day"]))["working_day_number"]


def working_days_between(rows, first, last, working_days):
    numbers = [rows[name].map(working_days).to_numpy() for name in (last, first)]
    return numbers[0] - numbers[1]


def test_results_and_what_colleges_and_the_police_hold_are_not_invented(council):
    held_by_others = ("attainment", "activity", "offence_match", "offence")
    assert not any(len(council[name]) for name in held_by_others)


def test_three_in_ten_open_children_are_persistently_absent_three_times_as_many_as_of_all_pupils(
    council,
):
    told = council["education_period"].query("started_on >= '2015-09-01'")
    year = told.groupby("child_id")[["possible", "attended"]].sum()
    opened = council["referral"].query("closed_on.isna()").child_id
    missed = 1 - year.attended / year.possible
    assert np.mean(missed[missed.index.isin(opened)] >= 0.1) == pytest.approx(0.3, abs=0.03)
    assert missed.mean() == pytest.approx(0.105, abs=0.015)


def test_of_some_children_on_a_roll_no_school_tells_the_attendance(council):
    on_roll = council["enrolment"].query("started_on < '2016-01-01' and ended_on.isna()")
    told = council["education_period"].query("started_on >= '2016-01-01'").child_id
    assert 0.02 < 1 - on_roll.child_id.isin(told).mean() < 0.09


def test_a_term_s_sessions_were_attended_or_missed_on_the_roll_of_a_school(council):
    told = council["education_period"]
    missed = told.authorised + told.unauthorised
    assert (told.attended + missed == told.possible).all() and (told.attended >= 0).all()
    rolls = told.merge(council["enrolment"], on="child_id", suffixes=("", "_roll"))
    within = rolls[
        (rolls.started_on_roll <= rolls.started_on)
        & (rolls.ended_on_roll.fillna(NEVER) >= rolls.ended_on)
    ]
    assert within.education_period_id.value_counts().eq(1).all()
    assert len(within) == len(told) > 50_000


def test_about_three_of_four_assessments_are_authorised_in_45_working_days(council, working_days):
    done = council["assessment"].dropna(subset=["authorised_on"])
    done = done[done.authorised_on >= DATA_FROM]
    took = working_days_between(done, "started_on", "authorised_on", working_days)
    assert 0.72 < np.mean(took <= 45) < 0.82


def test_an_assessment_takes_longer_only_while_a_plan_covers_it_at_each_month_end():
    drawn = family_referrals()
    late = [
        (before, after)
        for before, after in zip(drawn, with_outcomes(drawn), strict=True)
        if before.authorised != after.authorised
    ]
    assert len(late) > 500
    for before, after in late:
        assert before.authorised and after.authorised
        for child in before.children:
            first = child.plans[0]
            assert month_of(first.started) == month_of(before.authorised)
            assert before.authorised <= first.started and after.authorised < first.ended


def test_most_initial_conferences_follow_their_enquiry_in_15_working_days(council, working_days):
    enquired = council["enquiry"][["enquiry_id", "started_on"]]
    held = council["conference"].merge(enquired, on="enquiry_id").dropna(subset=["held_on"])
    took = working_days_between(held, "started_on", "held_on", working_days)
    assert 0.74 < np.mean(took <= 15) < 0.84
    assert took.min() >= 0


def test_each_plan_that_a_conference_led_to_begins_on_its_day_or_the_weekend_after(council):
    plans = council["plan"].query("kind == 'CP'")
    conference = council["conference"]
    led = conference[conference.led_to_plan == True].merge(plans, on="child_id")  # noqa: E712
    after = (led.started_on - led.held_on).dt.days
    begun = led[after.between(0, 4)]
    assert set(begun.conference_id) == set(
        council["conference"].query("led_to_plan == True").conference_id
    )
    assert not led.held_on.dt.day_of_week.isin([5, 6]).any()


def test_some_conferences_lead_to_no_plan_some_are_to_come_and_some_came_with_the_child(council):
    conference = council["conference"]
    held = conference.dropna(subset=["held_on"])
    assert 0.8 < held.led_to_plan.astype(bool).mean() < 0.92
    assert conference.held_on.isna().any() and conference.transfer_in.any()
    unlinked = held[held.enquiry_id.isna() & ~held.transfer_in.astype(bool)]
    assert 0 < len(unlinked) < len(held) * 0.06


def test_an_enquiry_lies_within_its_referral_and_about_half_need_no_conference(council):
    joined = council["enquiry"].merge(council["referral"], on=["referral_id", "child_id"])
    assert len(joined) == len(council["enquiry"])
    assert (joined.started_on >= joined.received_on).all()
    assert not (joined.started_on >= joined.closed_on).any()
    ended = joined.dropna(subset=["ended_on"])
    assert (ended.ended_on >= ended.started_on).all()
    assert 0.4 < ended.conference_not_needed.astype(bool).mean() < 0.6


@pytest.mark.parametrize("kind", ["CP", "CLA"])
def test_most_reviews_are_held_when_due_within_a_plan_of_their_kind(council, kind):
    review = council["review"].query("kind == @kind and due_on >= @DATA_FROM")
    held = review.dropna(subset=["held_on"])
    assert 0.9 < (held.held_on <= held.due_on).mean() < 0.97
    assert not (held.recorded_on < held.held_on).any()
    joined = held.merge(council["plan"].query("kind == @kind"), on="child_id")
    within = joined.held_on.between(
        joined.started_on, joined.ended_on.fillna(NEVER), inclusive="left"
    )
    assert set(joined[within].review_id) == set(held.review_id)


def test_a_cancelled_review_was_not_held_and_few_are(council):
    cancelled = council["review"].cancelled.astype(bool)
    assert cancelled.equals(council["review"].held_on.isna())
    assert 0.01 < cancelled.mean() < 0.05


def test_about_a_fifth_of_child_protection_plans_are_repeats_by_what_is_returned(council):
    plan = council["plan"].query("kind == 'CP'").sort_values(["child_id", "started_on"])
    before = plan.groupby("child_id").cumcount()
    returned = plan.previous_plans.astype(float)
    assert not (returned < before).any()
    assert 0.9 < returned.notna().mean() < 1
    begun = plan.started_on >= "2015-04-01"
    assert 0.18 < ((returned > 0) | (before > 0))[begun].mean() < 0.27
    others = council["plan"].query("kind != 'CP'")
    assert others.previous_plans.isna().all()


def test_about_a_third_of_those_who_leave_care_go_home(council):
    ended = council["plan"].query("kind == 'CLA'").dropna(subset=["ended_on"])
    told = ended.dropna(subset=["end_reason"])
    assert 0 < len(ended) - len(told) < len(ended) * 0.04
    assert 0.28 < told.end_reason.isin(HOME).mean() < 0.44


def test_who_leaves_says_why_and_who_only_moves_does_not(council):
    post = council["post"]
    begun = set(zip(post.worker_id, post.started_on, strict=True))
    moves = pd.Series([pair in begun for pair in zip(post.worker_id, post.ended_on, strict=True)])
    asked = post.ended_on.notna() & ~post.agency.astype(bool) & ~moves
    assert moves.any()
    assert post.leaving_reason.notna().equals(asked)
    assert post[post.leaving_to.notna()].leaving_reason.isin(["1", "2", "8"]).all()


def test_a_twentieth_of_places_are_empty_or_filled_by_an_agency_in_the_meantime(council):
    for day in pd.date_range("2014-06-30", DATA_TO, freq="QE"):
        empty, filled = (
            rows[(rows.started_on <= day) & ~(rows.ended_on <= day)]
            for rows in (council["vacancy"], council["post"])
        )
        in_post = filled[~filled.agency.astype(bool)].fte.sum()
        assert 0.03 < empty.fte.sum() / (empty.fte.sum() + in_post) < 0.09


def test_a_respondent_answers_one_form_in_one_wave_and_fewer_answer_than_are_asked(council):
    answers = council["survey_response"].merge(
        council["survey_wave"], on="survey_wave_id", suffixes=("", "_wave")
    )
    assert len(answers) == len(council["survey_response"])
    assert (answers.survey == answers.survey_wave).all()
    assert (answers.asked_by == answers.asked_by_wave).all()
    assert answers.answered_on.between(answers.first_day, answers.last_day.fillna(NEVER)).all()
    assert (answers.groupby("respondent_id").survey_wave_id.nunique() == 1).all()
    assert not answers.duplicated(["respondent_id", "question"]).any()
    by_wave = answers.groupby("survey_wave_id").agg(
        answered=("respondent_id", "nunique"), asked=("asked", "first")
    )
    assert (by_wave.answered <= by_wave.asked).all()
    assert set(answers.survey) == {"staff", "parent_carer", "step_down"}
    staff = set(answers[answers.survey == "staff"].respondent_id)
    assert set(council["survey_respondent"].respondent_id) == staff


def test_every_question_is_one_of_the_catalogue(council):
    asked = council["survey_response"].groupby("survey").question.unique()
    for survey, questions in asked.items():
        assert set(questions) <= {question.code for question in SHIPPED[survey]}


def test_supervision_is_of_who_was_in_post_and_of_children_whom_they_held(council):
    sessions = council["supervision"].merge(council["post"], on="worker_id")
    held_on = sessions.held_on
    in_post = (sessions.started_on <= held_on) & (sessions.ended_on.fillna(NEVER) > held_on)
    assert {*sessions[in_post].supervision_id} == {*council["supervision"].supervision_id}
    talks = council["supervision_child"].merge(council["supervision"], on="supervision_id")
    leads = council["allocation"][council["allocation"]["lead"]]
    held = talks.merge(leads, on=["child_id", "worker_id"])
    covered = held[(held.started_on <= held.held_on) & (held.ended_on.fillna(NEVER) > held.held_on)]
    assert {*covered.supervision_child_id} == {*council["supervision_child"].supervision_child_id}


def test_somebody_has_waited_long_for_supervision_and_groups_meet_in_units_alone(council):
    sessions = council["supervision"]
    working = council["post"][council["post"]["ended_on"].isna()].worker_id
    last = sessions[sessions.kind == "one_to_one"].groupby("worker_id").held_on.max()
    waited = (DATA_TO - last[last.index.isin(working)]).dt.days
    assert (waited > 70).any() and waited.median() < 45
    groups = sessions[sessions.kind == "group"].merge(council["post"], on="worker_id")
    assert {"U1", "U2", "U3", "U4"} <= {*groups.unit_id}
