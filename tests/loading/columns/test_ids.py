"""One id, however a file holds it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from loading.columns.ids import ROUNDED, SHORTENED, id_text, read


@pytest.mark.parametrize(
    "cell",
    ["1002", 1002, 1002.0, "1002.0", "1002.00", " 1002 ", "1002\xa0", "\t1002", "'1002", "’1002",
     '="1002"', "\ufeff1002", "10\u200b02", "\u200e1002\u200f", "10\xad02", "\u20601002",
     "1002\x00"],
)  # fmt: skip
def test_an_id_is_the_same_as_number_and_as_text(cell):
    assert id_text(cell) == "1002"


@pytest.mark.parametrize("cell", ["00123", "'00123", '="00123"', "00123.0", "\u200b00123"])
def test_leading_zeros_of_text_are_kept(cell):
    assert id_text(cell) == "00123"


@pytest.mark.parametrize("cell", ["A-17/b", "O'Brien", "C00002a", "1.5", "2E5", "1E-05", "R 7"])
def test_what_is_part_of_an_id_stays(cell):
    assert id_text(cell) == cell


@pytest.mark.parametrize("cell", ["9.99E+12", "9,99E+12", "1e+06", " 9.99E+12 ", "'9.99E+12"])
def test_an_id_that_excel_shortened_is_refused_with_the_reason(cell):
    assert dict(read([cell]).refused) == {cell: SHORTENED}


@pytest.mark.parametrize("cell", [1234567890123456, 1e15, 1.2345678901234567e17])
def test_a_number_with_more_figures_than_excel_keeps_is_refused_with_the_reason(cell):
    assert dict(read([cell]).refused) == {cell: ROUNDED}


@pytest.mark.parametrize("cell", [None, "", " ", "#N/A", "NULL", "-", "'", "\u200b"])
def test_a_blank_is_no_id(cell):
    assert id_text(cell) is None


@given(
    st.from_regex(r"[A-Za-z0-9][A-Za-z0-9_/-]{3,11}", fullmatch=True),
    st.sampled_from(["{}", " {} ", "'{}", '="{}"', "\u200b{}", "{}\ufeff", "{}\xa0"]),
)
def test_an_id_in_any_wrapping_is_read_back(plain, wrapping):
    assert id_text(wrapping.format(plain)) == plain


@given(st.integers(0, 10**15 - 1))
def test_a_number_cell_is_its_figures(number):
    assert id_text(number) == id_text(float(number)) == id_text(f"{number}.0") == str(number)


@pytest.mark.parametrize("cell", ["NA", "na", "None", "null", "NaN", "'NA", '="NA"'])
def test_a_word_that_programs_write_for_nothing_is_no_id_and_is_told(cell):
    column = read(["N1", cell])
    assert column.values[cell] is None
    assert [remark.cells for remark in column.remarks] == [(cell,)]


def test_an_empty_cell_and_what_a_look_up_did_not_find_are_not_told():
    assert read(["", "#N/A", "n/a", "-", "N1", None, 7]).remarks == ()
