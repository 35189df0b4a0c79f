"""What of the counts is told: no number of 1 to 5 children, and no way to one."""

from collections.abc import Mapping, Sequence

from exports.disclosure_counts import Counts, is_small
from exports.fewest import Moves, hidden_in_a_row, hidden_in_a_table, of_any, within_a_total
from metrics.model import SERVICE, Tally
from metrics.patterns.by_child import Cells
from metrics.patterns.counting import FactorsOnADay, Pair, Unit
from metrics.patterns.factors import Factor
from metrics.patterns.in_and_out import InAndOut

Hidden = frozenset[tuple[Unit, str]]

# What one child more changes: who has it and who has not; of a part who has the whole of its
# split without it, or the whole as well; of two factors who has either alone.
OF_A_LINE, OF_BOTH = (1.0, -1.0), (1.0, -1.0, -1.0)
OF_A_PART = ((1.0, -1.0, -1.0, 0.0), (1.0, -1.0, 0.0, 1.0))
# Of a whole that is told nobody may be more, of one that is hidden anybody.
NO_ROOM, ROOM = 0, 1000


def hidden_factors(counted: FactorsOnADay) -> Hidden:
    """The units ("*" for the service) and lines whose number is not told.

    The parts of a split are hidden together: whoever knows the whole could subtract one.
    """
    hidden: set[tuple[Unit, str]] = set()
    for whole in (line for line in counted.lines if line.part_of is None):
        of_whole = {one: _of_line(counted, one, whole) for one in counted.units}
        without = hidden_in_a_row(of_whole, [OF_A_LINE])
        hidden |= {(unit_id, whole.key) for unit_id in without}
        parts = [line for line in counted.lines if line.part_of == whole.key]
        of_parts = {one: _of_parts(counted, one, parts, one in without) for one in counted.units}
        of_any_part = hidden_in_a_row(of_parts, _moves(len(parts))) if parts else ()
        hidden |= {(unit_id, line.key) for unit_id in of_any_part for line in parts}
    return frozenset(hidden)


def told_pairs(counted: FactorsOnADay, unit_id: Unit) -> Mapping[Pair, int]:
    """How many children of a unit have both, where nothing small can be worked out from it."""
    pairs = {pair for of, pair in counted.both if of == unit_id}
    return {
        pair: counted.both[unit_id, pair]
        for pair in pairs
        if unit_id
        not in hidden_in_a_row(
            {one: _of_pair(counted, one, pair) for one in counted.units}, [OF_BOTH]
        )
    }


def _of_line(counted: FactorsOnADay, unit_id: Unit, line: Factor) -> Counts:
    having = counted.having[unit_id, line.key]
    return having, counted.assessed[unit_id] - having


def _of_parts(
    counted: FactorsOnADay, unit_id: Unit, parts: Sequence[Factor], is_whole_hidden: bool
) -> Counts:
    room = ROOM if is_whole_hidden else NO_ROOM
    found: Counts = ()
    for line in parts:
        having, others = _of_line(counted, unit_id, line)
        alone = counted.having[unit_id, str(line.part_of)] - having
        found = (*found, having, others, alone, room)
    return found


def _moves(parts: int) -> Moves:
    """Each part's own, as the parts don't exclude each other: a child may have several."""
    return [
        tuple(step for one in range(parts) for step in (move if one == place else nobody))
        for place in range(parts)
        for move in OF_A_PART
        for nobody in [(0.0,) * len(move)]
    ]


def _of_pair(counted: FactorsOnADay, unit_id: Unit, pair: Pair) -> Counts:
    """How many have both, and how many one of the two alone."""
    both = counted.both[unit_id, pair]
    return (both, *(counted.having[unit_id, key] - both for key in pair))


def hidden_cells(counted: Cells) -> Hidden:
    """The units ("*" for the service) and parts that are not told, in a figure cut by children.

    The whole of each is told by Month.
    """
    cells = {
        (unit_id, part): _of_cell(counted, unit_id, part)
        for unit_id in (*counted.units, SERVICE)
        for part in counted.parts
    }
    few = {
        place
        for place in cells
        if place[0] in counted.young or is_small((counted.children.get(place, 0),))
    }
    return hidden_in_a_table(cells, of_any(2), few)


def _of_cell(counted: Cells, unit_id: Unit, part: str) -> Counts:
    tally = counted.tallies.get((unit_id, part), Tally())
    return tally.numerator, tally.denominator - tally.numerator


def hidden_in_and_out(
    found: Mapping[Unit, InAndOut], young: frozenset[Unit] = frozenset()
) -> frozenset[Unit]:
    """The units ("*" for the service) whose cases in and out are not told."""
    of_units = {one: told.counts for one, told in found.items() if one != SERVICE}
    return hidden_in_a_row(of_units, within_a_total(len(found[SERVICE].counts)), young)
