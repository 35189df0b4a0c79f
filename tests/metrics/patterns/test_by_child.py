"""A figure cut by what children are: each row in one part, and nothing small to be worked out."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from types import SimpleNamespace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from data_access.database import read
from data_access.kept_rows import keep
from exports.disclosure_counts import is_small, parts
from metrics.catalogue import CATALOGUE
from metrics.kept_rows import kept_rows_of
from metrics.model import SERVICE, Basis, Months, Period, Tally
from metrics.patterns.by_child import (
    NO_CASE,
    NO_FIT,
    NOT_KNOWN,
    Cells,
    by_children,
    cells,
    first_months,
    is_cut,
    months_cut,
    sums_by_part,
    too_young,
)
from metrics.patterns.in_and_out import MEDIAN, NINE_IN_TEN, closed_in, in_and_out
from tests.worlds import AS_AT, SETTINGS, World, loaded
from ui.patterns.guarded import hidden_cells

MONTH = Period(2016, 9)
METRIC = CATALOGUE["closed"]
BORN = {
    **{"baby": date(2016, 3, 1), "boy": date(2006, 9, 1), "none": None, "teen": date(2000, 1, 1)},
    "restricted": date(2010, 1, 1),
}


def case(world: World, child_id: str, received: date, closed: date | None, **said):
    """A case led by Unit 1 while it lasts."""
    referral_id = f"R-{child_id}-{received}"
    of_case = {"referral_id": referral_id, "child_id": child_id}
    world.add("referral", **of_case, received_on=received, closed_on=closed, **said)
    lead = {"unit_id": "U1", "worker_id": "Ann", "lead": True}
    world.add("allocation", child_id=child_id, started_on=received, ended_on=closed, **lead)


@pytest.fixture(scope="module")
def council(shared_engine) -> Iterator:
    world = World()
    for child_id, born in BORN.items():
        code = {"baby": "WBRI", "boy": "REFU", "teen": "BCRB"}.get(child_id)
        who = {
            "name": child_id,
            "family_id": f"F-{child_id}",
            "restricted": child_id == "restricted",
        }
        sex = "U" if child_id == "none" else "F"
        world.add("child", child_id=child_id, born_on=born, sex=sex, ethnicity=code, **who)
    case(world, "baby", date(2016, 8, 1), None, primary_need="N1")
    case(world, "boy", date(2016, 6, 1), date(2016, 9, 9), primary_need="N4", closure_reason="RC8")
    case(world, "teen", date(2016, 9, 2), date(2016, 9, 12), closure_reason="RC9")
    case(world, "none", date(2016, 9, 2), date(2016, 9, 5))
    case(world, "restricted", date(2016, 9, 2), date(2016, 9, 7), closure_reason="RC8")
    world.add("referral", child_id="boy", received_on=date(2016, 10, 2), primary_need="N2")
    with loaded(shared_engine, world, SETTINGS, []) as engine:
        rows = METRIC.rows(Months(MONTH, MONTH), Basis(SETTINGS, AS_AT))
        kept = kept_rows_of(METRIC)
        with engine.begin() as connection:
            keep(connection, kept.filled_by([rows], SETTINGS), [rows], kept.order)
        yield engine


def cut(engine, by: str) -> Cells:
    one = by_children({"U1": "Unit 1"})[by]
    return cells(read(engine, sums_by_part(METRIC, one, [MONTH], SETTINGS)), one)


@pytest.mark.parametrize(
    ("by", "counted"),
    [
        ("age", {"under 1": 0, "10 to 15": 1, "16 to 17": 1, NOT_KNOWN: 1}),
        ("sex", {"female": 2, NOT_KNOWN: 1}),
        ("ethnicity", {"White": 0, "Black": 1, NOT_KNOWN: 2}),
        ("need", {"abuse or neglect": 0, "family in acute stress": 1, NOT_KNOWN: 2}),
        ("segment", {NO_CASE: 3}),
    ],
)
def test_each_row_is_in_one_part_and_what_nobody_recorded_is_a_part_of_its_own(
    council, by, counted
):
    found = cut(council, by)
    assert {part: found.tallies["U1", part].numerator for part in found.parts} == counted
    assert sum((found.tallies[SERVICE, part] for part in found.parts), Tally()) == Tally(3, 4)


def test_a_unit_is_told_of_once_it_has_every_month_of_a_run_and_of_one_month_at_once(council):
    first = read(council, first_months(METRIC, SETTINGS))
    assert [(row.unit_id, row.month) for row in first] == [("U1", MONTH.start)]
    assert too_young(first, MONTH.run_up(12)) == {"U1"}
    assert not too_young(first, [MONTH]) and not too_young(first, [MONTH, Period(2016, 10)])


def test_a_unit_that_is_too_young_is_hidden_with_what_it_could_be_worked_out_from():
    tallies = {(unit, part): Tally(20, 40) for unit in UNITS for part in PARTS}
    tallies |= {(SERVICE, part): Tally(80, 160) for part in PARTS}
    children = dict.fromkeys(tallies, 20)
    hidden = hidden_cells(Cells(tallies, children, PARTS, frozenset({"U2"})))
    assert {unit for unit, _ in hidden if unit != "U2"} and SERVICE not in dict(hidden)
    assert {(unit, part) for unit, part in hidden if unit == "U2"} == {("U2", p) for p in PARTS}
    assert all(len([u for u, p in hidden if p == part]) > 1 for part in PARTS)


def test_cases_in_and_out_have_their_days_and_an_unknown_reason_is_none_of_them(council):
    told = in_and_out(read(council, closed_in([MONTH], SETTINGS)))["U1"]
    assert (sorted(told.days), told.tally, told.not_known) == ([10, 100], Tally(2, 2), 1)
    assert (told.within(MEDIAN), told.within(NINE_IN_TEN)) == (10, 100)


def test_only_shares_of_children_are_cut_and_what_adds_up_is_of_twelve_months():
    assert not is_cut(CATALOGUE["sickness"], SETTINGS) and not is_cut(
        CATALOGUE["caseload"], SETTINGS
    )
    assert is_cut(METRIC, SETTINGS)
    assert months_cut(METRIC, MONTH) == [MONTH]
    assert len(months_cut(replace(METRIC, adds_up_over_months=True), MONTH)) == 12


UNITS, PARTS = ("U1", "U2", "U3", None), ("a", "b", "c", NO_FIT)
counts = st.sampled_from([0, 0, 0, 1, 3, 5, 6, 7, 20])


@given(st.fixed_dictionaries({(u, p): st.tuples(counts, counts) for u in UNITS for p in PARTS}))
@settings(max_examples=100)
def test_no_number_of_1_to_5_is_told_nor_left_between_a_unit_s_whole_and_its_parts(drawn):
    tallies = {place: Tally(n, n + rest) for place, (n, rest) in drawn.items()}
    for part in PARTS:
        tallies[SERVICE, part] = sum((tallies[unit_id, part] for unit_id in UNITS), Tally())
    counted = Cells(tallies, {place: int(one.denominator) for place, one in tallies.items()}, PARTS)
    hidden = hidden_cells(counted)
    for unit_id in (*UNITS, SERVICE):
        rest = [part for part in PARTS if (unit_id, part) in hidden]
        shown = [part for part in PARTS if part not in rest]
        assert not any(is_small(parts(tallies[unit_id, part], True)) for part in shown)
        assert len(rest) != 1
        left, whole = (
            sum((tallies[unit_id, part] for part in some), Tally()) for some in (rest, PARTS)
        )
        assert is_small(parts(whole, True)) or not is_small(parts(left, True))
    for part in PARTS:
        by_unit = [unit_id for unit_id in UNITS if (unit_id, part) in hidden]
        assert len(by_unit) != 1 or (SERVICE, part) in hidden


def test_a_small_rest_takes_another_part_with_it():
    """Unit 1's two hidden parts would come to 3 of 5."""
    told = {"a": Tally(3, 5), "b": Tally(0, 0), "c": Tally(20, 40), "d": Tally(9, 20)}
    of_other = {"a": Tally(9, 20), "b": Tally(2, 20), "c": Tally(20, 40), "d": Tally(9, 20)}
    tallies: dict[tuple[str | None, str], Tally] = {("U1", part): told[part] for part in told}
    tallies |= {("U2", part): one for part, one in of_other.items()}
    tallies |= {(SERVICE, part): told[part] + of_other[part] for part in told}
    children: dict[tuple[str | None, str], int] = dict.fromkeys(tallies, 20)
    hidden = hidden_cells(Cells(tallies, children, tuple(told)))
    assert {part for unit_id, part in hidden if unit_id == "U1"} == {"a", "b", "d"}


def test_a_case_without_a_known_reason_is_among_the_numbers_that_are_hidden(council):
    told = in_and_out(read(council, closed_in([MONTH], SETTINGS)))["U1"]
    assert told.counts == (2, 0, 1)


def test_a_child_of_two_units_is_one_of_the_service_s_children():
    row = {"numerator": 1, "denominator": 1, "part": "F"}
    rows = [(unit_id, {**row, "children": 1}) for unit_id in ("U1", "U2", SERVICE)]
    found = cells([SimpleNamespace(unit_id=one, **of) for one, of in rows], by_children({})["sex"])
    assert found.children[SERVICE, "female"] == 1
