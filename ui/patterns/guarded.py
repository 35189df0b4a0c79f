"""What of the counts is told: no number of 1 to 5 children, and no way to one."""

from collections.abc import Iterator, Mapping, Sequence

from exports.disclosure import hidden_units
from exports.disclosure_counts import Counts, parts
from metrics.model import SERVICE
from metrics.patterns.counting import FactorsOnADay, Pair, Unit
from metrics.patterns.factors import Factor

Hidden = frozenset[tuple[Unit, str]]


def hidden_factors(counted: FactorsOnADay) -> Hidden:
    """The units ("*" for the service) and lines whose number is not told.

    The parts of a split are hidden together: whoever knows the whole could subtract one.
    """
    return frozenset(
        (unit_id, line.key)
        for together in _together(counted.lines)
        for unit_id in _hidden({one: _counts(counted, one, together) for one in _scopes(counted)})
        for line in together
    )


def told_pairs(counted: FactorsOnADay, unit_id: Unit) -> Mapping[Pair, int]:
    """How many children of a unit have both, where nothing small can be worked out from it."""
    pairs = {pair for of, pair in counted.both if of == unit_id}
    return {
        pair: counted.both[unit_id, pair]
        for pair in pairs
        if unit_id not in _hidden({one: _of_pair(counted, one, pair) for one in _scopes(counted)})
    }


def _together(lines: Sequence[Factor]) -> Iterator[list[Factor]]:
    for line in lines:
        if line.part_of is None:
            yield [line]
            yield from filter(None, [[one for one in lines if one.part_of == line.key]])


def _scopes(counted: FactorsOnADay) -> list[Unit]:
    return [*counted.units, SERVICE]


def _hidden(of_each: Mapping[Unit, Counts]) -> frozenset[Unit]:
    """As slides for others hide them: two units at a time, never chosen by what they count."""
    of_units = {unit_id: counts for unit_id, counts in of_each.items() if unit_id != SERVICE}
    return hidden_units(of_units, of_each[SERVICE])


def _counts(counted: FactorsOnADay, unit_id: Unit, together: Sequence[Factor]) -> Counts:
    own = (parts(counted.share(unit_id, line.key), True) for line in together)
    rest = (
        counted.having[unit_id, line.part_of] - counted.having[unit_id, line.key]
        for line in together
        if line.part_of
    )
    return (*(count for counts in own for count in counts), *rest)


def _of_pair(counted: FactorsOnADay, unit_id: Unit, pair: Pair) -> Counts:
    """How many have both, and how many one of the two alone."""
    both = counted.both[unit_id, pair]
    return (both, *(counted.having[unit_id, key] - both for key in pair))
