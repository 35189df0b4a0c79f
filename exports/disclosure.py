"""What slides for people outside the service may show: no count of 1 to 5, and no way to one.

A figure is shown whole (numerator, denominator and value) or not at all. It is small if its
numerator, its denominator or, of a share, the rest (denominator less numerator) is above 0 and
below 6. Whoever wants to find it is taken to know every total, every figure that is shown, and
this rule to the letter. So what is hidden beside a small figure is never chosen by its value: units
stand in pairs, in the order of their ids, and a pair is hidden whole or not at all. Whether more
pairs have to join is asked of the hidden figures' sum alone, which anybody can work out.
Companions and quantiles are left out: they would add up with the figures, or give away how long
one visit took.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import product

from metrics.catalogue import CATALOGUE
from metrics.figures import Figures
from metrics.model import SERVICE, Metric, Period, Tally
from metrics.publication import Note, NoteKind

SMALLEST_SHOWN = 6

Cell = tuple[str, str | None, Period]
Units = Mapping[str | None, Tally]

# Sums of hours in another order differ beyond this.
DIGITS_THAT_COUNT = 9


@dataclass(frozen=True)
class Disclosed:
    """Figures without the hidden ones, and which those were: nothing of their values is left."""

    figures: Figures
    hidden: frozenset[Cell] = frozenset()


def everything(figures: Figures) -> Disclosed:
    """All figures, for the service itself."""
    return Disclosed(figures)


def protected(figures: Figures) -> Disclosed:
    """What may leave the service: decided over all units, whichever will have a slide."""
    hidden = frozenset(
        (metric.key, unit_id, period)
        for metric, period in product(CATALOGUE.values(), figures.months)
        for unit_id in _hidden_of(figures, metric, period)
    )
    shown = {
        cell: tally
        for cell, tally in figures.tallies.items()
        if cell[0] in CATALOGUE and cell not in hidden
    }
    # A month of which everything is hidden is still a month with data.
    months = {("", None, period): Tally() for period in figures.months}
    # Words that were published hold the counts beside a figure: they are made anew of what is left.
    left = replace(
        figures,
        tallies=months | shown,
        spreads={},
        published_words={},
        notes=_bare(figures),
        live=None,
    )
    return Disclosed(left, hidden)


def _bare(figures: Figures) -> Mapping[tuple[str, str | None], list[Note]]:
    """Where limits begin anew, and none of the words that people wrote for each other."""
    return {
        key: [
            replace(note, words=note.kind.value, by="")
            for note in notes
            if note.kind is NoteKind.NEW_LIMITS
        ]
        for key, notes in figures.notes.items()
    }


def _hidden_of(figures: Figures, metric: Metric, period: Period) -> frozenset[str | None]:
    of_units = {
        unit_id: tally
        for unit_id in figures.units
        if unit_id != SERVICE
        and (tally := figures.tallies.get((metric.key, unit_id, period))) is not None
    }
    service = figures.tallies.get((metric.key, SERVICE, period), Tally())
    return hidden_units(of_units, service, metric.measure.is_share)


def hidden_units(of_units: Units, service: Tally, is_share: bool) -> frozenset[str | None]:
    """The units whose figures stay hidden, with "*" where the service's has to be as well."""
    everything_hidden = frozenset({*of_units, SERVICE})
    if is_small(service, is_share):
        return everything_hidden
    pairs = pairs_of(of_units)
    hidden = [pair for pair in pairs if any(is_small(of_units[one], is_share) for one in pair)]
    if not hidden:
        return frozenset()
    for joining in [None, *(pair for pair in pairs if pair not in hidden)]:
        hidden += [joining] if joining else []
        units = frozenset(unit_id for pair in hidden for unit_id in pair)
        together = sum((of_units[unit_id] for unit_id in units), Tally())
        if can_be_many(together, service, len(hidden), is_share):
            return units
    return everything_hidden


def pairs_of(unit_ids: Iterable[str | None]) -> list[Sequence[str | None]]:
    """Units two by two, "No unit" last; a last one that is left over makes three of the last pair.

    By their ids, which outlive a new name: two packs never pair one month's units in two ways.
    """
    ordered = sorted(unit_ids, key=lambda unit_id: (unit_id is None, unit_id or ""))
    starts = range(0, max(len(ordered) - 1, 1), 2)
    ends = [*starts[1:], len(ordered)]
    return [ordered[start:end] for start, end in zip(starts, ends, strict=True)]


def is_small(tally: Tally, is_share: bool) -> bool:
    """Whether any count in it is 1 to 5; parts of an hour or of a post count as well."""
    return any(0 < abs(count) < SMALLEST_SHOWN for count in _parts(tally, is_share))


def can_be_many(together: Tally, service: Tally, pairs: int, is_share: bool) -> bool:
    """Whether what is hidden adds up to enough for each hidden count to be any of six or more.

    In each of so many pairs some count is 1 to 5, so each takes at least 1 of the sum. Of what
    the service has none, as its own figure says, no unit has any: nothing is given away.
    """
    enough = SMALLEST_SHOWN + pairs
    of_both = zip(_parts(together, is_share), _parts(service, is_share), strict=True)
    return all(of_all == 0 or abs(hidden) >= enough for hidden, of_all in of_both)


def _parts(tally: Tally, is_share: bool) -> list[float]:
    rest = tally.denominator - tally.numerator if is_share else 0
    return [round(count, DIGITS_THAT_COUNT) for count in (tally.numerator, tally.denominator, rest)]
