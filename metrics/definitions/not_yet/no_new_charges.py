"""Do the young people whom we support stay out of trouble?"""

from sqlalchemy import ColumnElement, Select, Subquery, exists, literal, select

from data_access.dialect import add_days, add_months
from data_access.schema import offence, offence_match
from metrics.followed.supported import supported_of_age
from metrics.followed.told_by_others import (
    FEW,
    NOT_KNOWN,
    SERVICE_ALONE,
    SUPPORTED,
    matched,
    of_the_service,
    with_answer,
)
from metrics.model import (
    FEWEST,
    Basis,
    Beside,
    FigureKind,
    Measure,
    Metric,
    Months,
    Need,
    Polarity,
    Words,
)

YOUNGEST, OLDEST = 10, 17
WINDOW_MONTHS = 12


def rows(months: Months, basis: Basis) -> Select:
    """One row per child of 10 to 17 supported at the month's end and found by the police till then.

    Numerator 1 if no charge is known of the twelve months to the month's end. Who was looked for
    and not found, or for fewer days, has no row.
    """
    supported = with_answer(supported_of_age(YOUNGEST, OLDEST, months, basis), _was_charged)
    told = of_the_service(supported, ~supported.c.holds)
    return told.add_columns(supported.c.last_day).where(_is_matched(supported))


def _was_charged(of: Subquery) -> ColumnElement[bool]:
    first_day = add_months(add_days(of.c.last_day, literal(1)), literal(-WINDOW_MONTHS))
    return exists(
        select(literal(1))
        .select_from(offence)
        .where(offence.c.child_id == of.c.child_id)
        .where(offence.c.charged_on >= first_day, offence.c.charged_on <= of.c.last_day)
        .correlate(of)
    )


def _is_matched(of: Subquery) -> ColumnElement[bool]:
    return exists(
        select(literal(1))
        .select_from(offence_match)
        .where(offence_match.c.child_id == of.c.child_id)
        .where(offence_match.c.found, offence_match.c.matched_to >= of.c.last_day)
        .correlate(of)
    )


METRIC = Metric(
    key="no_new_charges",
    number=63,
    name="No new charges",
    question="Do the young people whom we support stay out of trouble?",
    words=Words(
        numerator="of them, those with no charge in the twelve months to the month's end",
        denominator="children of 10 to 17 supported at month end and found in police records",
        one_row_is="a child of 10 to 17 who was found in police records",
        counted="children matched",
        one_counted="child",
        counted_one="child matched",
    ),
    measure=Measure.PERCENT,
    polarity=Polarity.HIGHER_IS_BETTER,
    adds_up_over_months=False,
    worth_saying=5,
    rows=rows,
    drill_down={"last_day": "Counted on"},
    needs=(
        Need(
            "offence_match",
            says="Nothing that was loaded says which children were looked for in police records:"
            " add offence_match.csv, which needs an agreement with the police.",
        ),
        Need("offence", says="Nothing that was loaded has charges: add offence.csv."),
    ),
    source="Family Insights evaluation (DfE, 2017), Appendix 8 items 12 to 14",
    edge_cases=(
        "Aged 10 to 17 on the month's last day; without a date of birth a child is in none.",
        SUPPORTED,
        "Only who was looked for and found, in records that reach to the month's last day, counts.",
        "A child counts once, however often it was looked for: two searches up to one day are a"
        " data issue.",
        NOT_KNOWN,
        FEW,
        SERVICE_ALONE,
    ),
    beside=Beside(companions=(matched(YOUNGEST, OLDEST, _is_matched),)),
    kind=FigureKind.ROLLING,
    # With the month itself twelve.
    history_months=WINDOW_MONTHS - 1,
    history_of=("offence",),
    fewest=FEWEST,
)
