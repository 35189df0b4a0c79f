"""Teams under the units that they are of: on their day, parted where that changes, and told."""

from dataclasses import replace
from datetime import date

import pandas as pd
import pytest

from data_access.meeting_store.matches.teams import TeamOfUnit
from loading.combining import combine
from loading.matching.decided import Decided
from loading.matching.held_by_teams import held_by_teams
from loading.matching.teams import with_teams_in_units
from loading.sources.reading import Reading

AS_AT = date(2016, 9, 30)
JANUARY, APRIL, JUNE = date(2016, 1, 4), date(2016, 4, 1), date(2016, 6, 1)
EAST_1, EAST_2 = TeamOfUnit("east-1", "U1", "Unit 1"), TeamOfUnit("east-2", "U1", "Unit 1")
UNTIL_APRIL = TeamOfUnit("east-1", "U1", ended_on=APRIL)
SINCE_APRIL = TeamOfUnit("east-1", "U2", "Unit 2", started_on=APRIL)


def frame(*rows: dict) -> pd.DataFrame:
    return pd.DataFrame(list(rows), dtype=object)


TEAMS = frame(
    {"unit_id": "east-1", "name": "East 1", "kind": "area"},
    {"unit_id": "east-2", "name": "East 2", "kind": "area"},
)


def spell(table: str, key: str, first: date | None, last: date | None, **more) -> dict:
    days = {"started_on": first, "ended_on": last}
    return {f"{table}_id": key, "unit_id": "east-1", **days, **more}


def reading(**frames: pd.DataFrame) -> Reading:
    return Reading("test", AS_AT, {"unit": TEAMS, **frames})


def mapped(given: Reading, *lines: TeamOfUnit) -> Reading:
    (found,) = with_teams_in_units([given], lines)
    return found


def units_of(given: Reading) -> dict[str, str]:
    rows = given.frames["unit"]
    return dict(zip(rows["unit_id"], rows["name"], strict=True))


HELD = spell("allocation", "A", JANUARY, None, child_id="K1", lead=True)


def parts_of(given: Reading, table: str = "allocation") -> list[tuple]:
    rows = given.frames[table].to_dict("records")
    return [tuple(row[n] for n in ("unit_id", "started_on", "ended_on")) for row in rows]


def test_without_a_map_nothing_is_touched():
    given = reading(allocation=frame(HELD))
    assert mapped(given) is given


def test_teams_of_one_unit_are_that_unit_s_rows_and_no_units_any_more():
    other = {**HELD, "allocation_id": "B", "unit_id": "east-2"}
    found = mapped(reading(allocation=frame(HELD, other)), EAST_1, EAST_2)
    assert parts_of(found) == [("U1", JANUARY, None)] * 2
    assert units_of(found) == {"U1": "Unit 1"}
    assert found.left_out["unit"] == {"a team of a unit, by the team map": 2}
    assert (found.read["unit"], found.added["unit"]) == (2, 1)
    assert not found.issues


def test_a_unit_that_a_source_gives_keeps_its_own_row():
    units = pd.concat([TEAMS, frame({"unit_id": "U1", "name": "North", "kind": "segmented"})])
    found = mapped(replace(reading(), frames={"unit": units, "allocation": frame(HELD)}), EAST_1)
    assert units_of(found) == {"east-2": "East 2", "U1": "North"}


@pytest.mark.parametrize(
    ("first", "last", "expected"),
    [
        (JANUARY, None, [("U1", JANUARY, APRIL), ("U2", APRIL, None)]),
        (JANUARY, JUNE, [("U1", JANUARY, APRIL), ("U2", APRIL, JUNE)]),
        # A spell does not hold on the day on which it ends.
        (JANUARY, APRIL, [("U1", JANUARY, APRIL)]),
        (APRIL, None, [("U2", APRIL, None)]),
        (date(2016, 3, 31), date(2016, 4, 2), [
            ("U1", date(2016, 3, 31), APRIL), ("U2", APRIL, date(2016, 4, 2)),
        ]),
        (APRIL, APRIL, [("U2", APRIL, APRIL)]),
        (None, None, [("east-1", None, None)]),
    ],
)  # fmt: skip
def test_a_spell_is_parted_on_the_day_on_which_its_team_changed_its_unit(first, last, expected):
    given = reading(allocation=frame({**HELD, "started_on": first, "ended_on": last}))
    found = mapped(replace(given, read={"allocation": 1}), UNTIL_APRIL, SINCE_APRIL)
    assert parts_of(found) == expected
    assert found.read["allocation"] + found.added["allocation"] == len(expected)
    assert found.read["allocation"] == 1
    assert {issue.rule for issue in found.issues} == (
        {"team_without_a_day"} if first is None else {"team_parted"} if expected[1:] else set()
    )


def test_a_source_that_has_no_column_of_ends_has_one_for_the_parts():
    without = {name: value for name, value in HELD.items() if name != "ended_on"}
    west = {**without, "allocation_id": "B", "unit_id": "west"}
    found = mapped(reading(allocation=frame(without, west)), UNTIL_APRIL, SINCE_APRIL)
    ends = dict(
        zip(
            found.frames["allocation"]["unit_id"],
            found.frames["allocation"]["ended_on"],
            strict=True,
        )
    )
    assert ends["U1"] == APRIL
    assert pd.isna(ends["U2"]) and pd.isna(ends["west"])


def test_what_a_spell_says_of_its_end_stays_with_its_last_part():
    post = spell("post", "P", JANUARY, JUNE, worker_id="W", leaving_reason="1", leaving_to="2")
    rows = mapped(reading(post=frame(post)), UNTIL_APRIL, SINCE_APRIL).frames["post"]
    assert [*rows["leaving_reason"]] == [None, "1"]
    assert [*rows["post_id"]] == ["P", "0-P-2016-04-01"]


def test_days_on_which_the_map_says_nothing_are_the_team_s_own():
    in_spring = TeamOfUnit("east-1", "U1", started_on=APRIL, ended_on=JUNE)
    found = mapped(reading(allocation=frame(HELD)), in_spring)
    assert parts_of(found) == [
        ("east-1", JANUARY, APRIL), ("U1", APRIL, JUNE), ("east-1", JUNE, None),
    ]  # fmt: skip
    assert "east-1" in units_of(found)


def test_what_happened_on_a_day_is_of_the_unit_of_that_day():
    complaints = frame(
        {"complaint_id": "1", "unit_id": "east-1", "received_on": "2016-03-31"},
        {"complaint_id": "2", "unit_id": "east-1", "received_on": pd.Timestamp(APRIL)},
        {"complaint_id": "3", "unit_id": "east-1", "received_on": None},
        {"complaint_id": "4", "unit_id": None, "received_on": APRIL},
        {"complaint_id": "5", "unit_id": "west", "received_on": APRIL},
    )
    found = mapped(reading(complaint=complaints), UNTIL_APRIL, SINCE_APRIL)
    assert [*found.frames["complaint"]["unit_id"]] == ["U1", "U2", "east-1", None, "west"]
    (said,) = found.issues
    assert said.message.startswith("complaint: 1 row of teams that changed their unit have no day")


def test_a_source_s_own_map_counts_where_nobody_decided_of_the_team():
    given = replace(reading(allocation=frame(HELD)), team_map=(EAST_1,))
    assert parts_of(mapped(given)) == [("U1", JANUARY, None)]
    assert parts_of(mapped(given, TeamOfUnit("east-1", "U9"))) == [("U9", JANUARY, None)]


def test_a_map_that_contradicts_itself_is_not_used_and_said():
    given = replace(reading(allocation=frame(HELD)), team_map=(EAST_1, TeamOfUnit("east-1", "U2")))
    found = mapped(given)
    assert parts_of(found) == [("east-1", JANUARY, None)]
    assert [issue.rule for issue in found.issues] == ["team_map_at_odds"]


def test_to_map_what_was_mapped_changes_nothing():
    lines = (UNTIL_APRIL, SINCE_APRIL, EAST_2)
    once = mapped(reading(allocation=frame(HELD)), *lines)
    again = mapped(once, *lines)
    assert parts_of(again) == parts_of(once)
    assert units_of(again) == units_of(once)


def test_combined_sources_go_by_the_map_and_tell_what_each_team_held():
    found = combine([reading(allocation=frame(HELD))], decided=Decided((EAST_1,)))
    assert [*found.frames["allocation"]["unit_id"]] == ["U1"]
    assert [*found.frames["unit"]["unit_id"]] == ["east-2", "U1"]
    assert found.readings[0].teams["east-1"]["children"] == 1


def test_a_team_holds_whom_it_has_on_the_last_day():
    allocations = frame(
        HELD,
        {**HELD, "child_id": "K1", "started_on": APRIL, "worker_id": "W1"},
        {**HELD, "child_id": "K2", "ended_on": AS_AT, "worker_id": "W2"},
        {**HELD, "child_id": "K3", "ended_on": date(2016, 10, 1)},
        {**HELD, "child_id": "K4", "started_on": date(2016, 10, 1)},
        {**HELD, "child_id": "K5", "unit_id": "west"},
        {**HELD, "child_id": "K6", "unit_id": None},
    )
    posts = frame(spell("post", "P", APRIL, None, worker_id="W1"))
    held = held_by_teams({"unit": TEAMS, "allocation": allocations, "post": posts}, AS_AT)
    assert held == {
        "east-1": {
            "name": "East 1", "children": 2, "workers": 1,
            "first": "2016-01-04", "last": "2016-10-01",
        },
        "east-2": {"name": "East 2", "children": 0, "workers": 0, "first": None, "last": None},
        "west": {
            "name": None, "children": 1, "workers": 0, "first": "2016-01-04", "last": "2016-01-04",
        },
    }  # fmt: skip
