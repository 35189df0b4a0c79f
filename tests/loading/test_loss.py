"""A load is judged as a whole: what loses most of a table is refused, unless somebody says so."""

from datetime import date
from itertools import count
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from click.testing import CliRunner
from sqlalchemy import func, select

from childstat import main
from data_access.database import connect, read, rebuild, write
from data_access.load_info import read_load
from data_access.problems import Problem
from data_access.schema import plan, post, source_load, visit
from data_access.words.agreeing import agreeing
from loading.loads import load
from loading.losses import TableCount
from loading.sources.annex_a.workbook import read_annex_a
from loading.sources.csv_folder import read_csv_folder
from tests.loading import dirty
from tests.worlds import SETTINGS

pytestmark = pytest.mark.usefixtures("nothing_is_counted")

AS_AT = date(2016, 10, 31)
VISIT = dirty.TABLES["visit"][0]


def extract(folder: Path, visits: int, lost: int = 0) -> Path:
    """A good extract with so many visits, the last of them of a child that nobody knows."""
    rows = [
        VISIT | {"visit_id": f"V{number}", "visited_on": f"2016-09-{number + 1:02}"}
        for number in range(visits)
    ]
    for row in rows[visits - lost :]:
        row["child_id"] = "C9"
    return dirty.csv_folder(folder, dirty.tables() | {"visit": rows})


def load_folder(url: str, folder: Path, **options):
    return load(url, read_csv_folder(folder, AS_AT), SETTINGS, **options)


def run(*words: str):
    return CliRunner().invoke(main, list(words))


def counts(url: str) -> dict:
    engine = connect(url)
    try:
        return dict(read_load(engine).tables)
    finally:
        engine.dispose()


@pytest.mark.parametrize(
    ("visits", "lost", "refused"),
    [
        (10, 5, False),  # half is not most
        (11, 6, True),
        (5, 3, True),
        (4, 3, False),  # too few to tell
        (4, 4, True),
        (1, 1, True),
        (10, 0, False),
    ],
)
def test_a_table_that_loses_most_of_its_rows_is_refused(
    duckdb_url, tmp_path, visits, lost, refused
):
    folder = extract(tmp_path / "extract", visits, lost)
    if refused:
        with pytest.raises(Problem, match=f"{lost} of {visits} row"):
            load_folder(duckdb_url, folder)
        assert not Path(duckdb_url.removeprefix("duckdb:///")).exists()
    else:
        assert load_folder(duckdb_url, folder).counts[0]["visit"].lost == lost


def test_the_command_refuses_in_one_line_and_the_last_good_database_serves(duckdb_url, tmp_path):
    load_folder(duckdb_url, extract(tmp_path / "good", 12))
    bad = extract(tmp_path / "bad", 12, lost=12)
    done = run("load", "csv", str(bad), "--into", duckdb_url, "--data-to", "2016-10-31")
    assert done.exit_code == 1
    (said,) = [line for line in done.stderr.splitlines() if line.startswith("Error")]
    assert said == (
        "Error: The load was refused, and nothing was replaced. Of visit: 12 of 12 rows (100%)"
        " could not be used. The first: visit.csv, row 2: child C9 is in no row of the child table:"
        " add the child, or correct the id; until then the row is left out. Correct the source; if"
        " it is right as it is, load it with --accept-loss visit."
    )
    assert counts(duckdb_url)["visit"]["written"] == 12


def test_whoever_names_the_table_loads_it_all_the_same(duckdb_url, tmp_path):
    bad = extract(tmp_path / "bad", 12, lost=12)
    words = ("load", "csv", str(bad), "--into", duckdb_url, "--data-to", "2016-10-31")
    assert run(*words, "--accept-loss", "plan").exit_code == 1
    done = run(*words, "--accept-loss", "plan", "--accept-loss", "visit")
    assert done.exit_code == 0
    assert counts(duckdb_url)["visit"] == {
        "read": 12, "written": 0, "left_out": {"child_in_no_table": 12}, "added": 0
    }  # fmt: skip


def test_a_table_that_is_none_is_not_accepted(tmp_path):
    done = run("load", "csv", str(tmp_path), "--accept-loss", "visits")
    assert (done.exit_code, "'visits' is not one of" in done.stderr) == (2, True)


def test_every_table_that_is_lost_is_named_the_cause_first(duckdb_url, tmp_path):
    content = dirty.tables()
    for row in content["child"]:
        row["restricted"] = "perhaps"
    with pytest.raises(Problem) as problem:
        load_folder(duckdb_url, dirty.csv_folder(tmp_path / "extract", content))
    said = str(problem.value)
    assert "Of child: 2 of 2 rows (100%) could not be used. The first: child.csv, row 2" in said
    assert "Also of" in said and "visit, 2 of 2 rows (100%) could not be used" in said
    for table in ("child", "plan", "visit", "allocation", "referral", "scale_score"):
        assert f"--accept-loss {table}" in said


@pytest.mark.parametrize(
    ("had", "has", "refused"),
    [(10, 5, False), (11, 5, True), (10, 0, True), (4, 1, False), (4, 0, True), (5, 50, False)],
)
@pytest.mark.parametrize("add", [False, pytest.param(True, marks=pytest.mark.thorough)])
def test_a_table_that_had_far_more_rows_in_the_last_load_is_refused(
    duckdb_url, tmp_path, had, has, refused, add
):
    load_folder(duckdb_url, extract(tmp_path / "before", had))
    folder = extract(tmp_path / "now", has)
    if has == 0:
        (folder / "visit.csv").write_text(",".join(VISIT) + "\n", encoding="utf-8")
    if not refused:
        load_folder(duckdb_url, folder, add=add)
        return
    with pytest.raises(Problem, match=f"Of visit: {has} rows? for {had} in the load before"):
        load_folder(duckdb_url, folder, add=add)
    assert counts(duckdb_url)["visit"]["written"] == had
    load_folder(duckdb_url, folder, add=add, accept_loss=["visit"])
    assert counts(duckdb_url)["visit"]["written"] == has


def test_a_table_that_a_load_no_longer_brings_is_lost_unless_it_adds_to_what_stands(
    duckdb_url, tmp_path
):
    load_folder(duckdb_url, extract(tmp_path / "before", 20))
    content = dirty.tables()
    del content["visit"]
    folder = dirty.csv_folder(tmp_path / "now", content)
    with pytest.raises(Problem, match="Of visit: none of the 20 rows of the load before are in"):
        load_folder(duckdb_url, folder)
    load_folder(duckdb_url, folder, add=True)
    assert rows_of(duckdb_url, visit) == 20
    report = load_folder(duckdb_url, folder, accept_loss=["visit"])
    assert "add visit.csv" in report.not_in_source["visits_out_of_timescale"]


def test_what_other_sources_added_is_lost_by_a_load_that_does_not_add(duckdb_url, tmp_path):
    """Annex A of the next month, without --add, would take caseload away."""
    annex_a = read_annex_a([dirty.good_workbook(tmp_path)])
    load(duckdb_url, annex_a, SETTINGS)
    staff = {table: dirty.tables()[table] for table in ("worker", "post")}
    load_folder(duckdb_url, dirty.csv_folder(tmp_path / "staff", staff), add=True)
    with pytest.raises(Problem, match="Of post: none of the 2 rows .* --add keeps them"):
        load(duckdb_url, annex_a, SETTINGS)
    load(duckdb_url, annex_a, SETTINGS, add=True)
    assert rows_of(duckdb_url, post) == 2


@pytest.mark.parametrize("renamed", [True, False])
def test_a_column_that_was_filled_in_the_last_load_and_is_empty_now_is_lost(
    duckdb_url, tmp_path, renamed
):
    load_folder(duckdb_url, extract(tmp_path / "before", 8))
    folder = extract(tmp_path / "now", 8)
    rows = pd.read_csv(folder / "visit.csv", dtype=str)
    column = "recorded_on"
    emptied = rows.rename(columns={column: "ours"}) if renamed else rows.assign(**{column: None})
    emptied.to_csv(folder / "visit.csv", index=False)
    said = "Of visit: recorded_on is empty in every row, and was filled in 8 of the load before"
    why = (
        "Why: visit.csv has no column recorded_on: .* Not read is 'ours': if that is it, rename it"
    )
    with pytest.raises(Problem, match=f"{said}. {why if renamed else 'Correct the source'}"):
        load_folder(duckdb_url, folder)
    load_folder(duckdb_url, folder, accept_loss=["visit"])


def rows_of(url: str, table) -> int:
    engine = connect(url)
    try:
        return read(engine, select(func.count()).select_from(table))[0][0]
    finally:
        engine.dispose()


def test_another_source_and_the_demonstration_are_no_load_before(duckdb_url, tmp_path):
    demo = {"load_id": "1", "source": "csv_folder", "taken_at": pd.Timestamp("2016-11-01")}
    said = '{"tables": {"visit": {"read": 90, "written": 90, "left_out": {}}}}'
    with rebuild(duckdb_url) as connection:
        invented = demo | {"load_id": "2", "source": "demo"}
        write(connection, source_load, pd.DataFrame([demo | {"rows_json": said}, invented]))
    load_folder(duckdb_url, extract(tmp_path / "real", 20))
    annex_a = read_annex_a([dirty.good_workbook(tmp_path)])
    load(duckdb_url, annex_a, SETTINGS, accept_loss=dirty.tables())
    load_folder(duckdb_url, extract(tmp_path / "later", 5), accept_loss=annex_a.frames)


def test_a_list_that_loses_its_rows_is_refused_although_no_table_is_empty(duckdb_url, tmp_path):
    content = dirty.sheets()
    for row in content["List 7"][1:]:
        row[5] = "31-DEC-99"
    reading = read_annex_a([dirty.workbook(tmp_path / "annex_a.xlsx", content)])
    with pytest.raises(Problem) as problem:
        load(duckdb_url, reading, SETTINGS)
    said = str(problem.value)
    assert "Of list_7: 1 of 1 row (100%) could not be used." in said
    assert "sheet 'List 7', row 2, column F (Child Protection Plan Start Date): '31-DEC-99'" in said
    assert said.endswith("load it with --accept-loss list_7.")
    load(duckdb_url, reading, SETTINGS, accept_loss=["list_7"])


def test_a_list_that_had_rows_in_the_last_load_and_is_empty_is_refused(duckdb_url, tmp_path):
    load(duckdb_url, read_annex_a([dirty.good_workbook(tmp_path)]), SETTINGS)
    content = dirty.sheets()
    del content["List 7"][1:]
    reading = read_annex_a([dirty.workbook(tmp_path / "later.xlsx", content)])
    with pytest.raises(Problem, match="Of list_7: 0 rows for 1 in the load before"):
        load(duckdb_url, reading, SETTINGS)


def test_rows_that_another_source_gives_too_and_what_is_rightly_left_out_are_no_loss():
    left_out = {"another source gives the same row": 90, "short_break": 5, "the same, twice": 3}
    count = TableCount(100, 2, left_out)
    assert (count.lost, count.kept) == (0, 92)
    assert TableCount(10, 4, {"unreadable": 5, "a_new_rule": 1}).lost == 6


def test_children_given_again_by_a_second_load_are_no_loss(duckdb_url, tmp_path):
    load_folder(duckdb_url, extract(tmp_path / "first", 6))
    again = dirty.csv_folder(tmp_path / "again", {"child": dirty.tables()["child"]})
    for _ in range(2):
        load_folder(duckdb_url, again, add=True)


def test_what_was_there_and_could_not_be_used_is_not_said_to_be_lacking(duckdb_url, tmp_path):
    bad = extract(tmp_path / "bad", 6, lost=6)
    report = load_folder(duckdb_url, bad, accept_loss=["visit"])
    said = "6 rows of visit were read and none could be used"
    assert report.not_in_source["visits_out_of_timescale"].startswith(said)
    more = dirty.csv_folder(tmp_path / "more", {"child": dirty.tables()["child"]})
    load_folder(duckdb_url, more, add=True)
    assert run("derive", "--database", duckdb_url).exit_code == 0
    kept = read_load(connect(duckdb_url)).not_in_source
    assert kept["visits_out_of_timescale"].startswith(said)


def test_check_shows_what_was_read_written_and_left_out_beside_the_load_before(
    duckdb_url, tmp_path
):
    load_folder(duckdb_url, extract(tmp_path / "before", 8, lost=1))
    load_folder(duckdb_url, extract(tmp_path / "now", 9, lost=2))
    lines = [line.split() for line in run("check", "--database", duckdb_url).stdout.splitlines()]
    assert ["visit", "9", "7", "2", "8", "7", "1"] in lines
    headings = next(line for line in lines if line[:2] == ["table", "read"])
    assert headings[1:] == [
        "read", "written", "left_out", "read_before", "written_before", "left_out_before"
    ]  # fmt: skip


def test_what_one_source_has_in_part_is_not_made_whole_by_another_s_unusable_rows(
    duckdb_url, tmp_path
):
    annex = read_annex_a([dirty.good_workbook(tmp_path)])
    folder = dirty.csv_folder(tmp_path / "visits", {"visit": [VISIT | {"child_id": "C9"}]})
    sources = [annex, *read_csv_folder(folder, AS_AT)]
    report = load(duckdb_url, sources, SETTINGS, accept_loss=["visit"])
    assert report.not_in_source["visits_out_of_timescale"].startswith("1 row of visit was read")


def test_what_stood_and_loses_its_rows_to_an_added_source_is_a_loss(duckdb_url, tmp_path):
    content = dirty.tables()
    assessment = {"assessment_id": "A1", "child_id": "C1", "started_on": "2016-09-05"}
    content["assessment"] = [assessment]
    content["assessment_factor"] = [
        {"assessment_id": "A1", "factor": factor} for factor in ("1A", "2B", "3A", "4A", "5A")
    ]
    load_folder(duckdb_url, dirty.csv_folder(tmp_path / "first", content))
    renumbered = {"assessment": [assessment | {"assessment_id": "B1"}]}
    again = dirty.csv_folder(tmp_path / "again", renumbered)
    with pytest.raises(Problem, match=r"Of assessment_factor: 5 of 5 rows \(100%\) could not"):
        load_folder(duckdb_url, again, add=True)
    assert counts(duckdb_url)["assessment_factor"]["written"] == 5
    load_folder(duckdb_url, again, add=True, accept_loss=["assessment_factor"])


def test_a_table_that_annex_a_no_longer_fills_is_lost_although_no_list_is(duckdb_url, tmp_path):
    load(duckdb_url, read_annex_a([dirty.good_workbook(tmp_path)]), SETTINGS)
    content = dirty.sheets()
    for row in content["List 8"][1:]:
        row[dirty.HEADINGS[8].index("Start Date of Most Recent Placement")] = None
    reading = read_annex_a([dirty.workbook(tmp_path / "later.xlsx", content)])
    with pytest.raises(Problem, match="Of placement: 0 rows for 1 in the load before"):
        load(duckdb_url, reading, SETTINGS)


@pytest.mark.parametrize(
    ("had", "has", "told"), [(20, 15, True), (20, 16, False), (8, 4, False), (9, 4, False)]
)
def test_a_table_that_shrinks_less_than_a_load_refuses_is_told_unless_it_is_accepted(
    duckdb_url, tmp_path, had, has, told
):
    load_folder(duckdb_url, extract(tmp_path / "before", had))
    report = load_folder(
        duckdb_url, extract(tmp_path / "now", has), accept_loss=["visit"] if has == 4 else []
    )
    said = [issue.message for issue in report.issues if issue.rule == "fewer_than_before"]
    expected = (
        f"visit: {has} {agreeing(has, 'row')} for {had} in the load before"
        f" ({1 - has / had:.0%} fewer). See that the"
        " source is whole; if it is right as it is, load it with --accept-loss visit."
    )
    assert said == ([expected] if told else [])


def test_what_has_shrunk_is_told_until_it_is_there_again_or_accepted(duckdb_url, tmp_path):
    numbers = count()

    def told(rows: int, **how: Any) -> bool:
        report = load_folder(duckdb_url, extract(tmp_path / f"{next(numbers)}", rows), **how)
        return "fewer_than_before" in {issue.rule for issue in report.issues}

    assert [told(20), told(14), told(15), told(19)] == [False, True, True, False]
    assert [told(14), told(14, accept_loss=["visit"]), told(14)] == [True, False, False]


def test_dates_as_a_case_system_writes_them_are_no_loss(duckdb_url, tmp_path):
    content = dirty.sheets()
    for row in content["List 7"][1:]:
        row[5] = "18-JAN-16"
    load(duckdb_url, read_annex_a([dirty.workbook(tmp_path / "a.xlsx", content)]), SETTINGS)
    engine = connect(duckdb_url)
    try:
        rows = read(engine, select(plan.c.started_on).where(plan.c.kind == "CP"))
        assert [row.started_on for row in rows] == [date(2016, 1, 18)]
    finally:
        engine.dispose()


def test_visits_whose_ids_lost_their_zeros_come_back_or_the_load_is_refused(duckdb_url, tmp_path):
    content = dirty.tables()
    for rows in content.values():
        for row in rows:
            if "child_id" in row:
                row["child_id"] = row["child_id"].replace("C", "000")
    content["visit"] = [
        VISIT | {"visit_id": f"V{n}", "child_id": "1", "visited_on": f"2016-09-{n + 1:02}"}
        for n in range(12)
    ]
    load_folder(duckdb_url, dirty.csv_folder(tmp_path / "zeros", content))
    assert counts(duckdb_url)["visit"]["written"] == 12
    content["visit"] = [row | {"child_id": "7"} for row in content["visit"]]
    with pytest.raises(Problem, match=r"Of visit: 12 of 12 rows \(100%\) could not be used"):
        load_folder(duckdb_url, dirty.csv_folder(tmp_path / "others", content))


def test_what_only_says_the_same_again_is_no_loss(duckdb_url, tmp_path):
    """One visit six times, after a load in which six visits stood."""
    load_folder(duckdb_url, extract(tmp_path / "before", 6))
    again = [VISIT | {"visit_id": f"V{number}"} for number in range(6)]
    folder = dirty.csv_folder(tmp_path / "now", dirty.tables() | {"visit": again})
    report = load_folder(duckdb_url, folder)
    assert report.by_rule()[("same_row_twice", "visit")] == 5
    assert counts(duckdb_url)["visit"] == {
        "read": 6,
        "written": 1,
        "left_out": {"same_row_twice": 5},
        "added": 0,
    }
