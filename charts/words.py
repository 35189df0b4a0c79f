"""Values as words for people: dates, numbers with thin separators, yes and no."""

from datetime import date

from metrics.sentence import written_date
from metrics.writing import number_words as number_words

NOTHING = "–"


def words(value: object) -> str:
    """Any value of a row as a person reads it; missing is a dash, never 0."""
    if value is None:
        return NOTHING
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, date):
        return written_date(value)
    if isinstance(value, int | float):
        return number_words(value)
    return str(value)
