"""Do families say that things are better since we came?"""

from sqlalchemy import Select, case, literal, select

from data_access.code_sets.survey_questions import FAMILY_SURVEYS
from metrics.model import (
    FEWEST,
    Basis,
    Beside,
    Companion,
    Cut,
    Measure,
    Metric,
    Months,
    Need,
    Polarity,
    Words,
)
from metrics.surveys.answers import Asked, answers, asked_and_answered

BY_THE_UNIT = "unit"


def rows(months: Months, basis: Basis) -> Select:
    """One row per parent, carer or household that answered in the month: numerator 1 if positive.

    The last answer from 1 to 5 of a respondent in the month, to the question of the settings, in
    any survey of families; of two of one day the one whose id sorts last. Whoever has no id is
    somebody for each answer. Positive is 4 or 5 of 5, or 1 or 2 where to agree is to complain.
    The unit is the answer's own, and no worker or child stands behind it. A row says no more than
    its figure does: not the day, and not which answer it was.
    """
    answer = answers(_asked(basis), months, basis)
    return select(
        answer.c.month,
        answer.c.unit_id,
        literal(None).label("worker_id"),
        literal(None).label("child_id"),
        answer.c.positive.label("numerator"),
        literal(1).label("denominator"),
        answer.c.survey,
        case((answer.c.positive == 1, "positive"), else_="not positive").label("said"),
    )


def _asked(basis: Basis) -> Asked:
    return Asked(FAMILY_SURVEYS, basis.settings.families_question)


def answered(months: Months, basis: Basis) -> Select:
    """Of the families asked how many answered, in waves of which it is known how many were asked.

    Each wave in the month in which it began, and in the unit that it asked, if it asked one only.
    """
    return asked_and_answered(_asked(basis), months, basis)


def asked_by_the_unit(months: Months, basis: Basis) -> Select:
    """One row per answer of which it is known who asked: numerator 1 if somebody of the unit."""
    answer = answers(_asked(basis), months, basis)
    return select(
        answer.c.month,
        answer.c.unit_id,
        case((answer.c.asked_by == BY_THE_UNIT, 1), else_=0).label("numerator"),
        literal(1).label("denominator"),
    ).where(answer.c.asked_by.is_not(None))


METRIC = Metric(
    key="families_positive",
    number=50,
    name="Families positive",
    question="Do families say that things are better since we came?",
    words=Words(
        numerator="families that agree or strongly agree",
        denominator="families that answered in the month",
        one_row_is="the last answer of a family in the month",
        counted="families that answered",
        one_counted="family",
        counted_one="family that answered",
    ),
    measure=Measure.PERCENT,
    polarity=Polarity.HIGHER_IS_BETTER,
    adds_up_over_months=True,
    worth_saying=10,
    rows=rows,
    drill_down={"survey": "Survey", "said": "Said"},
    needs=(Need("survey_response"),),
    source="Family Insights evaluation (DfE, 2017), Appendix 7 and Appendix 8 item 9; the question"
    " and its words are ours",
    edge_cases=(
        "One question is counted, and no other: {families_question}. The report's item asks whether"
        " care and support made a difference, which is on neither of its forms; this one is the"
        " nearest.",
        "A respondent who answers more than once in a month counts once, by the last answer that"
        " says anything; in another month, again. Two answers of one day are a data"
        " issue.",
        "“Neither agree nor disagree” is an answer, and is not positive. “Does not apply” and"
        " blanks are no answers, and in neither number.",
        "Where a question is so asked that to agree is to complain, its answers are turned round.",
        "Of fewer than ten families only the two numbers are told: a unit’s months are, as a rule.",
        "Answers of both surveys of families count, of parents and carers and after a case is"
        " stepped down, where they ask this question.",
        "Few families answer, and those who are asked by the unit's own coordinator may be kinder:"
        " how many were asked, and by whom, stands beside the figure where it is known.",
    ),
    beside=Beside(
        companions=(
            Companion(
                "families_asked",
                "Families asked that answered",
                "{n} {n:family|families} answered of {d} asked, where it is known how many were"
                " asked",
                answered,
                is_coverage=True,
                where_unknown="How many families were asked is not known, so neither is the share"
                " that answered.",
            ),
            Companion(
                "families_asked_by_unit",
                "Families asked by the unit itself",
                "{n} of {d} {n:was|were} asked by the unit's own coordinator or somebody else of"
                " it, where it is known who asked",
                asked_by_the_unit,
            ),
        ),
    ),
    cuts=(
        Cut(
            "survey",
            "Survey",
            names={"parent_carer": "parents and carers", "step_down": "after stepping down"},
        ),
    ),
    fewest=FEWEST,
    is_of_children=False,
)
