"""Flags and factors that the SSD packs into one cell: JSON of two forms, broken JSON, or words."""

import json

from data_access.code_sets.children import FACTOR
from data_access.code_sets.truths import YES_OR_NO, truth
from loading.columns.codes import code_in
from loading.columns.column_read import by_cell
from loading.sources import cells
from loading.sources.annex_a.codes import factors as factors_in_words
from loading.sources.cells import Unreadable

BROKEN = "the JSON is cut short or broken, so that some of it may be lacking"


PARTED = "\n"


@by_cell
def factors(cell: object) -> str | None:
    """The factors of an assessment, each on a line, of `["1A", "2B"]`, `{"1A": "Yes"}` or words.

    Nulls, blanks and what is answered with no are none. JSON that was cut is unreadable, as nobody
    knows what it held.
    """
    words = cells.text(cell)
    return PARTED.join(_factors(words)) or None if words else None


def _factors(words: str) -> list[str]:
    if words[0] not in "[{":
        found: object = factors_in_words([words]).values[words]
        return list(found) if isinstance(found, list) else []
    held = _json(words)
    said = [key for key in held if _is_yes(held[key])] if isinstance(held, dict) else held
    return sorted({_code(one) for one in said if cells.text(one)})


def flag(cell: object, name: str) -> bool | None:
    """What JSON of flags says under `name`: None where it is blank, or the cell is no such JSON."""
    words = cells.text(cell)
    if words is None or words[0] != "{":
        return None
    try:
        held = {str(key).upper(): value for key, value in dict(_json(words)).items()}
        return truth(code_in(held.get(name), YES_OR_NO))
    except Unreadable:
        return None


def _json(words: str) -> dict | list:
    try:
        held = json.loads(words)
    except ValueError:
        raise Unreadable(BROKEN) from None
    if not isinstance(held, dict | list):
        raise Unreadable(BROKEN)
    return held


def _is_yes(answer: object) -> bool:
    return truth(code_in(answer, YES_OR_NO)) is True


def _code(factor: object) -> str:
    return code_in(factor, FACTOR) or ""
