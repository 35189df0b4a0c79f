"""Repeatable chance: the same name gives the same draws on every machine."""

import math
from collections.abc import Iterator, Mapping, Sequence
from typing import TypeVar
from zlib import crc32

import numpy as np

SEED = 20161031
_AT_A_TIME = 4096
Value = TypeVar("Value")


def generator(name: str) -> np.random.Generator:
    """numpy's generator for one part of the council, which no other part can disturb."""
    return np.random.default_rng([SEED, crc32(name.encode())])


class Chance:
    """Single draws, taken from numpy in bulk because one call a draw takes ten times as long."""

    def __init__(self, name: str) -> None:
        self._draws = self._endless(generator(name))

    @staticmethod
    def _endless(numbers: np.random.Generator) -> Iterator[float]:
        while True:
            yield from numbers.random(_AT_A_TIME).tolist()

    def share(self) -> float:
        """A number from 0 up to, not including, 1."""
        return next(self._draws)

    def happens(self, probability: float) -> bool:
        """True in `probability` of draws."""
        return next(self._draws) < probability

    def between(self, lowest: int, highest: int) -> int:
        """A whole number, both ends included."""
        return lowest + int(next(self._draws) * (highest - lowest + 1))

    def one_of(self, values: Sequence[Value]) -> Value:
        """One of `values`, all as likely."""
        return values[int(next(self._draws) * len(values))]

    def weighted(self, weights: Mapping[Value, float]) -> Value:
        """One of the keys, as likely as its weight says."""
        left = next(self._draws) * sum(weights.values())
        for value, weight in weights.items():
            left -= weight
            if left < 0:
                return value
        return value

    def waiting(self, mean: float, steps: int = 1) -> int:
        """Days until something happens: exponential, or more regular with more steps."""
        product = math.prod(1 - next(self._draws) for _ in range(steps))
        return int(-math.log(product) * mean / steps)
