"""Where something stands in a workbook, in words, and found again in a message that begins so."""

import re
from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class Place:
    """A sheet; the number of a row and the letter of a column, where the message names them."""

    title: str
    row: int | None = None
    letter: str | None = None
    # What the message says after the place.
    said: str = ""


def sheet_words(file: str, title: str) -> str:
    """A sheet as messages name it: "book.xlsx, sheet 'Posts'"."""
    return f"{file}, sheet '{title}'"


def place_in(message: str, file: str, titles: Iterable[str]) -> Place | None:
    """The place that is named first in a message; None where none of the file's sheets is."""
    listed = "|".join(re.escape(title) for title in sorted(titles, key=len, reverse=True))
    words = sheet_words(re.escape(file), f"({listed})")
    found = re.search(rf"{words}(?:, row (\d+))?(?:, column ([A-Z]+)(?: \(.*?\))?)?:? ?", message)
    if not listed or found is None:
        return None
    title, row, letter = found.groups()
    return Place(title, int(row) if row else None, letter, message[found.end() :])
