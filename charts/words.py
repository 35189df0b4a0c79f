"""Values as words for people: dates, numbers with thin separators, yes and no."""

from datetime import date

from metrics.sentence import count, written_date

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


def number_words(number: float) -> str:
    """Up to two decimals, no more than are needed; a real minus sign."""
    fraction = f"{number:.2f}".rstrip("0").partition(".")[2]
    shown = f"{count(int(number))}.{fraction}" if fraction else count(round(number))
    return shown.replace("-", "−")
