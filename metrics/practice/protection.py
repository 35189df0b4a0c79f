"""How many children who is newly qualified may hold, where the council has set a protection."""

from collections.abc import Iterable, Mapping

from metrics.practice.staff import InUnit


def protected_at(
    places: Iterable[InUnit], caseloads: Mapping[str | None, float], share: float
) -> float | None:
    """That share of the units' caseloads for each FTE, for the worker's FTE in each.

    None where the worker has no FTE, or of a unit with some of it no caseload is known.
    """
    with_fte = [(place.unit_id, place.fte) for place in places if place.fte]
    if not with_fte or any(unit_id not in caseloads for unit_id, _ in with_fte):
        return None
    return share * sum(fte * caseloads[unit_id] for unit_id, fte in with_fte)
