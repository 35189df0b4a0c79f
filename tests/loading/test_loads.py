"""The one way that every load goes, and what it leaves when it fails."""

import json
import shutil
import signal
import subprocess
import sys
from datetime import date
from functools import partial
from pathlib import Path

import pytest
from sqlalchemy import func, inspect, select, text
from sqlalchemy.engine import make_url

from data_access import database, schema
from data_access.database import changing, connect, create, read, rebuild, write
from data_access.load_info import read_load
from data_access.problems import Busy, Problem
from data_access.settings_file.reading import read_settings
from loading.checks.checks import every_issue
from loading.deriving import derive
from loading.loads import load
from loading.sources.annex_a.workbook import read_annex_a
from loading.sources.csv_folder import read_csv_folder
from loading.sources.workforce_census import read_workforce_census
from metrics.catalogue import CATALOGUE
from metrics.figures import read_figures
from metrics.model import Basis, Need, Period, View
from metrics.rows_behind import rows_listed
from metrics.sentence import reading_sentences
from tests.left_out import needs_limited_files
from tests.loading import dirty
from tests.servers import free_port

SETTINGS = read_settings()
PROJECT = Path(__file__).parents[2]
AS_AT = date(2016, 10, 31)
without_figures = pytest.mark.usefixtures("nothing_is_counted")


def readings(folder: Path, content=None):
    return read_csv_folder(dirty.csv_folder(folder / "extract", content or dirty.tables()))


# What the tables bring and the lists don't.
GONE_WITH_ANNEX_A = ("absence", "post", "scale_score", "time_record")


def load_tables(url: str, folder: Path, content=None, **options):
    return load(url, readings(folder, content), SETTINGS, **options)


def of_these_tables(not_in_source) -> dict[str, str]:
    """What is said of metrics for which `dirty.tables` has all but a history."""
    return {
        key: why
        for key, why in not_in_source.items()
        if dirty.TABLES.keys() >= set(CATALOGUE[key].tables)
        and not CATALOGUE[key].history_months
        and all(_is_there(need) for need in CATALOGUE[key].needs)
    }


def _is_there(need: Need) -> bool:
    """Whether rows have the column that is asked for; matching is for the load to do."""
    if need.column is None or need.also_in:
        return True
    found = {row.get(need.column) for row in dirty.tables()[need.table]} - {None, ""}
    return need.value in found if need.value else bool(found)


def everything(url: str, *left_out: str) -> dict[str, list[str]]:
    """Every row of every table, sorted."""
    engine = connect(url)
    try:
        return {
            table.name: sorted(repr(row) for row in read(engine, select(*table.c)))
            for table in schema.metadata.sorted_tables
            if table.name not in left_out
        }
    finally:
        engine.dispose()


def issues(url: str) -> list:
    engine = connect(url)
    try:
        return list(read(engine, select(*schema.data_issue.c)))
    finally:
        engine.dispose()


def rules(url: str) -> list[str]:
    return sorted(issue.rule for issue in issues(url))


def file_of(url: str) -> Path:
    return Path(make_url(url).database or "")


def test_a_load_writes_every_row_and_derives(duckdb_url, tmp_path):
    report = load_tables(duckdb_url, tmp_path)
    held = everything(duckdb_url)
    assert report.issues == ()
    assert len(held["child"]) == 2
    assert held["figure"] and held["visit_due"] and held["status_spell"]


@without_figures
@pytest.mark.parametrize("server", ["duckdb_url", "fresh_postgresql"])
def test_a_load_says_what_it_read_wrote_and_left_out(server, tmp_path, request):
    url = request.getfixturevalue(server)
    content = dirty.tables()
    content["visit"].append({**content["visit"][0], "visit_id": "V3", "visited_on": "2099-01-01"})
    content["visit"].append(dict(content["visit"][0]))
    content["visit"].append({**content["visit"][0], "visit_id": "V4", "visited_on": "never"})
    report = load_tables(url, tmp_path, content, accept_loss=["visit"])
    visits = report.counts[0]["visit"]
    assert (visits.read, visits.written) == (5, 2)
    assert visits.left_out == {"unreadable": 1, "duplicate_id": 1, "visit_in_the_future": 1}
    stored = everything(url)
    for table, counts in report.counts[0].items():
        assert counts.read == counts.written + sum(counts.left_out.values()), table
        assert counts.written == len(stored[table]), table


@without_figures
def test_the_record_of_a_load_stands_in_the_database(duckdb_url, tmp_path):
    load_tables(duckdb_url, tmp_path)
    said = read_load(connect(duckdb_url))
    assert (said.sources, said.data_to) == (("csv_folder",), AS_AT)
    assert said.tables["visit"] == {"read": 2, "written": 2, "left_out": {}, "added": 0}
    assert not said.invented and of_these_tables(said.not_in_source) == {}


@without_figures
def test_progress_is_told_from_nothing_to_all(duckdb_url, tmp_path):
    told = []
    load_tables(duckdb_url, tmp_path, say=lambda step, share: told.append((step, share)))
    shares = [share for _, share in told]
    assert shares == sorted(shares) and shares[-1] == 1.0
    assert all(step for step, _ in told)


BAD_ROWS = [
    ("plan", {"started_on": "1900-06-01"}, "date_too_early", "plan.csv, row 2: started_on is"),
    ("referral", {"received_on": "2099-01-01"}, "date_in_the_future", "referral.csv, row 2: "),
    ("scale_score", {"score": "11"}, "score_out_of_range", "the score is 11, and scores go from"),
    (
        "allocation",
        {"ended_on": "2016-05-01"},
        "ends_before_it_starts",
        "allocation.csv, row 2: it ends on 1 May 2016, before it starts on 2 May 2016",
    ),
    ("visit", {"child_id": "C9"}, "child_in_no_table", "child C9 is in no row of the child table"),
    (
        "plan",
        {"kind": "EHCP"},
        "unknown_code",
        "column kind: 'EHCP': one of CIN (child in need), CP",
    ),
    ("post", {"fte": "37"}, "fte_out_of_range", "post.csv, row 2: fte is 37, and goes from 0 to 1"),
    ("visit", {"child_id": ""}, "missing_value", "visit.csv, row 2: child_id is empty"),
]


@without_figures
@pytest.mark.parametrize(
    ("table", "change", "rule", "said"),
    # Each is a load of its own, and half of them are left to thorough.
    [
        pytest.param(*row, marks=pytest.mark.thorough if n % 2 else ())
        for n, row in enumerate(BAD_ROWS)
    ],
)
def test_a_bad_row_is_left_out_and_said_without_a_child_s_name(
    duckdb_url, tmp_path, table, change, rule, said
):
    content = dirty.tables()
    content[table][0].update(change)
    # Of one referral, that is all.
    report = load_tables(duckdb_url, tmp_path, content, accept_loss=["referral"])
    assert report.counts[0][table].left_out == {rule: 1}
    (message,) = [one.message for one in report.issues if one.rule == rule]
    assert said in message and message.endswith(".")
    assert not any(child["name"] in message for child in dirty.TABLES["child"])


@without_figures
def test_an_unknown_optional_code_is_emptied_and_said(duckdb_url, tmp_path):
    content = dirty.tables()
    content["child"][0]["sex"] = "Boy"
    report = load_tables(duckdb_url, tmp_path, content)
    assert [issue.rule for issue in report.issues] == ["unknown_code"]
    assert report.counts[0]["child"].written == 2


@without_figures
def test_duplicate_ids_keep_the_first_row(duckdb_url, tmp_path):
    content = dirty.tables()
    content["unit"].append({**content["unit"][0], "name": "Another"})
    report = load_tables(duckdb_url, tmp_path, content)
    assert "Another" not in str(everything(duckdb_url)["unit"])
    assert report.issues[0].message.startswith("unit.csv, row 4: the id stands in an earlier row")


def test_visits_without_any_recording_date_support_no_figure_of_recording(duckdb_url, tmp_path):
    content = dirty.tables()
    for row in content["visit"]:
        row["recorded_on"] = ""
    report = load_tables(duckdb_url, tmp_path, content)
    assert of_these_tables(report.not_in_source) == {
        "recorded_in_time": "No row of visit has a recorded_on: add the column to visit.csv."
    }
    found = read_figures(connect(duckdb_url), SETTINGS)
    keys = {key for key, _, _ in found.tallies}
    assert "visits_out_of_timescale" in keys
    assert not [key for key in keys if key.startswith("recorded_in_time")]
    result = found.result(CATALOGUE["visits_out_of_timescale"], View(found.latest))
    assert "recorded in time: recording dates not supplied" in " ".join(reading_sentences(result))


def test_annex_a_goes_the_whole_way(duckdb_url, tmp_path):
    load(duckdb_url, read_annex_a([dirty.good_workbook(tmp_path)]), SETTINGS)
    said = read_load(connect(duckdb_url))
    assert set(said.not_in_source) >= {
        "caseload", "direct_work", "sickness", "distance_travelled", "visits_out_of_timescale",
        "recorded_in_time",
    }  # fmt: skip
    assert said.data_from == date(2016, 4, 30)
    assert len(everything(duckdb_url)["allocation"]) == 5


def three_sources(tmp_path):
    """Annex A has names, the census has numbers, and worker.csv has both."""
    workers = [
        {"worker_id": "HR1", "name": "ASH BELL", "registration_no": "sw1"},
        {"worker_id": "HR2", "name": "Cam  Dow", "registration_no": "SW2"},
    ]
    cam = dirty.ASH | {"SWENo": "SW2", "FTE": 1}
    return (
        read_annex_a([dirty.good_workbook(tmp_path)]),
        read_workforce_census(dirty.census(tmp_path / "csww.xml", [dirty.ASH, cam])),
        read_csv_folder(dirty.csv_folder(tmp_path / "hr", {"worker": workers}), AS_AT)[0],
    )


@without_figures
def test_names_and_numbers_are_matched_by_a_source_that_has_both(duckdb_url, tmp_path):
    report = load(duckdb_url, three_sources(tmp_path), SETTINGS)
    assert "caseload" not in report.not_in_source
    assert len(everything(duckdb_url)["worker"]) == 2
    assert "holder_without_fte" not in rules(duckdb_url)


@without_figures
def test_names_alone_do_not_match_numbers_and_caseload_is_not_shown(duckdb_url, tmp_path):
    annex, census, _ = three_sources(tmp_path)
    report = load(duckdb_url, [annex, census], SETTINGS)
    assert "worker.csv with name and registration_no" in report.not_in_source["caseload"]


@without_figures
def test_a_staff_return_of_a_later_day_adds_no_day(duckdb_url, tmp_path):
    annex, _, _ = three_sources(tmp_path)
    later = read_workforce_census(dirty.census(tmp_path / "later.xml", [dirty.ASH], "2018"))
    assert load(duckdb_url, [annex, later], SETTINGS).data_to == AS_AT
    assert read_load(connect(duckdb_url)).data_to == AS_AT


@without_figures
def test_the_dfe_s_annual_sickness_rate_is_kept(duckdb_url, tmp_path):
    load(duckdb_url, three_sources(tmp_path), SETTINGS)
    said = dict(read_load(connect(duckdb_url)).published)
    assert '"numerator": 12' in json.dumps(said["annual_sickness"])


@without_figures
def test_a_restricted_child_stays_restricted_whoever_else_knows_the_child(duckdb_url, tmp_path):
    annex = read_annex_a([dirty.good_workbook(tmp_path)])
    known = [{"child_id": "1002", "restricted": "yes", "name": "Lou"}]
    more = read_csv_folder(dirty.csv_folder(tmp_path / "more", {"child": known}), AS_AT)
    load(duckdb_url, [annex, *more], SETTINGS)
    restricted = select(schema.child.c.child_id, schema.child.c.name).where(
        schema.child.c.restricted
    )
    assert read(connect(duckdb_url), restricted) == [("1002", "Lou")]


def test_the_same_load_twice_gives_the_same_database(duckdb_url, tmp_path):
    load_tables(duckdb_url, tmp_path)
    first = everything(duckdb_url, "source_load", "load_report")
    load_tables(duckdb_url, tmp_path)
    assert everything(duckdb_url, "source_load", "load_report") == first


@without_figures
def test_a_second_load_replaces_the_first(duckdb_url, tmp_path):
    load_tables(duckdb_url, tmp_path)
    annex_a = read_annex_a([dirty.good_workbook(tmp_path)])
    load(duckdb_url, annex_a, SETTINGS, accept_loss=GONE_WITH_ANNEX_A)
    assert read_load(connect(duckdb_url)).sources == ("annex_a",)
    assert everything(duckdb_url)["time_record"] == []


def test_a_load_can_add_to_what_stands(duckdb_url, tmp_path):
    content = dirty.tables()
    staff = {name: content.pop(name) for name in ("absence", "time_record")}
    first = load_tables(duckdb_url, tmp_path, content)
    unsupported = {"direct_work", "sickness", "training_time"}
    assert set(of_these_tables(first.not_in_source)) == unsupported
    more = read_csv_folder(dirty.csv_folder(tmp_path / "staff", staff), AS_AT)
    report = load(duckdb_url, more, SETTINGS, add=True)
    assert of_these_tables(report.not_in_source) == {}
    said = read_load(connect(duckdb_url))
    assert of_these_tables(said.not_in_source) == {} and len(said.tables) == 11
    of_rows = ("source_load", "load_report", "data_issue")
    whole = everything(duckdb_url, *of_rows)
    load_tables(duckdb_url, tmp_path, dirty.tables())
    assert everything(duckdb_url, *of_rows) == whole


@without_figures
def test_adding_replaces_the_tables_that_come_anew(duckdb_url, tmp_path):
    load_tables(duckdb_url, tmp_path)
    one = {"visit": dirty.tables()["visit"][:1]}
    more = read_csv_folder(dirty.csv_folder(tmp_path / "more", one), AS_AT)
    load(duckdb_url, more, SETTINGS, add=True)
    held = everything(duckdb_url)
    assert (len(held["visit"]), len(held["plan"])) == (1, 2)


@without_figures
def test_adding_keeps_what_was_said_of_rows_left_out_and_forgets_what_is_mended(
    duckdb_url, tmp_path
):
    content = dirty.tables()
    content["scale_score"][0]["score"] = "11"
    content["post"] = content["post"][:1]
    load_tables(duckdb_url, tmp_path, content)
    assert rules(duckdb_url) == ["absence_in_no_post", "holder_without_fte", "score_out_of_range"]
    posts = {"post": dirty.tables()["post"]}
    more = read_csv_folder(dirty.csv_folder(tmp_path / "hr", posts), AS_AT)
    load(duckdb_url, more, SETTINGS, add=True)
    assert rules(duckdb_url) == ["score_out_of_range"]


def test_real_data_are_never_added_to_the_demonstration(duckdb_url, tmp_path):
    import pandas as pd

    with rebuild(duckdb_url) as connection:
        demo = [{"load_id": "1", "source": "demo", "taken_at": pd.Timestamp("2016-11-01")}]
        write(connection, schema.source_load, pd.DataFrame(demo))
    with pytest.raises(Problem, match="the demonstration council, which is invented"):
        load_tables(duckdb_url, tmp_path, add=True)


@without_figures
def test_check_says_what_was_found_at_load_and_what_is_found_now_once(duckdb_url, tmp_path):
    content = dirty.tables()
    content["scale_score"][0]["score"] = "11"
    content["post"] = content["post"][:1]
    load_tables(duckdb_url, tmp_path, content)
    found = every_issue(connect(duckdb_url), SETTINGS, AS_AT)
    assert [issue.rule for issue in found] == [
        "absence_in_no_post",
        "holder_without_fte",
        "score_out_of_range",
    ]


@without_figures
def test_a_load_that_fails_leaves_the_last_good_database(duckdb_url, tmp_path):
    load_tables(duckdb_url, tmp_path)
    before = everything(duckdb_url)

    def fail(step: str, share: float) -> None:
        if share > 0.5:
            raise Problem("The source was taken away.")

    with pytest.raises(Problem, match="taken away"):
        load_tables(duckdb_url, tmp_path, say=fail)
    assert everything(duckdb_url) == before
    assert [path.name for path in tmp_path.glob("*building*")] == []


@without_figures
def test_a_load_builds_anew_and_copies_no_database(duckdb_url, tmp_path, monkeypatch):
    """Only derive changes a copy of what stands; a load's file has no row of the last one's."""
    load_tables(duckdb_url, tmp_path)
    copied, copy = [], shutil.copyfile
    monkeypatch.setattr("shutil.copyfile", lambda *files: copied.append(copy(*files)))
    load_tables(duckdb_url, tmp_path)
    load(duckdb_url, read_annex_a([dirty.good_workbook(tmp_path)]), SETTINGS, add=True)
    assert copied == []
    with changing(duckdb_url):
        assert len(copied) == 1


def test_readers_on_postgresql_are_served_while_a_load_works(fresh_postgresql, tmp_path):
    load_tables(fresh_postgresql, tmp_path)
    counted = []

    def look(step: str, share: float) -> None:
        if 0.1 < share < 1:
            counted.append(len(everything(fresh_postgresql)["child"]))

    annex_a = read_annex_a([dirty.good_workbook(tmp_path)])
    load(fresh_postgresql, annex_a, SETTINGS, look, accept_loss=GONE_WITH_ANNEX_A)
    assert set(counted) == {2}
    assert len(everything(fresh_postgresql)["child"]) == 5


def test_a_copy_that_is_being_made_holds_up_the_load_and_no_reader(
    fresh_postgresql, tmp_path, monkeypatch
):
    load_tables(fresh_postgresql, tmp_path)
    monkeypatch.setattr(database, "SECONDS_THAT_READERS_MAY_WAIT", 0.05)
    monkeypatch.setattr(database, "TIMES_ASKED", 2)
    before = everything(fresh_postgresql)
    copying = connect(fresh_postgresql)
    with copying.connect() as connection:
        connection.execute(select(schema.child.c.child_id))
        with pytest.raises(
            Problem, match="Somebody has been reading the old tables for ten minutes"
        ):
            load_tables(fresh_postgresql, tmp_path)
        assert everything(fresh_postgresql) == before
    copying.dispose()
    load_tables(fresh_postgresql, tmp_path)
    assert left_behind(fresh_postgresql) == []


# Loads the folder in sys.argv[2] and, when the figures are to be worked out, says so and waits
# for ever: whoever started it kills it there.
HELD_LOAD = """
import sys
from pathlib import Path
from loading.loads import load
from data_access.settings_file.reading import read_settings
from loading.sources.csv_folder import read_csv_folder

def hold(step, share):
    if step == "Working out the figures":
        print("here", flush=True)
        sys.stdin.read()

load(sys.argv[1], read_csv_folder(Path(sys.argv[2])), read_settings(), hold)
"""


def python(*arguments: object, **options) -> subprocess.Popen:
    return subprocess.Popen(
        [sys.executable, "-c", *map(str, arguments)],
        cwd=PROJECT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        **options,
    )


@without_figures
@pytest.mark.parametrize("server", ["duckdb_url", "fresh_postgresql"])
def test_a_load_that_is_killed_leaves_the_last_good_database(server, tmp_path, request):
    url = request.getfixturevalue(server)
    load_tables(url, tmp_path)
    before = everything(url)
    other = dirty.tables()
    other["visit"] = other["visit"][:1]
    folder = dirty.csv_folder(tmp_path / "other", other)
    with python(HELD_LOAD, url, folder) as process:
        assert process.stdout and process.stdout.readline() == "here\n"
        process.kill()
        assert process.wait() == -signal.SIGKILL
    assert everything(url) == before
    load(url, read_csv_folder(folder), SETTINGS)
    assert len(everything(url)["visit"]) == 1
    assert left_behind(url) == []


def left_behind(url: str) -> list[str]:
    """What a load leaves beside a database: files and folders, or a schema."""
    if url.startswith("duckdb"):
        return [path.name for path in file_of(url).parent.glob("*.building-*")]
    engine = connect(url)
    schemas = inspect(engine).get_schema_names()
    engine.dispose()
    return [one for one in schemas if "building" in one]


@without_figures
def test_what_a_killed_load_left_is_removed(duckdb_url, tmp_path):
    folder = dirty.csv_folder(tmp_path / "extract", dirty.tables())
    with python(HELD_LOAD, duckdb_url, folder) as killed:
        assert killed.stdout and killed.stdout.readline() == "here\n"
        killed.kill()
        killed.wait()
    assert any(str(killed.pid) in name for name in left_behind(duckdb_url))
    spilled = tmp_path / f"{file_of(duckdb_url).name}.building-{killed.pid}.tmp"
    spilled.mkdir(exist_ok=True)
    (spilled / "rows").write_bytes(b"rows of people")
    load(duckdb_url, read_csv_folder(folder), SETTINGS)
    assert left_behind(duckdb_url) == []
    assert len(everything(duckdb_url)["child"]) == 2


@pytest.mark.parametrize("server", ["duckdb_url", "fresh_postgresql"])
def test_a_second_load_is_told_who_loads_and_changes_nothing(server, tmp_path, request):
    url = request.getfixturevalue(server)
    load_tables(url, tmp_path)
    before = everything(url)
    folder = dirty.csv_folder(tmp_path / "extract", dirty.tables())
    with python(HELD_LOAD, url, folder) as running:
        assert running.stdout and running.stdout.readline() == "here\n"
        try:
            for second in (partial(load_tables, url, tmp_path), partial(touch, url)):
                with pytest.raises(Busy, match=rf"process {running.pid} on \S+, since .* at \d\d:"):
                    second()
            assert everything(url) == before
            assert all(str(running.pid) in name for name in left_behind(url))
        finally:
            running.communicate("")
        assert running.returncode == 0
    load_tables(url, tmp_path)


def touch(url: str) -> None:
    """What `derive` begins with."""
    with changing(url):
        pass


# Loads once for each limit on the size of a file, and prints what was said.
CRAMPED_LOADS = """
import resource, sys
from pathlib import Path
from loading.loads import load
from data_access.problems import Busy, Problem
from data_access.settings_file.reading import read_settings
from loading.sources.csv_folder import read_csv_folder
from tests.quick_databases import compile_once, make_duckdb_quick

make_duckdb_quick()
compile_once()
found, settings = read_csv_folder(Path(sys.argv[2])), read_settings()
for limit in map(int, sys.argv[3:]):
    resource.setrlimit(resource.RLIMIT_FSIZE, (limit, resource.RLIM_INFINITY))
    try:
        load(sys.argv[1], found, settings)
        print("loaded")
    except Problem as problem:
        print(problem)
"""


@needs_limited_files
def test_a_full_disk_leaves_the_last_good_database(duckdb_url, tmp_path):
    load_tables(duckdb_url, tmp_path)
    before, whole = everything(duckdb_url), file_of(duckdb_url).stat().st_size
    other = dirty.tables()
    other["visit"] = other["visit"][:1]
    folder = dirty.csv_folder(tmp_path / "other", other)
    # From the first table to the very last write before the swap.
    limits = [whole * tenth // 10 // 4096 * 4096 for tenth in (1, 5, 9)] + [whole - 4096]
    with python(CRAMPED_LOADS, duckdb_url, folder, *limits, stderr=subprocess.PIPE) as process:
        printed, noise = process.communicate()
    said = printed.splitlines()
    assert noise == ""
    assert len(said) == len(limits)
    assert all(line.startswith("There is no room left on the disk for") for line in said), said
    assert everything(duckdb_url) == before


@without_figures
def test_a_half_written_duckdb_file_is_said(duckdb_url, tmp_path):
    load_tables(duckdb_url, tmp_path)
    dirty.cut_short(file_of(duckdb_url))
    engine = connect(duckdb_url)
    with pytest.raises(Problem, match="is not a whole DuckDB file"):
        for table in schema.metadata.sorted_tables:
            read(engine, select(*table.c))


@without_figures
def test_a_file_that_is_no_database_is_said_and_can_be_loaded_over(duckdb_url, tmp_path):
    file_of(duckdb_url).write_bytes(b"half a file" * 1000)
    with pytest.raises(Problem, match="is not a whole DuckDB file"):
        read(connect(duckdb_url), select(func.count()).select_from(schema.child))
    load_tables(duckdb_url, tmp_path)
    assert len(everything(duckdb_url)["child"]) == 2


@pytest.mark.parametrize(
    "lost", ["TABLE kept_caseload DROP COLUMN position", "TABLE kept_caseload"]
)
def test_a_database_of_another_version_is_said_and_mended_by_derive(new_database, tmp_path, lost):
    url = new_database()
    load_tables(url, tmp_path)
    before = caseload_listed(url)
    assert before
    with changing(url) as connection:
        connection.execute(text(f"{'ALTER' if 'COLUMN' in lost else 'DROP'} {lost}"))
    with pytest.raises(Problem, match="another version of ChildStat: run 'python childstat.py der"):
        caseload_listed(url)
    with changing(url) as connection:
        derive(connection, SETTINGS)
    assert caseload_listed(url) == before


def test_a_database_without_a_column_of_today_is_said_and_mended_by_a_load(new_database, tmp_path):
    url = new_database()
    load_tables(url, tmp_path)
    with changing(url) as connection:
        connection.execute(text("ALTER TABLE unit DROP COLUMN continues"))
    engine = connect(url)
    with pytest.raises(Problem, match=r"loaded by an earlier version .*: load again\."):
        read_figures(engine, SETTINGS)
    engine.dispose()
    load_tables(url, tmp_path)
    engine = connect(url)
    assert read_figures(engine, SETTINGS).months
    engine.dispose()


def caseload_listed(url: str) -> list:
    engine = connect(url)
    try:
        view = View(Period.of(AS_AT))
        return sorted(
            read(engine, rows_listed(CATALOGUE["caseload"], view, Basis(SETTINGS, AS_AT)))
        )
    finally:
        engine.dispose()


def test_a_server_that_does_not_answer_is_said_at_once(tmp_path):
    url = f"postgresql+psycopg://childstat:secret@127.0.0.1:{free_port()}/childstat"
    with pytest.raises(Problem, match="does not answer") as problem:
        load_tables(url, tmp_path)
    assert "secret" not in str(problem.value)


def test_an_address_of_no_database_is_said(tmp_path):
    with pytest.raises(Problem, match="is not one that ChildStat can use"):
        load_tables("childstat.duckdb", tmp_path)


def test_a_folder_that_is_not_there_is_said_before_anything_is_written(tmp_path):
    with pytest.raises(Problem, match="There is no folder"):
        load_tables(f"duckdb:///{tmp_path / 'nowhere' / 'x.duckdb'}", tmp_path)


@without_figures
def test_adding_to_an_empty_database_is_a_first_load(duckdb_url, tmp_path):
    create(duckdb_url)
    load_tables(duckdb_url, tmp_path, add=True)
    assert len(everything(duckdb_url)["child"]) == 2


@without_figures
def test_what_a_load_left_out_can_be_read_by_programs(duckdb_url, tmp_path):
    load_tables(duckdb_url, tmp_path)
    (row,) = read(connect(duckdb_url), select(schema.source_load.c.rows_json))
    assert set(json.loads(row.rows_json)) == {
        "tables", "sheets", "before", "emptied", "in_doubt", "shrunk", "not_in_source", "partial",
        "lacks", "published", "data_from", "data_to_from", "filled", "covers_from", "parts",
        "nightly", "notes", "roles", "teams", "team_map", "same_workers", "workers_in_doubt",
    }  # fmt: skip


def test_figures_are_counted_again_while_somebody_reads(duckdb_url, tmp_path):
    load_tables(duckdb_url, tmp_path)
    reader = connect(duckdb_url)
    count = select(func.count()).select_from(schema.figure)
    before = read(reader, count)
    done = subprocess.run(
        [sys.executable, "childstat.py", "derive", "--database", duckdb_url],
        cwd=PROJECT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert read(reader, count) == before
    reader.dispose()
    assert read(connect(duckdb_url), count) == before
