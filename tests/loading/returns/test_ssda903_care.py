"""Episodes of SSDA903 that contradict one another: what counts as care, and what is said of it.

Each case was worked out by hand from the DfE's guide to SSDA903.
"""

from datetime import date

import pytest

from tests.loading.returns.files import episode
from tests.loading.returns.test_ssda903 import plans, read, rows, rules, told

BEGAN, ENDED = date(2015, 5, 1), date(2015, 7, 1)


def placed(reading) -> list[tuple]:
    return [(row["started_on"], row["ended_on"], row["kind"]) for row in rows(reading, "placement")]


def ids(reading) -> list[str]:
    return [row["placement_id"] for row in rows(reading, "placement")]


@pytest.mark.parametrize("left_open_is", ["first", "last"])
def test_an_episode_left_open_beside_one_of_its_day_that_ended_is_over_and_said(
    tmp_path, left_open_is
):
    both = [
        episode("K1", "2015-05-01"),
        episode("K1", "2015-05-01", DEC="2015-07-01", REC="E4A", PLACE="U6"),
    ]
    reading = read(tmp_path, *(both if left_open_is == "first" else reversed(both)))
    assert [one[:3] for one in plans(reading)] == [(BEGAN, ENDED, "E4A")]
    assert placed(reading) == [(BEGAN, ENDED, "U6")]
    assert rules(reading) == ["episode_not_ended"]
    assert f"row {2 if left_open_is == 'first' else 3}:" in told(reading)[0].message


def test_of_two_placements_of_one_day_it_is_that_in_which_the_child_stayed(tmp_path):
    reading = read(
        tmp_path,
        episode("K1", "2015-05-01", DEC="2015-05-01", REC="X1", PLACE="U1"),
        episode("K1", "2015-05-01", "P", DEC="2015-07-01", REC="X1", PLACE="U6"),
        episode("K1", "2015-07-01", "P"),
    )
    assert placed(reading) == [(BEGAN, ENDED, "U6"), (ENDED, None, "U4")]
    assert len(set(ids(reading))) == 2
    assert rules(reading) == []


@pytest.mark.parametrize("within", [{}, {"LS": "V4", "REC": "E8"}], ids=["care", "a short break"])
def test_x1_that_none_goes_on_from_is_care_that_goes_on_though_others_lay_within(tmp_path, within):
    usual = {"DEC": "2015-06-10", "REC": "X1"}
    reading = read(
        tmp_path,
        episode("K1", "2015-05-01", DEC="2015-07-01", REC="X1"),
        episode("K1", "2015-06-01", "P", **usual | within),
    )
    assert [one[:3] for one in plans(reading)] == [(BEGAN, None, None)]
    assert placed(reading)[0] == (BEGAN, None, "U4")
    assert "nothing_after_x1" in rules(reading)
    (said,) = [one.message for one in told(reading) if one.rule == "nothing_after_x1"]
    assert "row 2:" in said


def test_x1_of_an_episode_of_no_day_is_followed_by_none_but_itself(tmp_path):
    reading = read(tmp_path, episode("K1", "2015-05-01", DEC="2015-05-01", REC="X1"))
    assert [one[:3] for one in plans(reading)] == [(BEGAN, None, None)]
    assert rules(reading) == ["nothing_after_x1"]


@pytest.mark.parametrize("reason", ["X1", ""])
@pytest.mark.parametrize("anew", ["2015-07-01", "2015-07-02", "2015-09-01"])
def test_a_start_of_care_after_an_episode_that_did_not_end_it_is_said(tmp_path, reason, anew):
    reading = read(
        tmp_path,
        episode("K1", "2015-05-01", DEC="2015-07-01", REC=reason),
        episode("K1", anew, "S"),
    )
    assert [one[:3] for one in plans(reading)] == [
        (BEGAN, ENDED, reason or None),
        (date.fromisoformat(anew), None, None),
    ]
    assert rules(reading) == ["episodes_apart"]
    message = told(reading)[0].message
    assert "row 3:" in message
    assert f"(REC {reason or 'not given'})" in message
    assert "2015-07-01" in message


def test_a_start_of_care_after_care_that_ended_or_beside_a_short_break_is_no_contradiction(
    tmp_path,
):
    x1 = {"DEC": "2015-07-01", "REC": "X1"}
    ended = read(
        tmp_path / "a",
        episode("K1", "2015-05-01", **x1 | {"REC": "E4A"}),
        episode("K1", "2015-07-01", "S"),
    )
    assert rules(ended) == []
    after = read(
        tmp_path / "b",
        episode("K1", "2015-05-01", LS="V4", **x1),
        episode("K1", "2015-07-01", "S"),
    )
    before = read(
        tmp_path / "c",
        episode("K1", "2015-05-01", **x1),
        episode("K1", "2015-07-01", "S", LS="V4"),
    )
    assert rules(after) == rules(before) == ["short_break"]
