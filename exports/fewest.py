"""What the service's own pages tell of few: no number of 1 to 5, and no way to one.

Slides leave the service, so what is hidden beside a small number there says nothing of it at all
(`exports.disclosure`). Here whoever looks may know that a number is small, and must not know which
it is: a small number is hidden, and beside it the fewest others from which it could be worked out.
Who wants to work it out is taken to know every total and every number that is told. So what is
hidden together comes to none or to six at least, and each small number could be another one: there
are other numbers with the same totals, of which the same are small.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence, Set
from dataclasses import dataclass
from itertools import chain

from exports.disclosure import pairs_of
from exports.disclosure_counts import Counts, added, is_small
from metrics.model import SERVICE

Row = str | None
Cell = tuple[Row, str]
# The other three of a square's corners.
Square = tuple[Cell, Cell, Cell]
# What may change at once in one place, where another takes up what it leaves.
Moves = Sequence[Counts]
# Counts beside each other and whether each takes up what the first leaves, or leaves as well.
Beside = Sequence[tuple[Counts, int]]
Could = Callable[[float, float], bool]


def within_a_total(parts: int) -> Moves:
    """The moves of parts whose sum is told: what one has more another has less."""
    of_each = _one_more(parts)
    return [
        tuple(up - down for up, down in zip(one, other, strict=True))
        for place, one in enumerate(of_each)
        for other in of_each[place + 1 :]
    ]


def of_any(parts: int) -> Moves:
    """The moves of parts whose sum is not told either."""
    return [*_one_more(parts), *within_a_total(parts)]


def _one_more(parts: int) -> list[Counts]:
    return [tuple(float(one == place) for one in range(parts)) for place in range(parts)]


def hidden_in_a_row(
    of_each: Mapping[Row, Counts], moves: Moves, few: Set[Row] = frozenset()
) -> frozenset[Row]:
    """Which of these are not told, where their sum is; with "*" where the sum can't be either.

    `few` are small for another reason: for the children behind a number.
    """
    if not of_each:
        return frozenset()
    everything = frozenset({*of_each, SERVICE})
    of_all = added(list(of_each.values()))
    if is_small(of_all):
        return everything
    able = [move for move in moves if _has_some(of_all, move)]
    small = frozenset(one for one, counts in of_each.items() if one in few or is_small(counts))
    in_turn = _in_turn(of_each, small)
    for joining in range(len(in_turn) + 1):
        hidden = small.union(in_turn[:joining])
        if _is_kept(of_each, hidden, small, able):
            return hidden
    return everything


def _has_some(of_all: Counts, move: Counts) -> bool:
    """Of what all together have none, as their sum says, none has any: no rule can hide that."""
    return all(total or not step for total, step in zip(of_all, move, strict=True))


def _in_turn(of_each: Mapping[Row, Counts], hidden: Set[Row]) -> list[Row]:
    """The others, who stands in a pair with a hidden one first: nothing counted decides it."""
    pairs = pairs_of(of_each)
    own = [pair for pair in pairs if not hidden.isdisjoint(pair)]
    ordered = chain(*own, *(pair for pair in pairs if pair not in own))
    return [one for one in ordered if one not in hidden]


def _is_kept(
    of_each: Mapping[Row, Counts], hidden: Set[Row], small: Set[Row], moves: Moves
) -> bool:
    if is_small(added([of_each[one] for one in hidden])):
        return False
    return not any(
        _told(
            of_each[one],
            [[(of_each[other], -1)] for other in hidden - {one}],
            moves,
            _could_be_small,
        )
        for one in hidden & small
    )


def hidden_in_a_table(
    cells: Mapping[Cell, Counts], moves: Moves, few: Set[Cell]
) -> frozenset[Cell]:
    """Which cells are not told of units and of "*", their sum, where each row's whole is told.

    `few` are small for another reason. All cells, where nothing less is enough.
    """
    small = {place for place, counts in cells.items() if place in few or is_small(counts)}
    table = _Table(cells, moves, frozenset(small))
    hidden = frozenset(small)
    while (joining := table.joining(hidden)) is not None:
        if joining <= hidden:
            return frozenset(cells)
        hidden |= joining
    return hidden


@dataclass(frozen=True)
class _Table:
    cells: Mapping[Cell, Counts]
    moves: Moves
    small: frozenset[Cell]

    def joining(self, hidden: frozenset[Cell]) -> frozenset[Cell] | None:
        """What to hide next: nothing where nothing is enough, None where all is kept."""
        for place in (place for place in self.cells if place in hidden):
            squares = self._squares(place)
            inside = [one for one in squares if hidden.issuperset(one)]
            if place in self.small and (told := self._told(place, inside)):
                useful = (one for one in squares if told[0] not in self._told(place, [one]))
                return self._fewest(useful, hidden)
            if self._is_little(hidden, self._of_row(place), place):
                return self._fewest((one for one in squares if one[0] not in hidden), hidden)
            if self._is_little(hidden, self._of_units(place), place):
                return self._fewest((one for one in squares if one[1] not in hidden), hidden)
        return None

    def _of_row(self, place: Cell) -> list[Cell]:
        return [one for one in self.cells if one[0] == place[0]]

    def _of_units(self, place: Cell) -> list[Cell]:
        return [one for one in self.cells if one[1] == place[1] and one[0] != SERVICE]

    def _is_little(self, hidden: frozenset[Cell], line: Sequence[Cell], place: Cell) -> bool:
        """Whether the line's hidden cells come to a small number, and all of it to many.

        Of units nobody can tell where the service's own cell is hidden.
        """
        is_of_units = line[0][0] != line[-1][0]
        if is_of_units and (SERVICE, place[1]) in hidden:
            return False
        of_all = added([self.cells[one] for one in line])
        left = added([self.cells[one] for one in line if one in hidden])
        return any(
            is_small((one,)) and not is_small((whole,))
            for one, whole in zip(left, of_all, strict=True)
        )

    def _fewest(self, squares: Iterable[Square], hidden: frozenset[Cell]) -> frozenset[Cell]:
        """The square that hides the fewest more and, of those, the smallest numbers."""

        def costs(square: Square) -> tuple[int, float]:
            more = {*square} - hidden
            return len(more), sum(sum(self.cells[one]) for one in more)

        return frozenset(min(squares, key=costs, default=()))

    def _squares(self, place: Cell) -> list[Square]:
        """Each with the cell in the same row first, and in the same column next."""
        row, column = place
        found = (
            ((row, other), (one, column), (one, other))
            for one, other in self.cells
            if one != row and other != column
        )
        return list(found)

    def _told(self, place: Cell, squares: Sequence[Square]) -> list[int]:
        beside = [
            list(zip((self.cells[one] for one in square), _ways(place, square), strict=True))
            for square in squares
        ]
        return _told(self.cells[place], beside, self.moves, _could_be_counted)


def _ways(place: Cell, square: Square) -> tuple[int, int, int]:
    """What one unit has more another has less; the service, their sum, has it more as well."""
    rows = {place[0], square[1][0]}
    return (-1, 1, -1) if SERVICE in rows else (-1, -1, 1)


def _told(counts: Counts, beside: Sequence[Beside], moves: Moves, could: Could) -> list[int]:
    """Which of the small counts could be no other; of counts that are not small, the first."""
    able = [move for move in moves if any(_is_able(counts, one, move, could) for one in beside)]
    small = [place for place, count in enumerate(counts) if is_small((count,))]
    if not small:
        return [] if able or not moves else [0]
    hidden = [place for place in small if any(move[place] for move in moves)]
    return [place for place in hidden if not any(move[place] for move in able)]


def _is_able(counts: Counts, beside: Beside, move: Counts, could: Could) -> bool:
    """Whether the move, there or back, leaves what could be counted as well."""
    return any(
        all(
            could(before, before + sign * way * step)
            for one, way in ((counts, 1), *beside)
            for before, step in zip(one, move, strict=True)
        )
        for sign in (1, -1)
    )


def _could_be_counted(_: float, now: float) -> bool:
    return now >= 0


def _could_be_small(before: float, now: float) -> bool:
    """What is small stays so, or who knows this rule would know that it isn't the number."""
    return now >= 0 and (is_small((now,)) or not is_small((before,)))
