"""Several rows of Annex A of one child and day: each with its own facts, in whatever order."""

from collections.abc import Iterable
from datetime import date
from itertools import permutations
from typing import Any

import pytest

from data_access.code_sets.nobody import NOBODY
from data_access.database import connect, read
from data_access.schema import data_issue, referral
from loading.loads import load
from loading.names.teams import unit_id_of
from loading.sources.annex_a.episodes.rows_once import each_once
from loading.sources.annex_a.holders import gather_holders
from loading.sources.annex_a.sheets import ListRows
from loading.sources.annex_a.spells import gather_spells
from loading.sources.annex_a.workbook import read_annex_a
from loading.sources.reading import Gathering
from tests.loading import dirty
from tests.loading.test_annex_a import rows
from tests.worlds import SETTINGS

DAY, LATER = date(2016, 5, 2), date(2016, 8, 15)
# By its words alone the NFA would come first.
NFA = {"received_on": DAY, "nfa": True, "source": "6", "ethnicity": "ABAN"}
ACCEPTED = {"received_on": DAY, "nfa": False, "source": "6", "ethnicity": "WBRI"}
CLOSED = {"started_on": DAY, "status": "closed", "closed_on": LATER, "need": "N1", "closure": "RC8"}
OPEN = {"started_on": DAY, "status": "CIN", "closed_on": None, "need": "N2", "closure": None}
Rows = dict[int, list[dict[str, Any]]]


def lists(said: Rows) -> list[ListRows]:
    made = []
    for number, some in said.items():
        numbered = tuple(
            {"child_id": "1", **row, "found_at": f"List {number}, row {line}"}
            for line, row in enumerate(some, start=2)
        )
        where = f"List {number}"
        made.append(ListRows(number, where, numbered, (), len(numbered), {}, date(2016, 11, 7)))
    return made


def gathered(said: Rows) -> Gathering:
    gathering = Gathering()
    gather_spells(gathering, lists(said))
    return gathering


def facts(gathering: Gathering, table: str, *columns: str) -> dict[str, tuple]:
    return {
        row[f"{table}_id"]: tuple(row[column] for column in columns)
        for row in gathering.rows.get(table, ())
    }


def in_any_order(said: Rows, number: int) -> Iterable[Gathering]:
    for rows_in_order in permutations(said[number]):
        yield gathered({**said, number: list(rows_in_order)})


OF_REFERRAL = ("no_further_action", "closed_on", "closure_reason")


def test_an_nfa_and_an_accepted_referral_of_one_day_are_both_kept_and_the_accepted_is_closed():
    for gathering in in_any_order({3: [NFA, ACCEPTED], 6: [CLOSED]}, 3):
        assert facts(gathering, "referral", *OF_REFERRAL) == {
            "1-R-20160502": (False, LATER, "RC8"),
            "1-R-20160502-2": (True, None, None),
        }
        assert gathering.issues == []


def test_an_episode_from_the_day_of_a_referral_that_was_nfa_keeps_its_closure():
    gathering = gathered({3: [NFA], 6: [CLOSED]})
    closures = {row["referral_id"]: row["closed_on"] for row in gathering.rows["referral"]}
    assert closures == {"1-R-20160502": None, "1-R-20160502-2": LATER}


def test_two_episodes_from_one_day_close_a_referral_each_whatever_their_order():
    other = {**ACCEPTED, "source": "3"}
    said = {3: [ACCEPTED, other], 6: [CLOSED, OPEN]}
    expected = {"1-R-20160502": (False, LATER, "RC8"), "1-R-20160502-2": (False, None, None)}
    for number in (3, 6):
        for gathering in in_any_order(said, number):
            assert facts(gathering, "referral", *OF_REFERRAL) == expected
            assert facts(gathering, "plan", "referral_id") == {
                "1-CIN-20160502": ("1-R-20160502-2",)
            }


def test_two_referrals_of_one_episode_close_with_it():
    for gathering in in_any_order({3: [ACCEPTED, {**ACCEPTED, "source": "3"}], 6: [CLOSED]}, 3):
        closed = facts(gathering, "referral", "closed_on")
        assert closed == {"1-R-20160502": (LATER,), "1-R-20160502-2": (LATER,)}


def test_a_later_episode_does_not_take_the_closure_of_the_first_away():
    """The second has no referral of its own in List 3: it began with one all the same."""
    again = {**OPEN, "started_on": date(2016, 9, 1)}
    for gathering in in_any_order({3: [ACCEPTED], 6: [CLOSED, again]}, 6):
        closures = {row["referral_id"]: row["closed_on"] for row in gathering.rows["referral"]}
        assert closures == {"1-R-20160502": LATER, "1-R-20160901": None}
        assert facts(gathering, "plan", "referral_id") == {"1-CIN-20160901": ("1-R-20160901",)}


def test_two_assessments_of_one_day_keep_their_own_factors():
    one = {"started_on": DAY, "authorised_on": LATER, "factors": ("1A", "2B")}
    other = {"started_on": DAY, "authorised_on": None, "factors": ("3C",)}
    for gathering in in_any_order({4: [one, other]}, 4):
        assert facts(gathering, "assessment", "authorised_on") == {
            "1-A-20160502": (LATER,),
            "1-A-20160502-2": (None,),
        }
        found = {
            (row["assessment_id"], row["factor"]) for row in gathering.rows["assessment_factor"]
        }
        assert found == {
            ("1-A-20160502", "1A"),
            ("1-A-20160502", "2B"),
            ("1-A-20160502-2", "3C"),
        }


CARE = {"started_on": DAY, "legal_status": "C2", "ended_on": None}


def test_rows_of_one_time_in_care_are_one_plan_and_each_placement_counts():
    first = {**CARE, "placed_on": DAY, "placement": "U1"}
    second = {**CARE, "placed_on": LATER, "placement": "U4"}
    for gathering in in_any_order({8: [first, second, {**second, "visited_on": LATER}]}, 8):
        assert facts(gathering, "plan", "ended_on") == {"1-CLA-20160502": (None,)}
        assert facts(gathering, "placement", "kind") == {
            "1-P-20160502": ("U1",),
            "1-P-20160815": ("U4",),
        }
        assert gathering.issues == []


def test_of_rows_that_disagree_on_a_plan_the_one_that_ended_counts_and_that_is_said():
    ended = {**CARE, "ended_on": LATER}
    for gathering in in_any_order({8: [CARE, ended]}, 8):
        assert facts(gathering, "plan", "ended_on") == {"1-CLA-20160502": (LATER,)}
        (issue,) = gathering.issues
        assert (issue.rule, issue.row_key) == ("plan_rows_disagree", "1-CLA-20160502")
        assert "is kept: it ended on 15 August 2016" in issue.message
        assert gathering.left_out == {"plan": {"plan_rows_disagree": 1}}


def test_who_holds_a_child_never_rests_on_the_order_of_rows():
    held = [{**OPEN, "team": team, "worker": None} for team in ("East", "West", "North")]
    holders = set()
    for in_order in permutations(held):
        gathering = Gathering()
        gather_holders(gathering, lists({6: list(in_order)}), date(2016, 4, 30), NOBODY)
        holders.add(gathering.rows["allocation"][0]["unit_id"])
    assert holders == {unit_id_of("East")}


def test_rows_that_say_the_same_in_every_column_count_once_and_that_is_said():
    (before,) = lists({3: [ACCEPTED, NFA, ACCEPTED]})
    after = each_once(before)
    assert [row["found_at"] for row in after.rows] == ["List 3, row 2", "List 3, row 3"]
    (issue,) = after.issues
    assert (issue.rule, issue.table_name, issue.row_key) == ("same_row_twice", "list_3", "1")
    assert issue.message.startswith("List 3, row 4: it says what List 3, row 2 says")
    assert after.read == len(after.rows) + sum(after.left_out.values())


@pytest.mark.usefixtures("nothing_is_counted")
@pytest.mark.parametrize("nfa_first", [True, False])
def test_a_workbook_with_two_referrals_of_a_day_is_loaded_with_both_and_says_so(
    duckdb_url, tmp_path, nfa_first
):
    content = dirty.sheets()
    kit = content["List 3"][1]
    also = [*kit[:7], "a) Yes", *kit[8:]]
    content["List 3"][1:2] = [also, kit] if nfa_first else [kit, also]
    content["List 6"][1][8:11] = [dirty.day("2016-10-25"), "RC8", "e) Closed episode"]
    load(duckdb_url, read_annex_a([dirty.workbook(tmp_path / "a.xlsx", content)]), SETTINGS)
    engine = connect(duckdb_url)
    kept = {
        row.referral_id: (row.no_further_action, row.closed_on)
        for row in read(engine, referral.select().where(referral.c.child_id == "1001"))
    }
    assert kept == {
        "1001-R-20160901": (False, date(2016, 10, 25)),
        "1001-R-20160901-2": (True, None),
    }
    (issue,) = [one for one in read(engine, data_issue.select()) if one.rule == "referral_twice"]
    assert issue.row_key == "1001-R-20160901-2"
    engine.dispose()


def test_a_good_return_has_no_second_id(tmp_path):
    reading = read_annex_a([dirty.good_workbook(tmp_path)])
    ids = [key for table in ("referral", "assessment", "plan") for key in rows(reading, table)]
    assert all(key.count("-") == 2 for key in ids)


@pytest.mark.parametrize(
    ("data_to", "says"),
    [
        (None, "the latest date up to 2016-11-07, when the file was last saved, annex_a.xlsx,"),
        (date(2016, 9, 30), "as --data-to says"),
    ],
)
def test_a_workbook_says_where_its_last_day_is_from(tmp_path, data_to, says):
    reading = read_annex_a([dirty.good_workbook(tmp_path)], data_to)
    assert reading.data_to_from.startswith(says)
