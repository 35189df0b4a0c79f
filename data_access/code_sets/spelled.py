"""A return's code in a row that people read: the code, and what it means."""

from collections.abc import Mapping

from data_access.code_sets.children import CLOSURE, REFERRAL_SOURCE
from data_access.code_sets.code_set import CodeSet
from data_access.code_sets.outcomes import ATTAINMENT_STAGE
from data_access.code_sets.plans import REASON_CEASED

# By the column of a row. Of a plan only what ends care has codes; other columns hold words.
CODED: Mapping[str, CodeSet] = {
    "closure_reason": CLOSURE,
    "outcome": CLOSURE,
    "source": REFERRAL_SOURCE,
    "end_reason": REASON_CEASED,
    "went": REASON_CEASED,
    "stage": ATTAINMENT_STAGE,
}
_MEANINGS = {
    column: {one.code: one.means for one in code_set.codes} for column, code_set in CODED.items()
}


def spelled_code(column: str, value: object) -> object:
    """As in "2A: schools"; the value itself in other columns, and where it is no code."""
    means = _MEANINGS.get(column, {}).get(str(value))
    return value if means is None else f"{value}: {means}"
