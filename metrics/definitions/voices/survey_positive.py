"""What do the people who work here say?"""

from sqlalchemy import Select, case, literal, select

from data_access.code_sets.survey_questions import STAFF
from metrics.model import (
    FEWEST,
    Basis,
    Beside,
    Companion,
    FigureKind,
    Measure,
    Metric,
    Months,
    Need,
    Polarity,
    Words,
)
from metrics.surveys.answers import Asked, answers, asked_and_answered, direct_time


def rows(months: Months, basis: Basis) -> Select:
    """One row per member of staff who answered the settings' question: numerator 1 if positive.

    In the month in which the wave began, whenever it was answered; without a wave in that of the
    answer. Of several answers in a wave the last, of one day the one whose id sorts last. Positive
    is 4 or 5 of 5, or 1 or 2 where to agree is to complain. A row says no more than the figure
    does: neither the day, nor which answer, nor the role, as few people work in a unit.
    """
    answer = answers(_asked(basis), months, basis)
    return select(
        answer.c.month,
        answer.c.unit_id,
        literal(None).label("worker_id"),
        literal(None).label("child_id"),
        answer.c.positive.label("numerator"),
        literal(1).label("denominator"),
        answer.c.wave_began_on,
        case((answer.c.positive == 1, "positive"), else_="not positive").label("said"),
    )


def _asked(basis: Basis) -> Asked:
    return Asked((STAFF,), basis.settings.staff_question, by_wave=True)


def answered(months: Months, basis: Basis) -> Select:
    """Of the staff asked how many answered, in waves of which it is known how many were asked."""
    return asked_and_answered(_asked(basis), months, basis)


METRIC = Metric(
    key="survey_positive",
    number=51,
    name="Staff survey",
    question="What do the people who work here say?",
    words=Words(
        numerator="staff whose answer is positive",
        denominator="staff who answered the question",
        one_row_is="the answer of one member of staff in one wave",
        counted="staff who answered",
        one_counted="member of staff",
        counted_one="member of staff who answered",
    ),
    measure=Measure.PERCENT,
    polarity=Polarity.HIGHER_IS_BETTER,
    adds_up_over_months=False,
    worth_saying=10,
    rows=rows,
    drill_down={"wave_began_on": "Wave from", "said": "Said"},
    needs=(Need("survey_response"),),
    source="Family Insights evaluation (DfE, 2017), Appendix 6; the question's words are ours",
    edge_cases=(
        "One question is counted, and no other: {staff_question}. Questions are never pooled into"
        " one share: 'python childstat.py survey' tells every question, by theme.",
        "A wave stands in the month in which it began, however long it ran; answers that belong to"
        " no wave in the month in which they were given.",
        "A wave is beside another only as two groups of people, whoever answered both.",
        "Of a respondent’s answers to the question in a wave one counts: two of one day are a data"
        " issue.",
        "5 is strongly agree. Where a question is so asked that to agree is to complain, its"
        " answers are turned round first.",
        "“Neither agree nor disagree” is an answer, and is not positive. “Does not apply” and"
        " blanks are no answers, and in neither number.",
        "Of fewer than ten answers only the two numbers are told.",
        "How much of their time people say they spend with families is told in bands, as the share"
        " at half or more: never averaged, and never beside the hours of the diary.",
    ),
    beside=Beside(
        companions=(
            Companion(
                "staff_asked",
                "Staff asked who answered",
                "{n} of {d} asked answered, where it is known how many were asked",
                answered,
                is_coverage=True,
                where_unknown="How many staff were asked is not known, so neither is the share that"
                " answered.",
            ),
            Companion(
                "half_with_families",
                "Staff who say half or more of their time is with families",
                "{n} of {d} {n:says|say} that half or more of their time is with families",
                direct_time,
            ),
        ),
    ),
    kind=FigureKind.WAVE,
    fewest=FEWEST,
    is_of_children=False,
)
