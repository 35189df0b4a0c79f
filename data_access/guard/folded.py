"""Letters as people type them: without accents or capitals, with a plain quote and dash.

The same in Python and in either database: what is typed and what is kept are folded alike.
"""

import unicodedata
from collections.abc import Iterator

from sqlalchemy import ColumnElement, String, case, func, type_coerce

# Latin with its accents, Greek, Cyrillic, Armenian and Georgian, and marks after their letter.
LETTERS = (
    *range(0xC0, 0x250),
    *range(0x370, 0x557),
    *range(0x10A0, 0x10C6),
    *range(0x1C90, 0x1CC0),
    *range(0x1E00, 0x2000),
)
MARKS = "".join(map(chr, range(0x300, 0x370)))
ALIKE = {
    "'": "‘’‚‛ʹʻʼʽ′`´",
    '"': "“”„‟″",
    "-": "‐‑‒–—―−",
    " ": "\u00a0\u2007\u2009\u202f",
    "o": "øØǿǾ",
    "l": "łŁ",
    "d": "đĐðÐ",
    "h": "ħĦ",
    "t": "ŧŦ",
    "i": "ıİ",
    "σ": "ς",
}
AS_TWO = {"ß": "ss", "ẞ": "ss", "æ": "ae", "Æ": "ae", "œ": "oe", "Œ": "oe", "þ": "th", "Þ": "th"}


def _pairs() -> Iterator[tuple[str, str]]:
    for letter in map(chr, LETTERS):
        plain = unicodedata.normalize("NFD", letter.lower())[0]
        if plain != letter and letter not in AS_TWO:
            yield letter, plain
    for plain, others in ALIKE.items():
        yield from ((other, plain) for other in others)


PLAIN = dict(_pairs())
_FOLDED = str.maketrans({**PLAIN, **AS_TWO, **dict.fromkeys(MARKS, "")})
_FROM, _TO = "".join(PLAIN) + MARKS, "".join(PLAIN.values())


def folded(words: str) -> str:
    """The words without accents and capitals."""
    return words.translate(_FOLDED).lower()


def folded_of(name: str) -> str:
    """What the column is called that keeps the words of the column `name` folded."""
    return f"{name}_folded"


def folded_column(column: ColumnElement) -> ColumnElement[str]:
    """The column's words as `folded` has them; NULL stays NULL."""
    written = type_coerce(column, String)
    plain: ColumnElement[str] = written
    for letter, two in AS_TWO.items():
        plain = func.replace(plain, letter, two)
    plain = func.translate(plain, _FROM, _TO)
    # Few names have a letter of more than a byte, and all others need no look at the table.
    has_others = func.bit_length(written) > 8 * func.length(written)
    return func.lower(case((has_others, plain), else_=written), type_=String)
