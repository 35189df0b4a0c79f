"""One dirty cell that a figure rests on: the rows are those of the clean file, or it is said.

"Loaded, and no word said" of another row is what must never be.
"""

from collections.abc import Callable, Sequence
from datetime import datetime, time, timedelta
from pathlib import Path

import pytest

from data_access.problems import Problem
from loading.combining import combine
from loading.sources.annex_a.workbook import read_annex_a
from loading.sources.csv_folder import read_csv_folder
from loading.sources.month_values import read_month_values
from loading.sources.reading import Reading
from loading.sources.workforce_census import read_workforce_census
from tests.loading import dirty

NO_DATES = ("the 3rd", "32/13/2016", "1E400", "#REF!")
NO_NUMBERS = ("NaN", "1E400", "seven", "1.5.5", "31%", "#VALUE!", "0x10", "🙂", "2016-10-03")
NO_IDS = ("9.99E+12", "#REF!")
NO_CODES = ("🙂", "#NAME?", "not closed", "no longer known")
NO_ANSWERS = ("2", "perhaps", "#REF!", "🙂")

# Sheet, row, column, and what can't stand there: cells that make the canonical rows.
ANNEX_A = [
    *[("List 3", 1, 5, cell) for cell in NO_DATES],
    *[("List 4", 1, place, cell) for place in (5, 6) for cell in NO_DATES],
    *[("List 6", 4, place, cell) for place in (5, 8) for cell in NO_DATES],
    *[("List 7", 1, place, cell) for place in (5, 7, 9) for cell in NO_DATES],
    *[("List 8", 1, place, cell) for place in (5, 8, 9, 11) for cell in NO_DATES],
    *[(f"List {number}", 1, 0, cell) for number in (3, 4, 6, 7, 8) for cell in NO_IDS],
    *[("List 6", 1, 0, cell) for cell in (True, datetime(2016, 10, 3), 9.99e17)],
    *[("List 6", 2, place, cell) for place in (6, 10) for cell in NO_CODES],
    *[("List 8", 1, 7, cell) for cell in NO_CODES],
    *[("List 6", 1, place, "#REF!") for place in (9, 11, 12)],
    *[("List 7", 1, 6, cell) for cell in NO_CODES],
    *[("List 7", 1, 7, cell) for cell in (time(5), timedelta(days=2), 7.5, True)],
    *[("List 7", 1, 8, cell) for cell in (-5, "perhaps")],
    *[("List 6", 1, place, "=A1") for place in (0, 5, 8, 10, 11, 12)],
]
CSV = [
    *[("plan", 0, name, cell) for name in ("started_on", "ended_on") for cell in NO_DATES],
    *[("visit", 0, name, cell) for name in ("visited_on", "recorded_on") for cell in NO_DATES],
    *[("allocation", 0, name, cell) for name in ("started_on", "ended_on") for cell in NO_DATES],
    *[("post", 0, "fte", cell) for cell in NO_NUMBERS],
    *[("time_record", 0, "hours", cell) for cell in NO_NUMBERS],
    *[("scale_score", 0, "score", cell) for cell in NO_NUMBERS],
    *[(table, 0, f"{table}_id", cell) for table in ("plan", "visit", "post") for cell in NO_IDS],
    *[("allocation", 0, "lead", cell) for cell in NO_ANSWERS],
    *[("absence", 0, "half_day", cell) for cell in NO_ANSWERS],
    *[("plan", 0, "kind", cell) for cell in NO_CODES],
    *[("time_record", 0, "category", cell) for cell in NO_CODES],
]
CENSUS = [
    *[(tag, cell) for tag in ("RoleStartDate", "RoleEndDate") for cell in NO_DATES],
    *[(tag, cell) for tag in ("FTE", "WorkingDaysLost") for cell in NO_NUMBERS],
    *[("SWENo", cell) for cell in NO_IDS],
    *[("AgencyWorker", cell) for cell in NO_ANSWERS],
]


Told = tuple[dict[str, list], set[tuple[str, str]]]


def told(readings: Sequence[Reading]) -> Told:
    """The canonical rows as values, and every issue by rule and message."""
    combined = combine(readings)
    rows = {
        name: sorted(repr(row) for row in frame.drop(columns="found_at").to_numpy().tolist())
        for name, frame in combined.frames.items()
    }
    published = [dict(reading.published) for reading in readings]
    issues = {(issue.rule, issue.message) for issue in combined.issues}
    return {**rows, "published": published}, issues


def is_right_or_said(clean: Told, spoilt: Callable[[], list[Reading]]) -> bool:
    """Whether the spoilt file gives the clean file's rows, or a word that this one does not."""
    try:
        rows, issues = told(spoilt())
    except Problem as problem:
        return bool(str(problem))
    clean_rows, clean_issues = clean
    return rows == clean_rows or bool(issues - clean_issues)


def _named(cells: Sequence[tuple]) -> list:
    """Each with a short name, by its place in the list; two of three are left to thorough."""
    return [
        pytest.param(
            *cell, id=f"{place} {cell[0]}", marks=pytest.mark.thorough if place % 3 else ()
        )
        for place, cell in enumerate(cells)
    ]


@pytest.fixture(scope="module")
def clean_annex_a(tmp_path_factory) -> Told:
    return told([read_annex_a([dirty.good_workbook(tmp_path_factory.mktemp("clean"))])])


@pytest.mark.parametrize(("sheet", "row", "column", "cell"), _named(ANNEX_A))
def test_a_dirty_cell_of_annex_a(tmp_path, clean_annex_a, sheet, row, column, cell):
    content = dirty.sheets()
    content[sheet][row][column] = cell
    path = dirty.workbook(tmp_path / "annex_a.xlsx", content)
    assert is_right_or_said(clean_annex_a, lambda: [read_annex_a([path])])


@pytest.fixture(scope="module")
def clean_folder(tmp_path_factory) -> Told:
    folder = dirty.csv_folder(tmp_path_factory.mktemp("clean"), dirty.tables())
    return told(read_csv_folder(folder))


@pytest.mark.parametrize(("table", "row", "column", "cell"), _named(CSV))
def test_a_dirty_cell_of_a_csv_file(tmp_path, clean_folder, table, row, column, cell):
    content = dirty.tables()
    content[table][row][column] = cell
    folder = dirty.csv_folder(tmp_path / "tables", content)
    assert is_right_or_said(clean_folder, lambda: read_csv_folder(folder))


@pytest.fixture(scope="module")
def clean_census(tmp_path_factory) -> Told:
    path = tmp_path_factory.mktemp("clean") / "clean.xml"
    return told([read_workforce_census(dirty.census(path, [dirty.ASH]))])


@pytest.mark.parametrize(("tag", "cell"), _named(CENSUS))
def test_a_dirty_tag_of_a_workforce_census(tmp_path, clean_census, tag, cell):
    spoilt = dirty.census(tmp_path / "census.xml", [{**dirty.ASH, tag: cell}])
    assert is_right_or_said(clean_census, lambda: [read_workforce_census(spoilt)])


@pytest.mark.parametrize("cell", [*NO_NUMBERS, "1,5 5"])
def test_a_dirty_value_of_a_month_is_refused(tmp_path: Path, cell):
    path = tmp_path / "months.csv"
    path.write_text(f'month,value\n2016-01,1\n2016-02,"{cell}"\n', encoding="utf-8")
    if cell == "NaN":
        assert list(read_month_values(path).values()) == [1, None]
        return
    with pytest.raises(Problem, match="months.csv, row 3"):
        read_month_values(path)
