"""Columns of millions of cells, of which each different one is held and read once."""

import json
from array import array
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import count
from typing import Any

_BITS = (b"\0", b"\1")


@dataclass(frozen=True)
class TextColumn:
    """A column's different cells, and for each row the place of its own among them."""

    different: Sequence[str]
    places: Sequence[int]

    def __iter__(self) -> Iterator[str]:
        return map(self.different.__getitem__, self.places)


class DifferentCells:
    """Rows that come some at a time, by column: of millions of cells, each different is held once.

    Cells may be of any type, of one type in each column. What a driver gives as bytes is a bit of
    MySQL's, or else a text.
    """

    def __init__(self, width: int) -> None:
        self._different = [defaultdict[Any, int](count().__next__) for _ in range(width)]
        self._places = [array("i") for _ in range(width)]

    def add(self, rows: Sequence[Sequence[Any]]) -> None:
        """More rows, each as wide as the first."""
        columns = zip(*rows, strict=True)
        for known, ours, cells in zip(self._different, self._places, columns, strict=True):
            try:
                places = [*map(known.__getitem__, cells)]
            except (TypeError, ValueError):
                places = [known[_as_cell(cell)] for cell in cells]
            ours.extend(places)

    @property
    def columns(self) -> list[TextColumn]:
        """What came so far."""
        pairs = zip(self._different, self._places, strict=True)
        return [TextColumn([*map(_plain, known)], ours) for known, ours in pairs]


def _as_cell(cell: Any) -> Any:
    """What some drivers give as an object of their own: bytes that may change, JSON, a list."""
    if isinstance(cell, bytearray | memoryview):
        return bytes(cell)
    return json.dumps(cell, default=str) if isinstance(cell, dict | list) else cell


def _plain(cell: Any) -> Any:
    if not isinstance(cell, bytes | memoryview):
        return cell
    held = bytes(cell)
    return held[0] if held in _BITS else held.decode("utf-8", errors="replace")
