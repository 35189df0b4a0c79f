"""How numbers and days are written: the same in page, table, command line and Excel."""

from datetime import date

from metrics.model import round_half_up

NO_DECIMAL_FROM = 100


def count(number: float) -> str:
    """A number of things, with thin separators; a decimal only where it says something."""
    # Sums of shares of a post miss a whole number by what a float cannot hold.
    number = float(f"{number:.12g}")
    decimals = 0 if number.is_integer() or abs(number) >= NO_DECIMAL_FROM else 1
    return f"{round_half_up(number, decimals):,}".replace(",", "\u2009")


def written_date(day: date) -> str:
    """As in "3 October 2016"."""
    return f"{day.day} {day:%B} {day.year}"


def written_when(when: object) -> str:
    """A month by its name, a day as people write it."""
    return written_date(when) if isinstance(when, date) else str(when)


def working_days_words(days: float) -> str:
    """As in "within 2 working days"; 0 is the working day of the visit itself."""
    if days == 0:
        return "the same working day"
    return "1 working day" if days == 1 else f"{days:g} working days"
