"""How many working days lie between two days of a row: by which limits in working days are kept."""

from sqlalchemy import FromClause, Integer, Subquery, func, select

from data_access.schema import calendar_day
from metrics.model import Quantile
from metrics.writing import working_days_words

# Half and nine in ten of a metric's rows, by their `working_days`.
WITHIN = (
    Quantile(
        "half", "Half within", 0.5, "working_days", "half of {n} within {value}", working_days_words
    ),
    Quantile(
        "nine_in_ten",
        "Nine in ten within",
        0.9,
        "working_days",
        "nine in ten within {value}",
        working_days_words,
    ),
)


def with_working_days(rows: FromClause, first: str, last: str) -> Subquery:
    """`rows` with the month of each row's day `last`, and the working_days from `first` to it.

    The first day is day 0. From a day on a weekend the next working day is day 1; a last day on a
    weekend is as the working day before it. Of a first day older than the calendar only the
    calendar's working days are counted, which are more than any limit.
    """
    begun, ended = calendar_day.alias(), calendar_day.alias()
    days = ended.c.working_day_number - func.coalesce(begun.c.working_day_number, 0)
    joined = rows.join(ended, ended.c.day == rows.c[last]).outerjoin(
        begun, begun.c.day == rows.c[first]
    )
    return (
        select(*rows.c, ended.c.month, days.cast(Integer).label("working_days"))
        .select_from(joined)
        .subquery()
    )
