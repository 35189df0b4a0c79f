"""The meeting store: nothing acknowledged is lost, nothing is half there, nothing is changed."""

import json
import signal
import subprocess
import sys
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import delete, func, insert, select, text, update
from sqlalchemy.exc import DBAPIError

from data_access.meeting_store import copies, meeting_tables, notes, tables
from data_access.meeting_store.opening import MEETING_STORE, engine_of, open_store
from data_access.meeting_store.publications import (
    Content,
    Publication,
    publications,
    rows_of,
    write_publication,
)
from data_access.meeting_store.transactions import changing, new_id, now, read
from data_access.problems import Problem
from data_access.stores.migrating import known_versions, newest_version
from data_access.stores.opening import WRITES, open_store_of
from tests.left_out import needs_limited_files
from tests.servers import free_port

PROJECT = Path(__file__).parents[2]
SEPTEMBER = date(2016, 9, 1)
PLACE = notes.figure_month("visits_out_of_timescale", "U1", SEPTEMBER)


@pytest.fixture
def store(store_url):
    engine = open_store(store_url)
    yield engine
    engine.dispose()


@pytest.fixture
def file(tmp_path) -> Path:
    return tmp_path / "meeting.sqlite"


def content(rows: int = 3) -> Content:
    tally = {"metric": "caseload", "unit_id": "U1", "numerator": 18.0, "denominator": 1.0}
    people = {"worker_id": "W", "child_id": "K", "part": "CP", "details": {"since": SEPTEMBER}}
    words = {"sentence": "18.", "reading": "n = 1.", "not_in_source": None}
    said = {"metric": "caseload", "unit_id": "U1", **words}
    half = {"metric": "caseload", "unit_id": "U1", "key": "half", "value": 2.0, "n": 3}
    told = [{"setting": "hours_a_week in [time]", "value": "37"}]
    figures, lines = [{**tally, "unit_name": "Unit 1"}], [{**tally, **people}] * rows
    return Content(figures, [said], lines, [half], told)


def publication(version: int = 1, month: date = SEPTEMBER, **other) -> Publication:
    known = {
        "id": new_id(),
        "month": month,
        "version": version,
        "published_at": now(),
        "published_by": "Ann",
        "as_at": date(2016, 10, 3),
        "load_id": "1",
        "source": "test",
        "reason": None if version == 1 else "corrected",
        "software_version": "0",
        "digest": "d",
    }
    return Publication(**{**known, **other})


def publish(store, what: Publication | None = None, rows: int = 3) -> Publication:
    what = what or publication()
    with changing(store, "Ann", "published", "2016-09") as connection:
        write_publication(connection, what, content(rows))
    return what


def number_of(store, table) -> int:
    return read(store, select(func.count().label("n")).select_from(table))[0].n


def test_what_is_published_is_read_back_as_it_was_written(store):
    written = publish(store)
    assert publications(store) == [written]
    assert written.published_at.tzinfo is UTC
    rows = read(store, rows_of(written, "caseload"))
    assert [row.position for row in rows] == [1, 2, 3]
    assert rows[0].details == {"since": SEPTEMBER}


def test_every_write_leaves_an_event_that_says_who_and_when(store):
    before = datetime.now(UTC)
    publish(store)
    notes.annotate(store, PLACE, "Two workers left.", "Bob")
    told = read(store, select(*tables.event.c).order_by(tables.event.c.at))
    assert [(row.by, row.what) for row in told] == [
        ("Ann", "published"),
        ("Ann", "sealed"),
        ("Bob", "annotated"),
    ]
    assert all(before <= row.at <= datetime.now(UTC) for row in told)


def test_a_change_by_nobody_is_refused(store):
    with pytest.raises(Problem, match="Say who does this"):
        notes.annotate(store, PLACE, "Words.", "  ")
    assert number_of(store, tables.annotation) == 0


def test_a_change_that_fails_leaves_no_event(store):
    with pytest.raises(Problem):
        notes.settle_dispute(store, "no such dispute", "upheld", "Ann")
    assert number_of(store, tables.event) == 0


KEPT = [*tables.FROZEN, tables.publication_seal, tables.event]
FROZEN = pytest.mark.parametrize("table", KEPT, ids=lambda t: t.name)


@FROZEN
def test_what_is_published_cannot_be_changed_or_removed(store, table):
    publish(store)
    column = next(
        c for c in table.c if c.name in ("published_by", "metric", "setting", "by", "rows")
    )
    for statement in (update(table).values({column: "x"}), delete(table)):
        with pytest.raises(Problem, match="never changed"):
            with changing(store, "Ann", "tampered", "2016-09") as connection:
                connection.execute(statement)
    assert number_of(store, table) >= 1


@pytest.mark.parametrize("table", tables.FROZEN[1:], ids=lambda t: t.name)
def test_nothing_is_added_to_what_is_published(store, table):
    publish(store)
    (row, *_) = read(store, select(*table.c))
    with pytest.raises(Problem, match="never changed"):
        with changing(store, "Ann", "added", "2016-09") as connection:
            connection.execute(insert(table), {**row._mapping, "position": 99})


@FROZEN
def test_nothing_published_is_replaced_in_sqlite_s_own_way(file, table):
    store = open_store(f"sqlite:///{file}")
    publish(store)
    (row, *_) = read(store, select(*table.c))
    over = insert(table).prefix_with("OR REPLACE").values(**row._mapping)
    with pytest.raises(Problem, match="never changed"):
        with changing(store, "Ann", "replaced", "2016-09") as connection:
            connection.execute(over)
    store.dispose()


@FROZEN
def test_nothing_published_is_truncated_on_postgresql(fresh_postgresql, table):
    store = open_store(fresh_postgresql)
    publish(store)
    with pytest.raises(DBAPIError, match="never changed"), store.begin() as connection:
        connection.execute(text(f"TRUNCATE {table.name} CASCADE"))
    store.dispose()


def test_one_version_is_published_once(store):
    publish(store)
    with pytest.raises(Problem):
        publish(store)
    assert [one.version for one in publications(store)] == [1]


def test_a_correction_needs_a_reason(store):
    with pytest.raises(Problem):
        publish(store, publication(2, reason=None))
    assert publications(store) == []


def test_rows_without_their_publication_are_refused(store):
    with pytest.raises(Problem):
        with changing(store, "Ann", "published half", "2016-09") as connection:
            half = {"publication_id": "none", "position": 1, **content().figures[0]}
            connection.execute(insert(tables.published_figure), half)
    assert number_of(store, tables.published_figure) == 0


def test_a_dispute_is_settled_once(store):
    key = {"child_id": "K1", "due_on": date(2016, 9, 22)}
    id = notes.raise_dispute(store, PLACE, key, "made, not entered", "Ann")
    notes.settle_dispute(store, id, "upheld", "Bob")
    with pytest.raises(Problem, match="settled already"):
        notes.settle_dispute(store, id, "rejected", "Bob")
    assert not read(store, notes.open_disputes(str(PLACE["metric"])))
    (found,) = read(store, select(*tables.dispute.c))
    assert (found.row_key, found.outcome, found.settled_by) == (key, "upheld", "Bob")


def test_a_dispute_needs_one_of_the_reasons(store):
    with pytest.raises(Problem, match="use one of made, not entered, wrong due date"):
        notes.raise_dispute(store, PLACE, {}, "because", "Ann")


def test_a_rebase_that_is_withdrawn_holds_no_more_and_stays(store):
    id = notes.rebase_from(store, PLACE, "The unit was split in two.", "Ann")
    assert [row.id for row in read(store, notes.rebases())] == [id]
    notes.withdraw_rebase(store, id, "Bob")
    assert read(store, notes.rebases()) == []
    assert number_of(store, tables.rebase) == 1
    with pytest.raises(Problem, match="withdrawn already"):
        notes.withdraw_rebase(store, id, "Bob")


# Versions of the tables.


def test_the_migrations_end_in_the_tables_that_the_program_uses(store):
    with store.connect() as connection:
        options = {"version_table": MEETING_STORE.version_table}
        context = MigrationContext.configure(connection, opts=options)
        assert compare_metadata(context, meeting_tables.meeting.metadata) == []
        assert context.get_current_revision() == newest_version(MEETING_STORE)


def test_every_version_is_reached_from_an_empty_database(store_url):
    assert known_versions(MEETING_STORE)[-1] == newest_version(MEETING_STORE)
    open_store(store_url).dispose()
    again = open_store(store_url)
    publish(again)
    again.dispose()


def test_a_store_of_a_newer_program_is_refused_in_a_sentence(store_url):
    engine = open_store(store_url)
    with engine.execution_options(**{WRITES: True}).begin() as connection:
        connection.execute(text(f"UPDATE {MEETING_STORE.version_table} SET version_num = '9999'"))
    engine.dispose()
    with pytest.raises(Problem, match="was written by a newer ChildStat") as problem:
        open_store(store_url)
    assert len(str(problem.value).splitlines()) == 1


def python(code: str, *arguments: object, **options) -> subprocess.Popen:
    return subprocess.Popen(
        [sys.executable, "-c", code, *map(str, arguments)],
        cwd=PROJECT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        **options,
    )


def ended(process: subprocess.Popen) -> str:
    """What the process printed; it must have ended well."""
    printed, noise = process.communicate(timeout=120)
    assert (process.returncode, noise) == (0, "")
    return printed


# Waits for a word, so that all begin at once.
OPENS = """
import sys
from data_access.meeting_store.opening import open_store
print("here", flush=True)
sys.stdin.readline()
open_store(sys.argv[1]).dispose()
"""


def test_processes_that_open_a_new_store_at_once_all_find_it_whole(store_url):
    processes = [python(OPENS, store_url) for _ in range(6)]
    for process in processes:
        assert process.stdout and process.stdout.readline() == "here\n"
    for process in processes:
        assert process.stdin
        process.stdin.write("go\n")
        process.stdin.flush()
    for process in processes:
        ended(process)
    store = open_store(store_url)
    publish(store)
    store.dispose()


# Processes that write, and processes that are killed.

# Annotates as fast as it can and prints each id when the store has acknowledged it; at every
# tenth, publishes a version of a month of its own.
WRITES_ON = """
import sys
from datetime import date
from data_access.meeting_store import notes
from data_access.meeting_store.opening import open_store
from tests.data_access.test_meeting_store import PLACE, publication, publish

store, by, times = open_store(sys.argv[1]), sys.argv[2], int(sys.argv[3])
for number in range(1, times + 1):
    if number % 10 == 0:
        what = publication(number // 10, date(2000 + int(by), 1, 1))
        print("publication", publish(store, what, rows=400).id, flush=True)
    print("annotation", notes.annotate(store, PLACE, f"{by} {number}", by), flush=True)
"""


def acknowledged(printed: str, kind: str) -> set[str]:
    """The ids that were printed whole: a line that was cut short acknowledges nothing."""
    whole = printed[: printed.rfind("\n") + 1].splitlines()
    return {line.split()[1] for line in whole if line.startswith(kind)}


def refuse_anything_half(store) -> None:
    """Every publication has all of its parts, and every part its publication."""
    known = {one.id for one in publications(store)}
    parts = {table.name: 1 for table in tables.FROZEN[1:]} | {"published_row": 400}
    for table in tables.FROZEN[1:]:
        id = table.c.publication_id
        counted = read(store, select(id, func.count().label("n")).group_by(id))
        assert {row.publication_id: row.n for row in counted} == dict.fromkeys(
            known, parts[table.name]
        )
    events = read(store, select(tables.event.c.what, func.count().label("n")).group_by("what"))
    told = {row.what: row.n for row in events}
    assert told.get("published", 0) == len(known)
    assert told.get("annotated", 0) == number_of(store, tables.annotation)


def ids(store, table) -> set[str]:
    return {row.id for row in read(store, select(table.c.id))}


def test_two_processes_that_write_at_once_lose_nothing(store_url):
    open_store(store_url).dispose()
    processes = [python(WRITES_ON, store_url, by, 60) for by in (1, 2)]
    printed = [ended(process) for process in processes]
    store = open_store(store_url)
    assert ids(store, tables.annotation) == set.union(
        *(acknowledged(one, "annotation") for one in printed)
    )
    assert ids(store, tables.publication) == set.union(
        *(acknowledged(one, "publication") for one in printed)
    )
    assert number_of(store, tables.annotation) == 120
    assert number_of(store, tables.publication) == 12
    refuse_anything_half(store)
    store.dispose()


def test_a_process_that_is_killed_loses_nothing_it_acknowledged_and_leaves_nothing_half(store_url):
    open_store(store_url).dispose()
    said = ""
    for by in range(1, 9):
        process = python(WRITES_ON, store_url, by, 1_000_000)
        assert process.stdout
        # At another point of its work each time: within a publication too, which is most of it.
        lines = [process.stdout.readline() for _ in range(1 + by * 7 % 23)]
        process.kill()
        # Read on where the lines ended: communicate would pass over what is already in the buffer.
        printed = "".join(lines) + process.stdout.read()
        process.communicate()
        assert process.returncode == -signal.SIGKILL
        said += printed[: printed.rfind("\n") + 1]
    store = open_store(store_url)
    assert acknowledged(said, "annotation") <= ids(store, tables.annotation)
    assert acknowledged(said, "publication") <= ids(store, tables.publication)
    assert acknowledged(said, "publication")
    # The last write of each process may have been done and not yet said.
    assert len(ids(store, tables.annotation) - acknowledged(said, "annotation")) <= 8
    refuse_anything_half(store)
    store.dispose()


# Publishes under ever larger limits on the size of a file, and prints what was said.
CRAMPED = """
import resource, sys
from data_access.meeting_store.opening import open_store
from data_access.problems import Problem
from tests.data_access.test_meeting_store import publish

store = open_store(sys.argv[1])
for limit in map(int, sys.argv[2:]):
    resource.setrlimit(resource.RLIMIT_FSIZE, (limit, resource.RLIM_INFINITY))
    try:
        publish(store, rows=4000)
        print("published")
    except Problem as problem:
        print(problem)
"""


@needs_limited_files
def test_a_full_disk_is_said_and_leaves_nothing_half(file):
    url = f"sqlite:///{file}"
    store = open_store(url)
    notes.annotate(store, PLACE, "Before.", "Ann")
    store.dispose()
    log = file.with_name(f"{file.name}-wal")
    limits = [8192, 40_960, 200_704, 401_408]
    printed = ended(python(CRAMPED, url, *limits)).splitlines()
    assert len(printed) == len(limits)
    assert all("disk" in line and "Nothing of it was written" in line for line in printed), printed
    assert not log.exists() or log.stat().st_size <= max(limits)
    store = open_store(url)
    assert publications(store) == []
    assert number_of(store, tables.published_row) == 0
    assert number_of(store, tables.annotation) == 1
    publish(store)
    store.dispose()


# What is wrong is one sentence.


def test_a_folder_that_is_not_there_is_said(tmp_path):
    with pytest.raises(Problem, match="There is no folder"):
        open_store(f"sqlite:///{tmp_path / 'nowhere' / 'meeting.sqlite'}")


@pytest.mark.parametrize(
    "url", ["meeting.sqlite", "duckdb:///x.duckdb", "sqlite://", "nothing://x/y"]
)
def test_an_address_that_no_store_can_have_is_said(url):
    with pytest.raises(Problem, match="is not one that ChildStat can use"):
        open_store(url)


def test_a_file_that_is_something_else_is_said_and_left_alone(file):
    file.write_bytes(b"not a database" * 1000)
    with pytest.raises(Problem, match="is not a whole meeting store"):
        open_store(f"sqlite:///{file}")
    assert file.read_bytes() == b"not a database" * 1000


def test_a_database_of_another_program_is_said_and_left_alone(file):
    other = engine_of(f"sqlite:///{file}")
    with other.execution_options(**{WRITES: True}).begin() as connection:
        connection.execute(text("CREATE TABLE somebody_s (id TEXT)"))
    other.dispose()
    with pytest.raises(Problem, match="is not a meeting store"):
        open_store(f"sqlite:///{file}")


def test_a_server_that_does_not_answer_is_said_without_the_password():
    url = f"postgresql+psycopg://childstat:secret@127.0.0.1:{free_port()}/childstat"
    with pytest.raises(Problem, match="does not answer") as problem:
        open_store(url)
    assert "secret" not in str(problem.value)


def test_a_store_that_is_being_written_is_said_after_a_while(file):
    url = f"sqlite:///{file}"
    first = open_store(url)
    second = open_store_of(replace(MEETING_STORE, seconds_to_wait=0.1), url)
    with changing(first, "Ann", "held", "the store"):
        with pytest.raises(Problem, match="is being written by somebody else"):
            notes.annotate(second, PLACE, "Words.", "Bob")
        assert number_of(second, tables.annotation) == 0
    notes.annotate(second, PLACE, "Words.", "Bob")
    for engine in (first, second):
        engine.dispose()


def test_a_relative_file_stands_beside_the_settings_wherever_one_starts(monkeypatch, tmp_path):
    for settings, folder in ((str(tmp_path / "council.toml"), tmp_path), ("", PROJECT)):
        monkeypatch.setenv("CHILDSTAT_CONFIG", settings)
        engine = engine_of("sqlite:///some.sqlite")
        assert engine.url.database == str(folder / "some.sqlite")
        engine.dispose()


# Copies.


def test_a_copy_made_while_the_store_is_written_is_whole_and_can_be_put_back(file, tmp_path):
    url, copy = f"sqlite:///{file}", tmp_path / "copy.sqlite"
    store = open_store(url)
    first = publish(store)
    with changing(store, "Ann", "held", "the store"):
        copies.backup(url, copy)
    publish(store, publication(2))
    store.dispose()
    kept, held = copies.restore(url, copy)
    store, before = open_store(url), open_store(f"sqlite:///{kept}")
    assert publications(store) == [first]
    assert [one.version for one in publications(before)] == [1, 2]
    for engine in (store, before):
        engine.dispose()


def test_a_store_is_restored_where_there_was_none(file, tmp_path):
    url, copy = f"sqlite:///{file}", tmp_path / "copy.sqlite"
    store = open_store(url)
    publish(store)
    store.dispose()
    copies.backup(url, copy)
    elsewhere = f"sqlite:///{tmp_path / 'elsewhere.sqlite'}"
    kept, held = copies.restore(elsewhere, copy)
    assert kept is None and held.publications == 1
    store = open_store(elsewhere)
    assert len(publications(store)) == 1
    store.dispose()


def test_whoever_reads_on_sees_the_store_that_was_put_back(file, tmp_path):
    url, copy = f"sqlite:///{file}", tmp_path / "copy.sqlite"
    store = open_store(url)
    copies.backup(url, copy)
    publish(store)
    copies.restore(url, copy)
    assert publications(store) == []
    publish(store)
    assert len(publications(store)) == 1
    store.dispose()


def test_a_copy_is_never_written_over(file, tmp_path):
    url = f"sqlite:///{file}"
    open_store(url).dispose()
    copy = tmp_path / "copy.sqlite"
    copy.write_text("precious")
    with pytest.raises(Problem, match="is there already"):
        copies.backup(url, copy)
    assert copy.read_text() == "precious"


@pytest.mark.parametrize("bad", [b"", b"not a database" * 1000, None])
def test_a_file_that_is_no_store_is_never_put_back(file, tmp_path, bad):
    url, copy = f"sqlite:///{file}", tmp_path / "copy.sqlite"
    store = open_store(url)
    publish(store)
    if bad is None:
        copies.backup(url, copy)
        whole = copy.read_bytes()
        copy.write_bytes(whole[: len(whole) // 2])
    else:
        copy.write_bytes(bad)
    with pytest.raises(Problem) as problem:
        copies.restore(url, copy)
    assert len(str(problem.value).splitlines()) == 1
    assert len(publications(store)) == 1
    store.dispose()


def test_a_store_on_a_server_is_copied_by_the_server_s_programs(fresh_postgresql, tmp_path):
    with pytest.raises(Problem, match="pg_dump"):
        copies.backup(fresh_postgresql, tmp_path / "copy")


def test_details_are_kept_as_plain_json_with_dates_marked(file):
    store = open_store(f"sqlite:///{file}")
    publish(store)
    with store.connect() as connection:
        kept = connection.execute(text("SELECT details FROM published_row")).scalar()
    assert json.loads(str(kept)) == {"since": {"date": "2016-09-01"}}
    store.dispose()
