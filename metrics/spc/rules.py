"""Is this line doing something that it does not usually do? The four rules, point by point.

A point has one mark, by the first rule that applies in the order of `Rule`.
"""

from collections.abc import Iterable, Sequence
from itertools import groupby, pairwise
from typing import NamedTuple

from metrics.model import Polarity
from metrics.spc.chart_reading import Footing, Mark, Rule
from metrics.spc.limits import NEAR_LIMIT, OUTSIDE, SAME, Options, Phase

IN_A_ROW, OF_THEM = 3, 2
FEWEST_IN_A_RUN = 4
IN_ORDER = tuple(Rule)


class PointFinding(NamedTuple):
    """Why a point is marked, and whether it went up or down; the run it belongs to."""

    rule: Rule | None
    direction: int
    starts: int


def trends(values: Sequence[float], run_length: int) -> list[int]:
    """1 for each point of so many strictly rising, -1 falling; a tie or a gap breaks the run.

    A turning point that ends one run and starts another keeps the direction that led to it.
    """
    held = [0] * len(values)
    for direction, first, last in _runs(_steps(values)[1:]):
        if direction and last - first + 2 >= run_length:
            for place in range(first, last + 2):
                held[place] = held[place] or direction
    return held


def shifts(zone: Sequence[int], weight: Sequence[float], run_length: int) -> list[int]:
    """1 for each point of so many above the mean, -1 below; one on the mean or a gap breaks it.

    Where points weigh more than 1, fewer make a run: as many as are as rare, but 4 at least.
    """
    held = [0] * len(zone)
    for side, first, last in _runs([_sign(distance) for distance in zone]):
        run = slice(first, last + 1)
        length = last - first + 1
        if length >= FEWEST_IN_A_RUN and sum(weight[run]) >= run_length - SAME:
            held[run] = [side] * length
    return held


def two_in_three(zone: Sequence[int], near_counts_outside: bool) -> list[int]:
    """1 or -1 for points beyond the near limit, two or more of three in a row on one side."""
    furthest = OUTSIDE if near_counts_outside else NEAR_LIMIT
    held = [0] * len(zone)
    near = [NEAR_LIMIT <= abs(distance) <= furthest for distance in zone]
    if sum(near) < OF_THEM:
        return held
    for first in range(len(zone) - IN_A_ROW + 1):
        three = slice(first, first + IN_A_ROW)
        if sum(near[three]) >= OF_THEM and abs(sum(map(_sign, zone[three]))) == IN_A_ROW:
            for place, is_near in enumerate(near[three], first):
                held[place] = _sign(zone[place]) if is_near else held[place]
    return held


def point_findings(phase: Phase, options: Options) -> list[PointFinding]:
    """For each month of a phase, why it is marked (None: it isn't), which way, since which month.

    Nothing is marked where there are no limits.
    """
    if phase.footing is not Footing.LIMITS:
        return [PointFinding(None, 0, place) for place in range(len(phase.values))]
    zone, values = phase.zone.tolist(), phase.values.tolist()
    held = (
        [_sign(distance) if abs(distance) == OUTSIDE else 0 for distance in zone],
        trends(values, options.run_length),
        two_in_three(zone, options.near_counts_outside),
        shifts(zone, phase.weight.tolist(), options.run_length),
    )
    steps = _steps(values)
    return [
        _first_finding(place, marks, held, steps) if any(marks) else PointFinding(None, 0, place)
        for place, marks in enumerate(zip(*held, strict=True))
    ]


def _first_finding(
    place: int, marks: Sequence[int], held: Sequence[Sequence[int]], steps: Sequence[int]
) -> PointFinding:
    """The first rule that marks the point at `place`, and where the run that it is in began."""
    number, direction = next((number, mark) for number, mark in enumerate(marks) if mark)
    rule = IN_ORDER[number]
    if rule is Rule.TREND:
        begins = _run_start(steps, place, direction, 1) - (steps[place] == direction)
    else:
        begins = _run_start(held[number], place, direction, 2 if rule is Rule.TWO_IN_THREE else 1)
    return PointFinding(rule, direction, begins)


def _run_start(marks: Sequence[int], place: int, wanted: int, apart: int) -> int:
    start = place
    for earlier in range(place - 1, -1, -1):
        if marks[earlier] == wanted:
            start = earlier
        elif start - earlier >= apart:
            break
    return start


def _steps(values: Sequence[float]) -> list[int]:
    """From the month before to each: 1 up, -1 down, 0 the same or not known."""
    return [0, *((after > before) - (after < before) for before, after in pairwise(values))]


def _sign(number: int) -> int:
    return (number > 0) - (number < 0)


def _runs(marks: Iterable[int]) -> Iterable[tuple[int, int, int]]:
    """Stretches of the same mark, with the places of their first and last."""
    place = 0
    for mark, run in groupby(marks):
        length = len(list(run))
        yield mark, place, place + length - 1
        place += length


def mark_of(finding: PointFinding, better: Polarity) -> Mark:
    """What a judged point is, by which way is better."""
    if finding.rule is None:
        return Mark.COMMON_CAUSE
    if better is Polarity.NEITHER:
        return Mark.NEUTRAL
    up_is_good = better is Polarity.HIGHER_IS_BETTER
    return Mark.IMPROVEMENT if (finding.direction > 0) == up_is_good else Mark.CONCERN
