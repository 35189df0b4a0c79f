"""Codes as their set declares them: one reading of a coded cell for every source.

Capitals, spaces, hyphens and Annex A's letters ("b) Female") make no difference. A code counts
where it stands alone, with its words after it ("2 - Female"), or, where its set says so, anywhere
in the cell; else the longest words that stand for one. What is left is no code, and refused.
"""

import difflib
import re
from collections.abc import Callable, Iterator, Mapping
from functools import cache

import pandas as pd
from sqlalchemy import Boolean, Integer, String
from sqlalchemy.types import TypeEngine

from data_access.code_sets.code_set import Code, Codes, CodeSet
from data_access.code_sets.truths import truth
from loading.columns.column_read import ColumnReader, by_code, visible
from loading.sources import cells
from loading.sources.annex_a.plain_words import plain
from loading.sources.cells import Unreadable, without_letter

# So many codes are listed with their meanings.
FEW_CODES = 7
ALL_CODES = "docs/loading.md"
LETTERS_THAT_SAY = 4
_AS_VALUE: Mapping[type[TypeEngine], Callable[[str], object]] = {Boolean: truth, Integer: int}
# "2 - Female", "M: male", "Yes – with a sibling": what stands before the words.
_THEN_WORDS = re.compile(r"\s*[-–:]\s*")
# "Returned home (not under a residence order)" has no residence order.
_DENIED = re.compile(r"\(not under [^)]*\)?", re.IGNORECASE)


def reader(code_set: CodeSet, kind: type[TypeEngine] = String) -> ColumnReader:
    """A reader of columns of this set, whose values are of the `kind` that the table has."""
    as_value = _AS_VALUE.get(kind, str)

    def reads(cell: object) -> object:
        code = code_in(cell, code_set)
        return None if code is None else as_value(code)

    return by_code(reads)


def parts(codes: Codes, rows: pd.DataFrame) -> Iterator[tuple[pd.Series, CodeSet | None]]:
    """Which rows a code set of a column holds for; None for rows where it is free text."""
    if isinstance(codes, CodeSet):
        yield pd.Series(True, index=rows.index), codes
        return
    decided = rows[codes.column]
    for value, code_set in codes.sets.items():
        yield decided == value, code_set
    yield ~decided.isin([*codes.sets]), None


def code_in(cell: object, code_set: CodeSet) -> str | None:
    """The code that a cell holds, in its one spelling; None where it is blank or says nothing.

    Unreadable where it is none of the set, or more than one could be meant.
    """
    words = None if cell is None else cells.text(visible(str(cell)))
    if words is None:
        return None
    code = _spelt(words, code_set) or _standing_in(words, code_set) or _in_words(words, code_set)
    if code is not None:
        return code
    if re.match(code_set.not_known, plain(without_letter(words))):
        return None
    if code_set.keeps_words and not _hides_a_code(without_letter(words), code_set):
        return without_letter(words)
    raise Unreadable(wanted(words, code_set))


def wanted(words: str, code_set: CodeSet) -> str:
    """What a column of this set needs, in the codes' meanings where they are few.

    Of many, the one that `words` is most like, else those that have a word of theirs.
    """
    if code_set.listed:
        empty = f", and an empty one counts as {code_set.empty_is}" if code_set.empty_is else ""
        return f"one of {code_set.listed} is needed{empty}{_nearest(words, code_set)}"
    if len(code_set.codes) <= FEW_CODES:
        choices = ", ".join(map(_with_meaning, code_set.codes))
        return f"one of {choices} is needed{_nearest(words, code_set)}"
    nearest, alike = _nearest(words, code_set), _with_a_word_of(words, code_set)
    if alike and not nearest:
        some = ", ".join(map(_with_meaning, alike[:FEW_CODES]))
        return f"a code is needed, as one of {some}; {ALL_CODES} has every code"
    return f"one of {code_set.choices} ({ALL_CODES}) is needed{nearest}"


def _nearest(words: str, code_set: CodeSet) -> str:
    spellings = _codes_by_spelling(code_set)
    close = difflib.get_close_matches(_key(words), spellings, n=1, cutoff=0.75)
    found = [one for one in code_set.codes if close and one.code == spellings[close[0]]]
    return f"; the nearest is {_with_meaning(found[0])}" if found else ""


def _with_meaning(one: Code) -> str:
    """A code and what it means, once where these are the same words."""
    return one.code if _key(one.code) == _key(one.means) else f"{one.code} ({one.means})"


def _with_a_word_of(words: str, code_set: CodeSet) -> list[Code]:
    """The codes that have a word of `words` in a spelling; small words say nothing."""
    said = {word for word in plain(without_letter(words)).split() if len(word) >= LETTERS_THAT_SAY}
    return [one for one in code_set.codes if said & set(plain(" ".join(one.spellings)).split())]


def _key(words: str) -> str:
    """Words without what makes no difference: "Direct work" is "direct_work", and 1.0 is 1."""
    whole = re.fullmatch(r"0*(\d+)(\.0+)?", words)
    if whole:
        return whole.group(1)
    # A minus before a number makes another number.
    return "" if re.match(r"-\s*\d", words) else plain(words).replace(" ", "")


@cache
def _codes_by_spelling(code_set: CodeSet) -> dict[str, str]:
    return {_key(spelt): one.code for one in code_set.codes for spelt in one.spellings}


def _spelt(words: str, code_set: CodeSet) -> str | None:
    """The code that stands alone in the cell, or with words after it that are no other's."""
    spellings = _codes_by_spelling(code_set)
    for answer in (words, without_letter(words)):
        if code := spellings.get(_key(answer)):
            return code
    first, *rest = _THEN_WORDS.split(without_letter(words), maxsplit=1)
    code = spellings.get(_key(first)) if rest else None
    other = spellings.get(_key(rest[0])) if rest else None
    return None if code and other and code != other else code


def _standing_in(words: str, code_set: CodeSet) -> str | None:
    """The only code of the set that stands anywhere in the cell, by itself."""
    whole = rf"(?<![A-Za-z0-9])({code_set.within}){code_set.divided}(?![A-Za-z0-9])"
    found = {one.group(1).upper() for one in re.finditer(whole, without_letter(words), re.I)}
    known = found & set(code_set.names)
    if len(known) > 1:
        codes = " and ".join(sorted(known))
        raise Unreadable(f"one code is needed, and {codes} stand in the cell")
    return known.pop() if known else None


def _in_words(words: str, code_set: CodeSet) -> str | None:
    """The code of the longest phrase that stands in `words`; of equals, of the first.

    "disability" is part of "parental disability", "care order" of "interim care order".
    """
    answer = plain(_DENIED.sub(" ", without_letter(words)))
    found = [
        (len(match.group()), one.code)
        for one in code_set.codes
        if one.in_words
        for match in re.finditer(rf"\b({one.in_words})\b", answer)
    ]
    if code_set.several and len({code for _, code in found}) > 1:
        return code_set.several
    return max(found, key=lambda one: one[0])[1] if found else None


def _hides_a_code(words: str, code_set: CodeSet) -> bool:
    is_code_of_none = re.fullmatch(code_set.within, words, re.I) is not None
    return is_code_of_none or re.search(rf"\b({code_set.doubtful})\b", plain(words)) is not None
