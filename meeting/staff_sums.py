"""What a room is told of figures whose rows are about people who work: sums, never one person."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from metrics.model import Tally

FEWEST_PEOPLE = 6
SUMS_AT_MOST = 8


@dataclass(frozen=True)
class StaffSum:
    """One part of a figure, or several added together, and how many people stand behind it."""

    parts: tuple[str | None, ...]
    workers: frozenset[str]
    tally: Tally

    def __add__(self, other: "StaffSum") -> "StaffSum":
        parts, workers = self.parts + other.parts, self.workers | other.workers
        return StaffSum(parts, workers, self.tally + other.tally)


def sums_of(rows: Iterable[Any]) -> list[StaffSum]:
    """The parts of six people or more, and last the others added together.

    Where the others are fewer than six, the part with the fewest people joins them, as what is
    left of the whole would tell of them too. Nothing where six people can't be found at all.
    """
    sums = sorted(
        _part_sums(rows), key=lambda part_sum: (-len(part_sum.workers), str(part_sum.parts))
    )
    shown = [part_sum for part_sum in sums if len(part_sum.workers) >= FEWEST_PEOPLE]
    if len(sums) > SUMS_AT_MOST:
        shown = shown[: SUMS_AT_MOST - 1]
    small = sums[len(shown) :]
    if not small:
        return shown
    together = sum(small[1:], small[0])
    while len(together.workers) < FEWEST_PEOPLE and shown:
        together = shown.pop() + together
    return [*shown, together] if len(together.workers) >= FEWEST_PEOPLE else []


def _part_sums(rows: Iterable[Any]) -> list[StaffSum]:
    """Rows without a worker add to the sum and are nobody."""
    workers: dict[str | None, set[str]] = defaultdict(set)
    tallies: dict[str | None, Tally] = defaultdict(Tally)
    for row in rows:
        workers[row.part] |= {row.worker_id} - {None}
        tallies[row.part] += Tally(row.numerator or 0, row.denominator or 0)
    return [StaffSum((part,), frozenset(workers[part]), tallies[part]) for part in tallies]
