"""Folders of CSV files named as the canonical tables."""

from datetime import date

import pytest

from data_access.london import today
from data_access.problems import Problem
from loading.sources.csv_folder import read_csv_folder
from tests.loading import dirty


def read(path, content, **how):
    folder = dirty.csv_folder(path / "extract", content, how.pop("encoding", "utf-8"))
    return read_csv_folder(folder, **how)[0]


def sentence(path, content) -> str:
    with pytest.raises(Problem) as problem:
        read(path, content)
    return str(problem.value)


def values(reading, table: str, column: str) -> list:
    frame = reading.frames[table]
    return list(frame[column].astype(object).where(frame[column].notna(), None))


def test_every_table_is_read(tmp_path):
    reading = read(tmp_path, dirty.tables())
    assert set(reading.frames) == set(dirty.TABLES) - {"source_load"}
    assert reading.issues == ()
    assert reading.data_to == date(2016, 10, 31)


def test_dates_truths_and_numbers_are_what_they_say(tmp_path):
    reading = read(tmp_path, dirty.tables())
    assert values(reading, "post", "started_on") == [date(2014, 1, 6), date(2014, 1, 13)]
    assert values(reading, "post", "agency") == [False, False]
    assert values(reading, "post", "fte") == [0.8, 1.0]
    assert values(reading, "child", "restricted") == [False, True]


def test_characters_that_nobody_sees_make_no_other_code_and_stay_in_names(tmp_path):
    content = dirty.tables()
    content["scale_score"][0]["scale"] = "\u200bsafety\ufeff"
    content["worker"][0]["name"] = "Ash\u200cBell"
    reading = read(tmp_path, content)
    assert values(reading, "scale_score", "scale") == ["safety", "safety"]
    assert values(reading, "worker", "name")[0] == "Ash\u200cBell"


def test_fillers_are_nothing(tmp_path):
    reading = read(tmp_path, dirty.tables())
    assert values(reading, "child", "born_on") == [date(2009, 5, 4), None]
    assert values(reading, "post", "ended_on") == [None, None]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
def test_encodings_of_windows_and_of_others_are_read(tmp_path, encoding):
    content = dirty.tables()
    content["unit"][0]["name"] = "Ünit – één"
    assert values(read(tmp_path, content, encoding=encoding), "unit", "name")[0] == "Ünit – één"


def test_the_last_day_covered_can_be_said(tmp_path):
    assert read(tmp_path, dirty.tables(), data_to=date(2016, 9, 30)).data_to == date(2016, 9, 30)


def test_the_last_day_is_today_where_nobody_says(tmp_path):
    content = dirty.tables()
    del content["source_load"]
    assert read(tmp_path, content).data_to == today()


def test_a_column_that_is_missing_is_said_with_the_nearest(tmp_path):
    content = dirty.tables()
    for row in content["plan"]:
        row["start_on"] = row.pop("started_on")
    assert sentence(tmp_path, content) == (
        "plan.csv has no column started_on; the nearest is 'start_on': rename it started_on."
    )


def test_a_column_that_is_missing_and_like_no_other_is_said(tmp_path):
    content = dirty.tables()
    for row in content["plan"]:
        del row["kind"]
    assert sentence(tmp_path, content) == "plan.csv has no column kind: add it."


def test_a_file_of_no_table_is_said_with_the_nearest(tmp_path):
    content = dirty.tables() | {"visits": [{"visit_id": "V9"}]}
    (issue,) = read(tmp_path, content).issues
    assert issue.rule == "unknown_file"
    assert "the nearest table is visit: rename it visit.csv" in issue.message


def test_a_misnamed_file_of_a_table_that_is_not_there_stops_the_load(tmp_path):
    content = dirty.tables()
    content["visits"] = content.pop("visit")
    assert sentence(tmp_path, content) == (
        "visits.csv is named as no table, and was not read; the nearest table is visit: rename it"
        " visit.csv, or take it out. There is no other file of visit."
    )


@pytest.mark.parametrize(
    ("table", "column", "follows"),
    [
        ("visit", "seen", "every visit counts as one at which the child was seen"),
        ("allocation", "ended_on", "every allocation counts as open"),
    ],
)
def test_a_column_that_figures_depend_on_and_that_is_not_there_is_said(
    tmp_path, table, column, follows
):
    content = dirty.tables()
    for row in content[table]:
        row.pop(column, None)
    folder = dirty.csv_folder(tmp_path / "extract", content, is_whole=False)
    issues = read_csv_folder(folder)[0].issues
    said = [one.message for one in issues if one.rule == "absent_column"]
    assert f"{table}.csv has no column {column}: {follows}. Add it, if it is known." in said


def test_a_column_of_no_meaning_is_said(tmp_path):
    content = dirty.tables()
    content["child"][0]["ethnicty"] = "WBRI"
    (issue,) = read(tmp_path, content).issues
    assert "has a column 'ethnicty' that is not read; the nearest is ethnicity" in issue.message


def test_a_heading_is_named_as_its_file_has_it(tmp_path):
    content = dirty.tables()
    content["child"][0]["NHS number"] = "1"
    (issue,) = read(tmp_path, content).issues
    assert "child.csv has a column 'NHS number' that is not read" in issue.message
    for row in content["plan"]:
        row["Start on"] = row.pop("started_on")
    assert "; the nearest is 'Start on': rename it started_on." in sentence(tmp_path, content)


def test_a_value_that_cannot_be_read_is_said_with_file_row_and_column(tmp_path):
    content = dirty.tables()
    content["visit"][0]["visited_on"] = "soon"
    content["visit"][1]["recorded_on"] = "2016-06-31"
    reading = read(tmp_path, content)
    needed, optional = sorted(reading.issues, key=lambda issue: issue.severity)
    assert needed.message == (
        "visit.csv, row 2, column visited_on: 'soon': a date is needed, as in 2016-12-31 or"
        " 31/12/2016; the row is left out. Correct it."
    )
    assert optional.message.startswith("visit.csv, row 3, column recorded_on")
    assert reading.left_out == {"visit": {"unreadable": 1}}
    assert values(reading, "visit", "recorded_on") == [None]


def test_rows_read_are_kept_or_left_out(tmp_path):
    content = dirty.tables()
    content["time_record"].append({**content["time_record"][0], "hours": "many"})
    reading = read(tmp_path, content)
    for table, read_rows in reading.read.items():
        assert read_rows == len(reading.frames[table]) + sum(
            reading.left_out.get(table, {}).values()
        )


def test_a_folder_without_a_table_is_said(tmp_path):
    (tmp_path / "notes.csv").write_text("a,b\n1,2\n")
    with pytest.raises(Problem, match="has no file that ChildStat reads"):
        read_csv_folder(tmp_path)


def test_a_folder_that_is_not_there_is_said(tmp_path):
    with pytest.raises(Problem, match="There is no folder"):
        read_csv_folder(tmp_path / "nowhere")


def test_an_empty_file_is_said(tmp_path):
    folder = dirty.csv_folder(tmp_path / "extract", dirty.tables())
    (folder / "visit.csv").write_text("")
    with pytest.raises(Problem, match="visit.csv is empty"):
        read_csv_folder(folder)


def test_a_comma_too_many_is_said(tmp_path):
    folder = dirty.csv_folder(tmp_path / "extract", dirty.tables())
    with (folder / "unit.csv").open("a") as file:
        file.write("U3,Unit 3, the new one,other,,2016-01-01\n")
    with pytest.raises(Problem, match="unit.csv, row 4 has 6 cells and the headings are 5"):
        read_csv_folder(folder)


def test_a_workforce_census_in_the_folder_is_read_too(tmp_path):
    folder = dirty.csv_folder(tmp_path / "extract", dirty.tables())
    dirty.census(folder / "csww.xml", [dirty.ASH])
    assert [one.source for one in read_csv_folder(folder)] == ["csv_folder", "workforce_census"]


def test_names_of_files_may_be_in_capitals(tmp_path):
    folder = dirty.csv_folder(tmp_path / "extract", dirty.tables())
    for name in ("visit.csv", "source_load.csv"):
        (folder / name).rename(folder / name.upper())
    dirty.census(folder / "CSWW.XML", [dirty.ASH])
    tables, census = read_csv_folder(folder)
    assert len(tables.frames["visit"]) == 2
    assert tables.data_to == date(2016, 10, 31)
    assert census.source == "workforce_census"


def test_two_files_of_one_table_are_refused(tmp_path):
    folder = dirty.csv_folder(tmp_path / "extract", dirty.tables())
    (folder / "VISIT.csv").write_bytes((folder / "visit.csv").read_bytes())
    with pytest.raises(Problem, match="VISIT.csv and visit.csv are both the table visit"):
        read_csv_folder(folder)


@pytest.mark.parametrize("name", ["visit.xlsx", "visit.csv.txt", "Visit.tsv", "visit.csv.gz"])
def test_a_file_that_is_named_as_a_table_and_is_no_csv_file_is_said(tmp_path, name):
    folder = dirty.csv_folder(tmp_path / "extract", dirty.tables())
    (folder / name).write_text("x")
    (folder / "notes.txt").write_text("x")
    (issue,) = read_csv_folder(folder)[0].issues
    said = f"{name} is no CSV file, and was not read; save it as visit.csv."
    assert issue.message == said
    (folder / "visit.csv").unlink()
    with pytest.raises(Problem, match=f"{said} There is no other file of visit."):
        read_csv_folder(folder)


@pytest.mark.parametrize("rows", ["date_to\n2016-10-31\n", "data_to\n", "load_id,data_to\n1,\n"])
def test_a_last_day_that_nobody_can_read_is_not_taken_for_today(tmp_path, rows):
    folder = dirty.csv_folder(tmp_path / "extract", dirty.tables())
    (folder / "source_load.csv").write_text(rows)
    with pytest.raises(Problem, match="source_load.csv has no .* take the file out"):
        read_csv_folder(folder)
    assert read_csv_folder(folder, date(2016, 9, 30))[0].data_to == date(2016, 9, 30)


def test_xml_that_is_no_return_is_said_and_stops_nothing(tmp_path):
    folder = dirty.csv_folder(tmp_path / "extract", dirty.tables())
    (folder / "settings.xml").write_text("<settings><colour>blue")
    (reading,) = read_csv_folder(folder)
    assert [issue.message for issue in reading.issues] == [
        "settings.xml is no workforce census return (nothing in it is named CSWW), and was not"
        " read; take it out."
    ]


def test_a_return_in_the_folder_that_is_not_whole_stops_the_load(tmp_path):
    folder = dirty.csv_folder(tmp_path / "extract", dirty.tables())
    census = dirty.census(folder / "csww.xml", [dirty.ASH])
    census.write_bytes(census.read_bytes()[:-20])
    with pytest.raises(Problem, match="csww.xml is not whole"):
        read_csv_folder(folder)


def test_what_is_said_of_files_that_are_not_read_is_said_without_tables_too(tmp_path):
    (tmp_path / "visits.csv").write_text("a\n")
    with pytest.raises(Problem, match="rename it visit.csv"):
        read_csv_folder(tmp_path)
    (tmp_path / "visits.csv").rename(tmp_path / "notes.csv")
    dirty.census(tmp_path / "csww.xml", [dirty.ASH])
    assert read_csv_folder(tmp_path)[0].issues[0].rule == "unknown_file"
