"""Finds conferences, reviews and answers that can't be true beside others, or name none.

All are kept as they stand, since either of the two may be the wrong one.
Every query runs as it stands on DuckDB and PostgreSQL.
"""

from collections.abc import Iterator

from sqlalchemy import and_, func, literal, not_, or_, select

from data_access.code_sets.survey_questions import SHIPPED
from data_access.relations import NEVER
from data_access.schema import (
    conference,
    enquiry,
    plan,
    review,
    survey_question,
    survey_response,
    survey_wave,
)
from loading.checks import wrong_links
from loading.checks.breaches import Breach, Situation, rows_of
from loading.checks.check import CASE_RECORD, PERFORMANCE, Check
from loading.sources.reading import WARNING

_FOLLOWS = and_(
    enquiry.c.enquiry_id == conference.c.enquiry_id, enquiry.c.child_id == conference.c.child_id
)


def held_before_enquiry(_: Situation) -> Iterator[Breach]:
    """Conferences held before the enquiry began that they are said to follow."""
    query = rows_of(
        conference,
        day=conference.c.held_on,
        other=enquiry.c.enquiry_id,
        began=enquiry.c.started_on,
    ).join(enquiry, _FOLLOWS)
    early = conference.c.held_on < enquiry.c.started_on
    yield Breach(conference, query.where(early), column="held_on")


def another_childs_enquiry(_: Situation) -> Iterator[Breach]:
    """Conferences that name an enquiry of another child."""
    query = rows_of(conference, other=enquiry.c.enquiry_id).join(
        enquiry, enquiry.c.enquiry_id == conference.c.enquiry_id
    )
    of_another = enquiry.c.child_id != conference.c.child_id
    yield Breach(conference, query.where(of_another), column="enquiry_id")


def not_needed_and_held(_: Situation) -> Iterator[Breach]:
    """Enquiries that say that no conference was needed, and that one was held after."""
    query = (
        rows_of(enquiry, day=func.min(conference.c.held_on))
        .join(conference, _FOLLOWS)
        .where(enquiry.c.conference_not_needed.is_(True), conference.c.held_on.is_not(None))
        .group_by(enquiry.c.enquiry_id)
    )
    yield Breach(enquiry, query, column="conference_not_needed")


def reviewed_on_no_plan(_: Situation) -> Iterator[Breach]:
    """Reviews held before the plan began, after it ended, or of a child without such a plan."""
    held = review.c.held_on
    on_a_plan = (
        select(literal(1))
        .where(plan.c.child_id == review.c.child_id, plan.c.kind == review.c.kind)
        .where(plan.c.started_on <= held, held <= func.coalesce(plan.c.ended_on, NEVER))
        .exists()
    )
    query = rows_of(review, day=held, kind=review.c.kind)
    yield Breach(review, query.where(held.is_not(None), ~on_a_plan), column=held.name)


def cancelled_and_held(_: Situation) -> Iterator[Breach]:
    """Reviews that were cancelled, and have a day on which they were held."""
    held = review.c.held_on
    query = rows_of(review, day=held).where(review.c.cancelled, held.is_not(None))
    yield Breach(review, query, column="cancelled")


def answered_outside_its_wave(_: Situation) -> Iterator[Breach]:
    """Waves with answers of days on which they were not open, or of another survey: a row each."""
    response = survey_response.c
    outside = or_(
        response.survey != survey_wave.c.survey,
        response.answered_on < survey_wave.c.first_day,
        response.answered_on > survey_wave.c.last_day,
    )
    query = (
        rows_of(survey_wave, rows=func.count(), day=func.min(response.answered_on))
        .join(survey_response, response.survey_wave_id == survey_wave.c.survey_wave_id)
        .where(outside)
        .group_by(survey_wave.c.survey_wave_id)
    )
    yield Breach(survey_wave, query, column="first_day")


def more_answered_than_asked(_: Situation) -> Iterator[Breach]:
    """Waves in which more answered than are said to have been asked."""
    answered = func.count(survey_response.c.respondent_id.distinct())
    query = (
        rows_of(survey_wave, rows=answered, asked=survey_wave.c.asked)
        .join(survey_response, survey_response.c.survey_wave_id == survey_wave.c.survey_wave_id)
        .group_by(survey_wave.c.survey_wave_id, survey_wave.c.asked)
        .having(answered > survey_wave.c.asked)
    )
    yield Breach(survey_wave, query, column="asked")


def questions_of_no_catalogue(_: Situation) -> Iterator[Breach]:
    """Questions that neither the shipped catalogue nor the council's own has: one row each.

    The key is that of an answer; a survey of which nothing is shipped is judged by the council's.
    """
    response = survey_response.c
    shipped = or_(
        *(
            and_(response.survey == survey, response.question.in_([one.code for one in asked]))
            for survey, asked in SHIPPED.items()
        )
    )
    own = (
        select(literal(1))
        .where(survey_question.c.survey == response.survey)
        .where(survey_question.c.question == response.question)
        .exists()
    )
    query = (
        select(
            func.min(response.response_id).label("row_key"),
            response.question.label("asked"),
            response.survey.label("survey"),
            func.count().label("rows"),
        )
        .where(not_(shipped), ~own)
        .group_by(response.survey, response.question)
    )
    yield Breach(survey_response, query, column="question")


CHECKS: tuple[Check, ...] = (
    Check(
        "enquiry_in_no_table",
        WARNING,
        PERFORMANCE,
        "enquiry {missing} is in no row of the enquiry table: add it, or correct the id",
        wrong_links.orphans("enquiry"),
    ),
    Check(
        "wave_in_no_table",
        WARNING,
        PERFORMANCE,
        "wave {missing} is in no row of the survey_wave table: add it, or correct the id",
        wrong_links.orphans("survey_wave"),
    ),
    Check(
        "held_before_its_enquiry",
        WARNING,
        CASE_RECORD,
        "the conference was held on {day}, before enquiry {other} began, on {began}, which it is"
        " said to follow: it counts from the child's latest enquiry shortly before, if there is"
        " one. Correct a date, or enquiry_id",
        held_before_enquiry,
    ),
    Check(
        "enquiry_of_another_child",
        WARNING,
        PERFORMANCE,
        "it names enquiry {other}, which is of another child. Correct enquiry_id, or child_id",
        another_childs_enquiry,
    ),
    Check(
        "not_needed_and_held",
        WARNING,
        CASE_RECORD,
        "it says that no conference was needed, and one was held on {day}: the conference counts."
        " Correct conference_not_needed, or the conference",
        not_needed_and_held,
    ),
    Check(
        "reviewed_on_no_plan",
        WARNING,
        CASE_RECORD,
        "the review was held on {day}, when the child had no {kind} plan: it sets no clock. Correct"
        " the day, or the plan",
        reviewed_on_no_plan,
    ),
    Check(
        "cancelled_and_held",
        WARNING,
        CASE_RECORD,
        "the review was cancelled, and held on {day}: a cancelled review is none. Correct one of"
        " the two",
        cancelled_and_held,
    ),
    Check(
        "answered_outside_its_wave",
        WARNING,
        PERFORMANCE,
        "{rows} {rows:answer|answers} of it {rows:is|are} of a day on which it was not open, or of"
        " another survey, the first of {day}: {rows:it counts|they count} in the wave. Correct the"
        " wave's days, or survey_wave_id",
        answered_outside_its_wave,
    ),
    Check(
        "more_answered_than_asked",
        WARNING,
        PERFORMANCE,
        "{rows} {rows:respondent|respondents} answered, and {asked} {asked:was|were} asked: the"
        " share that answered is above 100%. Correct asked",
        more_answered_than_asked,
    ),
    Check(
        "question_of_no_catalogue",
        WARNING,
        PERFORMANCE,
        "the {survey} survey has {rows} {rows:answer|answers} to '{asked}', which is no question"
        " of the catalogue: it has no theme, and a reversed one would count the wrong way round."
        " Add it to survey_question.csv, or correct the code",
        questions_of_no_catalogue,
    ),
)
