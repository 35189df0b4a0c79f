"""How units are named and in which order they stand, those that only have figures too."""

from collections.abc import Iterable, Sequence

from sqlalchemy import Row

from metrics.model import SERVICE

NO_UNIT = "No unit"


def unit_names(units: Sequence[Row], with_figures: Iterable[str | None]) -> dict[str | None, str]:
    """Names by id, in the order of `units`; then ids with figures and no row; the service last."""
    names: dict[str | None, str] = {row.unit_id: row.name for row in units}
    strangers = set(with_figures) - {SERVICE, *names}
    names |= {unit_id: unit_id or NO_UNIT for unit_id in sorted(strangers, key=str)}
    return names | {SERVICE: "Service"}
