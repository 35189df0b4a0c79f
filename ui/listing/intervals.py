"""How often a child is to be seen, in words, and what set it."""

from typing import Any

from charts.words import words
from metrics.sentence import written_date


def interval_words(row: Any) -> str:
    """How often this child is to be seen, by the standard unless it says who agreed it, and why.

    What is told of an agreement is what the row has of it and the viewer may see. Then what
    would have the child seen more often.
    """
    if row.agreed_every is None:
        interval = every_words(row.standard_every, row.standard_period)
    else:
        by = getattr(row, "authorised_by", None)
        why = getattr(row, "reason", None)
        interval = f"{every_words(row.agreed_every, row.agreed_period)}, agreed"
        interval += f" by {by}" if by else ""
        interval += f": {why}" if why else ""
    return f"{interval}; less often than set by {row.looser_than}" if row.looser_than else interval


def clock_words(row: Any) -> str:
    """How often, and from when where that is not the day on which the child was last seen."""
    began = row.clock_started_on
    since = "" if began == row.last_seen_on else f", from {written_date(began)}"
    return interval_words(row) + since


def every_words(number: int, period: str) -> str:
    unit_of_time = period.replace("_", " ")
    return (
        f"every {unit_of_time.removesuffix('s')}"
        if number == 1
        else f"every {words(number)} {unit_of_time}"
    )
