"""What makes the same fact twice in the tables of outcomes."""

from sqlalchemy import ColumnElement, Date, Table, literal

from data_access.relations import NEVER
from data_access.schema import (
    activity,
    attainment,
    conference,
    early_help,
    education_period,
    enquiry,
    enrolment,
    exclusion,
    intervention,
    offence_match,
    review,
    supervision,
    survey_question,
    survey_respondent,
    survey_response,
    survey_wave,
)
from loading.checks.check import PERFORMANCE, Fact, or_nothing

_AT_NO_DAY = literal(NEVER, Date)


def _of_child_or_family(table: Table) -> tuple[ColumnElement[str], ...]:
    return or_nothing(table.c.child_id), or_nothing(table.c.family_id)


FACTS: tuple[Fact, ...] = (
    Fact(
        enquiry,
        "enquiry_twice",
        (enquiry.c.child_id,),
        enquiry.c.started_on,
        "the child has another enquiry begun on {day}, {other}: a conference that names neither"
        " follows one of the two. If it is one, keep one",
        once=False,
    ),
    Fact(
        conference,
        "conference_twice",
        (conference.c.child_id, conference.c.kind),
        conference.c.held_on,
        "the child has another conference of that kind held on {day}, {other}: conferences in time"
        " count both. If it is one, keep one",
        among=conference.c.held_on.is_not(None),
    ),
    Fact(
        review,
        "review_twice",
        (review.c.child_id, review.c.kind),
        review.c.held_on,
        "the child has another review of that kind held on {day}, {other}: both set the clock to"
        " the same day. If it is one, keep one",
        among=review.c.held_on.is_not(None),
    ),
    Fact(
        survey_wave,
        "wave_twice",
        (survey_wave.c.survey, or_nothing(survey_wave.c.unit_id)),
        survey_wave.c.first_day,
        "another wave of the survey began on {day} in the same unit, {other}: who was asked counts"
        " twice, and who answered in two parts. Put all of it under one id",
        once=False,
        mended_by=PERFORMANCE,
    ),
    Fact(
        survey_response,
        "answer_twice",
        (
            survey_response.c.respondent_id,
            or_nothing(survey_response.c.survey_wave_id),
            survey_response.c.survey,
            survey_response.c.question,
        ),
        survey_response.c.answered_on,
        "the respondent answered the question on {day} already, in {other}: one of the two counts."
        " Keep the one that holds",
        among=survey_response.c.respondent_id.is_not(None),
        mended_by=PERFORMANCE,
    ),
    Fact(
        survey_respondent,
        "respondent_twice",
        (survey_respondent.c.respondent_id, or_nothing(survey_respondent.c.survey_wave_id)),
        _AT_NO_DAY,
        "the respondent stands in {other} too, of the same wave: time with families counts both."
        " Keep one",
        mended_by=PERFORMANCE,
    ),
    Fact(
        survey_question,
        "question_twice",
        (survey_question.c.survey, survey_question.c.question),
        _AT_NO_DAY,
        "the survey's question stands in {other} too: the one whose id sorts last says which way it"
        " is asked. Keep one",
        mended_by=PERFORMANCE,
    ),
    Fact(
        education_period,
        "education_periods_overlap",
        (education_period.c.child_id,),
        education_period.c.started_on,
        "a period begins on {day}, while {other} has not ended: only the sessions of the one with"
        " more of them possible count, as nothing says of which school a period is. Put what two"
        " schools tell into one row, end the earlier one, or keep one",
        end=education_period.c.ended_on,
        mended_by=PERFORMANCE,
    ),
    Fact(
        enrolment,
        "enrolments_overlap",
        (enrolment.c.child_id, or_nothing(enrolment.c.urn), or_nothing(enrolment.c.school)),
        enrolment.c.started_on,
        "the child joins the same school on {day}, while {other} has not ended: the one that began"
        " last says what special needs are known. End the earlier one, or keep one",
        end=enrolment.c.ended_on,
        mended_by=PERFORMANCE,
    ),
    Fact(
        exclusion,
        "exclusion_twice",
        (exclusion.c.child_id, or_nothing(exclusion.c.kind)),
        exclusion.c.started_on,
        "the child has another exclusion of that kind from {day}, {other}: both are shown. If it is"
        " one, keep one",
        mended_by=PERFORMANCE,
    ),
    Fact(
        early_help,
        "early_help_twice",
        (*_of_child_or_family(early_help), or_nothing(early_help.c.kind)),
        early_help.c.started_on,
        "the same help begins on {day}, while {other} has not ended: both are shown. End the"
        " earlier one, or keep one",
        end=early_help.c.ended_on,
        mended_by=PERFORMANCE,
    ),
    Fact(
        intervention,
        "intervention_twice",
        (*_of_child_or_family(intervention), intervention.c.name),
        intervention.c.started_on,
        "the same service begins on {day}, while {other} has not ended: both are shown. End the"
        " earlier one, or keep one",
        end=intervention.c.ended_on,
        mended_by=PERFORMANCE,
    ),
    Fact(
        attainment,
        "attainment_twice",
        (attainment.c.child_id, attainment.c.stage),
        attainment.c.assessed_on,
        "the child was assessed at that stage on {day} already, in {other}: both count. Keep the"
        " one that holds",
        mended_by=PERFORMANCE,
    ),
    Fact(
        activity,
        "activity_twice",
        (activity.c.child_id,),
        activity.c.as_on,
        "{other} says what the child did on {day} too: the one whose id sorts last counts. Keep the"
        " one that holds",
        mended_by=PERFORMANCE,
    ),
    Fact(
        offence_match,
        "match_twice",
        (offence_match.c.child_id,),
        offence_match.c.matched_to,
        "the child was looked for up to {day} already, in {other}. Keep the one that holds",
        mended_by=PERFORMANCE,
    ),
    Fact(
        supervision,
        "supervision_twice",
        (supervision.c.worker_id, supervision.c.kind),
        supervision.c.held_on,
        "the worker has another session of that kind on {day}, {other}: sessions count both. If it"
        " is one, put the children of both under one id",
        once=False,
        mended_by=PERFORMANCE,
    ),
)

NOT_TOLD_APART = {
    "vacancy": "a unit may have several posts of one role and FTE that stand empty at a time",
    "supervision_child": "a row says no more than its session and child, so that the same again is"
    " left out as the same row",
    "offence": "several charges of one day are usual, and no figure counts how many",
}
