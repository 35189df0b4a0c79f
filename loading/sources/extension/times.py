"""Records of time of the extension tables."""

import pandas as pd

from data_access.words.dates import written_date
from loading.fitting import joined
from loading.sources.extension import declared
from loading.sources.extension.declared import INFERRED
from loading.sources.extension.drawn import Drawn
from loading.sources.extension.numbered import numbered

DAYS_OF_A_WEEK = 7
TABLE = declared.TIMES.read_as.name
# What the table itself has no number for: rows that agree in these may be several entries.
MADE_OF = ("worked_on", "last_day", "worker_id", "unit_id", "category", "method")


def draw_times(drawn: Drawn) -> None:
    """Hours of a day or a week, each entry of its own.

    Several of one worker, time and activity are all kept: a day may have two.
    """
    rows = drawn.take(declared.TIMES)
    if rows is None:
        return
    inferred = rows["method"].eq(INFERRED)
    says = "hours that were inferred from visits are no record of time"
    rows = drawn.without(rows, inferred, (TABLE, "time_inferred"), "inferred from visits", says)
    rows = drawn.without_each(rows, _ends_before(rows), (TABLE, "time_ends_before_it_starts"))
    says = "it is of more than a week, and time is recorded by the day or the week"
    long = _days(rows).gt(DAYS_OF_A_WEEK)
    rows = drawn.without(rows, long, (TABLE, "time_of_months"), "of more than a week", says)
    rows = rows.assign(time_record_id=joined(rows[[*MADE_OF]], "|"))
    rows = numbered(rows, "time_record_id", ["hours"], alike_are_one=False)
    drawn.frames[TABLE] = rows.drop(columns="last_day")


def _days(rows: pd.DataFrame) -> pd.Series:
    """How many days each is of, the last one included; none where it ends before it starts."""
    return (pd.to_datetime(rows["last_day"]) - pd.to_datetime(rows["worked_on"])).dt.days + 1


def _ends_before(rows: pd.DataFrame) -> pd.Series:
    wrong = rows[_days(rows).lt(1)]
    says = [
        f"it ends on {written_date(last)}, before it starts on {written_date(first)}"
        for first, last in zip(wrong["worked_on"], wrong["last_day"], strict=True)
    ]
    return pd.Series(says, index=wrong.index, dtype=object).reindex(rows.index)
