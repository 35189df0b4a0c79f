"""What slides for people outside the service may show: no count of 1 to 5, and no way to one.

A figure is shown whole (numerator, denominator and value) or not at all. It is small if its
numerator, its denominator or, of a share, the rest (denominator less numerator) is above 0 and
below 6. Whoever wants to find it is taken to know every total, every figure that is shown, and
even which of those hidden are small. Companions and quantiles are left out: they would add up
with the figures, or give away how long one visit took.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import product

from metrics.catalogue import CATALOGUE
from metrics.figures import Figures
from metrics.model import SERVICE, Metric, Period, Tally
from metrics.publication import Note, NoteKind

SMALLEST_SHOWN = 6

Cell = tuple[str, str | None, Period]
Units = Mapping[str | None, Tally]

N_STEPS = (Tally(1, 0), Tally(-1, 0))
D_STEPS = (Tally(0, 1), Tally(0, -1))


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
        figures, tallies=months | shown, spreads={}, published_words={}, notes=_bare(figures)
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
    if is_small(service, is_share):
        return frozenset({*of_units, SERVICE})
    small = [unit_id for unit_id, tally in of_units.items() if is_small(tally, is_share)]
    if not small:
        return frozenset()
    others = [unit_id for unit_id in of_units if unit_id not in small]
    for chosen in (small, *([*small, other] for other in others), list(of_units)):
        if is_safe({unit_id: of_units[unit_id] for unit_id in chosen}, is_share):
            return frozenset(chosen)
    return frozenset({*of_units, SERVICE})


def is_small(tally: Tally, is_share: bool) -> bool:
    """Whether any count in it is 1 to 5; parts of an hour or of a post count as well."""
    rest = tally.denominator - tally.numerator if is_share else 0
    return any(
        0 < abs(count) < SMALLEST_SHOWN for count in (tally.numerator, tally.denominator, rest)
    )


def is_safe(hidden: Units, is_share: bool) -> bool:
    """Whether each hidden numerator and denominator could be another, with the same sums."""
    return all(
        any(_could_be(hidden, unit_id, step, is_share) for step in steps)
        for unit_id, steps in product(hidden, (N_STEPS, D_STEPS))
    )


def _could_be(hidden: Units, unit_id: str | None, step: Tally, is_share: bool) -> bool:
    """Whether `step` more here and as much less in another hidden unit would look the same."""
    back = Tally(-step.numerator, -step.denominator)
    others = (tally for other, tally in hidden.items() if other != unit_id)
    return _looks_the_same(hidden[unit_id], step, is_share) and any(
        _looks_the_same(tally, back, is_share) for tally in others
    )


def _looks_the_same(tally: Tally, step: Tally, is_share: bool) -> bool:
    moved = tally + step
    return is_small(moved, is_share) == is_small(tally, is_share) and all(
        number >= 0
        for number, could_be_below in zip(
            _parts(moved, is_share), _below_nought(tally, is_share), strict=True
        )
        if not could_be_below
    )


def _parts(tally: Tally, is_share: bool) -> Iterator[float]:
    yield tally.numerator
    yield tally.denominator
    yield tally.denominator - tally.numerator if is_share else 0


def _below_nought(tally: Tally, is_share: bool) -> list[bool]:
    return [number < 0 for number in _parts(tally, is_share)]
