"""What the service's own pages hide of few: no more than it takes, and never too little."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from exports.disclosure_counts import is_small
from exports.fewest import hidden_in_a_row, hidden_in_a_table, of_any, within_a_total
from metrics.model import SERVICE

UNITS, PARTS = ("A", "B", "C"), ("p", "q", "r")
HAVING_OR_NOT = within_a_total(2)
Cells = dict[tuple[str | None, str], tuple[float, ...]]


def row(**having: tuple[int, int]) -> frozenset[str | None]:
    """What is hidden of units of so many children with something, out of so many."""
    return hidden_in_a_row({one: (n, of - n) for one, (n, of) in having.items()}, HAVING_OR_NOT)


def test_the_largest_unit_is_told_beside_small_ones():
    assert row(A=(341, 1115), B=(4, 21), C=(5, 83), D=(73, 76), E=(14, 81)) == {"B", "C", "D"}


def test_one_small_number_takes_the_unit_that_stands_beside_it():
    assert row(A=(20, 40), B=(3, 40), C=(20, 40), D=(20, 40)) == {"A", "B"}


def test_two_small_numbers_that_come_to_five_take_another_unit():
    assert row(A=(20, 40), B=(2, 40), C=(20, 40), D=(3, 40)) == {"A", "B", "D"}


def test_numbers_that_only_their_sum_leaves_take_another_unit():
    """Three small numbers that come to 15 are five each."""
    assert row(A=(5, 40), B=(5, 40), C=(5, 40), D=(0, 40), E=(20, 40)) > {"A", "B", "C"}


def test_where_everybody_of_the_service_has_it_so_has_everybody_of_a_unit():
    assert row(**dict.fromkeys("ABCDEFG", (3, 3))) == set("ABCDEFG")


def test_where_there_is_no_unit_nothing_is_hidden():
    assert row() == frozenset()


def test_a_service_of_five_is_not_told_and_no_unit_of_it():
    assert row(A=(5, 40), B=(0, 40)) == {"A", "B", SERVICE}


@pytest.mark.parametrize("of", [(9, 8, 10), (7, 14, 6)])
def test_whoever_knows_the_rule_finds_no_small_number_in_any_row_of_three_units(of):
    found = defaultdict(list)
    for having in product(*(range(one + 1) for one in of)):
        hidden = row(**dict(zip(UNITS, zip(having, of, strict=True), strict=True)))
        told = tuple(None if unit in hidden else n for unit, n in zip(UNITS, having, strict=True))
        found[told, None if SERVICE in hidden else sum(having), hidden].append(having)
    for (told, _, hidden), worlds in found.items():
        for place, unit in enumerate(UNITS):
            numbers = {world[place] for world in worlds}
            small = any(is_small((n, of[place] - n)) for n in numbers)
            assert len(numbers) > 1 if unit in hidden and small else True, (told, hidden)
            assert told[place] is None or not small


def every_table(cells: Mapping, hidden: frozenset) -> Iterator[dict]:
    """All tables with the same told cells, wholes of rows and, where told, of columns."""
    of_each_row = [list(_rows(cells, hidden, unit)) for unit in UNITS]
    for rows in product(*of_each_row):
        of_parts = [sum(column) for column in zip(*rows, strict=True)]
        if all(
            n == cells[SERVICE, part][0]
            for n, part in zip(of_parts, PARTS, strict=True)
            if (SERVICE, part) not in hidden
        ):
            units = zip(UNITS, rows, strict=True)
            yield {(u, p): n for u, r in units for p, n in zip(PARTS, r, strict=True)}


def _rows(cells: Mapping, hidden: frozenset, unit: str) -> Iterator[tuple[int, ...]]:
    whole = sum(cells[unit, part][0] for part in PARTS)
    choices = (
        range(whole + 1) if (unit, part) in hidden else [cells[unit, part][0]] for part in PARTS
    )
    return (one for one in product(*choices) if sum(one) == whole)


NUMBERS = st.sampled_from([0, 0, 1, 3, 5, 6])


@settings(max_examples=40, deadline=None)
@given(st.fixed_dictionaries(dict.fromkeys(product(UNITS, PARTS), NUMBERS)))
def test_no_small_number_of_a_table_can_be_worked_out_from_what_is_told(drawn):
    cells = {place: (n,) for place, n in drawn.items()}
    cells |= {(SERVICE, part): (sum(drawn[unit, part] for unit in UNITS),) for part in PARTS}
    hidden = hidden_in_a_table(cells, of_any(1), frozenset())
    assert hidden >= {place for place, counts in cells.items() if is_small(counts)}
    numbers = defaultdict(set)
    for table in every_table(cells, hidden):
        for place, n in table.items():
            numbers[place].add(n)
    told = {place for place, found in numbers.items() if len(found) == 1}
    assert not told & {place for place in hidden if is_small(cells[place])} or hidden == {*cells}


def test_a_small_part_takes_one_part_of_its_unit_and_one_other_unit_with_it():
    cells: Cells = {(unit, part): (20,) for unit in "ABCD" for part in "pqrs"}
    cells["B", "q"] = (2,)
    of_all = {part: sum(cells[unit, part][0] for unit in "ABCD") for part in "pqrs"}
    cells.update({(SERVICE, part): (n,) for part, n in of_all.items()})
    hidden = hidden_in_a_table(cells, of_any(1), frozenset())
    assert len(hidden) == 4 and ("B", "q") in hidden
    assert not any(unit == SERVICE for unit, _ in hidden)


def test_what_few_children_are_behind_is_hidden_however_much_it_is():
    cells: Cells = {(unit, part): (20,) for unit in "AB" for part in "pq"}
    cells.update({(SERVICE, part): (40,) for part in "pq"})
    assert ("A", "p") in hidden_in_a_table(cells, of_any(1), {("A", "p")})
