"""What the page tells of few: no number of 1 to 5, and none from which one could be worked out."""

from metrics.model import SERVICE
from metrics.others.counting import OneChild, by_school, by_unit
from ui.education.guarded import hidden_lines

UNKNOWN = 10


def of_unit(unit: str, having: int, of: int = 40, unknown: int = UNKNOWN) -> list[OneChild]:
    """So many excluded of those matched with the unit's school, and some who are not matched."""
    matched = [
        OneChild(unit, True, f"School of {unit}", is_excluded=number < having)
        for number in range(of)
    ]
    return [*matched, *(OneChild(unit) for _ in range(unknown))]


def hidden(*units: list[OneChild], key: str = "excluded") -> set[str | None]:
    counted = by_unit(child for unit in units for child in unit)
    return {part for part, line in hidden_lines(counted) if line == key}


def test_five_children_are_hidden_with_the_unit_beside_them_and_six_are_told():
    units = [of_unit("A", 5), of_unit("B", 20), of_unit("C", 6), of_unit("D", 20)]
    assert hidden(*units) == {"A", "B"}


def test_all_but_five_of_a_unit_s_children_are_hidden_as_well():
    units = [of_unit("A", 35), of_unit("B", 20), of_unit("C", 34), of_unit("D", 20)]
    assert hidden(*units) == {"A", "B"}


def test_where_few_are_not_matched_no_share_of_those_matched_is_told():
    units = [of_unit("A", 20, unknown=5), of_unit("B", 20), of_unit("C", 20), of_unit("D", 20)]
    assert hidden(*units) == {"A", "B"}


def test_kinds_of_special_needs_are_hidden_together():
    needs = [*"E" * 5, *"K" * 20, *"N" * 15]
    few = [OneChild("A", True, sen=one) for one in needs]
    others = [[OneChild(unit, True, sen=one) for one in "EKN" * 10] for unit in "BCD"]
    assert hidden(few, *others, key="support") == {"A", "B"}


def test_schools_are_told_nothing_where_few_are_on_no_roll():
    children = [*of_unit("A", 20), *of_unit("B", 20)]
    gone = [OneChild("A", True, None, is_excluded=True) for _ in range(3)]
    told = hidden_lines(by_school(children), beside=by_unit(children))
    lost = hidden_lines(by_school(children), beside=by_unit([*children, *gone]))
    assert (SERVICE, "excluded") not in told
    assert {("School of A", "excluded"), (SERVICE, "excluded")} <= lost
