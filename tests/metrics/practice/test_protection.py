"""At how many children who is newly qualified is protected."""

from metrics.practice.protection import protected_at
from metrics.practice.staff import InUnit


def place(unit_id: str, fte: float | None) -> InUnit:
    return InUnit(unit_id, unit_id, fte, newly_qualified=True)


def test_a_protection_is_the_share_of_each_unit_s_caseload_for_the_fte_there():
    assert protected_at([place("U1", 0.5)], {"U1": 16.0}, 0.9) == 7.2
    both = [place("U1", 0.5), place("U2", 0.5)]
    assert protected_at(both, {"U1": 16.0, "U2": 10.0}, 0.5) == 6.5


def test_without_an_fte_or_a_unit_s_caseload_there_is_none():
    assert protected_at([place("U1", None)], {"U1": 16.0}, 0.9) is None
    assert protected_at([place("U1", 0.0)], {"U1": 16.0}, 0.9) is None
    assert protected_at([place("U1", 0.5), place("U2", 0.5)], {"U1": 16.0}, 0.9) is None
    assert protected_at([place("U1", 0.5), place("U2", None)], {"U1": 16.0}, 0.9) == 7.2
