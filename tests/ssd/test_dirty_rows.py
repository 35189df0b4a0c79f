"""Every way in which deployments differ, with dirty rows: read right, or said with the row."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pandas as pd
import pytest
from sqlalchemy import Engine, create_engine, text

from loading.fitting import FOUND_AT
from loading.sources.reading import Reading
from loading.sources.ssd.declared import TABLES
from tests.databases import postgresql_database
from tests.ssd.comparing import read_dataset
from tests.ssd.deployed import (
    DIFFERENCES,
    EXTRA_TABLE,
    MISSING,
    MOSAIC,
    NO_TABLE,
    RENAMED,
    SYSTEMC,
    Difference,
    columns_of,
)
from tests.ssd.deploying import as_deployed, rows_in, with_ids_of, write_tables
from tests.ssd.dirty_rows import DIRTY_ROWS, LEFT_OUT, DirtyRow, rubbish
from tests.ssd.one_child import one_child
from tests.ssd.shapes import SHAPES, Shape

PLAIN = {name: shape.without(*shape.faults) for name, shape in SHAPES.items()}
READ = {one.place for one in DIRTY_ROWS}
UNREAD = [one for one in DIFFERENCES if one.place not in READ]


class Deployed:
    """One system's dataset of one child; rows may be planted for a while."""

    def __init__(self, url: str, engine: Engine, shape: Shape) -> None:
        self.url, self.engine, self.shape = url, engine, shape
        self.tables = as_deployed(with_ids_of(one_child(), shape), shape)
        write_tables(engine, self.tables, shape)

    def reading(self) -> Reading:
        return read_dataset(self.url, self.shape, is_whole=False)

    @contextmanager
    def with_rows(self, rows: dict[str, pd.DataFrame]) -> Iterator[None]:
        """Other rows of some tables."""
        self._put(rows)
        yield
        self._put({name: self.tables[name] for name in rows})

    def _put(self, rows: dict[str, pd.DataFrame]) -> None:
        with self.engine.begin() as connection:
            for name, of in rows.items():
                place = f"{self.shape.schema}.{name}" if self.shape.schema else name
                connection.execute(text(f"DELETE FROM {place}"))
                rows_in(connection, place, of)


@pytest.fixture(scope="module")
def deployed(postgresql_url: str) -> Iterator[Callable[[str], Deployed]]:
    made: dict[str, Deployed] = {}
    with postgresql_database(postgresql_url) as mosaic, postgresql_database(postgresql_url) as c:

        def of(system: str) -> Deployed:
            if system not in made:
                url = {MOSAIC: mosaic, SYSTEMC: c}[system]
                made[system] = Deployed(url, create_engine(url), PLAIN[system])
            return made[system]

        yield of
        for one in made.values():
            one.engine.dispose()


def planted(rows: pd.DataFrame, cells: dict[str, object]) -> pd.DataFrame:
    """The rows with those cells in the first."""
    rows = rows.astype(object).reset_index(drop=True)
    for name, cell in cells.items():
        rows.loc[0, name] = cell
    return rows


def read_of(reading: Reading, said: str) -> list:
    """The values of "table.column kind=CP": of the rows of that kind; "table.kind=CP": the kind."""
    place, _, kind = said.partition("kind=")
    table, column = place.strip().split(".")
    rows = reading.frames.get(table, pd.DataFrame())
    if rows.empty:
        return []
    rows = rows[rows.kind == kind] if kind else rows
    column = column.strip() or "kind"
    return [None if pd.isna(one) else one for one in rows.get(column, [None] * len(rows))]


def as_read(reading: Reading) -> dict[str, list]:
    """All that a reading says, rows and issues, by table."""
    frames = {name: rows.drop(columns=FOUND_AT) for name, rows in reading.frames.items()}
    said = {name: rows.astype(str).to_numpy().tolist() for name, rows in frames.items()}
    return {**said, "issues": [one.message for one in reading.issues], "lacks": [*reading.lacks]}


def test_the_one_child_is_read_whole_from_either_system(deployed):
    for system in (MOSAIC, SYSTEMC):
        reading = deployed(system).reading()
        counts = {name: len(rows) for name, rows in reading.frames.items()}
        assert counts == {
            "child": 1, "referral": 1, "assessment": 1, "assessment_factor": 2, "plan": 3,
            "placement": 1, "allocation": 1, "visit": 3, "enquiry": 1, "conference": 1,
            "review": 2, "worker": 1, "unit": counts["unit"], "missing_episode": 1,
            "relationship": 1, "person": 1,
        }  # fmt: skip
        assert not [one.message for one in reading.issues if "absent" not in one.rule]


@pytest.mark.parametrize("one", DIRTY_ROWS, ids=lambda one: f"{one.place}: {one.cells}"[:90])
def test_a_dirty_row_where_systems_differ_is_read_right_or_said(deployed, one: DirtyRow):
    here = deployed(MOSAIC)
    rows = {}
    for table, cells in {**one.also, one.table: one.cells}.items():
        if cells:
            rows[table] = planted(here.tables[table], cells)
    with here.with_rows(rows):
        reading = here.reading()
    found = read_of(reading, one.reads)
    expected = [] if one.value is LEFT_OUT else [one.value]
    assert found == expected, [issue.message for issue in reading.issues]
    said = [issue.message for issue in reading.issues if one.says in issue.message]
    assert said or not one.says, [issue.message for issue in reading.issues]
    if not one.says:
        before = {issue.message for issue in here.reading().issues}
        assert not {issue.message for issue in reading.issues} - before


def read_names() -> dict[str, set[str]]:
    """By table that is read, the names of every column that may be read of it."""
    return {
        name: {column for one in declared for column in one.names}
        for declared in TABLES
        for name in (declared.name, *declared.also)
    }


def is_read(one: Difference) -> bool:
    """Whether what differs is read: a table, or a column under either of its names."""
    names = read_names().get(one.table)
    if names is None or one.column is None:
        return names is not None
    return bool({one.column, one.deployed} & names)


def test_each_difference_that_is_read_has_a_dirty_row_of_its_own():
    """The others have rubbish planted in them below, each."""
    without = [one for one in DIFFERENCES if is_read(one) and one.place not in READ]
    assert not without, "add a DirtyRow for each"
    assert {one.place for one in DIFFERENCES} >= READ, "a dirty row of no difference"


@pytest.mark.parametrize("one", UNREAD, ids=lambda one: f"{one.place}: {one.kind}")
def test_what_nobody_reads_changes_nothing_whatever_stands_in_it(deployed, one):
    here = deployed(one.system)
    if one.kind in (MISSING, NO_TABLE):
        # It is not there, and nothing that is read says a word of it.
        assert not [issue for issue in here.reading().issues if str(one.column) in issue.message]
        return
    kinds = columns_of(one.system)[one.table]
    names = list(kinds) if one.kind == EXTRA_TABLE else [str(one.column)]
    names = [one.deployed] if one.kind == RENAMED else names
    before = as_read(here.reading())
    dirty = planted(here.tables[one.table], {name: rubbish(kinds[name]) for name in names})
    with here.with_rows({one.table: dirty}):
        assert as_read(here.reading()) == before
