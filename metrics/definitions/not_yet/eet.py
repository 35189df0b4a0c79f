"""Are the young people whom we support in education, employment or training?"""

from sqlalchemy import ColumnElement, Select, Subquery, exists, literal, select

from data_access.dialect import add_months
from data_access.relations import first_of_each
from data_access.schema import activity
from metrics.followed.supported import supported_of_age
from metrics.followed.told_by_others import (
    FEW,
    NOT_KNOWN,
    SERVICE_ALONE,
    SUPPORTED,
    matched,
    of_the_service,
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

YOUNGEST, OLDEST = 16, 17
NEWS_OF_MONTHS = 12


def rows(months: Months, basis: Basis) -> Select:
    """One row per young person of 16 or 17 supported at the month's end whose activity is known.

    By the last that is known of the twelve months to it: numerator 1 if in education, employment
    or training.
    """
    supported = supported_of_age(YOUNGEST, OLDEST, months, basis)
    known = (
        select(supported.c.month, supported.c.child_id, activity.c.as_on, activity.c.in_eet)
        .select_from(supported.join(activity, activity.c.child_id == supported.c.child_id))
        .where(_is_news(supported))
    )
    latest_first = (activity.c.as_on.desc(), activity.c.activity_id.desc())
    last = first_of_each(known, (supported.c.month, supported.c.child_id), latest_first)
    return of_the_service(last, last.c.in_eet).add_columns(last.c.as_on)


def _is_news(of: Subquery) -> ColumnElement[bool]:
    """Whether an activity is known of the twelve months to the day."""
    since = add_months(of.c.last_day, literal(-NEWS_OF_MONTHS))
    return activity.c.in_eet.is_not(None) & activity.c.as_on.between(since, of.c.last_day)


def _is_matched(of: Subquery) -> ColumnElement[bool]:
    return exists(
        select(literal(1))
        .select_from(activity)
        .where(activity.c.child_id == of.c.child_id)
        .where(_is_news(of))
        .correlate(of)
    )


METRIC = Metric(
    key="eet",
    number=62,
    name="Education, employment, training",
    question="Are the young people whom we support in education, employment or training?",
    words=Words(
        numerator="of them, those in education, employment or training",
        denominator="young people of 16 and 17 supported at month end whose activity is known",
        one_row_is="a young person whose activity is known",
        counted="young people known",
        one_counted="young person",
        counted_one="young person known",
    ),
    measure=Measure.PERCENT,
    polarity=Polarity.HIGHER_IS_BETTER,
    adds_up_over_months=False,
    worth_saying=5,
    rows=rows,
    drill_down={"as_on": "As on"},
    needs=(
        Need(
            "activity",
            says="Nothing that was loaded says what young people do: add activity.csv, from the"
            " records of those who follow 16 and 17 year olds.",
        ),
        Need("activity", "in_eet"),
        Need("referral"),
    ),
    source="Family Insights evaluation (DfE, 2017), Appendix 8 items 12 to 14",
    edge_cases=(
        "Aged 16 or 17 on the month's last day; care leavers of 18 and over are not in it.",
        SUPPORTED,
        "The last that is known of the twelve months to the month's end holds; of"
        " two of one day, a data issue, the one whose id sorts last.",
        NOT_KNOWN,
        FEW,
        SERVICE_ALONE,
    ),
    short="EET",
    beside=Beside(companions=(matched(YOUNGEST, OLDEST, _is_matched),)),
    kind=FigureKind.SNAPSHOT,
    fewest=FEWEST,
)
