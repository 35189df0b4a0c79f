"""One cell of somebody's file that says all by itself: text.

What needs the whole column (numbers, days), ids and codes are read in `loading.columns`.
"""

import re

BLANK = frozenset(
    {"", "#n/a", "n/a", "na", "#ref!", "#value!", "#name?", "#null!", "#div/0!", "null", "nan"}
    | {"none", "-", "–", "."}
)


class Unreadable(ValueError):
    """This cell is not what its column needs; the message says what is needed."""


def text(cell: object) -> str | None:
    """The cell's words, single-spaced; None for blanks and for spreadsheets' error values."""
    if cell is None:
        return None
    words = " ".join(str(cell).split())
    return None if words.lower() in BLANK else words


def without_letter(words: str) -> str:
    """ "a) Female" and "a. Female" as "Female": Annex A letters its choices, councils drop them."""
    return re.sub(r"^[a-z]{1,2}[).]\s*", "", words, flags=re.IGNORECASE)
