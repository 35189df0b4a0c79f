"""Why figures of a load may be wrong: too few rows, or a column without which all goes on."""

from collections.abc import Iterable, Mapping
from typing import Any

# The rule by which a load says that a table has become smaller by a good part.
FEWER_ROWS = "fewer_than_before"


def shrunk_in(record: Mapping[str, Any]) -> Mapping[str, int]:
    """How many rows were usual of the tables that a load brought far fewer of, and that stand."""
    replaced = record.get("replaced", ())
    return {t: rows for t, rows in record.get("shrunk", {}).items() if t not in replaced}


def in_doubt_of(facts: Iterable[Mapping[str, Any]]) -> tuple[str, ...]:
    """What loads say of columns that are not there, of the tables that stand."""
    told = (
        sentence
        for load in facts
        for table, sentences in load.get("in_doubt", {}).items()
        if table not in load.get("replaced", ())
        for sentence in sentences
    )
    return tuple(dict.fromkeys(told))
