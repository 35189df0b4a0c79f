"""One change at random to a table of cells, the headings first: what hands and exports do to it."""

from collections.abc import Callable, Sequence
from random import Random

Table = list[list]


def _row(table: Table, draw: Random) -> int:
    return draw.randrange(len(table))


def _column(table: Table, draw: Random) -> int:
    return draw.randrange(max(map(len, table)) or 1)


def _put(row: list, place: int, value: object) -> None:
    row.extend([None] * (place + 1 - len(row)))
    row[place] = value


def _cell(table: Table, draw: Random, values: Sequence) -> None:
    for _ in range(draw.choice([1, 1, 2, 5])):
        _put(table[_row(table, draw)], _column(table, draw), draw.choice(values))


def _whole_column(table: Table, draw: Random, values: Sequence) -> None:
    place, value = _column(table, draw), draw.choice(values)
    for row in table[1:]:
        _put(row, place, value)


def _repeated_row(table: Table, draw: Random, values: Sequence) -> None:
    table.insert(_row(table, draw), list(draw.choice(table)))


def _removed_row(table: Table, draw: Random, values: Sequence) -> None:
    del table[_row(table, draw)]


def _swapped_cells(table: Table, draw: Random, values: Sequence) -> None:
    row, first, second = draw.choice(table), _column(table, draw), _column(table, draw)
    row.extend([None] * (max(first, second) + 1 - len(row)))
    row[first], row[second] = row[second], row[first]


def _swapped_headings(table: Table, draw: Random, values: Sequence) -> None:
    headings = table[0]
    if headings:
        first, second = draw.randrange(len(headings)), draw.randrange(len(headings))
        headings[first], headings[second] = headings[second], headings[first]


def _repeated_column(table: Table, draw: Random, values: Sequence) -> None:
    place, to = _column(table, draw), _column(table, draw)
    for row in table:
        row.insert(to, row[place] if place < len(row) else None)


def _removed_column(table: Table, draw: Random, values: Sequence) -> None:
    place = _column(table, draw)
    for row in table:
        del row[place : place + 1]


def _heading(table: Table, draw: Random, values: Sequence) -> None:
    headings = table[0]
    if headings:
        others = [*headings, *values]
        headings[draw.randrange(len(headings))] = draw.choice(others)


def _ragged(table: Table, draw: Random, values: Sequence) -> None:
    row = draw.choice(table)
    if draw.random() < 0.5:
        del row[draw.randrange(len(row) + 1) :]
    else:
        row.extend([draw.choice(values)] * draw.choice([1, 3, 50]))


def _blank_rows(table: Table, draw: Random, values: Sequence) -> None:
    table[(place := _row(table, draw)) : place] = [[] for _ in range(draw.choice([1, 3, 40]))]


def _emptied(table: Table, draw: Random, values: Sequence) -> None:
    del table[draw.choice([0, 1]) :]


CHANGES: tuple[Callable[[Table, Random, Sequence], None], ...] = (
    *(_cell, _cell, _cell, _whole_column, _repeated_row, _removed_row, _swapped_cells),
    *(_swapped_headings, _repeated_column, _removed_column, _heading, _ragged, _blank_rows),
    _emptied,
)


def change(table: Table, draw: Random, values: Sequence) -> None:
    """Makes one to three changes to the table in place."""
    for _ in range(draw.choice([1, 1, 2, 3])):
        if table:
            draw.choice(CHANGES)(table, draw, values)
