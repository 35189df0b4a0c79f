"""Limits and rules in plain loops, written from their definitions: shares nothing with metrics."""

from math import sqrt


def mean_and_width(values: list[float | None]) -> tuple[float, float]:
    """The mean, and 2.66 times the mean moving range."""
    known = [value for value in values if value is not None]
    changes = []
    for at in range(1, len(values)):
        before, after = values[at - 1], values[at]
        if before is not None and after is not None:
            changes.append(abs(after - before))
    return sum(known) / len(known), 2.66 * sum(changes) / len(changes)


def rules(
    values: list[float | None], mean: float, width: float, run_length: int, counts_outside: bool
) -> list[tuple[str | None, int]]:
    """For each value its rule and direction, by looking at every stretch that holds it."""
    return [
        first_rule(values, at, mean, width, run_length, counts_outside) for at in range(len(values))
    ]


def first_rule(
    values: list[float | None],
    at: int,
    mean: float,
    width: float,
    run_length: int,
    counts_outside: bool,
) -> tuple[str | None, int]:
    value = values[at]
    if value is None:
        return None, 0
    if value > mean + width or value < mean - width:
        return "outside", side(value, mean)
    if in_stretch(values, at, run_length, lambda some: is_trend(some, 1)):
        return "trend", 1
    if in_stretch(values, at, run_length, lambda some: is_trend(some, -1)):
        return "trend", -1
    if is_near(value, mean, width, counts_outside) and in_stretch(
        values, at, 3, lambda some: is_two_in_three(some, mean, width, counts_outside)
    ):
        return "two_in_three", side(value, mean)
    if in_stretch(
        values, at, run_length, lambda some: abs(sum(side(v, mean) for v in some)) == len(some)
    ):
        return "shift", side(value, mean)
    return None, 0


def in_stretch(values, at, length, holds) -> bool:
    for first in range(max(0, at - length + 1), at + 1):
        stretch = values[first : first + length]
        if len(stretch) == length and None not in stretch and holds(stretch):
            return True
    return False


def is_trend(some, direction) -> bool:
    for before, after in zip(some, some[1:], strict=False):
        if (after - before) * direction <= 0:
            return False
    return True


def is_two_in_three(some, mean, width, counts_outside) -> bool:
    sides = {side(value, mean) for value in some}
    near = [value for value in some if is_near(value, mean, width, counts_outside)]
    return sides in ({1}, {-1}) and len(near) >= 2


def is_near(value, mean, width, counts_outside) -> bool:
    away = abs(value - mean)
    return away > width * 2 / 3 and (counts_outside or away <= width)


def side(value, mean) -> int:
    if value == mean:
        return 0
    return 1 if value > mean else -1


def chance_of(x: int, n: int, share: float) -> float:
    """Of exactly x of n."""
    ways = 1.0
    for number in range(x):
        ways = ways * (n - number) / (number + 1)
    return ways * share**x * (1 - share) ** (n - x)


def wilson(x: float, n: float, z: float = 1.959963984540054) -> tuple[float, float]:
    """Newcombe 1998, method 3, as printed there."""
    middle = 2 * x + z * z
    spread = z * sqrt(z * z + 4 * x * (n - x) / n)
    return (middle - spread) / (2 * (n + z * z)), (middle + spread) / (2 * (n + z * z))
