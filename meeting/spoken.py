"""An action as people say it, in one sentence: who will do what, by when."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from data_access.problems import Problem
from metrics.model import Period

WILL = r"(?:will|is to|are to|shall|must|agrees? to|undertakes? to)"
SENTENCE = re.compile(rf"(?P<owner>.+?)\s+{WILL}\s+(?P<verb>\S+)\s+(?P<what>.+)", re.IGNORECASE)
BY = re.compile(r",?\s+(?:by|on|before)\s+(?P<day>[^,;]+?)\s*$", re.IGNORECASE)
MONTHS = [date(2000, month, 1) for month in range(1, 13)]
NAMES = {name.casefold(): day.month for day in MONTHS for name in (f"{day:%B}", f"{day:%b}")}
WITH_NAME = re.compile(r"(?:the )?(\d{1,2})(?:st|nd|rd|th)?(?: of)? ([a-z]+)(?: (\d{4}))?", re.I)
IN_FIGURES = re.compile(r"(\d{1,2})/(\d{1,2})(?:/(\d{4}))?")
END_OF = re.compile(r"(?:the )?end of ([a-z]+)(?: (\d{4}))?", re.IGNORECASE)
HOW_TO_SAY = (
    "Say it as one sentence that names who does it, as in “Unit 2’s leader will share fortnightly"
    " visits with family support by 30 November”."
)


@dataclass(frozen=True)
class Spoken:
    """What a sentence says; `due_on` is None where it names no day that can be read."""

    owner: str
    verb: str
    what: str
    due_on: date | None


def spoken(sentence: str, today: date) -> Spoken:
    """The parts of "WHO will DO WHAT by WHEN"; a Problem where nobody is named to do it.

    A day without a year is the next one of that name from `today` on. A time that is no day, as
    "by Christmas", stays in the words, and no day is made of it.
    """
    said = " ".join(sentence.split()).rstrip(".")
    by = BY.search(said)
    due_on = _day(by["day"], today) if by else None
    parts = SENTENCE.fullmatch(said[: by.start()] if by and due_on else said)
    if parts is None:
        raise Problem(HOW_TO_SAY)
    verb = parts["verb"]
    return Spoken(parts["owner"], f"{verb[0].upper()}{verb[1:]}", parts["what"], due_on)


def _day(words: str, today: date) -> date | None:
    for form, parts in ((WITH_NAME, _named), (IN_FIGURES, _in_figures), (END_OF, _end_of)):
        if found := form.fullmatch(words):
            return _next(parts(*found.groups()), today)
    return None


Parts = tuple[int | None, int | None, int | None]


def _named(day: str, month: str, year: str | None) -> Parts:
    return int(day), NAMES.get(month.casefold()), int(year) if year else None


def _in_figures(day: str, month: str, year: str | None) -> Parts:
    return int(day), int(month), int(year) if year else None


def _end_of(month: str, year: str | None) -> Parts:
    return None, NAMES.get(month.casefold()), int(year) if year else None


def _next(parts: Parts, today: date) -> date | None:
    """The day in the year that is said, else the first from `today` on; None where none is."""
    day, month, year = parts
    years: Iterable[int] = [year] if year else (today.year, today.year + 1)
    days = [found for year in years if (found := _in_year(day, month, year))]
    return next((found for found in days if year or found >= today), None)


def _in_year(day: int | None, month: int | None, year: int) -> date | None:
    try:
        if month and day is None:
            return Period(year, month).last_day
        return date(year, month or 0, day or 0)
    except ValueError:
        return None
