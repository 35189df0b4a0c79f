"""How units are named and in which order they stand, those that only have figures too."""

from collections.abc import Iterable, Mapping, Sequence

from sqlalchemy import Row

from metrics.catalogue import CATALOGUE
from metrics.model import SERVICE, Tally
from metrics.units.openings import NEVER, Openings, opening_of

NO_UNIT = "No unit"


def unit_names(units: Sequence[Row], with_figures: Iterable[str | None]) -> dict[str | None, str]:
    """Names by id, in the order of `units`; then ids with figures and no row; the service last."""
    names: dict[str | None, str] = {row.unit_id: row.name for row in units}
    strangers = set(with_figures) - {SERVICE, *names}
    names |= {unit_id: unit_id or NO_UNIT for unit_id in sorted(strangers, key=str)}
    return names | {SERVICE: "Service"}


def openings_of(units: Sequence[Row], tallies: Mapping[tuple, Tally]) -> Openings:
    """When each unit was open: never, what has figures, no row among others and no child."""
    known = {row.unit_id: opening_of(row) for row in units}
    strangers = {unit_id for _, unit_id, _ in tallies if known and unit_id} - {SERVICE, *known}
    of_children = {
        unit_id
        for (key, unit_id, _), tally in tallies.items()
        if unit_id in strangers and tally != Tally() and _is_of_children(key)
    }
    return {**known, **dict.fromkeys(strangers - of_children, NEVER)}


def _is_of_children(key: str) -> bool:
    return key in CATALOGUE and CATALOGUE[key].is_of_children
