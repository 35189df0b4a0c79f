"""What ChildStat writes is its owner's only, however careless the user's own umask is."""

import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from data_access.connection.new_file import replacement_of
from data_access.connection.private_files import keep_to_owner
from data_access.database import changing, connect, create, rebuild
from data_access.meeting_store.copies import backup, restore
from data_access.meeting_store.opening import open_store
from data_access.meeting_store.transactions import changing as changing_store
from exports.saving import save_slides
from loading.demo.templates import _write
from tests.exports.made_up import SEPTEMBER, figures

pytestmark = pytest.mark.skipif(os.name == "nt", reason="on Windows files have no such modes")
PROJECT = Path(__file__).parent.parent.parent


@pytest.fixture(autouse=True)
def careless():
    """A umask that keeps nothing from anybody, as some servers start with."""
    before = os.umask(0)
    yield
    os.umask(before)


def open_to_others(folder: Path) -> list[str]:
    """What in `folder` anybody but its owner may look into, with its mode."""
    return [
        f"{path.relative_to(folder)} {mode:o}"
        for path in sorted(folder.rglob("*"))
        if (mode := stat.S_IMODE(path.stat().st_mode)) & 0o077
    ]


@pytest.fixture
def folder(tmp_path):
    """An empty folder, which the test leaves with nothing in it that is open to others."""
    made = tmp_path / "made"
    made.mkdir(0o700)
    yield made
    assert list(made.iterdir()), "nothing was written, so nothing was tested"
    assert not open_to_others(made)


def test_a_case_database_while_it_is_made_and_afterwards(folder):
    url = f"duckdb:///{folder / 'case.duckdb'}"
    create(url)
    assert not open_to_others(folder)
    with rebuild(url) as connection:
        connection.exec_driver_sql("CREATE TABLE more AS SELECT * FROM range(100000)")
        assert [path for path in folder.iterdir() if "building" in path.name]
        assert not open_to_others(folder)
    with changing(url) as connection:
        connection.exec_driver_sql("CREATE TABLE yet_more AS SELECT 1")
        assert not open_to_others(folder)


def test_rows_that_memory_can_not_hold_and_the_log_beside_a_database(folder):
    url = f"duckdb:///{folder / 'case.duckdb'}"
    engine = connect(url, read_only=False)
    with engine.connect() as connection:
        for setting in ("memory_limit = '30MB'", "threads = 1", "preserve_insertion_order = false"):
            connection.exec_driver_sql(f"SET {setting}")
        connection.exec_driver_sql("CREATE TABLE one AS SELECT 1 AS a")
        connection.commit()
        spilling = "SELECT a FROM range(5000000) AS t(a) ORDER BY hash(a)"
        rows = connection.exec_driver_sql(spilling)
        rows.fetchone()
        beside = {path.name for path in folder.rglob("*")} - {"case.duckdb"}
        assert any(name.endswith((".wal", ".tmp")) for name in beside)
        assert not open_to_others(folder)
    engine.dispose()


def test_a_meeting_store_with_its_log_its_copies_and_the_one_that_a_restore_keeps(folder):
    url = f"sqlite:///{folder / 'meeting.sqlite'}"
    store = open_store(url)
    with changing_store(store, "A", "wrote", "something"):
        pass
    assert {"meeting.sqlite-wal", "meeting.sqlite-shm"} <= {path.name for path in folder.iterdir()}
    assert not open_to_others(folder)
    backup(url, folder / "copy.sqlite")
    assert restore(url, folder / "copy.sqlite")
    assert not open_to_others(folder)
    store.dispose()


def test_slides_and_templates(folder):
    for name in ("slides.xlsx", "slides.pptx", "slides.pdf"):
        save_slides(folder / name, figures(), SEPTEMBER)
    (folder / "slides.xlsx").chmod(0o644)
    save_slides(folder / "slides.xlsx", figures(), SEPTEMBER)


def test_a_template_and_the_folder_made_for_it(folder):
    import pandas as pd

    from data_access.schema import child

    _write(folder / "templates" / "csv", child, pd.DataFrame({"child_id": ["C1"]}))


@pytest.mark.parametrize(
    "command", [["create", "--database", "duckdb:///{}/case.duckdb"],
                ["load", "csv", "--template", "{}/csv"]], ids=["create", "template"],
)  # fmt: skip
def test_a_command_whoever_starts_it(folder, command):
    words = [word.format(folder) for word in command]
    told = subprocess.run(
        [sys.executable, "childstat.py", *words], cwd=PROJECT, capture_output=True, text=True
    )
    assert told.returncode == 0, told.stderr


def test_files_of_an_earlier_version_are_closed_to_others_and_a_group_keeps_its_right(tmp_path):
    file = tmp_path / "meeting.sqlite"
    case = tmp_path / "case.duckdb"
    open_store(f"sqlite:///{file}").dispose()
    create(f"duckdb:///{case}")
    for path in (file, case):
        path.chmod(0o664)
    open_store(f"sqlite:///{file}").dispose()
    connect(f"duckdb:///{case}").dispose()
    assert [stat.S_IMODE(path.stat().st_mode) for path in (file, case)] == [0o660, 0o660]


def test_it_is_asked_before_the_first_byte(folder):
    with replacement_of(folder / "case.duckdb", lambda: None) as beside:
        beside.write_text("built by hand")
        assert not open_to_others(folder)


def test_keeping_to_the_owner_twice_is_keeping_once():
    keep_to_owner()
    keep_to_owner()
    assert os.umask(0) == 0o077
