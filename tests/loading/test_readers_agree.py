"""The same cell is the same value in every source that can hold it, and refused in every one."""

import csv
from datetime import date, datetime
from pathlib import Path

import pytest

from data_access.problems import Problem
from loading.sources.annex_a.sheets import lists_in
from loading.sources.csv_folder import read_csv_folder
from loading.sources.month_values import read_month_values
from loading.sources.workforce_census import read_workforce_census
from tests.loading import dirty

Answer = tuple[list, list[str]]
MARCH = date(2016, 3, 2)


def dates_of_csv(folder: Path, cells: list) -> Answer:
    content = dirty.tables()
    content["visit"] = [
        {"visit_id": f"V{n}", "child_id": "C1", "kind": "CIN", "visited_on": cell, "seen": "yes"}
        for n, cell in enumerate(cells)
    ]
    reading = read_csv_folder(dirty.csv_folder(folder / "extract", content))[0]
    return list(reading.frames["visit"]["visited_on"]), [one.message for one in reading.issues]


def dates_of_a_workbook(folder: Path, cells: list) -> Answer:
    return dates_of_annex_a([dirty.workbook(folder / "annex_a.xlsx", with_visits(cells))])


def dates_of_a_list_as_csv(folder: Path, cells: list) -> Answer:
    content = with_visits(cells)
    rows = content.pop("List 7")
    with (folder / "list_7.csv").open("w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows(rows)
    return dates_of_annex_a([dirty.workbook(folder / "rest.xlsx", content), folder / "list_7.csv"])


def with_visits(cells: list) -> dirty.Sheets:
    content = dirty.sheets()
    heads, row = content["List 7"][:2]
    rows = [[2000 + n, *row[1:7], cell, *row[8:]] for n, cell in enumerate(cells)]
    content["List 7"] = [heads, *rows]
    return content


def dates_of_annex_a(files: list[Path]) -> Answer:
    (listed,) = [one for one in lists_in(files).lists if one.number == 7]
    return [row["visited_on"] for row in listed.rows], [one.message for one in listed.issues]


def dates_of_the_census(folder: Path, cells: list) -> Answer:
    workers = [
        dirty.ASH | {"SWENo": f"SW{n}", "RoleStartDate": cell} for n, cell in enumerate(cells)
    ]
    reading = read_workforce_census(dirty.census(folder / "csww.xml", workers))
    return list(reading.frames["post"]["started_on"]), [one.message for one in reading.issues]


def dates_of_a_load(folder: Path, cells: list) -> Answer:
    """The days that source_load.csv gives as the last covered, one after the other."""
    found = []
    for cell in cells:
        rows = [{"load_id": n, "data_to": one} for n, one in enumerate([cell, *cells])]
        content = dirty.tables() | {"source_load": rows}
        reading = read_csv_folder(dirty.csv_folder(folder / "extract", content))[0]
        found.append(reading.data_to)
    return found, [one.message for one in reading.issues]


in_every_source = pytest.mark.parametrize(
    "dates_of",
    [dates_of_csv, dates_of_a_workbook, dates_of_a_list_as_csv, dates_of_the_census],
    ids=lambda one: one.__name__,
)


@in_every_source
@pytest.mark.parametrize(
    "cell",
    ["2016-03-02", "2016/03/02", "02-MAR-16", "2 Mar 2016", "02/03/2016", "02/03/2016 12:00:00 AM",
     "02.03.2016", "Mar 02 2016 12:00AM", "2016-03-02T00:00:00Z", "2016-03-02T00:00:00+00:00",
     "\u200e02/03/2016"],
)  # fmt: skip
def test_a_day_is_that_day(tmp_path, dates_of, cell):
    days, said = dates_of(tmp_path, [cell, "31/03/2016"])
    assert days == [MARCH, date(2016, 3, 31)]
    assert said == []


@in_every_source
def test_a_short_year_has_its_column_s_order(tmp_path, dates_of):
    days, said = dates_of(tmp_path, ["02-03-16", "13-02-16", "31-12-98"])
    assert days == [MARCH, date(2016, 2, 13), date(1998, 12, 31)]
    assert said == []


@in_every_source
def test_a_moment_late_on_a_summer_evening_of_utc_is_the_next_day(tmp_path, dates_of):
    assert dates_of(tmp_path, ["2015-04-17T23:00:00Z"])[0] == [date(2015, 4, 18)]


@in_every_source
def test_a_bare_number_among_texts_is_read_and_said(tmp_path, dates_of):
    days, said = dates_of(tmp_path, ["42431", "18/01/2016", "04/01/2016"])
    assert days == [MARCH, date(2016, 1, 18), date(2016, 1, 4)]
    assert "bare numbers, as in '42431'" in said[0]


@in_every_source
@pytest.mark.parametrize(
    ("cells", "why"),
    [
        (["02/03/2016", "02/13/2016"], "its dates are month first, as in '02/13/2016'"),
        (["02/03/2016", "13/02/2016", "03/14/2016"], "written in two orders, as in '03/14/2016'"),
        (["16-10-03", "16-10-30", "16-11-07"], "begin with a year of two figures, as in '16-10-0"),
        (["2016-03-02", "2016-13-02"], "written year, day, month, as in '2016-13-02'"),
        (["42433", "42686", "13/02/2016", "31/03/2016"], "takes days for months"),
    ],
)  # fmt: skip
def test_a_column_that_cannot_be_read_safely_is_refused_with_its_cause(
    tmp_path, dates_of, cells, why
):
    with pytest.raises(Problem, match="export them as 2016-12-31") as problem:
        dates_of(tmp_path, cells)
    assert why in str(problem.value)


@in_every_source
def test_where_two_orders_are_possible_the_one_that_was_taken_is_said(tmp_path, dates_of):
    days, said = dates_of(tmp_path, ["02/03/2016", "04/03/2016"])
    assert days == [MARCH, date(2016, 3, 4)]
    assert "can be read day first and month first; day first was taken" in said[0]


@pytest.mark.parametrize("cell", ["0001-01-01", "01/01/1900", "9999-12-31", "31-DEC-4712"])
def test_an_open_end_is_no_date_in_any_source(tmp_path, cell):
    content = dirty.tables()
    content["plan"][1]["ended_on"] = cell
    reading = read_csv_folder(dirty.csv_folder(tmp_path / "extract", content))[0]
    assert reading.frames["plan"]["ended_on"][1] is None
    (post,) = (
        read_workforce_census(
            dirty.census(tmp_path / "csww.xml", [dirty.ASH | {"RoleEndDate": cell}])
        )
        .frames["post"]
        .to_dict("records")
    )
    assert post["ended_on"] is None
    assert dates_of_a_workbook(tmp_path, [cell])[0] == [None]


def test_the_last_day_covered_is_read_as_any_date_is(tmp_path):
    assert dates_of_a_load(tmp_path, ["31-OCT-16"])[0] == [date(2016, 10, 31)]
    assert "day first was taken" in dates_of_a_load(tmp_path, ["02/03/2016"])[1][0]
    with pytest.raises(Problem, match="data_to: 'soon'|data_to: a date is needed"):
        dates_of_a_load(tmp_path, ["soon"])


def test_a_workbook_that_counts_from_1904_has_the_same_days(tmp_path):
    from openpyxl import Workbook
    from openpyxl.utils.datetime import MAC_EPOCH

    book = Workbook()
    book.epoch = MAC_EPOCH
    book.remove(book.active)
    days = [(date(2016, 3, 2) - date(1904, 1, 1)).days, datetime(2016, 3, 2), "40969"]
    for title, rows in with_visits(days).items():
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(list(row))
    book.save(tmp_path / "mac.xlsx")
    assert dates_of_annex_a([tmp_path / "mac.xlsx"]) == ([MARCH, MARCH, MARCH], [])


def test_a_workbook_saved_late_on_a_summer_evening_of_utc_was_saved_on_the_next_day(tmp_path):
    path = dirty.workbook(
        tmp_path / "annex_a.xlsx", dirty.sheets(), saved_on=datetime(2016, 7, 31, 23, 30)
    )
    assert {one.written_on for one in lists_in([path]).lists} == {date(2016, 8, 1)}


def test_a_message_shows_no_date_of_birth(tmp_path):
    content = dirty.tables()
    content["child"][0]["born_on"] = "02/13/2009"
    with pytest.raises(Problem) as problem:
        read_csv_folder(dirty.csv_folder(tmp_path / "extract", content))
    assert "child.csv, column born_on: its dates are month first, as in row 2," in str(
        problem.value
    )
    assert "2009" not in str(problem.value)


def numbers_of_csv(folder: Path, cells: list) -> Answer:
    content = dirty.tables()
    content["time_record"] = [
        dirty.TABLES["time_record"][0] | {"time_record_id": f"T{n}", "hours": cell}
        for n, cell in enumerate(cells)
    ]
    reading = read_csv_folder(dirty.csv_folder(folder / "extract", content))[0]
    return list(reading.frames["time_record"]["hours"]), [one.message for one in reading.issues]


def numbers_of_months(folder: Path, cells: list) -> Answer:
    path = folder / "values.csv"
    with path.open("w", newline="", encoding="utf-8") as file:
        rows = [("month", "value"), *((f"2016-{n:02}", cell) for n, cell in enumerate(cells, 1))]
        csv.writer(file).writerows(rows)
    return list(read_month_values(path).values()), []


def days_lost_of_the_census(folder: Path, cells: list) -> float:
    workers = [dirty.ASH | {"SWENo": f"SW{n}", "WorkingDaysLost": c} for n, c in enumerate(cells)]
    reading = read_workforce_census(dirty.census(folder / "csww.xml", workers))
    return reading.published["annual_sickness"]["numerator"]  # type: ignore[index]


@pytest.mark.parametrize("numbers_of", [numbers_of_csv, numbers_of_months])
def test_a_decimal_comma_is_one_and_a_thousands_mark_is_none(tmp_path, numbers_of):
    assert numbers_of(tmp_path, ["7,5", "22,50", "37"])[0] == [7.5, 22.5, 37]
    assert numbers_of(tmp_path, ["1,234", "1,234.5", "37"])[0] == [1234, 1234.5, 37]


def test_a_decimal_comma_of_the_census_is_one(tmp_path):
    assert days_lost_of_the_census(tmp_path, ["7,5", "22,50", "37"]) == 67
    worker = dirty.ASH | {"FTE": "0,8"}
    reading = read_workforce_census(dirty.census(tmp_path / "csww.xml", [worker]))
    assert list(reading.frames["post"]["fte"]) == [0.8]


def test_a_number_in_doubt_is_refused_with_its_cell(tmp_path):
    hours, said = numbers_of_csv(tmp_path, ["7,5", "1,234", "22,5"])
    assert hours == [7.5, 22.5]
    assert said[0].startswith(
        "time_record.csv, row 3, column hours: '1,234': its comma or point may be a decimal mark or"
    )
    with pytest.raises(Problem, match="values.csv, row 3: '1,234': its comma or point may be"):
        numbers_of_months(tmp_path, ["7,5", "1,234", "22,5"])


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"WorkingDaysLost": "300"}, "worker 2: WorkingDaysLost is 300, and goes from 0 to 262"),
        ({"WorkingDaysLost": "-1"}, "worker 2: WorkingDaysLost is -1, and goes from 0 to 262"),
        ({"WorkingDaysLost": "six"}, "worker 2: WorkingDaysLost 'six': a number is needed"),
        ({"FTE": "7.5"}, "worker 2: FTE is 7.5, and goes from 0 to 1"),
        ({"FTE": "80%"}, "worker 2: FTE '80%': a number is needed"),
    ],
)
def test_a_census_with_a_wrong_number_gives_no_annual_rate_and_says_whose(tmp_path, change, why):
    workers = [dirty.ASH, dirty.ASH | {"SWENo": "SW2"} | change]
    reading = read_workforce_census(dirty.census(tmp_path / "csww.xml", workers))
    assert reading.published == {}
    (issue,) = [one for one in reading.issues if one.rule == "annual_rate_in_doubt"]
    assert why in issue.message


def test_workers_without_days_lost_count_as_none_and_are_told(tmp_path):
    workers = [dirty.ASH, dirty.ASH | {"SWENo": "SW2", "WorkingDaysLost": ""}]
    reading = read_workforce_census(dirty.census(tmp_path / "csww.xml", workers))
    assert reading.published["annual_sickness"]["numerator"] == 6  # type: ignore[index]
    (issue,) = reading.issues
    assert "worker 2: no WorkingDaysLost, as for 1 of 2 workers" in issue.message


@pytest.mark.parametrize("cell", ["10.0", " 10 ", "'10", "\u200b10", "10\xa0"])
def test_an_id_is_the_same_in_every_source(tmp_path, cell):
    content = dirty.tables()
    content["worker"][0]["worker_id"] = content["post"][0]["worker_id"] = "10"
    content["allocation"][0]["worker_id"] = cell
    reading = read_csv_folder(dirty.csv_folder(tmp_path / "extract", content))[0]
    assert reading.frames["allocation"]["worker_id"][0] == "10"
    sheets = dirty.sheets()
    sheets["List 7"][1][0] = cell
    path = dirty.workbook(tmp_path / "annex_a.xlsx", sheets)
    (listed,) = [one for one in lists_in([path]).lists if one.number == 7]
    assert listed.rows[0]["child_id"] == "10"
    census = dirty.census(tmp_path / "csww.xml", [dirty.ASH | {"SWENo": cell}])
    assert list(read_workforce_census(census).frames["worker"]["worker_id"]) == ["10"]


def test_an_id_that_excel_shortened_is_refused_in_every_source(tmp_path):
    content = dirty.tables()
    content["visit"][0]["child_id"] = "9.99E+12"
    reading = read_csv_folder(dirty.csv_folder(tmp_path / "extract", content))[0]
    assert len(reading.frames["visit"]) == 1
    assert "'9.99E+12': Excel has shortened the id" in reading.issues[0].message
    sheets = dirty.sheets()
    sheets["List 7"][1][0] = "9.99E+12"
    path = dirty.workbook(tmp_path / "annex_a.xlsx", sheets)
    (listed,) = [one for one in lists_in([path]).lists if one.number == 7]
    assert listed.rows == ()
    assert "'9.99E+12': Excel has shortened the id" in listed.issues[0].message
    census = dirty.census(tmp_path / "csww.xml", [dirty.ASH | {"SWENo": "9.99E+12"}])
    found = read_workforce_census(census)
    assert "worker" not in found.frames
    assert "SWENo '9.99E+12': Excel has shortened the id" in found.issues[0].message


@pytest.mark.parametrize(
    ("months", "first"),
    [
        (["01/09/2016", "01/10/2016"], date(2016, 9, 1)),
        (["02-SEP-16", "2016-10-31T23:00:00Z"], date(2016, 9, 1)),
        (["30/09/2016", "31/10/2016"], date(2016, 9, 1)),
        (["42614", "42644"], date(2016, 9, 1)),
    ],
)
def test_full_dates_of_months_are_read_as_any_column(tmp_path, months, first):
    path = tmp_path / "values.csv"
    path.write_text("month,value\n" + "".join(f"{month},3\n" for month in months))
    assert next(iter(read_month_values(path))) == first
    assert len(read_month_values(path)) == 2


@pytest.mark.parametrize(
    ("months", "why"),
    [
        (["01/01/2016", "02/01/2016", "03/01/2016"], "row 3: '02/01/2016' may be two months"),
        (["09/30/2016", "10/31/2016"], "its dates are month first, as in '09/30/2016'"),
    ],
)
def test_months_written_month_first_are_refused(tmp_path, months, why):
    path = tmp_path / "values.csv"
    path.write_text("month,value\n" + "".join(f"{month},3\n" for month in months))
    with pytest.raises(Problem) as problem:
        read_month_values(path)
    assert why in str(problem.value)
