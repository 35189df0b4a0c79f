"""Sources combined in any order give the same rows and figures: the stated order tells."""

import re
from collections.abc import Mapping, Sequence
from itertools import permutations
from pathlib import Path

import pytest
from sqlalchemy import select

from data_access.database import connect, read
from data_access.load_info import read_load
from data_access.schema import child, child_told, data_issue, metadata
from data_access.settings import NightlySource
from loading.loads import in_silence, load
from loading.nightly.kinds import READERS, Asked
from tests.databases import duckdb_file
from tests.loading.nightly.council import nightly
from tests.loading.precedence.council import BORN, ETHNICITY, SEX, sources
from tests.worlds import SETTINGS

RETURNS = ("ssda903", "cin-census", "annex-a")
EVERY = (*RETURNS, "csv", "workbook")
# Up to whose last day the workbook is filled in: before them its rows are refused as of the future.
COVER_ITS_DAYS = {"annex-a", "csv"}
IN_ANY_ORDER = [
    order for order in permutations(EVERY) if COVER_ITS_DAYS & {*order[: order.index("workbook")]}
]
# Spread over all: each source stands before and after each other in many of them.
SOME_OF_THEM = IN_ANY_ORDER[::5]
BACK = ("csv", "workbook", *RETURNS[::-1])
ROWS = ("child", "child_told", "plan", "referral", "placement", "visit", "allocation", "review")
COUNTED = ("figure", "quantile", "status_spell", "visit_due", "review_due")
APART = re.compile(r"(\w+) is not what (\w+) says of the same child, .* goes before (\w+?)[;.]")
Stored = Mapping[str, object]


@pytest.fixture(scope="module")
def files(tmp_path_factory) -> Mapping[str, NightlySource]:
    return sources(tmp_path_factory.mktemp("files"))


def added(files: Mapping[str, NightlySource], order: Sequence[str], folder: Path) -> str:
    """A database into which the sources were loaded one after another."""
    url = duckdb_file(folder)
    for place, kind in enumerate(order):
        readings = READERS[kind](Asked(files[kind].at), SETTINGS, in_silence)
        load(url, [*readings], SETTINGS, add=place > 0)
    return url


def at_once(files: Mapping[str, NightlySource], order: Sequence[str], folder: Path) -> str:
    """A database into which one nightly run loaded them."""
    url = duckdb_file(folder)
    nightly(url, *(files[kind] for kind in order))
    return url


def stored(url: str, tables: Sequence[str]) -> Stored:
    """All rows of these tables, which metrics are lacking, and which sources are at odds."""
    engine = connect(url)
    try:
        rows = {name: _rows(read(engine, metadata.tables[name].select())) for name in tables}
        said = [row[0] for row in read(engine, select(data_issue.c.message))]
        apart = sorted(found.groups() for found in map(APART.search, said) if found)
        return {**rows, "apart": apart, "lacking": sorted(read_load(engine).not_in_source)}
    finally:
        engine.dispose()


def _rows(rows: Sequence) -> list[str]:
    return sorted(map(repr, map(tuple, rows)))


@pytest.fixture(scope="module")
def of_every_source(files, tmp_path_factory) -> Stored:
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr("loading.loads.derive", lambda connection, settings: None)
        return stored(added(files, EVERY, tmp_path_factory.mktemp("every")), ROWS)


@pytest.mark.usefixtures("nothing_is_counted")
def test_sources_added_in_the_other_order_give_the_same_rows(files, of_every_source, tmp_path):
    assert stored(added(files, BACK, tmp_path), ROWS) == of_every_source


@pytest.mark.usefixtures("nothing_is_counted")
def test_one_nightly_run_of_all_gives_the_rows_that_loads_by_hand_do(
    files, of_every_source, tmp_path
):
    assert stored(at_once(files, EVERY[::-1], tmp_path), ROWS) == of_every_source


@pytest.mark.thorough
@pytest.mark.usefixtures("nothing_is_counted")
@pytest.mark.parametrize("order", SOME_OF_THEM, ids="-".join)
def test_in_each_order_of_all_sources_the_rows_are_the_same(
    files, of_every_source, tmp_path, order
):
    assert stored(added(files, order, tmp_path), ROWS) == of_every_source


@pytest.fixture(scope="module")
def of_returns(files, tmp_path_factory) -> Stored:
    return stored(added(files, RETURNS, tmp_path_factory.mktemp("returns")), (*ROWS, *COUNTED))


def test_the_last_loaded_first_gives_the_same_figures(files, of_returns, tmp_path):
    assert stored(added(files, RETURNS[::-1], tmp_path), (*ROWS, *COUNTED)) == of_returns


@pytest.mark.thorough
@pytest.mark.parametrize("order", [*permutations(RETURNS)], ids="-".join)
@pytest.mark.parametrize("put", [added, at_once])
def test_in_each_order_and_at_once_the_figures_are_the_same(
    files, of_returns, tmp_path, order, put
):
    assert stored(put(files, order, tmp_path), (*ROWS, *COUNTED)) == of_returns


@pytest.mark.usefixtures("nothing_is_counted")
def test_each_fact_of_a_child_is_from_the_first_source_that_knows_it(files, tmp_path):
    engine = connect(at_once(files, BACK[::-1], tmp_path))
    try:
        children = {row.child_id: row for row in read(engine, select(*child.c))}
        said = read(engine, select(child_told.c.source).where(child_told.c.child_id == "1003"))
    finally:
        engine.dispose()
    assert {key: row.born_on for key, row in children.items()} == BORN
    assert {key: row.sex for key, row in children.items()} == SEX
    assert {key: children[key].ethnicity for key in ETHNICITY} == ETHNICITY
    assert (children["1002"].name, children["1002"].restricted) == ("Lou", True)
    assert {row.source for row in said} == {"ssda903", "cin_census", "annex_a"}


def test_who_contradicts_whom_is_said_of_each_two(of_every_source):
    assert of_every_source["apart"] == [
        ("born_on", "csv_folder", "annex_a"),
        ("born_on", "csv_folder", "cin_census"),
        ("born_on", "ssda903", "annex_a"),
        ("born_on", "ssda903", "cin_census"),
        ("sex", "cin_census", "annex_a"),
        ("sex", "ssda903", "annex_a"),
        ("sex", "ssda903", "cin_census"),
    ]
