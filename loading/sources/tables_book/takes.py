"""What a column takes, in words for whoever fills it in, and as choices or limits."""

from sqlalchemy import Boolean, Column, Date, Float, Integer

from data_access.code_sets.code_set import Code, CodeSet
from data_access.code_sets.of_columns import codes_of
from data_access.schema import scale_score
from loading.checks.wrong_values import RANGES
from loading.columns.codes import code_in
from loading.sources.cells import Unreadable

LIMITS = {column: (lowest, highest) for column, lowest, highest in RANGES} | {
    scale_score.c.score: (0, 10)
}
NEEDED, MAY_BE_EMPTY = "Needed", "May be empty"


def choices(column: Column) -> tuple[str, ...]:
    """What may stand in a cell of a coded column: each code, with its meaning where it has one."""
    codes = codes_of(column)
    if not isinstance(codes, CodeSet) or isinstance(column.type, Integer):
        return ()
    if isinstance(column.type, Boolean):
        return tuple(one.means for one in codes.codes)
    return tuple(_choice(one, codes) for one in codes.codes)


def _choice(one: Code, codes: CodeSet) -> str:
    """ "SIC - sickness": if that is read back as the code, and says more than it."""
    whole = f"{one.code} - {one.means}"
    says_more = one.means.replace(" ", "_").lower() != one.code.lower()
    return whole if says_more and _is_read_as(whole, one, codes) else one.code


def _is_read_as(words: str, one: Code, codes: CodeSet) -> bool:
    try:
        return code_in(words, codes) == one.code
    except Unreadable:
        return False


def takes(column: Column) -> str:
    """What a cell of the column takes, in a few words; what its name does not say, with it."""
    needed = MAY_BE_EMPTY if column.nullable else NEEDED
    says = column.comment or ""
    also = f". {says[0].upper()}{says[1:]}" if says else ""
    return f"{needed}: {_kind(column)}{also}"


def _kind(column: Column) -> str:
    if isinstance(column.type, Boolean):
        return "yes or no"
    if choices(column):
        return "choose from the list"
    if isinstance(column.type, Date):
        return "a date"
    if isinstance(column.type, (Integer, Float)):
        limits = LIMITS.get(column)
        whole = "a whole number" if isinstance(column.type, Integer) else "a number"
        return f"{whole}, {limits[0]} to {limits[1]}" if limits else whole
    return "an id: any text or number" if column.name.endswith("_id") else "text"
