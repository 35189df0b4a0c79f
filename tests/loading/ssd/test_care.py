"""Care and placements made of an SSD's episodes that leave gaps, lie in one another, or stay open.

Each case was worked out by hand from the DfE's guide to SSDA903: a child who stays looked after has
a new episode on the day on which the last one ceased.
"""

from datetime import date

import pytest

from tests.loading.ssd.small import changed, day, without
from tests.loading.ssd.test_reader import episodes, periods, rows, rules

BEGAN = "2012-01-04"


def said(reading, rule: str) -> str:
    (message,) = [one.message for one in reading.issues if one.rule == rule]
    return message


@pytest.mark.parametrize(
    ("reason", "then"), [("X1", "L1"), (None, "L1"), ("X1", "L2"), (None, None)]
)
def test_a_gap_of_years_within_care_is_two_periods_and_it_is_said(reads, reason, then):
    reading = reads(
        episodes(("L1", BEGAN, "2012-03-01", reason, None), (then, "2016-02-01", None, None, None))
    )
    assert periods(reading) == [(BEGAN, "2012-03-01", reason), ("2016-02-01", "None", None)]
    assert [row["plan_id"] for row in rows(reading, "plan") if row["kind"] == "CLA"] == [
        "CLA-K1-20120104",
        "CLA-K1-20160201",
    ]
    assert rules(reading) == ["episodes_apart"]
    message = said(reading, "episodes_apart")
    assert message.startswith("1 episode begins") and "ssd_cla_episodes E2" in message
    assert "1 March 2012" in message and "1 February 2016" in message


def test_gaps_are_counted_and_the_first_is_named(reads):
    reading = reads(
        episodes(
            ("L1", BEGAN, "2012-03-01", "X1", None),
            ("L1", "2013-02-01", "2013-03-01", "X1", None),
            ("L1", "2016-02-01", None, None, None),
        )
    )
    message = said(reading, "episodes_apart")
    assert message.startswith("2 episodes begin") and "ssd_cla_episodes E2" in message


def test_x1_allows_the_next_episode_to_begin_a_day_later_and_no_more(reads):
    one = ("L1", BEGAN, "2012-03-01", "X1", None)
    assert periods(reads(episodes(one, ("L1", "2012-03-02", None, None, None)))) == [
        (BEGAN, "None", None)
    ]
    assert len(periods(reads(episodes(one, ("L1", "2012-03-03", None, None, None))))) == 2


def test_care_that_ended_for_a_reason_and_began_again_is_no_gap(reads):
    reading = reads(
        episodes(("L1", BEGAN, "2012-03-01", "E4A", None), ("L1", "2012-03-01", None, None, None))
    )
    assert periods(reading) == [(BEGAN, "2012-03-01", "E4A"), ("2012-03-01", "None", None)]
    assert rules(reading) == []


@pytest.mark.parametrize("care", ["L1", "L2"])
def test_care_ends_when_all_of_its_episodes_have_and_it_is_said(reads, care):
    reading = reads(
        episodes(
            ("L1", BEGAN, "2016-06-01", "E4A", None), (care, "2012-02-01", "2012-03-01", "X1", None)
        )
    )
    assert periods(reading) == [(BEGAN, "2016-06-01", "E4A")]
    assert rules(reading) == ["episode_runs_on"]
    assert "ssd_cla_episodes E1" in said(reading, "episode_runs_on")


def test_care_goes_on_from_an_episode_within_which_another_lay(reads):
    reading = reads(
        episodes(
            ("L1", BEGAN, "2016-06-01", "X1", None),
            ("L1", "2012-02-01", "2012-03-01", "X1", None),
            ("L1", "2016-06-01", None, None, None),
        )
    )
    assert periods(reading) == [(BEGAN, "None", None)]
    assert rules(reading) == ["episode_runs_on"]


def test_of_episodes_that_end_on_one_day_the_one_that_ended_care_says_why(reads):
    reading = reads(
        episodes(
            ("L1", BEGAN, "2012-06-01", "E4A", None), ("L1", "2012-02-01", "2012-06-01", "X1", None)
        )
    )
    assert periods(reading) == [(BEGAN, "2012-06-01", "E4A")]


def test_an_episode_left_open_under_one_that_ended_care_ends_as_that_begins(reads):
    reading = reads(
        episodes(("L1", BEGAN, None, None, None), ("L2", "2012-02-01", "2012-03-01", "E4A", None))
    )
    assert periods(reading) == [(BEGAN, "2012-03-01", "E4A")]
    assert rules(reading) == ["episode_not_ended"]
    assert "ssd_cla_episodes E1" in said(reading, "episode_not_ended")


def test_the_last_episode_left_open_is_care_that_goes_on(reads):
    reading = reads(
        episodes(("L1", BEGAN, "2016-06-01", "E4A", None), ("L1", "2012-02-01", None, None, None))
    )
    assert periods(reading) == [(BEGAN, "None", None)]
    assert rules(reading) == ["episode_runs_on"]


def test_episodes_that_begin_on_one_day_are_one_period_under_one_id(reads):
    reading = reads(episodes((None, BEGAN, BEGAN, "E4A", None), (None, BEGAN, None, None, None)))
    assert periods(reading) == [(BEGAN, "None", None)]


@pytest.mark.parametrize("left_open", [0, 1])
def test_an_episode_left_open_beside_one_of_its_day_that_ended_is_over_and_said(reads, left_open):
    spells: list[tuple] = [("L1", BEGAN, "2012-03-01", "E4A", None)]
    spells.insert(left_open, ("L1", BEGAN, None, None, None))
    reading = reads(episodes(*spells))
    assert periods(reading) == [(BEGAN, "2012-03-01", "E4A")]
    assert rules(reading) == ["episode_not_ended"]
    assert f"ssd_cla_episodes E{left_open + 1}," in said(reading, "episode_not_ended")


def test_of_three_episodes_of_one_day_the_one_left_open_ends_before_that_which_went_on(reads):
    reading = reads(
        episodes(
            ("L1", BEGAN, BEGAN, "X1", None),
            ("L1", BEGAN, "2012-03-01", "E4A", None),
            ("L1", BEGAN, None, None, None),
        )
    )
    assert periods(reading) == [(BEGAN, "2012-03-01", "E4A")]
    assert rules(reading) == ["episode_not_ended"]


def placed(reading) -> list[tuple]:
    return [
        (row["placement_id"], row["started_on"], row["ended_on"])
        for row in rows(reading, "placement")
    ]


def in_placements(*spells: tuple[str, str, str | None]) -> dict:
    """Episodes of K1 by placement, each for X1 where it ceased, and placements without days."""
    of = episodes(*(("L1", began, ended, ended and "X1", None) for _, began, ended in spells))
    named = [
        {**row, "clae_cla_placement_id": placement}
        for row, (placement, _, _) in zip(of["ssd_cla_episodes"], spells, strict=True)
    ]
    ids = dict.fromkeys(placement for placement, _, _ in spells)
    without_days = changed(
        "ssd_cla_placement",
        *(
            {"clap_cla_placement_id": one, "clap_person_id": "K1", "clap_cla_placement_type": "U4"}
            for one in ids
        ),
    )
    return {**without_days, "ssd_cla_episodes": named}


def test_a_placement_has_a_spell_for_each_stretch_of_its_episodes(reads):
    reading = reads(
        in_placements(
            ("PL1", BEGAN, "2012-02-01"),
            ("PL1", "2012-02-01", "2012-03-01"),
            ("PL2", "2012-03-01", "2016-01-01"),
            ("PL1", "2016-01-01", None),
        )
    )
    assert placed(reading) == [
        ("PL1", date(2012, 1, 4), date(2012, 3, 1)),
        ("PL1-20160101", date(2016, 1, 1), None),
        ("PL2", date(2012, 3, 1), date(2016, 1, 1)),
    ]


def test_a_placement_whose_episode_was_left_open_ends_as_the_next_begins(reads):
    reading = reads(in_placements(("PL1", BEGAN, None), ("PL2", "2012-03-01", None)))
    assert placed(reading) == [
        ("PL1", date(2012, 1, 4), date(2012, 3, 1)),
        ("PL2", date(2012, 3, 1), None),
    ]


def test_a_placement_with_days_of_its_own_keeps_them_beside_one_without(reads):
    both = in_placements(("PL1", BEGAN, "2012-03-01"), ("PL2", "2012-03-01", None))
    first, other = both["ssd_cla_placement"]
    first = {**first, "clap_cla_placement_start_date": day("2012-01-05")}
    reading = reads({**both, "ssd_cla_placement": [first, other]})
    assert placed(reading) == [
        ("PL1", date(2012, 1, 5), None),
        ("PL2", date(2012, 3, 1), None),
    ]


def test_a_placement_that_no_episode_names_has_no_start(reads):
    lost = in_placements(("PL1", BEGAN, None))
    reading = reads({**lost, **without("ssd_cla_episodes", small=lost), "ssd_cla_episodes": []})
    assert [one[1] for one in placed(reading)] == [None]
