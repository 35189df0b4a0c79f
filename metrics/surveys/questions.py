"""The questions of a survey: the shipped ones, and over them the council's own."""

from collections.abc import Iterable
from dataclasses import replace

from sqlalchemy import Row, Select, select

from data_access.code_sets.survey_questions import SHIPPED, Question
from data_access.schema import survey_question


def own_questions(survey: str) -> Select:
    """The council's rows for one survey, those that hold after those that they replace."""
    own = survey_question.c
    return select(*own).where(own.survey == survey).order_by(own.survey_question_id)


def questions_with(own: Iterable[Row], survey: str) -> dict[str, Question]:
    """Each question of a survey by its code; of two rows of `own` the last holds, as in figures.

    What a row leaves empty is as shipped, but for which way the question is asked.
    """
    asked = {one.code: one for one in SHIPPED.get(survey, ())}
    for row in own:
        before = asked.get(row.question, Question(row.question, ""))
        asked[row.question] = replace(
            before,
            words=row.words or before.words,
            theme=row.theme or before.theme,
            section=row.section or before.section,
            reversed=row.reversed,
        )
    return asked
