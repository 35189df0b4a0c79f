"""What somebody chose to have on slides: which units, and the figures of which boards."""

from collections.abc import Sequence
from dataclasses import replace

from data_access.problems import Problem
from metrics.catalogue import CATALOGUE
from metrics.council.boards import with_boards_on_slides
from metrics.figures import Figures
from metrics.model import SERVICE, Period


def told_by(figures: Figures, boards: Sequence[str] | None) -> Figures:
    """The figures with these boards on slides, by their keys; those of the settings unless said."""
    if boards is None:
        return figures
    return replace(figures, settings=with_boards_on_slides(figures.settings, boards))


def chosen_units(
    figures: Figures, period: Period, unit_ids: Sequence[str | None] | None
) -> tuple[str | None, ...]:
    """The units named, in their own order; every unit that was open where none is named."""
    known = [unit_id for unit_id in figures.units if unit_id != SERVICE]
    if unit_ids is None:
        return tuple(unit_id for unit_id in known if _was_open(figures, unit_id, period))
    unknown = [unit_id for unit_id in unit_ids if unit_id not in figures.units]
    if unknown:
        names = ", ".join(str(unit_id) for unit_id in known if unit_id)
        raise Problem(f"There is no unit {unknown[0]}: the units are {names}.")
    closed = [unit_id for unit_id in unit_ids if not figures.is_open(unit_id, period)]
    if closed:
        raise Problem(f"{figures.units[closed[0]]} was not open in {period}: leave it out.")
    return tuple(unit_id for unit_id in known if unit_id in unit_ids)


def _was_open(figures: Figures, unit_id: str | None, period: Period) -> bool:
    """Whether anything was or could have been counted of the unit in the month."""
    is_counted = any((key, unit_id, period) in figures.tallies for key in CATALOGUE)
    return is_counted and figures.is_open(unit_id, period)
