"""Worlds that others worked out by hand from the definitions: rows in, tallies out."""

import json
from collections.abc import Mapping
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Column, Date, Engine, Table, insert

from data_access import schema
from loading.deriving import derive
from metrics.catalogue import CATALOGUE
from metrics.figures import Figures, read_figures
from metrics.model import SERVICE, Period, Tally
from tests.databases import emptied
from tests.left_out import BESIDE, needs
from tests.worlds import SETTINGS

FILE = BESIDE / "vectors" / "outcomes.json"
VECTORS = json.loads(FILE.read_text())["vectors"] if FILE.exists() else []
# By the name that a vector has for it: a companion is stored under its metric's key.
COUNTED = {key: key for key in CATALOGUE} | {
    companion.key: f"{metric.key}.{companion.key}"
    for metric in CATALOGUE.values()
    for companion in metric.beside.companions
}
TALLIED = [
    one
    for one in VECTORS
    if one["metric"] in COUNTED and "question" not in one and "settings" not in one
]

# Where the others are: half a stay, a question that the settings ask, intervals and the log-rank,
# which unit a family is for, what each worker carries.
ELSEWHERE = {
    "KM-01": "tests/metrics/survival/test_median_stay.py",
    "KM-02": "tests/metrics/survival/test_median_stay.py",
    "KM-03": "tests/metrics/survival/test_median_stay.py",
    "KM-04": "tests/metrics/survival/test_median_stay.py",
    "KM-05": "tests/metrics/survival/test_median_stay.py",
    "SV-01": "tests/metrics/test_survey_positive.py",
    "ST-01": "tests/metrics/compare/test_difference.py",
    "ST-02": "tests/metrics/compare/test_difference.py",
    "SG-01": "tests/metrics/segments/test_judging.py",
    "SG-02": "tests/metrics/segments/test_judging.py",
    "EX-01": "tests/metrics/practice/test_exposure.py",
}

pytestmark = needs(FILE)


def derived(engine: Engine, rows: Mapping[str, list[dict]], load: Mapping[str, str]) -> Figures:
    """The figures of a world, by the way that every load goes."""
    whole(engine, rows, load)
    with engine.begin() as connection:
        derive(connection, SETTINGS)
    return read_figures(engine, SETTINGS)


def whole(engine: Engine, rows: Mapping[str, list[dict]], load: Mapping[str, str]) -> None:
    """A world as it is loaded, of which nothing is derived yet."""
    with engine.begin() as connection:
        emptied(connection)
        for name, of_table in rows.items():
            table = schema.metadata.tables[name]
            connection.execute(insert(table), [_whole(table, row) for row in of_table])
        said = {"load_id": "1", "source": "test", "taken_at": datetime(2018, 1, 1, 9)}
        said["data_to"] = date.fromisoformat(load["data_to"])
        said["rows_json"] = json.dumps({"data_from": load["data_from"]})
        connection.execute(insert(schema.source_load), [said])


def _whole(table: Table, row: Mapping[str, Any]) -> dict[str, Any]:
    """The row with every column, its days as days."""
    return {column.name: _value(column, row.get(column.name)) for column in table.c}


def _value(column: Column, written: Any) -> Any:
    is_day = isinstance(column.type, Date) and written is not None
    return date.fromisoformat(written) if is_day else written


@pytest.mark.parametrize("vector", TALLIED, ids=lambda one: f"{one['id']}: {one['title']}")
def test_a_worked_world_gives_its_tallies(shared_engine, vector):
    found = derived(shared_engine, vector["rows"], vector["load"])
    for expected in vector["expected"]:
        month, unit_id = Period.parse(expected["month"]), expected["unit"]
        tally = found.tallies.get((COUNTED[vector["metric"]], unit_id, month))
        if expected.get("absent"):
            assert tally is None
        else:
            told = tally or Tally()
            assert (told.numerator, told.denominator) == pytest.approx(
                (expected["numerator"], expected["denominator"])
            ), (month, unit_id or "no unit", vector["why"])


def test_every_worked_world_is_counted_here_or_where_it_says():
    here = {one["id"] for one in TALLIED}
    assert here | ELSEWHERE.keys() == {one["id"] for one in VECTORS}
    assert len(here) + len(ELSEWHERE) == len(VECTORS)
    for file in ELSEWHERE.values():
        assert "test_outcome_vectors import" in (Path(__file__).parents[2] / file).read_text()


def test_the_service_is_among_what_is_asked():
    assert any(row["unit"] == SERVICE for one in VECTORS for row in one.get("expected", ()))
