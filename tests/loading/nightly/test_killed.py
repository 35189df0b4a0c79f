"""A nightly run that is killed, wherever it is, or has no room: the last good database serves."""

import signal
import subprocess
import sys
from pathlib import Path

import pytest
from openpyxl import Workbook
from sqlalchemy import create_engine, inspect, make_url, select, text

from data_access import schema
from data_access.database import connect, read
from data_access.settings import NightlySource
from tests.left_out import needs_limited_files
from tests.loading.nightly.council import nightly
from tests.loading.ssd.small import deployed
from tests.loading.tables_book.books import filled

PROJECT = Path(__file__).parents[3]
# Runs the nightly run over the address sys.argv[1], of the sources that follow as kind and place.
# At the step sys.argv[2] it says so and waits for ever: whoever started it kills it there. Where
# that is a number, no file of the process may grow larger.
HELD = """
import resource, sys
from data_access.problems import Problem
from data_access.settings import NightlySource
from tests.loading.nightly import council

url, where, *of = sys.argv[1:]

def hold(step, share):
    if step == where:
        print("here", flush=True)
        sys.stdin.read()

if where.isdigit():
    resource.setrlimit(resource.RLIMIT_FSIZE, (int(where), resource.RLIM_INFINITY))
try:
    sources = [NightlySource(kind, (at,)) for kind, at in zip(of[::2], of[1::2])]
    council.nightly(url, *sources, say=hold)
except Problem as problem:
    print(problem)
"""
STEPS = [
    ("duckdb_url", "Writing visit"),
    ("fresh_postgresql", "Putting the new database in place"),
    *(
        pytest.param(server, step, marks=pytest.mark.thorough)
        for server in ("duckdb_url", "fresh_postgresql")
        for step in (
            "Reading ssd_cin_episodes",
            "Putting the sources together",
            "Writing unit",
            "Checking every row",
            "Working out the figures",
            "Done",
        )
    ),
]


def held(url: str, where: object, *of: object) -> subprocess.Popen:
    return subprocess.Popen(
        [sys.executable, "-c", HELD, *map(str, (url, where, *of))],
        cwd=PROJECT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )


@pytest.fixture
def source(tmp_path) -> str:
    """The address of a small SSD, of which a visit has gone since it was loaded."""
    return deployed(f"sqlite:///{tmp_path / 'ssd.sqlite'}")


def with_one_visit_fewer(source: str) -> None:
    engine = create_engine(source)
    with engine.begin() as connection:
        connection.execute(text("DELETE FROM ssd_cin_visits"))
    engine.dispose()


def sources(source: str, folder: Path) -> list[tuple[str, str]]:
    return [("ssd", source), ("workbook", str(folder / "filled.xlsx"))]


def posts_alone(book: Workbook) -> None:
    """The other examples are of children, or of days, that this SSD has not."""
    for title in set(book.sheetnames) - {"Units", "Workers", "Posts"}:
        del book[title]


def figures(url: str) -> list[str]:
    engine = connect(url)
    try:
        return sorted(map(repr, read(engine, select(*schema.figure.c))))
    finally:
        engine.dispose()


def left_behind(url: str) -> list[str]:
    if url.startswith("duckdb"):
        file = Path(make_url(url).database or "")
        return [one.name for one in file.parent.glob(f"{file.name}?*")]
    engine = connect(url)
    schemas = inspect(engine).get_schema_names()
    engine.dispose()
    return [one for one in schemas if "building" in one]


@pytest.mark.parametrize(("server", "step"), STEPS)
def test_a_run_that_is_killed_changes_nothing_and_the_next_succeeds(
    server, step, source, tmp_path, request
):
    url = request.getfixturevalue(server)
    filled(tmp_path, posts_alone)
    of = sources(source, tmp_path)
    run = [NightlySource(kind, (at,)) for kind, at in of]
    assert nightly(url, *run)
    before = figures(url)
    with_one_visit_fewer(source)
    with held(url, step, *(word for one in of for word in one)) as process:
        assert process.stdout and process.stdout.readline() == "here\n"
        process.kill()
        assert process.wait() == -signal.SIGKILL
    assert (figures(url) == before) == (step != "Done")
    assert nightly(url, *run, accept_loss=["visit"])
    assert figures(url) != before
    assert left_behind(url) == []


@needs_limited_files
@pytest.mark.parametrize(
    "tenths", [9, *(pytest.param(tenth, marks=pytest.mark.thorough) for tenth in (1, 5))]
)
def test_a_run_without_room_changes_nothing_and_leaves_nothing(
    tenths, source, tmp_path, duckdb_url
):
    run = NightlySource("ssd", (source,))
    assert nightly(duckdb_url, run)
    before, file = figures(duckdb_url), Path(make_url(duckdb_url).database or "")
    with_one_visit_fewer(source)
    limit = file.stat().st_size * tenths // 10
    with held(duckdb_url, limit, "ssd", source) as process:
        said, _ = process.communicate()
    assert said.startswith("There is no room left on the disk for") and said.count("\n") == 1
    assert " GB are free in " in said
    assert figures(duckdb_url) == before
    assert left_behind(duckdb_url) == []
