"""Columns of millions of cells: each different cell is held once, whatever a driver gives."""

import pytest

from loading.columns.different_cells import DifferentCells


def cells_of(*given: object) -> list:
    held = DifferentCells(1)
    held.add([[one] for one in given])
    (column,) = held.columns
    return [*column]


@pytest.mark.parametrize(
    ("given", "read"),
    [
        ({"1A": "Yes"}, '{"1A": "Yes"}'),
        (["1A", None], '["1A", null]'),
        (bytearray(b"1A"), "1A"),
        (memoryview(bytearray(b"1A")), "1A"),
        (memoryview(b"1A"), "1A"),
        (b"\1", 1),
        (b"caf\xe9", "caf\ufffd"),
    ],
)
def test_what_a_driver_has_an_object_of_its_own_for_is_text(given, read):
    assert cells_of("as ever", given, None, given) == ["as ever", read, None, read]


def test_cells_that_are_the_same_are_held_once():
    held = DifferentCells(2)
    held.add([("a", 1), ("b", 1)])
    held.add([("a", [2])])
    first, second = held.columns
    assert (first.different, [*first.places]) == (["a", "b"], [0, 1, 0])
    assert [*second] == [1, 1, "[2]"]
