"""Somebody who knows every total and the rule, and works out what each hidden count can be."""

from collections.abc import Callable, Iterator, Mapping, Sequence, Set
from itertools import chain, product

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp

from metrics.model import Tally

Unit = str | None
SMALL = range(1, 6)


def widths(
    of_units: Mapping[Unit, Tally],
    hidden: Set[Unit],
    pairs: Sequence[Sequence[Unit]],
    is_share: bool,
) -> dict[tuple[Unit, str], int]:
    """How many numbers each hidden numerator and denominator spans, the least to the most.

    By integer feasibility: the hidden counts are whole and not below 0, add up to what is left of
    the totals, and in each hidden pair one count at least is 1 to 5. Left out are parts of which
    the whole service has none: its own figure says so.
    """
    if not hidden:
        return {}
    search = _Search(of_units, [pair for pair in pairs if set(pair) & hidden], is_share)
    service = sum(of_units.values(), Tally())
    return {
        (unit_id, part): search.span(unit_id, part)
        for unit_id, part in product(hidden, ("numerator", "denominator"))
        if getattr(service, part)
    }


class _Search:
    """Columns: for each hidden unit its parts, then for each part whether it is small."""

    def __init__(
        self, of_units: Mapping[Unit, Tally], pairs: Sequence[Sequence[Unit]], is_share: bool
    ):
        self.units = list(chain.from_iterable(pairs))
        self.parts = 3 if is_share else 2
        together = sum((of_units[unit_id] for unit_id in self.units), Tally())
        self.most = int(together.numerator + together.denominator) + 1
        cells = len(self.units) * self.parts
        rows: list[tuple[dict[int, float], float, float]] = []
        for place, whole in enumerate((together.numerator, together.denominator)):
            rows.append(({self._cell(unit, place): 1 for unit in self.units}, whole, whole))
        for unit in self.units:
            if is_share:
                n, d, rest = (self._cell(unit, place) for place in range(3))
                rows.append(({n: 1, rest: 1, d: -1}, 0, 0))
            for place in range(self.parts):
                cell = self._cell(unit, place)
                small = cells + cell
                rows.append(({cell: 1, small: -1}, 0, np.inf))
                rows.append(({cell: 1, small: self.most}, -np.inf, self.most + max(SMALL)))
        for pair in pairs:
            flags = [cells + self._cell(u, place) for u in pair for place in range(self.parts)]
            rows.append((dict.fromkeys(flags, 1), 1, np.inf))
        matrix = np.zeros((len(rows), 2 * cells))
        for number, (weights, _, _) in enumerate(rows):
            for column, weight in weights.items():
                matrix[number, column] = weight
        self.holds = LinearConstraint(matrix, [row[1] for row in rows], [row[2] for row in rows])
        self.bounds = Bounds(np.zeros(2 * cells), [self.most] * cells + [1] * cells)

    def _cell(self, unit: Unit, place: int) -> int:
        return self.units.index(unit) * self.parts + place

    def span(self, unit: Unit, part: str) -> int:
        cell = self._cell(unit, ("numerator", "denominator").index(part))
        least, most = (self._extreme(cell, sign) for sign in (1, -1))
        return most - least + 1

    def _extreme(self, cell: int, sign: int) -> int:
        wish = np.zeros(len(self.bounds.lb))
        wish[cell] = sign
        found = milp(
            wish, constraints=self.holds, bounds=self.bounds, integrality=np.ones_like(wish)
        )
        assert found.success, "no world is like this one, not even itself"
        return round(found.x[cell])


def every_world(
    of_units: Mapping[Unit, Tally], hidden: Set[Unit], rule: Callable[[Mapping], Set[Unit]]
) -> list[Mapping[Unit, Tally]]:
    """Every world of shares in which all that is shown is the same, and `rule` hides the same."""
    together = sum((of_units[unit_id] for unit_id in hidden), Tally())
    rest = int(together.denominator - together.numerator)
    units = sorted(hidden, key=str)
    return [
        world
        for numerators in _split(int(together.numerator), len(units))
        for rests in _split(rest, len(units))
        if rule(world := _world(of_units, units, numerators, rests)) == hidden
    ]


def _world(
    of_units: Mapping[Unit, Tally],
    units: Sequence[Unit],
    numerators: Sequence[int],
    rests: Sequence[int],
) -> Mapping[Unit, Tally]:
    changed = (Tally(n, n + rest) for n, rest in zip(numerators, rests, strict=True))
    return {**of_units, **dict(zip(units, changed, strict=True))}


def _split(whole: int, among: int) -> Iterator[tuple[int, ...]]:
    if among == 1:
        yield (whole,)
        return
    for first in range(whole + 1):
        for others in _split(whole - first, among - 1):
            yield (first, *others)
