"""The figures that somebody is told to whom only some units' are open."""

from collections.abc import Collection
from dataclasses import replace

from metrics.figures import Figures
from metrics.model import SERVICE, Period
from metrics.units.openings import Openings, changes_of, in_charge


def limited_to(figures: Figures, unit_ids: Collection[str]) -> Figures:
    """`figures` of these units and of the whole service: all else is not there at all.

    With a unit goes each that it continues, up to the month before it took that one's work over:
    those months stand on its own charts. A unit that is not known is left out.
    """
    own = {unit_id for unit_id in unit_ids if unit_id in figures.units}
    ends = _elders(figures.openings, own)
    told = {SERVICE, *own, *ends}

    def is_told(unit_id: str | None, month: Period) -> bool:
        return unit_id in own or unit_id == SERVICE or (unit_id in ends and month < ends[unit_id])

    return replace(
        figures,
        tallies={key: one for key, one in figures.tallies.items() if is_told(*key[1:])},
        units={unit_id: name for unit_id, name in figures.units.items() if unit_id in told},
        published_words={
            key: words for key, words in figures.published_words.items() if is_told(*key[1:])
        },
        spreads={key: one for key, one in figures.spreads.items() if is_told(*key[1:])},
        notes={key: notes for key, notes in figures.notes.items() if key[1] in told},
        openings=_limited_openings(figures.openings, told, ends),
        live=figures.live and limited_to(figures.live, unit_ids),
    )


def _elders(openings: Openings, own: Collection[str]) -> dict[str | None, Period]:
    """Units that these continue, each with the month from which the newer one is in charge."""
    ends: dict[str | None, Period] = {}
    for unit_id in own:
        for newer, taken_over in changes_of(openings, unit_id):
            elder = openings[newer].continues
            if elder not in own and in_charge(openings, unit_id, taken_over.shift(-1)) == elder:
                ends[elder] = max(taken_over, ends.get(elder, taken_over))
    return ends


def _limited_openings(
    openings: Openings, told: Collection[str | None], ends: dict[str | None, Period]
) -> Openings:
    """An older unit ends where its work was taken over: what it did since is not told."""
    limited = {unit_id: one for unit_id, one in openings.items() if unit_id in told}
    for elder, month in ends.items():
        closed = limited[elder].closed_on
        day = min(closed, month.start) if closed else month.start
        limited[elder] = replace(limited[elder], closed_on=day)
    return limited
