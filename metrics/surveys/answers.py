"""The answers to one question of a survey, each of one respondent, turned so that 5 is good."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Select, Subquery, and_, case, func, literal, select

from data_access.code_sets.survey_questions import (
    AGREE,
    AGREE_MOST,
    DISAGREE_MOST,
    SHIPPED,
)
from data_access.relations import first_of_each
from data_access.schema import (
    calendar_day,
    survey_question,
    survey_respondent,
    survey_response,
    survey_wave,
)
from metrics.model import Basis, Months


@dataclass(frozen=True)
class Asked:
    """Which answers: of these surveys, and to one question or, where it is None, to every one.

    `by_wave`: whether an answer belongs to the month in which its wave began, and is one of each
    respondent in the wave; else to its own month, and is one in that.
    """

    surveys: Sequence[str]
    question: str | None = None
    by_wave: bool = False


def answers(asked: Asked, months: Months, basis: Basis) -> Subquery:
    """One row per respondent, question and month or wave: the last answer from 1 to 5.

    Columns: month, unit_id, survey, question, answered_on, answer, survey_wave_id, wave_began_on,
    respondent_id, asked_by, and `positive`, 1 where the turned answer is 4 or 5. Of two answers of
    one day, the one whose id sorts last. "Does not apply" is no answer: an earlier one stands. One
    who has no id is somebody for each answer. Without a wave an answer is of its own day.
    """
    given = _given(asked, basis)
    day = given.c.wave_began_on if asked.by_wave else given.c.answered_on
    dated = (
        select(calendar_day.c.month, *given.c)
        .select_from(
            given.join(calendar_day, calendar_day.c.day == func.coalesce(day, given.c.answered_on))
        )
        .where(calendar_day.c.day >= months.first.start)
        .where(calendar_day.c.day < months.last.end)
    )
    nameless = case((given.c.respondent_id.is_(None), given.c.response_id))
    same = (calendar_day.c.month, given.c.question, given.c.respondent_id, nameless)
    of_wave = (given.c.survey, given.c.survey_wave_id) if asked.by_wave else ()
    latest = (given.c.answered_on.desc(), given.c.response_id.desc())
    return first_of_each(dated, (*same, *of_wave), latest)


def _given(asked: Asked, basis: Basis) -> Subquery:
    """The answers that say anything, with their wave and which way the question is asked."""
    own, response = _own_questions(), survey_response.c
    own_question = and_(own.c.survey == response.survey, own.c.question == response.question)
    is_reversed = func.coalesce(own.c.reversed, _is_reversed_as_shipped())
    turned = case(
        (is_reversed, DISAGREE_MOST + AGREE_MOST - response.answer), else_=response.answer
    )
    columns = ("response_id", "unit_id", "survey", "question", "answered_on", "answer")
    rows = (
        select(
            *(response[name] for name in (*columns, "survey_wave_id", "respondent_id")),
            survey_wave.c.first_day.label("wave_began_on"),
            func.coalesce(response.asked_by, survey_wave.c.asked_by).label("asked_by"),
            case((turned >= AGREE, 1), else_=0).label("positive"),
        )
        .select_from(
            survey_response.outerjoin(own, own_question).outerjoin(
                survey_wave, survey_wave.c.survey_wave_id == response.survey_wave_id
            )
        )
        .where(response.survey.in_(asked.surveys))
        .where(response.answer.between(DISAGREE_MOST, AGREE_MOST))
        .where(response.answered_on <= basis.as_at)
    )
    return (
        rows if asked.question is None else rows.where(response.question == asked.question)
    ).subquery()


def _own_questions() -> Subquery:
    """A council's own word on a question: of two rows, the one whose id sorts last."""
    own = survey_question.c
    return first_of_each(
        select(own.survey, own.question, own.reversed, own.survey_question_id),
        (own.survey, own.question),
        (own.survey_question_id.desc(),),
    )


def _is_reversed_as_shipped() -> ColumnElement[bool]:
    response = survey_response.c
    other_way = [
        and_(response.survey == survey, response.question.in_(codes))
        for survey, asked in SHIPPED.items()
        if (codes := [one.code for one in asked if one.reversed])
    ]
    return case(*((one, literal(True)) for one in other_way), else_=literal(False))


def asked_and_answered(asked: Asked, months: Months, basis: Basis) -> Select:
    """Of those who were asked (denominator) how many answered the question (numerator), as rows.

    Of waves of which it is known how many were asked, each in the month in which it began and the
    unit that was asked. A respondent counts once in a wave, whichever months the answers are of.
    """
    of_waves = answers(Asked(asked.surveys, asked.question, by_wave=True), months, basis)
    in_wave = survey_wave.c.survey_wave_id == of_waves.c.survey_wave_id
    answered = select(
        of_waves.c.month,
        survey_wave.c.unit_id,
        literal(1).label("numerator"),
        literal(0).label("denominator"),
    ).select_from(of_waves.join(survey_wave, in_wave))
    wave = survey_wave.c
    were_asked = (
        select(calendar_day.c.month, wave.unit_id, literal(0), wave.asked)
        .select_from(survey_wave.join(calendar_day, calendar_day.c.day == wave.first_day))
        .where(wave.survey.in_(asked.surveys))
        .where(wave.first_day >= months.first.start)
        .where(wave.first_day < months.last.end)
        .where(wave.first_day <= basis.as_at)
    )
    both = answered.where(wave.asked.is_not(None)).union_all(
        were_asked.where(wave.asked.is_not(None))
    )
    rows = both.subquery()
    return select(*rows.c)


# From here on a worker spends half the time or more with families.
HALF_OR_MORE = ("50_to_74", "75_to_89", "90_or_more")


def direct_time(months: Months, basis: Basis) -> Select:
    """One row per member of staff whose band is known, in the month in which the wave began.

    Numerator 1 where half the time or more is spent with families. A band has no middle, so
    nothing is averaged, and nothing is put beside the hours of the diary.
    """
    respondent, wave = survey_respondent.c, survey_wave.c
    return (
        select(
            calendar_day.c.month,
            respondent.unit_id,
            case((respondent.direct_time_band.in_(HALF_OR_MORE), 1), else_=0).label("numerator"),
            literal(1).label("denominator"),
        )
        .select_from(
            survey_respondent.join(
                survey_wave, wave.survey_wave_id == respondent.survey_wave_id
            ).join(calendar_day, calendar_day.c.day == wave.first_day)
        )
        .where(respondent.direct_time_band.is_not(None))
        .where(wave.first_day >= months.first.start)
        .where(wave.first_day < months.last.end)
        .where(wave.first_day <= basis.as_at)
    )
