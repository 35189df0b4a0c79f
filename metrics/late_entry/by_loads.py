"""Between which days a visit without a recording date was entered, as loads tell it."""

from datetime import date, timedelta
from typing import Any

from metrics.writing import written_date

RECORDED_ON = "recorded_on"


def entered_words(row: Any) -> str | None:
    """As in "1 October 2016 to 7 October 2016, by loads"; None where loads do not tell.

    `row` may lack what loads tell, as rows do that were published before they told it.
    """
    missing, seen = getattr(row, "not_seen_on", None), getattr(row, "first_seen_on", None)
    if missing is None or seen is None:
        return None
    first = max(missing + timedelta(days=1), getattr(row, "visited_on", None) or date.min)
    days = dict.fromkeys(written_date(day) for day in (first, seen))
    return f"{' to '.join(days)}, by loads"
