"""Units that rows name and no source tells of: said once, and a source's own row comes before."""

from datetime import date

import pandas as pd
import pytest
from sqlalchemy import select

from data_access.database import connect, read
from data_access.schema import data_issue, unit
from loading.loads import load
from loading.sources.reading import Reading
from tests.loading.test_checks import connection as connection
from tests.loading.test_checks import found
from tests.worlds import SETTINGS

DAY = date(2016, 9, 30)


def reading(source: str, **tables: list[dict]) -> Reading:
    frames = {name: pd.DataFrame(rows, dtype=object) for name, rows in tables.items()}
    return Reading(source, DAY, frames)


def held(*children: str, by: str = "EAST") -> list[dict]:
    return [
        {"allocation_id": f"A-{one}", "child_id": one, "unit_id": by, "lead": True,
         "started_on": DAY, "found_at": f"allocation.csv, row {place}"}
        for place, one in enumerate(children, start=2)
    ]  # fmt: skip


def of_children(*children: str) -> Reading:
    rows = [{"child_id": one, "restricted": False} for one in children]
    return reading("csv_folder", child=rows, allocation=held(*children))


EAST = [{"unit_id": "EAST", "name": "East Team", "kind": "area"}]
UNITS = reading("workbook", unit=EAST)


def stands(url: str) -> tuple[list[tuple], list[str]]:
    """Every unit by id, name and kind, and what is said of units."""
    engine = connect(url)
    try:
        units = read(engine, select(unit.c.unit_id, unit.c.name, unit.c.kind))
        rules = ("unit_in_no_table", "sources_disagree")
        of_units = data_issue.c.rule.in_(rules)
        said = read(engine, select(data_issue.c.message).where(of_units))
        return [tuple(row) for row in units], [row.message for row in said]
    finally:
        engine.dispose()


def test_a_unit_in_no_table_is_said_once_with_its_rows_and_the_first_of_them(
    duckdb_url, nothing_is_counted
):
    load(duckdb_url, of_children("C1", "C2", "C3"), SETTINGS)
    units, (said,) = stands(duckdb_url)
    assert units == [("EAST", "EAST", "other")]
    assert said == (
        "allocation.csv, row 2: unit EAST is in no row of the unit table, and is shown under its"
        " id: so in 3 rows. Add the unit, or correct the id."
    )


@pytest.mark.parametrize("first", ["children", "units"])
def test_a_source_of_units_comes_before_what_rows_name_whichever_is_first(
    duckdb_url, nothing_is_counted, first
):
    both = [of_children("C1", "C2"), UNITS]
    for one in both if first == "children" else reversed(both):
        load(duckdb_url, one, SETTINGS, add=True)
    assert stands(duckdb_url) == ([("EAST", "East Team", "area")], [])


def test_a_unit_that_nobody_brings_is_said_again_by_each_load_that_adds(
    duckdb_url, nothing_is_counted
):
    load(duckdb_url, of_children("C1", "C2"), SETTINGS)
    load(duckdb_url, reading("other", worker=[{"worker_id": "W1"}]), SETTINGS, add=True)
    units, said = stands(duckdb_url)
    assert (len(units), len(said)) == (1, 1)
    assert "so in 2 rows" in said[0]


def test_several_tables_that_name_a_unit_break_the_rule_once(connection):
    rows = [(name, {"unit_id": "U9"}) for name in ("vacancy", "complaint", "survey_wave")]
    assert found(connection, *rows) == [("unit_in_no_table", "unit", "U9")]


def posted(*units: str) -> list[dict]:
    return [
        {"post_id": f"P{n}", "worker_id": f"W{n}", "unit_id": unit_id, "role": "social_worker",
         "fte": 1.0, "agency": False, "newly_qualified": False, "started_on": DAY}
        for n, unit_id in enumerate(units)
    ]  # fmt: skip


def test_an_id_that_one_post_alone_has_is_said_and_becomes_no_unit(duckdb_url, nothing_is_counted):
    posts = reading("csv_folder", unit=EAST, post=posted("EAST", "EASTT", "WEST", "WEST"))
    load(duckdb_url, posts, SETTINGS)
    units, (west, slip) = stands(duckdb_url)
    assert {unit_id for unit_id, *_ in units} == {"EAST", "WEST"}
    assert "unit EASTT is in no row of the unit table, and counts in the service alone" in slip
    assert "unit WEST is in no row of the unit table, and is shown under its id" in west


def test_where_there_would_be_no_unit_at_all_every_id_is_one(duckdb_url, nothing_is_counted):
    load(duckdb_url, reading("csv_folder", post=posted("EAST")), SETTINGS)
    assert stands(duckdb_url)[0] == [("EAST", "EAST", "other")]
