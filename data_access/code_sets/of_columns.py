"""The code set of a column of the case database, as its table declares it."""

from sqlalchemy import Boolean, Column

from data_access.code_sets.code_set import Codes
from data_access.code_sets.truths import YES_OR_NO

CODES = "codes"


def codes_of(column: Column) -> Codes | None:
    """What a column's codes are; None where it holds free text, a number, a date or an id."""
    declared: Codes | None = column.info.get(CODES)
    return declared or (YES_OR_NO if isinstance(column.type, Boolean) else None)
