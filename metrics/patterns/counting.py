"""How many open children have each concern factor, and each two together: by unit, on a day."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import combinations
from typing import Any

from metrics.model import SERVICE, Tally
from metrics.patterns.factors import NOTHING, Factor, factors_in_order, held

Unit = str | None
Pair = tuple[str, str]


@dataclass(frozen=True)
class FactorsOnADay:
    """Children by unit, and "*" for all units together; nobody's id or name.

    `no_unit` are open children whom no unit leads. They count in nothing else: being few they
    would be hidden, and a unit with them. `assessed` are those of the `opened` who have an
    authorised assessment. `having` is by unit and line, `both` by unit and two lines that no
    split divides, in their order.
    """

    lines: tuple[Factor, ...] = ()
    opened: Counter[Unit] = field(default_factory=Counter)
    assessed: Counter[Unit] = field(default_factory=Counter)
    having: Counter[tuple[Unit, str]] = field(default_factory=Counter)
    both: Counter[tuple[Unit, Pair]] = field(default_factory=Counter)
    no_unit: int = 0

    @property
    def units(self) -> list[Unit]:
        """The units that have an open child, without the service."""
        return [unit_id for unit_id in self.opened if unit_id != SERVICE]

    def share(self, unit_id: Unit, key: str) -> Tally:
        """Children with the factor out of those who are assessed."""
        return Tally(self.having[unit_id, key], self.assessed[unit_id])

    def covered(self, unit_id: Unit) -> Tally:
        """Those assessed out of all open ones."""
        return Tally(self.assessed[unit_id], self.opened[unit_id])


def counted(rows: Iterable[Any]) -> FactorsOnADay:
    """The rows of `factors_of_the_open` added up: sums alone.

    Each child counts once in its unit and once in all.
    """
    every = list(rows)
    listed = [row for row in every if row.unit_id is not None]
    found: dict[str, set[str]] = defaultdict(set)
    for row in listed:
        if row.factor is not None:
            found[row.child_id].add(row.factor)
    lines = factors_in_order(code for codes in found.values() for code in codes)
    led = _children(listed)
    told = FactorsOnADay(
        (*lines, NOTHING) if lines else (), no_unit=len(_children(every).keys() - led.keys())
    )
    for child_id, (unit_id, is_assessed) in led.items():
        for scope in (unit_id, SERVICE):
            _count(told, scope, is_assessed, frozenset(found.get(child_id, ())))
    return told


def _children(rows: Iterable[Any]) -> dict[str, tuple[Unit, bool]]:
    return {row.child_id: (row.unit_id, row.assessment_id is not None) for row in rows}


def _count(told: FactorsOnADay, unit_id: Unit, is_assessed: bool, found: frozenset[str]) -> None:
    told.opened[unit_id] += 1
    told.assessed[unit_id] += is_assessed
    told.having[unit_id, NOTHING.key] += is_assessed and not found
    for key in held(told.lines, found):
        told.having[unit_id, key] += 1
    whole = [line for line in told.lines if line.part_of is None]
    for pair in combinations(held(whole, found), 2):
        told.both[unit_id, pair] += 1
