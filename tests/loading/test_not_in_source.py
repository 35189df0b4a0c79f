"""What the data cannot support is said of every metric, by what the metric itself needs."""

from dataclasses import replace
from datetime import date

import pytest
from click.testing import CliRunner
from sqlalchemy import Boolean, Column, Date, Float, Integer, insert

from childstat import main
from data_access.code_sets.outcomes import REVIEW_KIND
from data_access.database import changing, connect
from data_access.load_info import read_load
from data_access.schema import CANONICAL, PLAN_KINDS, metadata
from data_access.sources.holding import Held
from loading.loads import load
from loading.not_in_source import not_in_source, of_all
from loading.sources.annex_a.workbook import read_annex_a
from loading.sources.csv_folder import read_csv_folder
from loading.sources.workforce_census import read_workforce_census
from metrics.catalogue import CATALOGUE
from metrics.figures import read_figures
from metrics.model import Need, View
from tests.databases import emptied
from tests.loading import dirty
from tests.worlds import SETTINGS, World, allowed

DAY = date(2016, 9, 5)
HELD = {table.name: date(2010, 1, 1) for table in CANONICAL}
NEEDS = [(metric.key, need) for metric in CATALOGUE.values() for need in metric.needs]
# What several metrics need is taken away once, whatever each of them says of it.
# A column that can't be empty lacks something only where a source holds it in part.
TAKEN_AWAY = sorted(
    {
        replace(need, says=None)
        for _, need in NEEDS
        if need.column is None or need.value or metadata.tables[need.table].c[need.column].nullable
    },
    key=str,
)
LATEST_VISIT = (
    "Annex A holds only each child's latest visit, and not when it was recorded, so visits that"
    " fell due cannot be told from visits made: add visit.csv."
)
NO_FTE = "Annex A gives no FTE: add the workforce census, and worker.csv to match names."


def whole() -> World:
    """A row of each table that a metric needs, each column filled."""
    of_ann, of_kit = {"worker_id": "Ann"}, {"child_id": "Kit"}
    led = {"lead": True, "unit_id": "U1", "started_on": DAY, "ended_on": DAY}
    world = World().add("allocation", **led, **of_ann, **of_kit)
    for unit_id, kind in (("U1", "front_door"), ("U2", "segmented")):
        world.add("unit", unit_id=unit_id, name=unit_id, kind=kind, opened_on=DAY)
    in_post = {"unit_id": "U1", "role": "social_worker", "fte": 1.0, "started_on": DAY}
    world.add("post", agency=False, newly_qualified=False, **of_ann, **in_post)
    week = {"worked_on": DAY, "category": "travel", "hours": 1.0, "method": "diary"}
    world.add("time_record", **of_ann, **week)
    world.add("absence", reason="SIC", first_day=DAY, half_day=False, **of_ann)
    world.add("referral", received_on=DAY, closed_on=DAY, **of_kit)
    for kind in PLAN_KINDS:
        world.add("plan", kind=kind, started_on=DAY, ended_on=DAY, end_reason="E4", **of_kit)
    for kind in REVIEW_KIND.names:
        world.add("review", kind=kind, held_on=DAY, cancelled=False, **of_kit)
    asked = {"scale": "safety", "rater": "parent", "scored_on": DAY, "score": 5.0, "best": "high"}
    world.add("scale_score", **of_kit, **asked)
    world.add("visit", kind="CIN", visited_on=DAY, recorded_on=DAY, **of_kit)
    others = {name for metric in CATALOGUE.values() for name in metric.tables} - set(world.rows)
    for table in (metadata.tables[name] for name in others):
        world.add(table.name, **{column.name: _filled(column) for column in table.c})
    return world


def _filled(column: Column) -> object:
    kinds: dict[type, object] = {Date: DAY, Boolean: True, Integer: 1, Float: 1.0}
    known = kinds.get(type(column.type))
    return allowed(column)[0] if known is None else known


def missing(engine, world: World, **how) -> dict[str, str]:
    with engine.begin() as connection:
        emptied(connection)
        for name in [name for name, rows in world.rows.items() if rows]:
            connection.execute(insert(metadata.tables[name]), world.of(name))
        return not_in_source(connection, **{"covers_from": HELD, **how})


def without(need: Need) -> World:
    """Whole but for what one need asks: a table's rows, a column's values, or their fellows."""
    world = whole()
    if need.column is None:
        world.rows[need.table] = []
    elif need.value is not None:
        rows = world.rows[need.table]
        world.rows[need.table] = [row for row in rows if row[need.column] != need.value]
    else:
        for row in world.rows[need.table]:
            row[need.column] = "Nobody" if need.also_in else None
    return world


def test_whoever_has_what_is_needed_lacks_nothing(shared_engine):
    assert missing(shared_engine, whole()) == {}


@pytest.mark.parametrize("gone", TAKEN_AWAY, ids=str)
def test_a_metric_is_not_in_the_source_without_any_one_thing_that_it_needs(shared_engine, gone):
    found = missing(shared_engine, without(gone))
    add = (f"add {gone.table}.csv", "add the column", "add such rows")
    for key, need in NEEDS:
        if replace(need, says=None) == gone:
            assert need.says in (found[key], None)
            assert need.says or any(words in found[key] for words in add)
    others = [other for other in CATALOGUE if gone.table not in CATALOGUE[other].tables]
    assert not set(others) & set(found)


@pytest.mark.parametrize(("key", "need"), NEEDS, ids=str)
def test_what_a_metric_needs_is_a_table_that_sources_bring_with_such_a_column(key, need):
    tables = {table.name: table for table in CANONICAL}
    assert need.table in tables and (need.also_in is None or need.also_in in tables)
    assert need.column is None or need.column in tables[need.table].c


def test_the_sentence_names_every_table_that_is_missing_with_its_file(shared_engine):
    world = whole()
    world.rows["absence"] = world.rows["post"] = []
    assert missing(shared_engine, world)["sickness"] == (
        "Nothing that was loaded has rows of absence or post: add absence.csv and post.csv."
    )


def test_a_source_says_why_it_lacks_a_table_and_the_rest_is_said_beside(shared_engine):
    world = whole()
    world.rows["absence"] = world.rows["post"] = []
    lacks = {"post": "The workbook gives no FTE: add the census."}
    assert missing(shared_engine, world, lacks=lacks)["sickness"] == (
        "The workbook gives no FTE: add the census. Nothing that was loaded has rows of absence:"
        " add absence.csv."
    )


def test_a_table_that_is_held_in_part_supports_nothing_and_is_not_said_to_be_empty(shared_engine):
    found = missing(shared_engine, whole(), held=Held(frozenset({"visit"})))
    said = "Nothing that was loaded has every row of visit: add visit.csv."
    assert found == {key: said for key, metric in CATALOGUE.items() if "visit" in metric.tables}


@pytest.mark.parametrize("says", [None, "Complaints are with the ombudsman: ask there."])
def test_a_new_metric_whose_table_is_empty_says_so_by_itself(shared_engine, monkeypatch, says):
    new = replace(CATALOGUE["sickness"], key="complaints", needs=(Need("complaint", says=says),))
    monkeypatch.setitem(CATALOGUE, "complaints", new)
    otherwise = "Nothing that was loaded has rows of complaint: add complaint.csv."
    world = whole()
    world.rows["complaint"] = []
    assert missing(shared_engine, world)["complaints"] == (says or otherwise)


def test_a_metric_that_is_new_since_the_load_is_judged_when_figures_are_derived(
    duckdb_url, tmp_path, monkeypatch
):
    load(duckdb_url, read_csv_folder(dirty.csv_folder(tmp_path, dirty.tables())), SETTINGS)
    with changing(duckdb_url) as connection:
        connection.execute(metadata.tables["complaint"].delete())
    new = replace(CATALOGUE["sickness"], key="complaints", needs=(Need("complaint"),))
    monkeypatch.setitem(CATALOGUE, "complaints", new)
    assert CliRunner().invoke(main, ["derive", "--database", duckdb_url]).exit_code == 0
    found = read_figures(connect(duckdb_url), SETTINGS)
    assert "add complaint.csv" in (found.result(new, View(found.latest)).not_in_source or "")
    assert found.result(new, View(found.latest)).tally is None


@pytest.mark.usefixtures("nothing_is_counted")
def test_annex_a_says_of_each_figure_what_it_lacks_and_what_to_add(duckdb_url, tmp_path):
    load(duckdb_url, read_annex_a([dirty.good_workbook(tmp_path)]), SETTINGS)
    said = read_load(connect(duckdb_url)).not_in_source
    no_time = "Annex A holds no record of how time was spent: add time_record.csv."
    expected = {
        "caseload": NO_FTE,
        "direct_work": f"{no_time} {NO_FTE}",
        "sickness": f"Annex A holds no staff absence: add absence.csv. {NO_FTE}",
        "distance_travelled": "Annex A holds no scale scores: add scale_score.csv.",
        "visits_out_of_timescale": LATEST_VISIT,
        "recorded_in_time": LATEST_VISIT,
    }
    assert said.items() >= expected.items()


def test_of_several_sources_none_is_blamed_for_what_no_other_holds_either(shared_engine):
    world = whole()
    world.rows["complaint"] = []
    why = {"complaint": "The SSDA903 return holds no complaints: add complaint.csv."}
    alone, beside = (
        missing(shared_engine, world, lacks=why, several=several)["complaints"]
        for several in (False, True)
    )
    assert alone == why["complaint"]
    assert beside == "No source that is loaded holds any complaints: add complaint.csv."
    of_children = "The workforce census holds no children: add Annex A."
    assert of_all(of_children) == of_children


@pytest.mark.usefixtures("nothing_is_counted")
def test_the_census_says_of_each_figure_what_it_lacks_and_what_to_add(duckdb_url, tmp_path):
    load(duckdb_url, read_workforce_census(dirty.census(tmp_path / "c.xml", [dirty.ASH])), SETTINGS)
    said = read_load(connect(duckdb_url)).not_in_source
    expected = {
        "caseload": "The workforce census gives workers and FTE but no children: add Annex A,"
        " or allocation.csv.",
        "direct_work": "The workforce census does not say how time was spent: add time_record.csv.",
        "sickness": "The workforce census gives only the year's days lost to sickness, for the"
        " DfE's annual rate: add absence.csv for months.",
        "distance_travelled": "The workforce census holds no children: add Annex A, or"
        " referral.csv."
        " The workforce census holds no scale scores: add scale_score.csv.",
        "visits_out_of_timescale": "The workforce census holds no children: add Annex A, or"
        " plan.csv."
        " The workforce census holds no visits: add visit.csv.",
        "recorded_in_time": "The workforce census holds no visits: add visit.csv.",
    }
    assert said.items() >= expected.items()


@pytest.mark.usefixtures("nothing_is_counted")
def test_a_file_of_headings_alone_does_not_make_whole_what_another_source_has_in_part(
    duckdb_url, tmp_path
):
    folder = dirty.csv_folder(tmp_path / "extract", {"visit": dirty.tables()["visit"]})
    heads = (folder / "visit.csv").read_text().splitlines()[0]
    (folder / "visit.csv").write_text(heads + "\n")
    annex = read_annex_a([dirty.good_workbook(tmp_path)])
    load(duckdb_url, [annex, *read_csv_folder(folder)], SETTINGS)
    said = read_load(connect(duckdb_url)).not_in_source
    assert said["visits_out_of_timescale"] == LATEST_VISIT


@pytest.mark.usefixtures("nothing_is_counted")
def test_what_a_second_load_made_whole_stays_whole_when_a_third_adds_to_it(duckdb_url, tmp_path):
    load(duckdb_url, read_annex_a([dirty.good_workbook(tmp_path)]), SETTINGS)
    for names in (("child", "visit"), ("worker", "absence")):
        brought = {name: dirty.tables()[name] for name in names}
        folder = dirty.csv_folder(tmp_path / names[0], brought)
        load(duckdb_url, read_csv_folder(folder), SETTINGS, add=True)
        assert "visits_out_of_timescale" not in read_load(connect(duckdb_url)).not_in_source
    # What the first source said of its own gaps is still said in its words.
    assert read_load(connect(duckdb_url)).not_in_source["caseload"] == NO_FTE
