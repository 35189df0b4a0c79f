"""What a source need not tell: others may, and nobody is contradicted."""

from dataclasses import replace
from datetime import date

import pandas as pd
import pytest
from sqlalchemy import select

from data_access.database import connect, read
from data_access.meeting_store.matches.teams import TeamOfUnit
from data_access.schema import child, data_issue, unit
from loading.combining import combine
from loading.loads import load
from loading.sources.reading import Reading
from tests.worlds import SETTINGS

AS_AT = date(2016, 9, 30)


def reading(source: str, **tables: list[dict]) -> Reading:
    frames = {name: pd.DataFrame(rows, dtype=object) for name, rows in tables.items()}
    return Reading(source, AS_AT, frames)


def units(*names: str, **facts: object) -> list[dict]:
    return [{"unit_id": name, "name": name, **facts} for name in names]


SILENT = reading("silent", unit=units("U1", "U2"), child=[{"child_id": "K1"}])
KINDS = reading("telling", unit=units("U1", kind="front_door"))


def kinds(url: str) -> dict[str, str]:
    engine = connect(url)
    try:
        return {row.unit_id: row.kind for row in read(engine, select(unit.c.unit_id, unit.c.kind))}
    finally:
        engine.dispose()


@pytest.mark.parametrize("readings", [[SILENT, KINDS], [KINDS, SILENT]])
def test_the_kind_of_a_unit_is_what_any_source_says_and_none_is_contradicted(readings):
    combined = combine(readings)
    known = combined.frames["unit"][["unit_id", "kind"]]
    assert dict(known.itertuples(index=False)) == {"U1": "front_door", "U2": "other"}
    assert not [issue.message for issue in combined.issues]


def test_a_unit_for_a_segment_is_segmented_where_nobody_says_its_kind():
    of = reading("silent", unit=[*units("U1", segment="Neglect"), *units("U2")])
    assert list(combine([of]).frames["unit"]["kind"]) == ["segmented", "other"]


def test_nobody_is_restricted_unless_a_source_says_so():
    says = reading("says", child=[{"child_id": "K1", "restricted": True}])
    for readings, restricted in (([SILENT], False), ([SILENT, says], True), ([says, SILENT], True)):
        assert list(combine(readings).frames["child"]["restricted"]) == [restricted]


def test_a_source_that_tells_must_tell_of_each():
    gap = [*units("U1", kind="area"), *units("U2", kind=None)]
    combined = combine([reading("telling", unit=gap)])
    assert list(combined.frames["unit"]["unit_id"]) == ["U1"]
    (issue,) = combined.issues
    assert "kind is empty" in issue.message


def test_what_is_added_says_the_kind_of_a_unit_that_stood_without_one(duckdb_url):
    load(duckdb_url, SILENT, SETTINGS)
    load(duckdb_url, KINDS, SETTINGS, add=True)
    assert kinds(duckdb_url) == {"U1": "front_door", "U2": "other"}
    load(duckdb_url, reading("third", unit=units("U1", kind="area")), SETTINGS, add=True)
    assert kinds(duckdb_url)["U1"] == "front_door"
    engine = connect(duckdb_url)
    try:
        rules = [row.rule for row in read(engine, select(data_issue.c.rule))]
        assert [row.restricted for row in read(engine, select(child.c.restricted))] == [False]
    finally:
        engine.dispose()
    assert rules.count("sources_disagree") == 1


def test_a_unit_of_the_team_map_leaves_its_kind_open_beside_units_that_do():
    rows = [{"allocation_id": "A1", "child_id": "K1", "unit_id": "U1", "lead": True,
             "started_on": AS_AT}]  # fmt: skip
    line = TeamOfUnit("U1", "U9", "Nine")
    of = reading("silent", unit=units("U1", "U2"), child=[{"child_id": "K1"}], allocation=rows)
    combined = combine([replace(of, team_map=(line,))])
    rows = combined.frames["unit"][["unit_id", "kind"]]
    assert dict(rows.itertuples(index=False)) == {"U2": "other", "U9": "other"}
