"""A source that is cut off, locked, closed to us: one sentence, no password, nothing changed."""

import gc
import warnings
from collections.abc import Callable, Iterator
from dataclasses import replace
from decimal import InvalidOperation

import pytest
from click.testing import CliRunner
from sqlalchemy import URL, CursorResult, Engine, create_engine, make_url, text

from childstat import main
from data_access.connection.source_snapshots import SNAPSHOTS, Snapshot
from data_access.problems import Problem
from data_access.settings_file.reading import read_settings
from loading.nightly.kinds import READERS, Asked
from loading.sources.room import need_room
from loading.sources.ssd.reader import read_ssd
from tests import COUNCIL
from tests.databases import duckdb_file
from tests.loading.ssd.small import deployed

HUSH = "p4ss-word-of-nobody"


@pytest.fixture
def source(fresh_postgresql: str) -> Iterator[Engine]:
    deployed(fresh_postgresql)
    engine = create_engine(fresh_postgresql)
    yield engine
    engine.dispose()


def address(source: Engine, username: str = "childstat") -> URL:
    return make_url(source.url).set(username=username, password=HUSH)


def refusal(at: URL, **options) -> str:
    with pytest.raises(Problem) as refused:
        read_ssd(at, **options)
    said = str(refused.value)
    assert HUSH not in said and "\n" not in said and said.endswith(".")
    return said


def test_a_source_that_is_cut_off_while_it_is_read_is_said(source):
    others = text(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
        " WHERE pid <> pg_backend_pid() AND datname = current_database()"
    )

    def cut_off(step: str, _share: float) -> None:
        if step == "Reading ssd_cin_episodes":
            with source.connect() as connection:
                connection.execute(others)

    with warnings.catch_warnings():
        # The driver warns of a cursor that was open when its connection was lost.
        warnings.simplefilter("ignore", ResourceWarning)
        said = refusal(address(source), say=cut_off)
        gc.collect()
    assert "stopped answering while it was read" in said
    assert "The last good database is still there: load again." in said


UNREADABLE = [
    ("ssd_person", "pers_dob", "date '0044-03-15' - 20000", "date too small"),
    ("ssd_person", "pers_dob", "timestamp '12016-03-15 10:00'", "timestamp too large"),
    ("ssd_cp_plans", "cppl_cp_plan_start_date", "date '19999-01-01'", "date too large"),
]


@pytest.mark.parametrize(("table", "column", "value", "says"), UNREADABLE)
def test_a_value_that_the_driver_can_t_read_is_said_with_its_table(
    source, table, column, value, says
):
    kind = "timestamp" if "timestamp" in value else "date"
    with source.begin() as connection:
        connection.execute(text(f"ALTER TABLE {table} ALTER {column} TYPE {kind}"))
        connection.execute(text(f"UPDATE {table} SET {column} = {value}"))
    said = refusal(address(source))
    assert f"{table} of postgresql+psycopg://" in said
    assert f"has a value that its driver can't read ({says}" in said
    assert "correct it there" in said and "0044" not in said and "9999" not in said


def test_a_text_of_another_encoding_is_said_with_its_table_and_without_a_word_of_it(tmp_path):
    url = deployed(f"sqlite:///{tmp_path / 'ssd.sqlite'}")
    engine = create_engine(url)
    with engine.begin() as connection:
        of_latin = text("UPDATE ssd_person SET pers_surname = CAST(x'48757368E9' AS TEXT)")
        connection.execute(of_latin)
    engine.dispose()
    said = refusal(make_url(url))
    assert said.startswith("ssd_person of sqlite://") and "Hush" not in said
    assert "could not decode" in said.lower()


FAULTS_OF_DRIVERS = [
    UnicodeDecodeError("utf-8", b"Hush\xe9", 4, 5, "invalid continuation byte"),
    ValueError("year 0 is out of range"),
    ValueError("Unknown format: Hush"),
    TypeError("'Hush' is no date"),
    OverflowError("Python int too large to convert to C long"),
    LookupError("unknown encoding: Hush"),
    InvalidOperation(),
]


@pytest.mark.parametrize("fault", FAULTS_OF_DRIVERS, ids=repr)
def test_whatever_a_driver_raises_of_a_value_ends_in_one_sentence(
    tmp_path, monkeypatch, fault, ends
):
    url = deployed(f"sqlite:///{tmp_path / 'ssd.sqlite'}")

    def fetch(result, _size=None) -> None:
        raise fault

    monkeypatch.setattr(CursorResult, "partitions", fetch)
    said = refusal(make_url(url))
    assert said.startswith("ssd_person of sqlite://") and "Hush" not in said
    assert ends(["load", "ssd", url, "--into", duckdb_file(tmp_path)]) == (1, f"Error: {said}\n")
    assert [one.name for one in tmp_path.iterdir()] == ["ssd.sqlite"]


@pytest.fixture
def ends(monkeypatch) -> Callable:
    """Runs a command: its exit status and what it prints on standard error."""
    monkeypatch.setenv("CHILDSTAT_CONFIG", str(COUNCIL))

    def run(typed: list[str]) -> tuple[int, str]:
        done = CliRunner().invoke(main, typed)
        return done.exit_code, done.stderr

    return run


def test_a_fault_of_our_own_is_none_of_a_value(tmp_path):
    url = deployed(f"sqlite:///{tmp_path / 'ssd.sqlite'}")

    def also(_snapshot: Snapshot, _schema: str | None) -> None:
        raise ValueError("ours")

    with pytest.raises(ValueError, match="ours"):
        read_ssd(make_url(url), also=also)


def test_a_table_that_somebody_keeps_locked_is_not_waited_for_for_ever(source, monkeypatch):
    quick = replace(SNAPSHOTS["postgresql"], begins=("SET LOCAL lock_timeout = '50ms'",))
    monkeypatch.setitem(SNAPSHOTS, "postgresql", quick)
    with source.begin() as connection:
        connection.execute(text("LOCK TABLE ssd_cp_visits IN ACCESS EXCLUSIVE MODE"))
        said = refusal(address(source))
    assert "has a table that somebody keeps locked" in said


def test_every_kind_of_database_that_waits_for_locks_waits_for_a_minute():
    waits = {kind: " ".join(how.begins) for kind, how in SNAPSHOTS.items()}
    assert "lock_timeout = '60s'" in waits["postgresql"]
    assert "LOCK_TIMEOUT 60000" in waits["mssql"]
    assert "lock_wait_timeout = 60" in waits["mysql"]


def test_a_table_that_may_not_be_read_is_said_by_its_database_s_own_words(source):
    with source.begin() as connection:
        connection.execute(text("CREATE ROLE reader_without_rights LOGIN"))
    try:
        said = refusal(address(source, username="reader_without_rights"))
    finally:
        with source.begin() as connection:
            connection.execute(text("DROP ROLE reader_without_rights"))
    assert "could not be read: permission denied for table ssd_" in said


def test_an_address_of_nobody_and_a_user_of_nobody_are_said(source):
    assert "does not answer" in refusal(make_url(f"postgresql+psycopg://u:{HUSH}@127.0.0.1:1/d"))
    assert "does not answer" in refusal(address(source, username="nobody_at_all"))
    assert "has no schema gone" in refusal(address(source), schema="gone")


def test_more_rows_than_fit_into_memory_are_refused_before_one_is_read(tmp_path, monkeypatch):
    url = make_url(deployed(f"sqlite:///{tmp_path / 'ssd.sqlite'}"))
    monkeypatch.setattr("loading.sources.room.machine_gigabytes", lambda: 16.0)
    counted = {True: 50_000_000, False: 0}
    monkeypatch.setattr(Snapshot, "number_of", lambda _, query: counted["cin_visits" in str(query)])
    read: list[str] = []
    with pytest.raises(Problem) as refused:
        read_ssd(url, say=lambda step, _share: read.append(step))
    assert read == []
    said = str(refused.value)
    assert "has 50,000,000 rows, most of them in ssd_cin_visits (50,000,000)" in said
    assert (
        "to load them would take about 20 GB of memory where it may take 12.0: load on a machine"
        in said
    )
    assert said.endswith("let memory_gb in [database] say so. Nothing was changed.")


def test_rows_of_extension_tables_count_too(tmp_path, monkeypatch):
    url = deployed(f"sqlite:///{tmp_path / 'ssd.sqlite'}")
    engine = create_engine(url)
    with engine.begin() as connection:
        connection.execute(text("CREATE TABLE CS_Worker_Time (hours float)"))
        connection.execute(text("CREATE TABLE cs_of_their_own (hours float)"))
    engine.dispose()
    monkeypatch.setattr("loading.sources.room.machine_gigabytes", lambda: 16.0)
    counted = {True: 50_000_000, False: 0}
    monkeypatch.setattr(
        Snapshot, "number_of", lambda _, query: counted["cs_" in str(query).lower()]
    )
    with pytest.raises(Problem, match=r"has 50,000,000 rows, most of them in cs_worker_time"):
        READERS["ssd"](Asked([url]), read_settings(), lambda _step, _share: None)


def test_what_fits_is_read_and_so_is_what_the_settings_say_there_is_room_for(monkeypatch):
    monkeypatch.setattr("loading.sources.room.machine_gigabytes", lambda: 8.0)
    need_room("a source", {"ssd_cin_visits": 14_000_000}, None)
    with pytest.raises(Problem):
        need_room("a source", {"ssd_cin_visits": 15_000_000}, None)
    need_room("a source", {"ssd_cin_visits": 50_000_000}, 64.0)
