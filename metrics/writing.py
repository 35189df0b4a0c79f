"""How numbers and days are written: the same in page, table, command line and Excel."""

from datetime import date

from data_access.words.agreeing import agreeing
from data_access.words.dates import written_date as written_date
from metrics.model import round_half_up, with_minus

NO_DECIMAL_FROM = 100


def count(number: float) -> str:
    """A number of things, with thin separators; a decimal only where it says something."""
    # Sums of shares of a post miss a whole number by what a float cannot hold.
    number = float(f"{number:.12g}")
    decimals = 0 if number.is_integer() or abs(number) >= NO_DECIMAL_FROM else 1
    return with_minus(f"{round_half_up(number, decimals):,}").replace(",", "\u2009")


def several(number: float, one: str, more: str | None = None) -> str:
    """So many things, with words that agree: "1 row", "12 rows"; `more` where an s won't do."""
    return f"{count(number)} {agreeing(number, one, more)}"


def number_words(number: float) -> str:
    """Up to two decimals, no more than are needed; thin separators, a real minus sign."""
    whole, _, rest = f"{round_half_up(number, 2):,f}".partition(".")
    fraction = rest.rstrip("0")
    return with_minus(f"{whole}.{fraction}" if fraction else whole).replace(",", "\u2009")


def written_when(when: object) -> str:
    """A month by its name, a day as people write it."""
    return written_date(when) if isinstance(when, date) else str(when)


def working_days_words(days: float) -> str:
    """As in "within 2 working days"; 0 is the working day of the visit itself."""
    if days == 0:
        return "the same working day"
    return "1 working day" if days == 1 else f"{days:g} working days"


def between(first: str, second: str) -> str:
    """A range of two written numbers, whose unit is said once: "8–24%", "12–30 days"."""
    if first == second:
        return f"about {first}"
    if first[0] in "+−" or second[0] in "+−":
        return f"{first} to {second}"
    unit = second.lstrip("0123456789.\u2009")
    return f"{first.removesuffix(unit)}–{second}"
