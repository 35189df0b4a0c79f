"""What slides for people outside the service may show: no count of 1 to 5, and no way to one.

A figure is shown whole (numerator, denominator and value) or not at all. It is small if its
numerator, its denominator or, of a share, the rest (denominator less numerator) is above 0 and
below 6, or if that holds of the people behind one of these, as days and visits are many of one
child. Figures of which one is part of another are hidden together, also for what lies between them.
Of figures that count the same children on their way through a case, as many at each level, on the
way up or down and closed, only the whole service's is told: a unit's could be worked out from the
others. What is summed to date is told at the ends of quarters, and hidden where what came to it
since it was last shown is small. Whoever wants to find it is taken to know every total, every
figure that is shown, and this rule to the letter. So what is hidden beside a small figure is never
chosen by its value: units stand in pairs, in the order of their ids, and a pair is hidden whole or
not at all. Whether more pairs have to join is asked of the hidden figures' sum, which anybody can
work out, and of the people behind it.
Companions and quantiles are left out: they would add up with the figures, or give away how long
one visit took.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from exports.disclosure_counts import (
    Counts,
    added,
    can_be_many,
    counts_of,
    families,
    is_small,
    is_told_of,
    with_steps,
)
from metrics.catalogue import CATALOGUE
from metrics.figures import Figures
from metrics.model import SERVICE, FigureKind, Metric, Period, Tally
from metrics.publication import Note, NoteKind

Cell = tuple[str, str | None, Period]
Units = Mapping[str | None, Counts]


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
        for family in families()
        for unit_id, period in _hidden_of(figures, family)
        for metric in family
        if (metric.key, unit_id, period) in figures.tallies
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


def _hidden_of(figures: Figures, family: Sequence[Metric]) -> Iterator[tuple[str | None, Period]]:
    """The units and months in which none of these figures is shown, oldest first."""
    shown: dict[str | None, Counts] = {}
    is_to_date = any(metric.kind is FigureKind.CUMULATIVE for metric in family)
    stays = any(metric.units_stay_inside for metric in family)
    for period in figures.months:
        of_units = _counted(figures, family, period)
        if not is_told_of(family, period):
            yield from ((unit_id, period) for unit_id in of_units)
            continue
        hidden = _hidden_in(of_units, shown, stays)
        yield from ((unit_id, period) for unit_id in hidden)
        if is_to_date:
            shown |= {one: now for one, now in of_units.items() if one not in hidden}


def _counted(figures: Figures, family: Sequence[Metric], period: Period) -> Units:
    """What is counted of each unit, and of the service."""
    of_each = {one: counts_of(figures, family, one, period) for one in (*figures.units, SERVICE)}
    return {one: counts for one, counts in of_each.items() if counts is not None}


def _hidden_in(of_each: Units, shown: Units, units_stay: bool) -> frozenset[str | None]:
    """The service's figure stands alone where its units' stay inside: nothing is subtracted."""
    stepped = {one: with_steps(now, shown.get(one)) for one, now in of_each.items()}
    service = stepped.pop(SERVICE, None)
    if service is None:
        return frozenset(stepped)
    if units_stay and not is_small(service):
        return frozenset(stepped)
    return hidden_units(stepped, service)


def hidden_units(of_units: Units, service: Counts) -> frozenset[str | None]:
    """The units whose figures stay hidden, with "*" where the service's has to be as well."""
    everything_hidden = frozenset({*of_units, SERVICE})
    if is_small(service):
        return everything_hidden
    pairs = pairs_of(of_units)
    hidden = [pair for pair in pairs if any(is_small(of_units[one]) for one in pair)]
    if not hidden:
        return frozenset()
    for joining in [None, *(pair for pair in pairs if pair not in hidden)]:
        hidden += [joining] if joining else []
        units = frozenset(unit_id for pair in hidden for unit_id in pair)
        together = added([of_units[unit_id] for unit_id in units])
        if can_be_many(together, service, len(hidden)):
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
