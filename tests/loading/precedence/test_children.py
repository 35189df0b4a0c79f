"""What each source says of a child, load after load: what it takes back, and what goes with it."""

from datetime import date

import pandas as pd
import pytest
from sqlalchemy import insert, select

from data_access.database import changing, connect, read
from data_access.schema import child, child_told
from loading.loads import load
from loading.precedence.children import keep_told, told_by_others
from loading.sources.reading import Reading
from tests.databases import emptied
from tests.worlds import SETTINGS

pytestmark = pytest.mark.usefixtures("nothing_is_counted")

OWN, OTHER = date(2009, 5, 6), date(2009, 5, 4)


def of(source: str, **born: date | None) -> Reading:
    rows = [{"child_id": key, "born_on": day} for key, day in born.items()]
    return Reading(source, date(2016, 9, 30), {"child": pd.DataFrame(rows, dtype=object)})


def born(url: str) -> dict[str, date | None]:
    engine = connect(url)
    try:
        rows = read(engine, select(child.c.child_id, child.c.born_on))
        return {row.child_id: row.born_on for row in rows}
    finally:
        engine.dispose()


def test_what_a_source_says_no_more_when_read_anew_is_told_by_the_next(duckdb_url):
    load(duckdb_url, of("annex_a", C1=OTHER), SETTINGS)
    load(duckdb_url, of("csv_folder", C1=OWN), SETTINGS, add=True)
    assert born(duckdb_url) == {"C1": OWN}
    load(duckdb_url, of("csv_folder", C1=None), SETTINGS, add=True, anew=["csv_folder"])
    assert born(duckdb_url) == {"C1": OTHER}


def test_an_empty_cell_that_is_added_takes_nothing_away(duckdb_url):
    load(duckdb_url, of("csv_folder", C1=OWN), SETTINGS)
    load(duckdb_url, of("csv_folder", C1=None), SETTINGS, add=True)
    assert born(duckdb_url) == {"C1": OWN}


def test_a_child_whom_only_what_is_read_anew_told_of_goes_when_it_does_not(duckdb_url):
    load(duckdb_url, of("annex_a", C1=OTHER), SETTINGS)
    load(duckdb_url, of("csv_folder", C1=OWN, C2=OWN), SETTINGS, add=True)
    load(duckdb_url, of("csv_folder", C3=OWN), SETTINGS, add=True, anew=["csv_folder"])
    assert born(duckdb_url) == {"C1": OTHER, "C3": OWN}


def test_what_an_earlier_version_kept_of_nobody_stands_until_own_tables_say_otherwise(duckdb_url):
    load(duckdb_url, of("annex_a", C1=OTHER, C2=OTHER), SETTINGS)
    as_an_earlier_version_left_it(duckdb_url)
    load(duckdb_url, of("csv_folder", C1=OWN), SETTINGS, add=True)
    assert born(duckdb_url) == {"C1": OWN, "C2": OTHER}


def as_an_earlier_version_left_it(url: str) -> None:
    with changing(url) as connection:
        child_told.drop(connection)


@pytest.mark.parametrize("source", ["ssd", "workbook", "ssda903"])
@pytest.mark.parametrize("others", [(), ("annex_a",)])
def test_what_an_earlier_version_kept_goes_before_nothing_that_is_read_now(
    duckdb_url, source, others
):
    for one in (source, *others):
        load(duckdb_url, of(one, C1=OWN), SETTINGS, add=True)
    as_an_earlier_version_left_it(duckdb_url)
    for _ in range(2):
        load(duckdb_url, of(source, C1=OTHER), SETTINGS, add=True)
        assert born(duckdb_url) == {"C1": OTHER}


def test_where_one_source_alone_can_have_told_an_earlier_version_it_did(duckdb_url):
    load(duckdb_url, of("csv_folder", C1=OWN, C2=OWN), SETTINGS)
    as_an_earlier_version_left_it(duckdb_url)
    load(duckdb_url, of("annex_a", C1=OTHER), SETTINGS, add=True)
    assert born(duckdb_url) == {"C1": OWN, "C2": OWN}
    load(duckdb_url, of("csv_folder", C3=OWN), SETTINGS, add=True, anew=["csv_folder"])
    assert born(duckdb_url) == {"C1": OTHER, "C3": OWN}


def test_a_child_of_whom_nobody_is_known_to_have_told_is_no_source_s_to_take():
    told = pd.DataFrame([("C1", "a"), ("C1", "b"), ("C2", "a")], columns=["child_id", "source"])
    children = pd.DataFrame({"child_id": ["C1", "C2", "C3"]})
    others, stay = told_by_others(told, children, ["a"])
    assert [*others["source"]] == ["b"]
    assert [*stay["child_id"]] == ["C1", "C3"]


def test_of_a_child_whose_row_was_left_out_nothing_is_kept(shared_engine):
    told = pd.DataFrame([{"child_id": key, "source": "csv_folder", "name": key} for key in "AB"])
    with shared_engine.connect() as connection:
        emptied(connection).execute(insert(child), [{"child_id": "A", "restricted": False}])
        keep_told(connection, told, ())
        kept = [*connection.execute(select(child_told.c.child_id)).scalars()]
        connection.rollback()
    assert kept == ["A"]
