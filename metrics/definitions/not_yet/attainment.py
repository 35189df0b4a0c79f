"""Do the children whom we support reach what is expected at school?"""

from sqlalchemy import Select, case, literal, select

from data_access.schema import attainment, calendar_day
from metrics.followed.supported import is_supported
from metrics.followed.told_by_others import (
    FEW,
    NOT_KNOWN,
    SERVICE_ALONE,
    SUPPORTED,
    of_the_service,
)
from metrics.model import (
    FEWEST,
    Basis,
    Beside,
    Companion,
    Measure,
    Metric,
    Months,
    Need,
    Polarity,
    Split,
    Words,
)

STAGES = {"EYFSP": "early years", "KS2": "key stage 2", "KS4": "key stage 4"}


def _assessed(months: Months, basis: Basis) -> Select:
    """Every entry of the month about a child supported on its day."""
    return (
        select(calendar_day.c.month, *attainment.c)
        .select_from(attainment.join(calendar_day, calendar_day.c.day == attainment.c.assessed_on))
        .where(attainment.c.assessed_on >= months.first.start)
        .where(attainment.c.assessed_on < months.last.end)
        .where(attainment.c.assessed_on <= basis.as_at)
        .where(is_supported(attainment, attainment.c.assessed_on))
    )


def rows(months: Months, basis: Basis) -> Select:
    """One row per assessment at school in the month of a child supported on the day.

    Numerator 1 if the expected level was reached; one of which that is not known has no row.
    """
    known = _assessed(months, basis).where(attainment.c.reached.is_not(None)).subquery()
    told = of_the_service(known, known.c.reached)
    return told.add_columns(known.c.stage, known.c.assessed_on)


def known_results(months: Months, basis: Basis) -> Select:
    """One row per entry of the month: numerator 1 if it says whether the level was reached."""
    entered = _assessed(months, basis).subquery()
    return select(
        entered.c.month,
        literal(None).label("unit_id"),
        case((entered.c.reached.is_not(None), 1), else_=0).label("numerator"),
        literal(1).label("denominator"),
    )


METRIC = Metric(
    key="attainment",
    number=61,
    name="Attainment",
    question="Do the children whom we support reach what is expected at school?",
    words=Words(
        numerator="of them, those at which the expected level was reached",
        denominator="assessments at school of children supported then",
        one_row_is="an assessment at school",
        counted="assessments at school",
        one_counted="assessment",
        counted_one="assessment at school",
    ),
    measure=Measure.PERCENT,
    polarity=Polarity.HIGHER_IS_BETTER,
    adds_up_over_months=True,
    worth_saying=10,
    rows=rows,
    drill_down={"stage": "Stage", "assessed_on": "Assessed"},
    needs=(
        Need(
            "attainment",
            says="Nothing that was loaded says what children reached at school: add attainment.csv,"
            " from the council's school records.",
        ),
        Need("referral"),
    ),
    source="Family Insights evaluation (DfE, 2017), Appendix 8 items 12 to 14; the stages are the"
    " Department for Education's",
    edge_cases=(
        "An assessment counts in the month of its day; most of a stage are of one month of a year.",
        "Two assessments of a child at one stage on one day both count, and are a data issue.",
        SUPPORTED,
        NOT_KNOWN,
        FEW,
        SERVICE_ALONE,
    ),
    split=Split("stage", STAGES),
    beside=Beside(
        companions=(
            Companion(
                "known_results",
                "Results known",
                "{n} of {d} {d:entry|entries} {n:says|say} whether the level was reached",
                known_results,
                is_coverage=True,
            ),
        ),
    ),
    fewest=FEWEST,
)
