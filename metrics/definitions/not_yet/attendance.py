"""Are the children whom we support at school?"""

from datetime import timedelta

from sqlalchemy import ColumnElement, FromClause, Select, Subquery, exists, literal, select

from data_access.dialect import add_days
from data_access.schema import calendar_day, education_period
from metrics.followed.supported import is_supported
from metrics.followed.told_by_others import (
    NOT_KNOWN,
    SERVICE_ALONE,
    SUPPORTED,
    amounts_of_the_service,
    matched,
)
from metrics.model import Basis, Beside, Measure, Metric, Months, Need, Polarity, Words
from metrics.others.periods import counts_once

YOUNGEST, OLDEST = 5, 15


def rows(months: Months, basis: Basis) -> Select:
    """One row per period at school whose last day is in the month, of a child supported on it.

    The denominator is the sessions possible, the numerator those attended. A period without a
    session has no row, nor one whose sessions another one tells (`counts_once`).
    """
    period = education_period.c

    def is_over(periods: FromClause) -> ColumnElement[bool]:
        return periods.c.ended_on <= basis.as_at + timedelta(days=1)

    last_day = add_days(period.ended_on, literal(-1))
    ended = (
        select(calendar_day.c.month, *period)
        .select_from(education_period.join(calendar_day, calendar_day.c.day == last_day))
        .where(calendar_day.c.day >= months.first.start, calendar_day.c.day < months.last.end)
        .where(is_over(education_period), period.possible > 0, counts_once(is_over))
        .where(is_supported(education_period, last_day))
        .subquery()
    )
    told = amounts_of_the_service(ended, ended.c.attended, ended.c.possible)
    return told.add_columns(ended.c.started_on, ended.c.ended_on)


def _is_matched(of: Subquery) -> ColumnElement[bool]:
    """Whether any period at school is known of the child by the day."""
    return exists(
        select(literal(1))
        .select_from(education_period)
        .where(education_period.c.child_id == of.c.child_id)
        .where(education_period.c.started_on <= of.c.last_day)
        .correlate(of)
    )


METRIC = Metric(
    key="attendance",
    number=60,
    name="School attendance",
    question="Are the children whom we support at school?",
    words=Words(
        numerator="sessions attended",
        denominator="sessions possible in periods that ended in the month",
        one_row_is="a child's period at school",
        counted="sessions possible",
        counted_one="session possible",
    ),
    measure=Measure.PERCENT_ONE_DECIMAL,
    polarity=Polarity.HIGHER_IS_BETTER,
    adds_up_over_months=True,
    worth_saying=2,
    rows=rows,
    drill_down={"started_on": "From", "ended_on": "Until"},
    needs=(
        Need(
            "education_period",
            says="Nothing that was loaded says when children were at school: add"
            " education_period.csv, from the council's school records.",
        ),
        Need("referral"),
    ),
    source="Family Insights evaluation (DfE, 2017), Appendix 8 items 12 to 14",
    edge_cases=(
        "A period counts in the month of its last day, which is the day before it ended.",
        SUPPORTED,
        "Of two periods of a child that overlap the one with more sessions possible counts, of"
        " equally many the one whose id sorts last: a data issue.",
        "Beside stands how many of the children aged 5 to 15 are known to a school at all.",
        NOT_KNOWN,
        SERVICE_ALONE,
    ),
    short="Attendance",
    beside=Beside(companions=(matched(YOUNGEST, OLDEST, _is_matched),)),
)
