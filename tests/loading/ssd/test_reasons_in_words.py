"""Codes that systems hold in the DfE's own words (SSDA903), whole or as long as a column is."""

import pytest

from data_access.code_sets.plans import LEGAL_STATUS, PLACEMENT_KIND, REASON_CEASED
from loading.columns.codes import code_in

HOME = (
    "Returned home to live with parent(s), relative(s), or other person(s) with parental"
    " responsibility "
)


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ("Episode ceases, and new episode begins on same day, for any reason", "X1"),
        (HOME + "as part of the care planning process (not under a special guardianship", "E4A"),
        (HOME + "which was not part of the current care planning process", "E4B"),
        # Cut before it says which: an earlier code has both.
        (HOME + "w", "E4"),
        (
            "Left care to live with parent(s), relative(s), or other person(s) with no parental"
            " responsibility.",
            "E13",
        ),
        (
            "Special guardianship order made to carer(s), other than former foster carer(s), who"
            " was/are a relative(s) or friend(s)",
            "E47",
        ),
        (
            "Special guardianship order made to former foster carer(s), other than relative(s) or"
            " friend(s)",
            "E46",
        ),
        ("Period of being looked-after ceased for any other reason (where none", "E8"),
    ],
)
def test_why_care_ended(words, code):
    assert code_in(words, REASON_CEASED) == code


def test_a_remand_under_pace_and_short_breaks_by_agreement_are_legal_statuses():
    pace = "Placed in local authority accommodation under the Police and Criminal Evidence Act 1984"
    assert code_in(pace, LEGAL_STATUS) == "J2"
    agreed = (
        "Accommodated under an agreed series of short-term breaks, when agreements are recorded"
    )
    assert code_in(agreed, LEGAL_STATUS) == "V4"


def test_who_is_placed_for_adoption_with_a_carer_is_not_fostered():
    words = (
        "Placed for adoption with placement order with current foster carer(s) (S21 Adoption and"
    )
    assert code_in(words, PLACEMENT_KIND) == "A5"
