"""What of the counts is told: no number of 1 to 5 children, and no way to one."""

from collections.abc import Iterator, Mapping, Sequence, Set

from exports.disclosure import hidden_units
from exports.disclosure_counts import Counts, added, is_small, parts
from metrics.model import SERVICE, Tally
from metrics.patterns.by_child import Cells
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


def hidden_cells(counted: Cells) -> Hidden:
    """The units ("*" for the service) and parts that are not told, in a figure cut by children.

    A part is told of units only where it is small in none of them, and of the service where it is
    small in none of its own. What is left of a unit's whole, which Month tells, is then in two
    parts at least, and in no number of 1 to 5.
    """
    of_service = hidden_units(
        {part: _of_cell(counted, SERVICE, part) for part in counted.parts},
        added([_of_cell(counted, SERVICE, part) for part in counted.parts]),
    )
    hidden = {
        part
        for part in counted.parts
        if part in of_service
        or any(is_small(_of_cell(counted, one, part)) for one in counted.units)
    }
    for joining in (None, *(part for part in counted.parts if part not in hidden)):
        hidden |= {joining} if joining else set()
        if not hidden or (len(hidden) > 1 and not _gives_away(counted, hidden)):
            break
    units = ((unit_id, part) for unit_id in counted.units for part in hidden)
    service = (
        counted.parts if SERVICE in of_service else [p for p in counted.parts if p in of_service]
    )
    return frozenset((*units, *((SERVICE, part) for part in service)))


def _gives_away(counted: Cells, hidden: Set[str]) -> bool:
    return any(
        is_small(added([_of_cell(counted, unit_id, part) for part in hidden]))
        for unit_id in counted.units
    )


def _of_cell(counted: Cells, unit_id: Unit, part: str) -> Counts:
    tally = counted.tallies.get((unit_id, part), Tally())
    return (*parts(tally, True), counted.children.get((unit_id, part), 0))
