"""One cell of somebody's file that says all by itself: text, yes or no.

What needs the whole column (numbers, days) and ids are read in `loading.columns`.
"""

import re

BLANK = frozenset(
    {"", "#n/a", "n/a", "na", "#ref!", "#value!", "#name?", "#null!", "#div/0!", "null", "nan"}
    | {"none", "-", "–", "."}
)
YES = frozenset({"yes", "y", "true", "1"})
NO = frozenset({"no", "n", "false", "0"})


class Unreadable(ValueError):
    """This cell is not what its column needs; the message says what is needed."""


def text(cell: object) -> str | None:
    """The cell's words, single-spaced; None for blanks and for spreadsheets' error values."""
    if cell is None:
        return None
    words = " ".join(str(cell).split())
    return None if words.lower() in BLANK else words


def yes_or_no(cell: object) -> bool | None:
    """True for yes, y, true, 1; False for no, n, false, 0; the letter of "a) Yes" is dropped."""
    words = text(cell)
    if words is None:
        return None
    plain = without_letter(words).lower()
    if plain in YES:
        return True
    if plain in NO:
        return False
    raise Unreadable("yes or no is needed")


def without_letter(words: str) -> str:
    """ "a) Female" and "a. Female" as "Female": Annex A letters its choices, councils drop them."""
    return re.sub(r"^[a-z]{1,2}[).]\s*", "", words, flags=re.IGNORECASE)
