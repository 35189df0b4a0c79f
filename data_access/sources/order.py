"""In which order sources tell, where several hold the same days: the first that holds a day tells.

The council's own tables go first, whatever they were made of. Then each return tells of its own
children, as it is checked before it is sent; Annex A holds six months, made for an inspection.
"""

from collections.abc import Mapping

from data_access.sources.declaration import Source
from data_access.sources.returns import CIN_CENSUS, SSDA903

_KEEP_ROWS: Mapping[str, Source] = {one.key: one for one in (SSDA903, CIN_CENSUS) if one.keeps_rows}
# After the council's own tables, and whatever is loaded in the same way.
AFTER_OWN_TABLES = (SSDA903.key, CIN_CENSUS.key, "annex_a", "workforce_census")


def place_of(source: str) -> int:
    """Where a source stands in the order: 0 is first."""
    return AFTER_OWN_TABLES.index(source) + 1 if source in AFTER_OWN_TABLES else 0


def in_order(source: str) -> tuple[int, str]:
    """By what sources are sorted: those of one place by name, as CSV files before an SSD."""
    return place_of(source), source


def keeps_rows(source: str) -> bool:
    """Whether rows of the source stay beside those of others: each tells of its own."""
    return source in _KEEP_ROWS


def owner_of(row_id: object) -> str | None:
    """The source that made the id and keeps its rows; None where an id is of no such source."""
    made_by = str(row_id).partition(":")[0]
    return made_by if made_by in _KEEP_ROWS else None


def takes_the_place(new: str, standing: str | None) -> bool:
    """Whether rows of one source go when another is loaded, in the tables that it brings."""
    return new == standing if keeps_rows(new) or (standing and keeps_rows(standing)) else True
