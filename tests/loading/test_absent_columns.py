"""A column that a file lacks moves no figure in silence: whichever it is, it is said."""

import shutil
from pathlib import Path

import pandas as pd
import pytest
from sqlalchemy import select

from data_access.database import connect, read
from data_access.schema import CANONICAL, figure, metadata
from loading.demo.templates import EXAMPLE, write_templates
from loading.load_records import LoadReport
from loading.loads import load
from loading.sources.absent_columns import FOLLOWS, MISLEADING
from loading.sources.csv_folder import read_csv_folder
from metrics.figures import read_figures
from tests.worlds import SETTINGS

MAY_BE_EMPTY = [
    f"{table.name}.{column.name}"
    for table in CANONICAL
    for column in table.columns
    if column.nullable
]


@pytest.fixture(scope="module")
def example(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("template") / "start"
    write_templates(folder)
    return folder / EXAMPLE


def loaded(extract: Path, url: str) -> tuple[dict, LoadReport]:
    """The figures of an extract, to more digits than are shown, and what its load says."""
    report = load(url, read_csv_folder(extract), SETTINGS)
    engine = connect(url)
    try:
        rows = read(engine, select(*figure.c))
    finally:
        engine.dispose()
    counted = {
        (row.metric, row.unit_id, row.month): (round(row.numerator, 6), round(row.denominator, 6))
        for row in rows
    }
    return counted, report


@pytest.fixture(scope="module")
def whole(example, tmp_path_factory) -> dict:
    return loaded(example, f"duckdb:///{tmp_path_factory.mktemp('whole') / 'case.duckdb'}")[0]


def without(example: Path, tmp_path: Path, place: str) -> Path:
    """The extract without one column."""
    table, column = place.split(".")
    extract = Path(shutil.copytree(example, tmp_path / "extract"))
    file = extract / f"{table}.csv"
    rows = pd.read_csv(file, dtype=str, keep_default_na=False)
    rows.drop(columns=column).to_csv(file, index=False)
    return extract


@pytest.mark.parametrize(
    ("place", "told"),
    [
        (
            "plan.ended_on",
            "Figures may be wrong: plan.csv has no column ended_on: every plan counts as open. Add"
            " it, if it is known.",
        ),
        ("visit.recorded_on", None),
    ],
)
def test_figures_are_doubtful_for_want_of_a_column_only_where_they_are_too_high_without_it(
    example, duckdb_url, tmp_path, place, told
):
    loaded(without(example, tmp_path, place), duckdb_url)
    engine = connect(duckdb_url)
    try:
        figures = read_figures(engine, SETTINGS)
    finally:
        engine.dispose()
    assert figures.doubts(figures.latest) == told


def test_what_misleads_is_said_to_follow():
    assert set(FOLLOWS) > MISLEADING


def test_what_follows_is_said_of_columns_that_are_there_and_may_be_empty():
    assert set(FOLLOWS) <= set(MAY_BE_EMPTY)
    assert all(place.split(".")[0] in metadata.tables for place in FOLLOWS)


@pytest.mark.thorough
@pytest.mark.parametrize("place", MAY_BE_EMPTY)
def test_a_column_that_is_not_there_moves_no_figure_or_is_said(
    example, whole, duckdb_url, tmp_path, place
):
    column = place.split(".")[1]
    counted, report = loaded(without(example, tmp_path, place), duckdb_url)
    said = [issue for issue in report.issues if issue.rule == "absent_column"]
    moved = {metric for (metric, *_), value in counted.items() - whole.items()}
    moved |= {metric for (metric, *_), value in whole.items() - counted.items()}
    assert not moved - set(report.not_in_source) or any(column in one.message for one in said)
