"""What Patterns tells of few: no number of 1 to 5, and none from which one could be worked out."""

from metrics.model import SERVICE
from metrics.patterns.counting import FactorsOnADay
from metrics.patterns.factors import factors_in_order
from ui.patterns.guarded import hidden_factors, told_pairs

EACH = 40


def of(codes: str, units: dict[str, dict[str, int]], pairs: dict | None = None) -> FactorsOnADay:
    """Units of forty assessed children each, with so many of each line; "*" adds them up."""
    told = FactorsOnADay(factors_in_order(codes.split()))
    for unit_id, lines in units.items():
        for scope in (unit_id, SERVICE):
            told.opened[scope] += EACH
            told.assessed[scope] += EACH
            for key, number in lines.items():
                told.having[scope, key] += number
    for (unit_id, pair), number in (pairs or {}).items():
        for scope in (unit_id, SERVICE):
            told.both[scope, pair] += number
    return told


def test_five_children_are_hidden_with_the_unit_beside_them_and_six_are_told():
    units = {"A": {"16A": 5}, "B": {"16A": 20}, "C": {"16A": 6}, "D": {"16A": 20}}
    assert hidden_factors(of("16A", units)) == {("A", "16A"), ("B", "16A")}


def test_all_but_five_of_a_unit_s_children_are_hidden_as_well():
    units = {"A": {"16A": 35}, "B": {"16A": 20}, "C": {"16A": 34}, "D": {"16A": 20}}
    assert hidden_factors(of("16A", units)) == {("A", "16A"), ("B", "16A")}


def test_nobody_with_a_factor_is_told():
    assert not hidden_factors(of("16A", {"A": {"16A": 0}, "B": {"16A": 20}}))


def test_parts_of_a_split_are_hidden_together_where_one_could_be_subtracted():
    parts = {"18": 20, "18B": 17, "18C": 10}
    hidden = hidden_factors(of("18B 18C", dict.fromkeys("AB", parts)))
    assert ("A", "18") not in hidden
    assert {("A", "18B"), ("A", "18C")} <= hidden


def test_a_pair_is_left_out_where_all_but_five_of_one_factor_are_in_it():
    pair = ("16A", "17A")
    units = {unit: {"16A": 20, "17A": 20} for unit in "ABCD"}
    told = of(
        "16A 17A", units, {("A", pair): 15, ("B", pair): 10, ("C", pair): 10, ("D", pair): 14}
    )
    assert told_pairs(told, "A") == {}
    assert told_pairs(told, "B") == {}
    assert told_pairs(told, "C") == {pair: 10}
