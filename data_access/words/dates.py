"""How a day is written for people."""

from datetime import date


def written_date(day: date) -> str:
    """As in "3 October 2016"."""
    return f"{day.day} {day:%B} {day.year}"
