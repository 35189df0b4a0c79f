"""Numbers by their shape, and what the rest of the column says of a comma."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from loading.columns.numbers import IN_DOUBT, NEEDED, NO_WHOLE, TOO_LARGE, read, read_whole


def values(*cells) -> list:
    found = read(cells)
    assert not found.refused
    return [found.values[cell] for cell in cells]


def refused(*cells) -> dict:
    found = read(cells)
    assert all(found.values[cell] is None for cell in found.refused)
    return dict(found.refused)


def test_a_comma_of_thousands_is_a_thousands_mark():
    assert values("1,234", "1,234,567.8", "12,345,678", "7.5") == [1234, 1234567.8, 12345678, 7.5]


def test_a_comma_of_any_other_shape_is_a_decimal_comma():
    assert values("7,5", "22,50", "37", "0,125", "1234,567") == [7.5, 22.5, 37, 0.125, 1234.567]


def test_a_point_is_a_thousands_mark_where_a_comma_follows_it():
    assert values("1.234,5", "1.234.567", "7") == [1234.5, 1234567, 7]


def test_a_thousand_alone_among_decimal_commas_is_refused_and_the_others_are_read():
    found = read(["7,5", "1,234", "22,5"])
    assert dict(found.values) == {"7,5": 7.5, "1,234": None, "22,5": 22.5}
    assert dict(found.refused) == {"1,234": IN_DOUBT}


def test_a_point_of_thousands_among_decimal_commas_is_refused():
    assert refused("7,5", "1.234") == {"7,5": IN_DOUBT, "1.234": IN_DOUBT}


def test_a_decimal_comma_among_decimal_points_or_sure_thousands_is_refused():
    assert refused("7.5", "22,5") == {"22,5": IN_DOUBT}
    assert refused("1,234,567", "22,5") == {"22,5": IN_DOUBT}
    assert refused("1,234.5", "22,5", "1,234") == {"22,5": IN_DOUBT, "1,234": IN_DOUBT}


@pytest.mark.parametrize(
    "cell",
    ["31%", "£3", "3h", "1 234", "1\u2009234", "1_000", "inf", "(5)", "5-", "1,23,4", "12,34,567",
     "1.2.3", "--5", True, "seven", "7:30", "1'234"],
)  # fmt: skip
def test_what_is_no_number_by_its_shape_is_refused(cell):
    assert refused(cell) == {cell: NEEDED}


@pytest.mark.parametrize(
    ("cell", "number"),
    [("-5", -5), ("+5", 5), ("−5", -5), (".5", 0.5), ("5.", 5), ("1E+02", 100), (" 7.5 ", 7.5),
     ("\u200e7.5", 7.5), ("7.5\xa0", 7.5), (4, 4), (4.5, 4.5), ("", None), ("n/a", None),
     (None, None), ("NaN", None)],
)  # fmt: skip
def test_signs_and_powers_are_read_and_blanks_are_nothing(cell, number):
    assert values(cell) == [number]


def test_a_number_beyond_all_numbers_is_refused():
    assert refused("1e400", float("inf")) == {"1e400": TOO_LARGE, float("inf"): TOO_LARGE}


def test_a_whole_number_has_no_fraction_and_fits_a_database():
    found = read_whole(["7", "7.0", "2.5", "3000000000", "many", None])
    assert [found.values[cell] for cell in ("7", "7.0", None)] == [7, 7, None]
    assert dict(found.refused) == {"2.5": NO_WHOLE, "3000000000": TOO_LARGE, "many": NEEDED}


# Figures in hundredths, so that each has one way to be written.
hundredths = st.integers(-10_000_000, 10_000_000)


@given(st.lists(hundredths, min_size=1))
def test_what_is_written_with_points_is_read_back(amounts):
    written = {f"{one / 100:,.2f}": one / 100 for one in amounts}
    assert values(*written) == pytest.approx([*written.values()])


@given(st.lists(hundredths, min_size=1))
def test_what_is_written_with_decimal_commas_is_read_back(amounts):
    written = {f"{one / 100:.2f}".replace(".", ","): one / 100 for one in amounts}
    assert values(*written) == pytest.approx([*written.values()])


@given(st.lists(hundredths, min_size=1), st.data())
def test_a_column_of_two_minds_gives_no_wrong_number(amounts, data):
    """Each cell in a shape drawn for it: right, or refused; never another number."""
    shapes = {
        "point": lambda one: f"{one / 100:.2f}",
        "thousands": lambda one: f"{one / 100:,.2f}",
        "comma": lambda one: f"{one / 100:.2f}".replace(".", ","),
        "continental": lambda one: f"{one / 100:,.2f}".translate(str.maketrans(",.", ".,")),
        "whole": lambda one: f"{one // 100 * 100}",
    }
    meant: dict[str, set[float]] = {}
    for one in amounts:
        name = data.draw(st.sampled_from(sorted(shapes)))
        number = float(one // 100 * 100) if name == "whole" else one / 100
        meant.setdefault(shapes[name](one), set()).add(number)
    found = read(meant)
    for cell, numbers in meant.items():
        assert cell in found.refused or found.values[cell] in numbers
