"""What a code means is decided once: every source reads it alike, and says what it can't read."""

from datetime import date

import pytest
from click.testing import CliRunner
from sqlalchemy import select

from childstat import main
from data_access.code_sets.plans import PLACEMENT_KIND
from data_access.database import connect, read
from data_access.load_info import read_load
from data_access.problems import Problem
from data_access.schema import CANONICAL, metadata
from loading.columns.codes import wanted
from loading.combining import combine
from loading.fitting import Fitting
from loading.loads import load
from loading.sources.annex_a.workbook import read_annex_a
from loading.sources.csv_folder import read_csv_folder
from loading.sources.workforce_census import read_workforce_census
from tests.loading import dirty
from tests.worlds import SETTINGS

AS_AT = date(2016, 10, 31)
without_figures = pytest.mark.usefixtures("nothing_is_counted")


def of_csv(path, content):
    return read_csv_folder(dirty.csv_folder(path / "extract", content), AS_AT)[0]


def of_annex_a(path, content):
    return read_annex_a([dirty.workbook(path / "annex_a.xlsx", content)])


def stored(url: str, table: str) -> list[dict]:
    engine = connect(url)
    try:
        rows = read(engine, select(metadata.tables[table]))
        return [dict(row._mapping) for row in rows]
    finally:
        engine.dispose()


@pytest.mark.parametrize(
    ("table", "column", "written", "kept"),
    [
        ("plan", "kind", "cin", "CIN"),
        ("plan", "kind", "Child protection plan", "CP"),
        ("visit", "kind", "LAC", "CLA"),
        ("time_record", "method", "Diary", "diary"),
        ("time_record", "category", "Direct work", "direct_work"),
        ("time_record", "category", "DIRECT-WORK", "direct_work"),
        ("post", "role", "Senior Practitioner", "senior_practitioner"),
        ("post", "agency", "T", True),
        ("post", "agency", "a) Yes", True),
        ("post", "newly_qualified", "n", False),
        ("child", "sex", "1", "M"),
        ("child", "sex", "2", "F"),
        ("child", "sex", "9", "U"),
        ("child", "sex", "b) Female", "F"),
        ("child", "sex", "2 - Female", "F"),
        ("child", "ethnicity", "wbri", "WBRI"),
        ("child", "ethnicity", "White and Asian", "MWAS"),
        ("referral", "closure_reason", "rc1", "RC1"),
        ("referral", "primary_need", "n3", "N3"),
        ("referral", "primary_need", "Parental disability or illness", "N3"),
        ("referral", "source", "q) 6: Police", "6"),
        ("referral", "no_further_action", "NFA", True),
        ("absence", "reason", "sick leave", "SIC"),
        ("scale_score", "best", "High", "high"),
        ("scale_score", "scale", "Safety", "safety"),
        ("scale_score", "rater", "Social Worker", "social_worker"),
        ("scale_score", "rater", "The IRO", "The IRO"),
        ("allocation", "lead", "co-worker", False),
        ("visit", "seen", "Child not seen", False),
        ("visit", "seen_alone", "not known", None),
    ],
)
def test_a_code_of_a_csv_file_is_that_code_however_it_is_written(
    tmp_path, table, column, written, kept
):
    content = dirty.tables()
    content[table][0][column] = written
    reading = of_csv(tmp_path, content)
    assert reading.issues == ()
    assert reading.frames[table][column][0] == kept


# What List 6, 7 or 8 has for Kit, Lou or Max, and the same as CSV: the place of each in both.
CELLS = [
    ("List 6", 1, 6, "referral", "primary_need"),
    ("List 6", 4, 9, "referral", "closure_reason"),
    ("List 7", 1, 6, "plan", "category"),
    ("List 8", 1, 7, "plan", "legal_status"),
    ("List 8", 1, 10, "plan", "end_reason"),
    ("List 8", 1, 12, "placement", "kind"),
    ("List 3", 1, 6, "referral", "source"),
    ("List 3", 1, 7, "referral", "no_further_action"),
]
SPELLINGS = {
    "primary_need": ["N3", "n3", "N5a", "b) N2 - Child's disability", "Parental illness", "N77"],
    "closure_reason": ["rc8", "RC9 - Case closed", "Case closed after assessment", "no idea"],
    "category": ["b) Physical abuse", "neg", "Neglect, physical", "NEGLECT", "bad"],
    "legal_status": ["C2: FCO", "c2", "Interim care order", "V2", "C9", "C1 and C2"],
    "end_reason": ["E4A", "e11: Adopted", "k) E47: Special Guardianship Orders", "left", "E99"],
    "kind": ["u4", "d) U4: Foster placement - long term", "Placed with parents", "Foster", "U9",
             "Hostel"],
    "source": ["1a", "q) 6: Police", "Schools", "1st contact by the school"],
    "no_further_action": ["NFA", "a) Yes", "0", "not known"],
}  # fmt: skip
AGREE = [
    (*cell, written)
    for cell in CELLS
    for written in SPELLINGS[cell[-1]]
]  # fmt: skip
ROW_OF = {
    "referral": {"referral_id": "X", "child_id": "C1", "received_on": "2016-09-01"},
    "plan": {"plan_id": "X", "child_id": "C1", "started_on": "2016-01-18"},
    "placement": {
        "placement_id": "X", "child_id": "C1", "started_on": "2016-01-18", "long_term": "no",
    },
}  # fmt: skip


@pytest.mark.parametrize(("sheet", "line", "place", "table", "column", "written"), AGREE)
def test_a_cell_is_the_same_code_in_annex_a_and_in_csv(
    tmp_path, sheet, line, place, table, column, written
):
    book = dirty.sheets()
    book[sheet][line][place] = written
    annex = of_annex_a(tmp_path, book)
    kind = {"kind": "CP" if sheet == "List 7" else "CLA"} if table == "plan" else {}
    tables = {**dirty.tables(), table: [{**ROW_OF[table], **kind, column: written}]}
    csv = of_csv(tmp_path, tables)
    child = str(book[sheet][line][0])
    rows = annex.frames[table].to_dict("records")
    found = [row for row in rows if row["child_id"] == child and row.get("kind", "") != "CIN"]
    values = {row.get(column) for row in found if column != "kind" or "placement_id" in row}
    (expected,) = csv.frames[table][column]
    assert (expected if expected == expected else None) in values
    refused = [one for one in csv.issues if one.emptied == column]
    said = [one for one in annex.issues if one.rule == "unknown_code"]
    assert [one.message.rpartition("column")[2].partition(": ")[2][:20] for one in refused] == [
        one.message.rpartition("column")[2].partition(": ")[2][:20] for one in said
    ]


@pytest.mark.parametrize(
    ("tag", "written", "column", "kept"),
    [
        ("AgencyWorker", "true", "agency", True),
        ("AgencyWorker", "N", "agency", False),
        ("OrgRole", "05", "role", "social_worker"),
        ("OrgRole", "Senior Practitioner", "role", "senior_practitioner"),
        ("StartOrigin", "1.0", "newly_qualified", True),
    ],
)
def test_a_code_of_the_census_is_read_as_any_other(tmp_path, tag, written, column, kept):
    census = dirty.census(tmp_path / "csww.xml", [dirty.ASH | {tag: written}])
    assert list(read_workforce_census(census).frames["post"][column]) == [kept]


def test_a_role_that_the_census_does_not_know_is_said_with_its_codes(tmp_path):
    census = dirty.census(tmp_path / "csww.xml", [dirty.ASH | {"OrgRole": "7"}])
    reading = read_workforce_census(census)
    assert list(reading.frames["post"]["role"]) == ["other"]
    (issue,) = reading.issues
    assert issue.message == (
        "csww.xml, worker 1: OrgRole '7': one of 1 (Senior Manager), 2 (Middle Manager), 3 (First"
        " Line Manager), 4 (Senior Practitioner), 5 (Case Holder), 6 (Qualified Without Cases) is"
        " needed; it counts as other. Correct the return."
    )


def test_every_wrong_tag_of_a_worker_is_said(tmp_path):
    worker = dirty.ASH | {"FTE": "80%", "AgencyWorker": "perhaps", "RoleStartDate": ""}
    reading = read_workforce_census(dirty.census(tmp_path / "csww.xml", [worker]))
    (said,) = [one.message for one in reading.issues if one.table_name == "post"]
    for wrong in ("FTE '80%': a number", "AgencyWorker 'perhaps': one of yes, no", "no RoleStart"):
        assert wrong in said
    assert reading.left_out["post"] == {"unreadable": 1}


def test_the_nearest_code_is_named(tmp_path):
    content = dirty.tables()
    content["time_record"][0]["category"] = "direct wrk"
    (issue,) = of_csv(tmp_path, content).issues
    assert issue.message.startswith(
        "time_record.csv, row 2, column category: 'direct wrk': one of direct_work, travel,"
    )
    nearest = "; the nearest is direct_work (with children and families); the row is left out."
    assert issue.message.endswith(f"{nearest} Correct it.")


def test_few_codes_are_named_with_what_they_mean(tmp_path):
    content = dirty.tables()
    content["plan"][0]["kind"] = "early help"
    (issue,) = of_csv(tmp_path, content).issues
    few = "one of CIN (child in need), CP (child protection), CLA (looked after) is needed"
    assert few in issue.message


def test_it_is_said_that_a_visit_without_a_word_on_it_counts_as_one_seen(tmp_path):
    content = dirty.tables()
    content["visit"][0]["seen"] = "perhaps"
    (issue,) = of_csv(tmp_path, content).issues
    assert issue.message.endswith(
        "'perhaps': one of yes, no is needed, and an empty one counts as seen; it is left empty."
        " Correct it."
    )


@pytest.mark.parametrize(
    ("written", "said", "not_said"),
    [
        ("Foster", "as one of U3 (foster placement with relative or friend, not", "K1"),
        ("Foster", "; docs/loading.md has every code", "nearest"),
        ("Kin of her own", "one of U3, U6, U2,", "has every code"),
        ("Kin of her own", "Z1 (docs/loading.md) is needed", "nearest"),
    ],
)
def test_of_many_codes_those_are_named_that_have_a_word_of_the_cell(written, said, not_said):
    words = wanted(written, PLACEMENT_KIND)
    assert said in words and not_said not in words


@without_figures
def test_every_wrong_cell_of_a_row_is_said_and_the_row_counts_once(duckdb_url, tmp_path):
    content = dirty.tables()
    content["post"].append(
        content["post"][0]
        | {"post_id": "P3", "unit_id": "", "role": "boss", "fte": "37", "agency": "perhaps",
           "started_on": "soon", "ended_on": "never"}
    )  # fmt: skip
    report = load(duckdb_url, of_csv(tmp_path, content), SETTINGS)
    said = [one.message for one in report.issues if "post.csv, row 4" in one.message]
    for wrong in ("role: 'boss': one of social_worker,", "agency: 'perhaps': one of yes, no",
                  "started_on: 'soon': a date", "ended_on: 'never': a date", "unit_id is empty",
                  "fte is 37, and goes from 0 to 1"):  # fmt: skip
        assert sum(wrong in one for one in said) == 1, wrong
    assert len(said) == 6
    assert sum(report.counts[0]["post"].left_out.values()) == 1


def test_rows_of_a_source_that_reads_no_codes_are_put_right_all_the_same():
    rows = {"time_record_id": ["1", "2"], "worker_id": "W1", "worked_on": AS_AT, "hours": 1.0,
            "category": ["Travel", "golf"], "method": ["DIARY", None]}  # fmt: skip
    import pandas as pd

    fitting = Fitting(metadata.tables["time_record"], pd.DataFrame(rows)).fit()
    assert fitting.rows[["category", "method"]].to_numpy().tolist() == [["travel", "diary"]]
    assert fitting.left_out == {"time_record": {"unknown_code": 1}}
    assert "category is 'golf': one of direct_work" in fitting.issues[0].message


def test_a_message_shows_no_name_and_no_date_of_birth(tmp_path):
    content = dirty.tables()
    content["child"][0]["born_on"] = "4th of May"
    content["visit"][0]["visited_on"] = "Kit Bell"
    content["visit"][1]["recorded_on"] = "Kit"
    said = " ".join(one.message for one in of_csv(tmp_path, content).issues)
    assert said.count("a date is needed") == 3
    assert "May" not in said and "Kit" not in said


@without_figures
@pytest.mark.parametrize("status", ["V3", "v4", "V4: Short term breaks", "Short breaks"])
def test_short_breaks_are_not_looked_after_in_csv_either(duckdb_url, tmp_path, status):
    content = dirty.tables()
    care = {"child_id": "C1", "kind": "CLA", "started_on": "2016-02-01"}
    content["plan"] += [
        {"plan_id": "N3", **care, "legal_status": status},
        {"plan_id": "N4", **care, "legal_status": "C2"},
    ]
    report = load(duckdb_url, of_csv(tmp_path, content), SETTINGS)
    assert {row["plan_id"] for row in stored(duckdb_url, "plan")} == {"N1", "N2", "N4"}
    assert report.counts[0]["plan"].left_out == {"short_break": 1}
    (issue,) = report.issues
    assert issue.message == (
        f"plan.csv, row 4: a series of short breaks ({'V4' if '4' in status else 'V3'}) is not"
        " counted as looked after. Nothing to do."
    )


def test_short_breaks_are_left_out_alike_by_both_loaders(tmp_path):
    annex = combine([of_annex_a(tmp_path, dirty.sheets())])
    assert annex.left_out[0]["plan"] == {"short_break": 1}
    content = dirty.tables()
    content["plan"][0] |= {"kind": "CLA", "legal_status": "V4"}
    csv = combine([of_csv(tmp_path, content)])
    assert csv.left_out[0]["plan"] == {"short_break": 1}
    assert list(csv.frames["plan"]["plan_id"]) == ["N2"]


def with_records(recorded: list[str]) -> dict[str, list[dict]]:
    visit = dirty.TABLES["visit"][0]
    rows = [
        visit | {"visit_id": f"V{number}", "recorded_on": cell}
        for number, cell in enumerate(recorded)
    ]
    return dirty.tables() | {"visit": rows}


@without_figures
@pytest.mark.parametrize("recorded", [["soon", "later", ""], ["2016-11-05", "2016-11-06", ""]])
def test_a_column_that_is_emptied_whole_is_refused_with_its_first_cell(
    duckdb_url, tmp_path, recorded
):
    with pytest.raises(Problem) as problem:
        load(duckdb_url, of_csv(tmp_path, with_records(recorded)), SETTINGS)
    said = str(problem.value)
    assert "Of visit: all 2 values of recorded_on were refused. The first: visit.csv, row 2" in said
    assert said.endswith("load it with --accept-loss visit.")


def test_what_is_emptied_and_accepted_is_not_said_to_be_missing(duckdb_url, tmp_path):
    reading = of_csv(tmp_path, with_records(["soon", "later"]))
    report = load(duckdb_url, reading, SETTINGS, accept_loss=["visit"])
    cause = "All 2 values of recorded_on in visit were refused and left empty"
    assert report.not_in_source["recorded_in_time"].startswith(cause)
    assert CliRunner().invoke(main, ["derive", "--database", duckdb_url]).exit_code == 0
    kept = read_load(connect(duckdb_url)).not_in_source
    assert kept["recorded_in_time"].startswith(cause)


@without_figures
@pytest.mark.parametrize("recorded", [["soon", ""], ["soon", "later", "2016-10-05"]])
def test_one_wrong_cell_or_one_that_is_right_leaves_a_column_standing(
    duckdb_url, tmp_path, recorded
):
    load(duckdb_url, of_csv(tmp_path, with_records(recorded)), SETTINGS)


@without_figures
def test_a_column_of_a_list_that_is_emptied_whole_is_refused(duckdb_url, tmp_path):
    content = dirty.sheets()
    content["List 7"].append([2001, *content["List 7"][1][1:]])
    for row in content["List 7"][1:]:
        row[7] = "soon"
    with pytest.raises(Problem, match="Of list_7: all 2 values of visited_on were refused."):
        load(duckdb_url, of_annex_a(tmp_path, content), SETTINGS)
    load(duckdb_url, of_annex_a(tmp_path, content), SETTINGS, accept_loss=["list_7"])


def test_the_templates_have_every_heading_and_the_example_loads_with_figures_and_no_issue(
    duckdb_url, tmp_path
):
    folder = tmp_path / "start"
    done = CliRunner().invoke(main, ["load", "csv", "--template", str(folder)])
    assert (done.exit_code, "Next: python childstat.py load csv" in done.stdout) == (0, True)
    for step in ("check", "run"):
        assert f"python childstat.py {step} --database duckdb:///example.duckdb\n" in done.stdout
    for table in CANONICAL:
        (headings,) = (folder / "empty" / f"{table.name}.csv").read_text().splitlines()
        assert headings.split(",") == [column.name for column in table.columns]
    for part in ("empty", "example"):
        first, *_ = (folder / part / "source_load.csv").read_text().splitlines()
        assert first == "data_to,table_name,covers_from"
    assert "source_load.csv: its row says the last day that all files cover" in done.stdout
    words = ["load", "csv", str(folder / "example"), "--into", duckdb_url]
    assert CliRunner().invoke(main, words).exit_code == 0
    assert stored(duckdb_url, "data_issue") == []
    assert all(stored(duckdb_url, table.name) for table in CANONICAL)
    assert read_load(connect(duckdb_url)).not_in_source == {}
    counted = {row["metric"] for row in stored(duckdb_url, "figure") if row["denominator"]}
    assert {"caseload", "direct_work", "sickness", "visits_out_of_timescale"} <= counted
    again = CliRunner().invoke(main, ["load", "csv", "--template", str(folder)])
    assert (again.exit_code, again.stderr) == (
        1,
        f"Error: {folder / 'empty'} is there already: name another folder, or remove it.\n",
    )


@pytest.mark.parametrize("words", [[], ["here", "--template", "there"]])
def test_a_folder_is_loaded_or_written_and_one_is_named(tmp_path, words):
    assert CliRunner().invoke(main, ["load", "csv", *words]).exit_code == 2
