"""Which ids lost their leading zeros, and when that is sure enough to act on."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from loading.columns.leading_zeros import Zeros, alike_but_for_zeros, lost_zeros

KNOWN = {"00123", "04567", "12345"}


def zeros(ids, known=KNOWN, all_known=True) -> Zeros:
    found = lost_zeros(ids, known, all_known=all_known)
    assert found is not None
    return found


def test_ids_that_lost_their_zeros_throughout_are_found():
    found = zeros({"123", "4567", "12345"})
    assert found.forms == {"123": "00123", "4567": "04567"}
    assert found.doubt is None


def test_zeros_that_the_known_ids_lost_are_found_as_well():
    found = zeros({"00123", "04567"}, {"123", "4567", "89"})
    assert (found.forms, found.doubt) == ({"00123": "123", "04567": "4567"}, None)


@pytest.mark.parametrize("ids", [{"00123"}, set(), {"99"}, {"00123", "99"}, {"X123"}])
def test_where_no_id_differs_by_zeros_only_nothing_is_found(ids):
    assert lost_zeros(ids, KNOWN, all_known=True) is None


@pytest.mark.parametrize(
    ("ids", "doubt"),
    [
        ({"123", "99"}, "'99' would still be in none"),
        ({"123", "04567"}, "others have kept their zeros, as '04567'"),
    ],
)
def test_a_column_that_does_not_agree_is_in_doubt(ids, doubt):
    assert zeros(ids).doubt == doubt


def test_an_id_that_could_be_two_is_in_doubt():
    found = zeros({"123"}, {"00123", "0123"})
    assert found.doubt == "'123' could be '00123' or '0123'"
    # 45 is known as it stands, and could be 045 all the same.
    found = zeros({"123", "45"}, {"00123", "45", "045"})
    assert found.doubt == "'45' could be '045' or '45'"


def test_an_id_may_be_new_where_that_is_no_fault():
    assert zeros({"123", "99"}, all_known=False).doubt is None


def test_ids_of_one_column_that_may_be_one_are_told():
    assert alike_but_for_zeros(["123", "00123", "45", "X045"]) == [("00123", "123")]
    assert alike_but_for_zeros(["123", "45"]) == []


@given(st.sets(st.integers(1, 99_999), min_size=1), st.data())
def test_ids_of_one_width_that_lost_their_zeros_are_themselves_again(numbers, data):
    known = {f"{one:06}" for one in numbers}
    some = data.draw(st.sets(st.sampled_from(sorted(numbers)), min_size=1))
    found = zeros({str(one) for one in some}, known)
    assert found.doubt is None
    assert found.forms == {str(one): f"{one:06}" for one in some}
