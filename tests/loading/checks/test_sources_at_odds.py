"""What several sources, or two loads one after the other, say against one another."""

from dataclasses import replace
from datetime import date, timedelta

import pandas as pd
import pytest
from sqlalchemy import select

from data_access.database import connect, read
from data_access.schema import child, data_issue, person, unit, worker
from data_access.settings_file.reading import read_settings
from loading.loads import load
from loading.sources.csv_folder import read_csv_folder
from loading.sources.reading import Reading
from tests.loading import dirty

pytestmark = pytest.mark.usefixtures("nothing_is_counted")

SETTINGS = read_settings()
DAY = dirty.DATA_TO
RULES = ("sources_disagree", "sources_end_apart", "no_child_shared", "older_than_before")


def reading(source: str, data_to: date = DAY, **tables: list[dict]) -> Reading:
    frames = {name: pd.DataFrame(rows, dtype=object) for name, rows in tables.items()}
    return Reading(source, data_to, frames)


def children(*ids: str, **facts: object) -> list[dict]:
    return [{"child_id": child_id, "restricted": False, **facts} for child_id in ids]


def told(url: str) -> list[tuple[str, str]]:
    engine = connect(url)
    try:
        rows = read(engine, select(data_issue.c.rule, data_issue.c.message))
        return [(row.rule, row.message) for row in rows if row.rule in RULES]
    finally:
        engine.dispose()


def test_another_value_of_another_source_is_kept_out_and_said(duckdb_url, tmp_path):
    content = dirty.tables()
    load(duckdb_url, read_csv_folder(dirty.csv_folder(tmp_path / "first", content)), SETTINGS)
    content["child"][0]["born_on"] = "2008-05-04"
    again = dirty.csv_folder(tmp_path / "second", {"child": content["child"]})
    others = [replace(one, source="other") for one in read_csv_folder(again, data_to=DAY)]
    load(duckdb_url, others, SETTINGS, add=True)
    ((rule, said),) = told(duckdb_url)
    assert rule == "sources_disagree"
    assert said.startswith(
        "child.csv, row 2: born_on is not what csv_folder says of the same child, which counts"
    )
    assert "2008" not in said
    engine = connect(duckdb_url)
    kept = {row.born_on for row in read(engine, select(child.c.born_on))}
    engine.dispose()
    assert date(2009, 5, 4) in kept


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ({"name": "East Team"}, {"name": "EAST  team"}),
        ({"name": "East Team", "opened_on": None}, {"name": "East Team", "opened_on": DAY}),
    ],
)
def test_other_spellings_and_new_values_are_no_disagreement(duckdb_url, first, second):
    both = [
        reading(source, unit=[{"unit_id": "U1", "kind": "area", **facts}])
        for source, facts in (("one", first), ("two", second))
    ]
    load(duckdb_url, both, SETTINGS)
    assert told(duckdb_url) == []


def test_an_unknown_sex_contradicts_nothing_and_another_sex_does(duckdb_url):
    of_sex = [reading(sex, child=children("C1", "C2", sex=sex)) for sex in ("F", "U", "M")]
    load(duckdb_url, of_sex, SETTINGS)
    ((rule, said),) = told(duckdb_url)
    assert rule == "sources_disagree"
    assert "; so it is in 2 rows. " in said


IDS = tuple(str(number) for number in range(1001, 1006))


@pytest.mark.parametrize(
    ("others", "rules"),
    [
        ([f"C{one}" for one in IDS], ["no_child_shared"]),
        ([*(f"C{one}" for one in IDS), IDS[0]], []),
        # So few that it may be chance.
        ([f"C{one}" for one in IDS[1:]], []),
    ],
)
def test_sources_that_share_no_child_are_told(duckdb_url, others, rules):
    both = [reading("one", child=children(*IDS)), reading("two", child=children(*others))]
    load(duckdb_url, both, SETTINGS)
    assert [rule for rule, _ in told(duckdb_url)] == rules


def test_a_source_whose_children_end_earlier_is_told_and_a_staff_return_is_not(duckdb_url):
    earlier = DAY - timedelta(30)
    staff = [{"worker_id": "W1"}]
    readings = [
        reading("annex_a", earlier, child=children("C1")),
        reading("workforce_census", earlier, worker=staff),
        reading("csv_folder", child=children("C1")),
    ]
    load(duckdb_url, readings, SETTINGS)
    ((rule, said),) = told(duckdb_url)
    assert rule == "sources_end_apart"
    assert said.startswith("annex_a: its children are covered up to 1 October 2016, and the data")


def test_an_older_file_over_a_newer_one_is_told(duckdb_url):
    newer = reading("csv_folder", child=children("C1"))
    load(duckdb_url, newer, SETTINGS)
    load(duckdb_url, newer, SETTINGS)
    assert told(duckdb_url) == []
    load(duckdb_url, replace(newer, source="annex_a", data_to=DAY - timedelta(1)), SETTINGS)
    assert told(duckdb_url) == []
    load(duckdb_url, newer, SETTINGS)
    load(duckdb_url, replace(newer, data_to=DAY - timedelta(1)), SETTINGS)
    ((rule, said),) = told(duckdb_url)
    assert rule == "older_than_before"
    assert "30 October 2016" in said
    assert "31 October 2016" in said


def test_a_source_that_is_added_again_corrects_what_it_said_and_no_row_counts_as_lost(duckdb_url):
    first = reading(
        "csv_folder",
        child=children("C1", sex="F"),
        unit=[{"unit_id": "U1", "name": "East", "kind": "area"}],
        worker=[{"worker_id": "W1", "name": "Ash Bell"}],
        person=[{"person_id": "H1", "name": "Cy Day"}],
    )
    load(duckdb_url, first, SETTINGS)
    again = reading(
        "csv_folder",
        child=children("C1", sex="M"),
        unit=[{"unit_id": "U1", "name": "West", "kind": "front_door"}],
        worker=[{"worker_id": "W1", "name": "Ash Hay"}],
        person=[{"person_id": "H1", "name": "Cy Fox"}],
    )
    report = load(duckdb_url, again, SETTINGS, add=True)
    assert [count.written for count in report.counts[0].values()] == [1, 1, 1, 1]
    assert standing(duckdb_url) == {"M", "West", "front_door", "Ash Hay", "Cy Fox"}
    assert told(duckdb_url) == []


def standing(url: str) -> set[str]:
    columns = (child.c.sex, unit.c.name, unit.c.kind, worker.c.name, person.c.name)
    engine = connect(url)
    try:
        return {read(engine, select(column))[0][0] for column in columns}
    finally:
        engine.dispose()


def test_what_a_source_says_of_a_child_counts_by_the_order_and_not_by_the_load(duckdb_url):
    load(duckdb_url, reading("annex_a", child=children("C1", sex="F")), SETTINGS)
    load(duckdb_url, reading("csv_folder", child=children("C1", sex="M")), SETTINGS, add=True)
    load(duckdb_url, reading("annex_a", child=children("C1", sex="F")), SETTINGS, add=True)
    engine = connect(duckdb_url)
    assert [row.sex for row in read(engine, select(child.c.sex))] == ["M"]
    engine.dispose()
    ((rule, said),) = told(duckdb_url)
    assert rule == "sources_disagree"
    assert said.startswith("child of annex_a: sex is not what csv_folder says of the same child,")
    assert "as csv_folder goes before annex_a" in said


def test_a_newer_word_on_a_unit_that_may_be_against_another_source_counts_and_is_said(duckdb_url):
    def of(source: str, name: str) -> Reading:
        return reading(source, unit=[{"unit_id": "U1", "name": name, "kind": "area"}])

    load(duckdb_url, of("csv_folder", "East"), SETTINGS)
    load(duckdb_url, of("ssd", "East"), SETTINGS, add=True)
    load(duckdb_url, of("csv_folder", "West"), SETTINGS, add=True)
    ((rule, said),) = told(duckdb_url)
    assert rule == "sources_disagree"
    assert said.startswith("unit: name is not what stood for the same unit, and counts now")
    assert "may be from ssd" in said


@pytest.mark.parametrize(("again", "issues"), [([{"child_id": "C1"}], 0), (children("C1"), 1)])
def test_nobody_is_opened_by_adding_and_it_is_said_where_the_source_says_so(
    duckdb_url, again, issues
):
    load(duckdb_url, reading("csv_folder", child=children("C1", restricted=True)), SETTINGS)
    load(duckdb_url, reading("csv_folder", child=again), SETTINGS, add=True)
    engine = connect(duckdb_url)
    assert [row.restricted for row in read(engine, select(child.c.restricted))] == [True]
    engine.dispose()
    assert len(told(duckdb_url)) == issues
