"""The nightly run: one load of all its sources, what it leaves alone, and when it need not load."""

import json
from datetime import date, datetime

import pandas as pd
import pytest
from sqlalchemy import insert, select

from data_access import schema
from data_access.database import connect, read, rebuild
from data_access.london import today
from data_access.problems import Problem
from data_access.settings import NIGHTLY_DATABASE, NIGHTLY_FILES, NightlySource
from loading.loads import load
from loading.matching.decided import NOTHING_DECIDED
from loading.nightly.kinds import READERS
from loading.nightly.unchanged import is_unchanged, state_of
from loading.sources.reading import Reading
from tests.loading import dirty
from tests.loading.nightly.council import csv, extract, nightly, settings_of

AS_AT = date(2016, 10, 31)


def asked(url: str, *columns) -> list[tuple]:
    engine = connect(url)
    try:
        return sorted(tuple(row) for row in read(engine, select(*columns)))
    finally:
        engine.dispose()


def by_hand(**frames: list[dict]) -> Reading:
    return Reading("a_tool", AS_AT, {name: pd.DataFrame(rows) for name, rows in frames.items()})


COMPLAINT = {"complaint_id": "M1", "received_on": AS_AT, "stage": 1}


def test_several_sources_are_one_load_and_read_again_only_when_a_file_has_changed(
    duckdb_url, tmp_path
):
    folder = extract(tmp_path / "extract")
    census = dirty.census(tmp_path / "census.xml", [dirty.ASH])
    sources = (csv(folder), NightlySource("workforce-census", (str(census),)))
    shares: list[float] = []
    first = nightly(duckdb_url, *sources, say=lambda _, share: shares.append(share))
    assert shares == sorted(shares) and shares[-1] == 1
    assert first and (first.number, first.sources) == (1, ("csv_folder", "workforce_census"))
    assert nightly(duckdb_url, *sources) is None
    assert len(asked(duckdb_url, schema.load_report.c.number)) == 1
    mended = dirty.tables()
    mended["visit"][0]["recorded_on"] = "2016-10-05"
    extract(folder, mended)
    second = nightly(duckdb_url, *sources)
    assert second and second.number == 2
    # Of each source its last load alone, however many nights there were.
    assert asked(duckdb_url, schema.source_load.c.load_id) == [("1",), ("2",)]


def test_what_was_loaded_by_hand_stays_and_what_is_corrected_in_the_source_comes_in(
    duckdb_url, tmp_path
):
    folder = extract(tmp_path / "extract")
    nightly(duckdb_url, csv(folder))
    known = {"child_id": "C1", "name": "Kit", "restricted": False, "ethnicity": "WBRI"}
    reading, settings = by_hand(complaint=[COMPLAINT], child=[known]), settings_of(csv(folder))
    load(duckdb_url, reading, settings, add=True)
    corrected = dirty.tables()
    corrected["child"][0]["name"] = "Kit Other"
    extract(folder, corrected)
    assert nightly(duckdb_url, csv(folder))
    child = schema.child.c
    (name, ethnicity), _ = asked(duckdb_url, child.name, child.ethnicity)
    assert (name, ethnicity) == ("Kit Other", "WBRI")
    assert asked(duckdb_url, schema.complaint.c.complaint_id) == [("M1",)]
    loads = asked(duckdb_url, schema.source_load.c.source, schema.source_load.c.load_id)
    assert loads == [("a_tool", "1"), ("csv_folder", "2")]


def test_after_a_load_by_hand_the_next_run_reads_all_again(duckdb_url, tmp_path):
    folder = extract(tmp_path / "extract")
    nightly(duckdb_url, csv(folder))
    load(duckdb_url, by_hand(complaint=[COMPLAINT]), settings_of(csv(folder)), add=True)
    assert nightly(duckdb_url, csv(folder))
    assert nightly(duckdb_url, csv(folder)) is None


def test_a_table_that_a_nightly_source_no_longer_has_is_refused_and_does_not_stand_on(
    duckdb_url, tmp_path
):
    folder = extract(tmp_path / "extract")
    nightly(duckdb_url, csv(folder))
    (folder / "absence.csv").unlink()
    with pytest.raises(Problem, match="nothing was replaced. Of absence"):
        nightly(duckdb_url, csv(folder))
    assert nightly(duckdb_url, csv(folder), accept_loss=["absence"])
    assert asked(duckdb_url, schema.absence.c.absence_id) == []


def test_the_first_run_takes_the_place_of_the_demonstration(duckdb_url, tmp_path):
    with rebuild(duckdb_url) as connection:
        demo = {"load_id": "1", "source": "demo", "taken_at": datetime(2016, 11, 1)}
        connection.execute(insert(schema.source_load), [demo])
    report = nightly(duckdb_url, csv(extract(tmp_path / "extract")))
    assert report and report.number == 1


def record(state: str | None, data_to: date, taken_on: date) -> dict:
    taken_at = datetime(taken_on.year, taken_on.month, taken_on.day, 2)
    return {"taken_at": taken_at, "data_to": data_to, "rows_json": json.dumps({"nightly": state})}


@pytest.mark.parametrize(
    ("row", "is_so"),
    [
        (record("a", date(2016, 10, 31), date(2016, 11, 1)), True),
        (record("b", date(2016, 10, 31), date(2016, 11, 1)), False),
        (record(None, date(2016, 10, 31), date(2016, 11, 1)), False),
        # A source that covers all days up to that of the load covers another day on the next.
        (record("a", date(2016, 11, 1), date(2016, 11, 1)), False),
        (record("a", today(), today()), True),
    ],
)
def test_a_load_holds_while_its_state_is_the_same_and_its_last_day_does_not_move(row, is_so):
    assert is_unchanged("a", [row]) is is_so


def test_of_a_database_nobody_can_tell_that_nothing_in_it_has_changed(tmp_path):
    folder = csv(extract(tmp_path / "extract"))
    assert state_of(settings_of(folder), NOTHING_DECIDED)
    database = NightlySource("ssd", ("postgresql+psycopg://u:p@h/d",))
    assert state_of(settings_of(folder, database), NOTHING_DECIDED) == ""
    assert not is_unchanged("", [record("", date(2016, 10, 31), date(2016, 11, 1))])


def test_a_file_s_content_a_setting_and_the_version_are_each_a_part_of_the_state(
    tmp_path, monkeypatch
):
    folder = extract(tmp_path / "extract")
    settings = settings_of(csv(folder))
    states = [state_of(settings, NOTHING_DECIDED)]
    assert state_of(settings, NOTHING_DECIDED) == states[0]
    states.append(state_of(settings_of(csv(folder), csv(folder)), NOTHING_DECIDED))
    (folder / "absence.csv").write_text("absence_id\n", encoding="utf-8")
    states.append(state_of(settings, NOTHING_DECIDED))
    monkeypatch.setattr("loading.nightly.unchanged.software_version", lambda: "99.0.0")
    states.append(state_of(settings, NOTHING_DECIDED))
    assert len({*states}) == 4 and all(states)


def test_every_kind_that_the_settings_know_has_its_reader():
    assert {*READERS} == {NIGHTLY_DATABASE, *NIGHTLY_FILES}
