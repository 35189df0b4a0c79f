"""Names of teams and workers, and nobody's, in every source that has names."""

import csv
import re
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import select

from data_access.database import connect, read
from data_access.schema import figure
from loading.combining import combine
from loading.loads import load
from loading.names.workers import worker_id_of
from loading.sources.annex_a.workbook import read_annex_a
from loading.sources.csv_folder import read_csv_folder
from loading.sources.reading import Reading
from loading.sources.workforce_census import read_workforce_census
from tests.loading import dirty
from tests.worlds import SETTINGS

TEAM = -2
KIT, IDA = 1, 5


def by_workbook(folder: Path, content: dirty.Sheets, **said) -> Reading:
    return read_annex_a([dirty.workbook(folder / "annex_a.xlsx", content)], **said)


def by_lists_as_csv(folder: Path, content: dirty.Sheets, **said) -> Reading:
    files = []
    for title, rows in content.items():
        files.append(folder / f"{title.replace(' ', '_')}.csv")
        with files[-1].open("w", newline="", encoding="utf-8") as file:
            csv.writer(file).writerows(rows)
    return read_annex_a(files, **said)


in_both = pytest.mark.parametrize("read", [by_workbook, by_lists_as_csv])


def held_by(*holders: tuple[str | None, str | None]) -> dirty.Sheets:
    """List 6 with one open child per team and worker; no other list names a holder."""
    content = dirty.sheets()
    heads, row = content["List 6"][:2]
    content["List 6"] = [heads, *([2000 + n, *row[1:-2], *one] for n, one in enumerate(holders))]
    for number in (3, 4, 5, 7, 8):
        for other in content[f"List {number}"][1:]:
            other[TEAM:] = ["East Team", "Ash Bell"]
    return content


def held(reading: Reading) -> dict[str, tuple[str | None, str | None]]:
    rows = reading.frames["allocation"].astype(object)
    rows = rows.where(rows.notna(), None)
    return {row.child_id: (row.unit_id, row.worker_id) for row in rows.itertuples()}


def said(reading, rule: str) -> list[str]:
    return [issue.message for issue in reading.issues if issue.rule == rule]


@in_both
def test_teams_in_other_scripts_are_units_of_their_own(tmp_path, read):
    teams = ["فريق الشمال", "فريق الجنوب", "Équipe 1", "quipe 1", "Team 1", "Team 1+", "北队"]
    reading = read(tmp_path, held_by(*((team, "Ash Bell") for team in teams)))
    units = {held(reading)[str(2000 + n)][0] for n in range(len(teams))}
    assert len(units) == len(teams)
    assert {*teams} <= {*reading.frames["unit"]["name"]}


@in_both
def test_one_team_in_other_spellings_is_one_unit_and_they_are_listed(tmp_path, read):
    teams = ["North-West Team", "NORTH–WEST  TEAM", "North-West\xa0Team", "North-West Team"]
    reading = read(tmp_path, held_by(*((team, None) for team in teams)))
    assert {unit for unit, _ in held(reading).values()} == {"north-west-team", "east-team"}
    assert [*reading.frames["unit"]["name"]] == ["East Team", "North-West Team"]
    (joined,) = said(reading, "names_joined")
    assert "row 2" in joined
    assert "row 3" in joined
    assert "'North-West Team' and 'NORTH–WEST TEAM' count as one team" in joined


@in_both
def test_teams_that_look_the_same_are_two_and_a_doubt(tmp_path, read):
    reading = read(tmp_path, held_by(("Zespół 1", None), ("Zespol 1", None)))
    assert len({held(reading)[child][0] for child in ("2000", "2001")}) == 2
    (doubt,) = said(reading, "names_alike")
    assert "'Zespol 1' and 'Zespół 1'" in doubt


@in_both
def test_one_worker_in_many_spellings_holds_all_the_children_and_it_is_listed(tmp_path, read):
    names = ["Siân O'Brien", "SIÂN O’BRIEN", "O'Brien, Ms Siân", "Siân O'Brien (SW77)"]
    reading = read(tmp_path, held_by(*(("East Team", name) for name in names)))
    assert len({held(reading)[str(2000 + n)][1] for n in range(len(names))}) == 1
    (worker,) = [
        row for row in reading.frames["worker"].to_dict("records") if row["registration_no"]
    ]
    assert worker["registration_no"] == "SW77"
    (joined,) = said(reading, "names_joined")
    assert "4 spellings" in joined
    assert reading.left_out["worker"] == {"the same worker, spelled differently": 3}


@in_both
def test_workers_who_are_only_alike_stay_two_and_are_a_doubt(tmp_path, read):
    reading = read(tmp_path, held_by(("East Team", "Jon Smith"), ("East Team", "John Smith")))
    assert held(reading)["2000"][1] != held(reading)["2001"][1]
    (doubt,) = said(reading, "names_alike")
    assert "row 2" in doubt
    assert "row 3" in doubt


def test_no_message_tells_a_worker_s_name(tmp_path):
    names = ["Jon Smith", "SMITH, JON", "John Smith", "Jon Smith (SW1)", "Duty, Jon", "Smith Duty"]
    reading = by_workbook(tmp_path, held_by(*(("East Team", name) for name in names)))
    assert {issue.rule for issue in reading.issues} >= {
        "names_joined", "names_alike", "nobody_in_doubt",
    }  # fmt: skip
    assert not [one.message for one in reading.issues if re.search("Smith|Jon", one.message, re.I)]


@in_both
@pytest.mark.parametrize(
    "word", ["Unallocated", "VACANT", "Duty", "Worker, Duty", "TBC", "No worker", "Agency", "?"]
)
def test_nobody_in_a_worker_s_place_leaves_the_child_to_the_team(tmp_path, read, word):
    reading = read(tmp_path, held_by(("East Team", word), ("East Team", word)))
    assert held(reading)["2000"] == ("east-team", None)
    assert [*reading.frames["worker"]["name"]] == ["Ash Bell"]
    (told,) = said(reading, "nobody_named")
    assert told.endswith("in 2 rows, of 2 children.")
    assert f"'{word}' in place of a worker means nobody" in told


@in_both
def test_nobody_and_no_team_is_no_allocation_and_said(tmp_path, read):
    reading = read(tmp_path, held_by(("Unallocated", "Unallocated"), (None, "Vacant")))
    assert not {"2000", "2001"} & held(reading).keys()
    assert len(said(reading, "unallocated")) == 2
    assert [*reading.frames["unit"]["name"]] == ["East Team"]
    assert len(said(reading, "nobody_named")) == 3


def test_the_next_list_is_asked_where_list_6_names_nobody(tmp_path):
    content = dirty.sheets()
    content["List 6"][2][TEAM:] = [None, "Unallocated"]
    content["List 7"][1][TEAM:] = ["West Team", "Cam Dow"]
    reading = by_workbook(tmp_path, content)
    assert held(reading)["1002"] == ("west-team", worker_id_of("Cam Dow"))


def test_a_council_says_which_words_are_nobody_s(tmp_path):
    content = held_by(("East Team", "Unallocated"), ("East Team", "Hub Pool"))
    reading = by_workbook(tmp_path, content, nobody=["hub pool"])
    assert held(reading)["2000"] == ("east-team", worker_id_of("Unallocated"))
    assert held(reading)["2001"] == ("east-team", None)


def test_a_name_that_begins_as_nobody_s_is_a_doubt(tmp_path):
    reading = by_workbook(tmp_path, held_by(("Duty Team", "Vacant - post 3")))
    assert held(reading)["2000"] == ("duty-team", worker_id_of("Vacant - post 3"))
    assert len(said(reading, "nobody_in_doubt")) == 1


def test_children_who_are_nobody_s_are_counted_as_unallocated(tmp_path):
    url = f"duckdb:///{tmp_path / 'council.duckdb'}"
    content = dirty.sheets()
    content["List 6"][KIT][TEAM:] = ["East Team", "Unallocated"]
    content["List 6"][IDA][TEAM:] = ["West Team", "Duty worker"]
    census = read_workforce_census(dirty.census(tmp_path / "csww.xml", [dirty.ASH]))
    staff = folder(tmp_path)[0]
    named = Reading("csv_folder", staff.data_to, {"worker": staff.frames["worker"]})
    load(url, [by_workbook(tmp_path, content), census, named], SETTINGS)
    this = (figure.c.metric == "caseload.unallocated", figure.c.month == date(2016, 10, 1))
    counted = {
        row.unit_id: (row.numerator, row.denominator)
        for row in read(connect(url), select(*figure.c).where(*this))
    }
    # Kit and Ida; not Rob, whose second referral ended with no further action.
    assert counted == {
        "east-team": (1, 2), "west-team": (1, 2), "*": (2, 4),
    }  # fmt: skip


# A folder of CSV files.


def folder(path: Path, **tables: list[dict]) -> list[Reading]:
    return read_csv_folder(dirty.csv_folder(path / "extract", dirty.tables() | tables))


@pytest.mark.parametrize("name", ["Unallocated", "DUTY  WORKER", "Vacant (0042)", "?"])
def test_a_worker_of_a_csv_folder_who_is_nobody_holds_no_child(tmp_path, name):
    workers = [dirty.TABLES["worker"][0], {"worker_id": "W2", "name": name}]
    combined = combine(folder(tmp_path, worker=workers))
    held_now = combined.frames["allocation"].set_index("allocation_id")["worker_id"]
    assert held_now["A1"] == "W1"
    assert held_now.isna()["A2"]
    assert [*combined.frames["allocation"]["unit_id"]] == ["U1", "U2"]
    assert [*combined.frames["post"]["worker_id"]] == ["W1"]
    assert combined.left_out[0]["post"] == {"of a worker who is nobody": 1}
    (told,) = said(combined, "nobody_named")
    assert told.startswith(f"worker.csv, row 3: worker W2 is named '{name.replace('  ', ' ')}'")
    assert "of nobody, 1 row of allocation" in told
    assert "left out, 1 row of post" in told


def test_whoever_was_given_as_nobody_before_holds_no_child_of_a_later_file(tmp_path):
    workers = [{"worker_id": "W1", "name": "Unallocated"}]
    before = Reading("loaded before", folder(tmp_path, worker=workers)[0].data_to, {
        "worker": combine(folder(tmp_path, worker=workers)).frames["worker"][["worker_id", "name"]]
    })  # fmt: skip
    given = folder(tmp_path)[0]
    frames = {table: rows for table, rows in given.frames.items() if table != "worker"}
    later = Reading("csv_folder", given.data_to, frames)
    assert combine([before, later]).frames["allocation"]["worker_id"].isna().tolist() == [
        True, False,
    ]  # fmt: skip


# Several sources that name the same workers.


def annex_a_named(path: Path, *names: str) -> Reading:
    return by_workbook(path, held_by(*(("East Team", name) for name in names)))


def ids_of_holders(readings: list[Reading], child_ids: list[str]) -> list[str]:
    rows = combine(readings).frames["allocation"].set_index("child_id")["worker_id"]
    return [rows[child_id] for child_id in child_ids]


@pytest.mark.parametrize(
    "written", ["Ash Bell", "BELL, Ash", "Ms Ash Bell", "Ash\u200b  Bell", "Bell, Ash (SW1)"]
)
def test_annex_a_s_worker_is_worker_csv_s_in_any_spelling(tmp_path, written):
    staff = folder(tmp_path)[0]
    frames = {"worker": staff.frames["worker"], "post": staff.frames["post"]}
    named = Reading("csv_folder", staff.data_to, frames)
    readings = [annex_a_named(tmp_path, written), named]
    combined = combine(readings)
    worker_ids = combined.frames["post"].set_index("post_id")["worker_id"]
    assert ids_of_holders(readings, ["2000"]) == [worker_ids["P1"]]
    assert len(combined.frames["worker"]) == 2
    assert not said(combined, "names_alike")


def test_a_name_with_its_registration_number_is_the_census_s_worker_at_once(tmp_path):
    census = read_workforce_census(dirty.census(tmp_path / "csww.xml", [dirty.ASH]))
    readings = [annex_a_named(tmp_path, "Ash Bell (SW 1)", "Cam Dow"), census]
    combined = combine(readings)
    (post,) = combined.frames["post"].to_dict("records")
    assert ids_of_holders(readings, ["2000"]) == [post["worker_id"]]
    assert len(combined.frames["worker"]) == 2


def test_staff_that_come_last_link_the_names_and_numbers_that_were_loaded_before(tmp_path):
    census = read_workforce_census(dirty.census(tmp_path / "csww.xml", [dirty.ASH]))
    named = annex_a_named(tmp_path, "Ash Bell", "Eve Fox (SW5)")
    before = Reading("loaded before", named.data_to, combine([named, census]).frames)
    staff = folder(tmp_path)[0]
    last = Reading("csv_folder", staff.data_to, {"worker": staff.frames["worker"]})
    combined = combine([before, last])
    assert not said(combined, "duplicate_id")
    assert combined.left_out[0]["worker"] == {"the same worker, by another source": 1}
    assert sorted(combined.frames["worker"]["registration_no"]) == ["SW1", "SW2", "SW5"]
    (post,) = combined.frames["post"].to_dict("records")
    assert ids_of_holders([before, last], ["2000"]) == [post["worker_id"]]


@pytest.mark.parametrize("written", ["Ash Bel", "A Bell", "Bell Ash", "Ásh Bell"])
def test_a_worker_who_is_only_like_worker_csv_s_is_not_matched_and_is_said(tmp_path, written):
    readings = [annex_a_named(tmp_path, written), folder(tmp_path)[0]]
    # The lists' other rows name Ash Bell, who is W1: so nobody else can be.
    for row in dirty.TABLES["worker"]:
        assert row["worker_id"] not in ids_of_holders(readings, ["2000"])
    assert said(combine(readings), "names_alike")


def test_two_numbers_of_one_name_are_two_people_in_two_sources(tmp_path):
    staff = folder(
        tmp_path, worker=[{"worker_id": "W1", "name": "Cam Dow", "registration_no": "1"}]
    )
    other = annex_a_named(tmp_path, "Cam Dow (SW9)")
    (holder,) = ids_of_holders([other, staff[0]], ["2000"])
    assert holder != "W1"


def test_a_name_that_two_workers_bear_matches_neither_and_is_said(tmp_path):
    twice = [
        {"worker_id": one, "name": "Cam Dow", "registration_no": f"SW{one}"} for one in ("1", "2")
    ]
    readings = [annex_a_named(tmp_path, "Cam Dow"), folder(tmp_path, worker=twice)[0]]
    assert ids_of_holders(readings, ["2000"]) == [worker_id_of("Cam Dow")]
    assert len(said(combine(readings), "names_alike")) == 2
