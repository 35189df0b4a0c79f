"""A text file is read in any shape, by every reader, or refused with the cause."""

import csv
import gzip
import io
import os
import zipfile
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest

from data_access.problems import Problem
from data_access.settings import LoadingLimits
from data_access.settings_file.reading import read_settings
from loading.sources.annex_a.sheets import lists_in
from loading.sources.csv_folder import read_csv_folder
from loading.sources.month_values import read_month_values
from loading.sources.text_tables import HeadingsWanted, read_text_table
from loading.sources.workforce_census import read_workforce_census
from tests.loading import dirty

Change = Callable[[str], bytes]
# What was read, and what was said of it.
Answer = tuple[list, list[str]]
CONFIG = Path(__file__).parents[2] / "config.toml"


def as_it_is(text: str) -> bytes:
    return text.encode()


def changed(path: Path, change: Change) -> Path:
    path.write_bytes(change(path.read_text(encoding="utf-8")))
    return path


def visits(folder: Path, change: Change = as_it_is) -> Answer:
    extract = dirty.csv_folder(folder / "extract", dirty.tables())
    changed(extract / "visit.csv", change)
    (reading,) = read_csv_folder(extract)
    rows = reading.frames["visit"].drop(columns="found_at")
    said = [issue.message for issue in reading.issues if issue.rule != "unknown_column"]
    return rows.astype(object).where(rows.notna(), None).to_numpy().tolist(), said


def last_day(folder: Path, change: Change = as_it_is) -> Answer:
    extract = dirty.csv_folder(folder / "extract", dirty.tables())
    changed(extract / "source_load.csv", change)
    (reading,) = read_csv_folder(extract)
    return [reading.data_to], [issue.message for issue in reading.issues]


def list_7(folder: Path, change: Change = as_it_is) -> Answer:
    content = dirty.sheets()
    file = io.StringIO()
    csv.writer(file).writerows(content.pop("List 7"))
    path = folder / "list_7.csv"
    path.write_bytes(change(file.getvalue().replace("\r\n", "\n")))
    found = lists_in([dirty.workbook(folder / "rest.xlsx", content), path])
    (listed,) = [one for one in found.lists if one.number == 7]
    return [{**row, "found_at": ""} for row in listed.rows], [
        issue.message for issue in (*found.issues, *listed.issues)
    ]


def months(folder: Path, change: Change = as_it_is) -> Answer:
    path = folder / "values.csv"
    path.write_bytes(change("month,value,note\n2016-08,3.5,b\n2016-09,4,\n"))
    return list(read_month_values(path).items()), []


def census(folder: Path, change: Change = as_it_is) -> Answer:
    path = changed(dirty.census(folder / "csww.xml", [dirty.ASH]), change)
    return [read_workforce_census(path).data_to], []


def config(folder: Path, change: Change = as_it_is) -> Answer:
    path = folder / "config.toml"
    path.write_bytes(change(CONFIG.read_text(encoding="utf-8")))
    return [read_settings(path)], []


TABLES = [visits, last_day, list_7, months]
of_every_table = pytest.mark.parametrize("read", TABLES, ids=lambda one: one.__name__)
of_every_file = pytest.mark.parametrize(
    "read", [*TABLES, census, config], ids=lambda one: one.__name__
)


def rows_of(text: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(text)))


def written(rows: list[list[str]], **how) -> bytes:
    file = io.StringIO()
    csv.writer(file, lineterminator="\n", **how).writerows(rows)
    return file.getvalue().encode()


def with_headings(text: str, change: Callable[[str], str]) -> bytes:
    headings, *rows = rows_of(text)
    return written([[change(heading) for heading in headings], *rows])


def sentence(read: Callable[[Path, Change], Answer], folder: Path, change: Change) -> str:
    with pytest.raises(Problem) as problem:
        read(folder, change)
    said = str(problem.value)
    assert "\n" not in said
    return said


# What is read as it was meant.


@of_every_table
@pytest.mark.parametrize(
    "shape",
    [
        lambda text: text.encode("utf-8-sig"),
        lambda text: b"\xef\xbb\xbf" + text.encode("utf-8-sig"),
        lambda text: b"\xff\xfe" + text.encode("utf-16-le"),
        lambda text: b"\xfe\xff" + text.encode("utf-16-be"),
        lambda text: text.encode("utf-32"),
        lambda text: text.replace("\n", "\r").encode(),
        lambda text: text.replace("\n", "\r\n").encode(),
        lambda text: text.rstrip("\n").encode(),
        lambda text: text.replace("\n", "\n\n , \n").encode(),
        lambda text: f"{text}\n\x1a".encode(),
        lambda text: written(rows_of(text), delimiter=";"),
        lambda text: written(rows_of(text), delimiter="\t"),
        lambda text: b"sep=;\n" + written(rows_of(text), delimiter=";"),
        lambda text: b"sep=,\r\n" + text.encode(),
        lambda text: written(rows_of(text), quoting=csv.QUOTE_ALL),
        lambda text: text.replace(",", ", ").encode(),
        lambda text: text.replace("\n", ",,,\n").encode(),
        lambda text: with_headings(text, str.upper),
        lambda text: with_headings(text, lambda heading: f" {heading}\u200b "),
        lambda text: with_headings(text, lambda heading: f"'{heading}'"),
        lambda text: with_headings(text, lambda heading: heading.replace("_", " ")),
    ],
    ids=[
        "UTF-8 with a mark", "two marks", "UTF-16 LE", "UTF-16 BE", "UTF-32", "old Mac", "Windows",
        "no last line end", "blank rows", "the end of DOS", "semicolons", "tabs", "sep=;", "sep=,",
        "all quoted", "spaces after commas", "Excel's commas", "capitals", "invisible characters",
        "apostrophes", "spaces in headings",
    ],
)  # fmt: skip
def test_a_file_is_read_in_every_shape_without_a_word(tmp_path, read, shape):
    assert read(tmp_path, shape) == read(tmp_path)


@pytest.mark.parametrize("mark", ["utf-8-sig", "utf-16"])
def test_settings_may_begin_with_a_mark(tmp_path, mark):
    assert config(tmp_path, lambda text: text.encode(mark)) == config(tmp_path)


def test_decimal_commas_between_semicolons_are_numbers(tmp_path):
    rows = [["month", "value"], ["2016-08", "3,5"], ["2016-09", "4,25"]]
    found, _ = months(tmp_path, lambda _: written(rows, delimiter=";"))
    assert found == [(date(2016, 8, 1), 3.5), (date(2016, 9, 1), 4.25)]


@of_every_table
def test_a_cell_is_of_any_length(tmp_path, read):
    # As the csv library has it before anybody asks for more.
    csv.field_size_limit(131_072)

    def with_a_note(text: str) -> bytes:
        headings, *rows = rows_of(text)
        return written([[*headings, "remark"], *([*row, "x" * 200_000] for row in rows)])

    assert read(tmp_path, with_a_note)[0] == read(tmp_path)[0]


def test_a_row_has_the_number_that_a_spreadsheet_shows_though_rows_above_run_over_lines(tmp_path):
    rows = [["month", "value", "note"], ["2016-08", "3", "one\ntwo"], [], ["2016-09", "x", ""]]
    assert "values.csv, row 4: 'x' is not a number" in sentence(
        months, tmp_path, lambda _: written(rows)
    )


# What is read, and said.


@pytest.mark.parametrize("read", [visits, last_day, list_7], ids=lambda one: one.__name__)
def test_rows_without_their_last_cells_have_them_empty_and_it_is_said(tmp_path, read):
    def cut(text: str) -> bytes:
        headings, *rows = rows_of(text)
        return written([[*headings, "remark"], *rows])

    found, said = read(tmp_path, cut)
    assert found == read(tmp_path)[0]
    short = "1 row that ends" if read is not visits else "2 rows that end"
    assert f"has {short} before the last heading" in said[-1]
    assert "as row 2 does" in said[-1]


@pytest.mark.parametrize("read", [visits, list_7], ids=lambda one: one.__name__)
def test_windows_own_encoding_is_read_and_said_with_its_line(tmp_path, read):
    found, said = read(
        tmp_path,
        lambda text: with_headings(text, str).decode().replace("\n", ",é\n").encode("cp1252"),
    )
    assert found == read(tmp_path)[0]
    assert (
        "was read as Windows' Western European text (cp1252), which first matters in line 1"
        in (said[0])
    )


def names_of_units(folder: Path, raw: bytes) -> Answer:
    extract = dirty.csv_folder(folder / "extract", dirty.tables())
    (extract / "unit.csv").write_bytes(raw)
    (reading,) = read_csv_folder(extract)
    said = [issue.message for issue in reading.issues if issue.rule != "absent_column"]
    return list(reading.frames["unit"]["name"]), said


HEADS = b"unit_id,name,kind\n"


def test_letters_of_windows_are_read_and_the_five_bytes_without_a_meaning_are_said(tmp_path):
    names, said = names_of_units(tmp_path, HEADS + b"U1,\xc9st,area\nU2,W\x81st,area\n")
    assert names == ["Ést", "W\ufffdst"]
    assert "cp1252" in said[0]
    assert "has 1 characters that were lost and show as \ufffd, the first in line 3" in said[1]


def test_a_few_damaged_bytes_do_not_turn_the_rest_of_utf_8_into_other_letters(tmp_path):
    rows = "U1,Zoë’s,area\nU2,Łódź,area\nU3,".encode() + b"caf\xc3,area\n"
    names, said = names_of_units(tmp_path, HEADS + rows)
    assert names == ["Zoë’s", "Łódź", "caf\ufffd"]
    assert [one for one in said if "line 4" in one and "were lost" in one] == said


def test_letters_that_were_lost_before_are_said(tmp_path):
    _, said = names_of_units(tmp_path, HEADS + "U1,caf\ufffd,area\n".encode())
    assert "the first in line 2: export it again as UTF-8" in said[0]


def test_a_column_without_a_heading_is_said_and_one_that_is_not_read_may_stand_twice(tmp_path):
    extract = dirty.csv_folder(tmp_path / "extract", dirty.tables())
    (extract / "unit.csv").write_text("note,,unit_id,name,kind,note\na,b,U1,East,area,c\n")
    (reading,) = read_csv_folder(extract)
    assert list(reading.frames["unit"]["name"]) == ["East"]
    assert "a column without a heading (column 2)" in reading.issues[1].message


# What is refused, in one sentence.


def packed(name: str) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as book:
        book.writestr(name, "x")
    return file.getvalue()


@of_every_file
@pytest.mark.parametrize(
    ("raw", "cause"),
    [
        (packed("xl/workbook.xml"), "is an Excel workbook, whatever its name says"),
        (packed("visit.csv"), "is a packed file (zip), whatever its name says"),
        (gzip.compress(b"x"), "is a packed file (gzip)"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "is a workbook of Excel, old or with a password"),
        (b"%PDF-1.7\n", "is a PDF"),
    ],
    ids=["workbook", "zip", "gzip", "old workbook", "PDF"],
)
def test_a_file_that_is_something_else_is_called_what_it_is(tmp_path, read, raw, cause):
    assert cause in sentence(read, tmp_path, lambda _: raw)


@pytest.mark.parametrize("read", [*TABLES, config], ids=lambda one: one.__name__)
@pytest.mark.parametrize(
    ("change", "cause"),
    [
        (lambda text: f"<!DOCTYPE html><p>Sign in</p>{text}".encode(), "is a web page or XML"),
        (lambda text: text.replace("\n", "\n\0", 1).encode(), "line 2: a NUL character"),
        (lambda text: text.encode("utf-16-le"), "is UTF-16 without the mark that says so"),
        (lambda text: text.encode("utf-16")[:-1], "is marked as UTF-16 and is not whole"),
        (lambda text: text.encode("utf-16") + b"\0\0", "a NUL character"),
    ],
    ids=["web page", "NUL", "UTF-16 without a mark", "UTF-16 cut", "UTF-16 with NUL"],
)
def test_a_file_that_is_no_whole_text_is_refused_with_the_cause(tmp_path, read, change, cause):
    assert cause in sentence(read, tmp_path, change)


@of_every_table
@pytest.mark.parametrize(
    ("change", "cause"),
    [
        (lambda _: b"", "is empty: its first row should be headings, as in '"),
        (lambda _: b"\n ,,\n\xef\xbb\xbf", "is empty"),
        (
            lambda text: (text + '"open,x\n').encode(),
            "a double quote opens a cell here and is never",
        ),
        (
            lambda text: text.replace("\n", '\n"a "b" c",', 1).encode(),
            "row 2: a double quote opens a cell here, and what follows the next one is no comma",
        ),
        (
            lambda text: (text.rstrip("\n") + ",,x\n").encode(),
            "put cells that hold a comma in double quotes",
        ),
        (
            lambda text: written([[*row, *row] for row in rows_of(text)]),
            "twice, in columns ",
        ),
    ],
    ids=["empty", "blank", "a quote left open", "a quote in a cell", "a comma too many", "twice"],
)
def test_a_table_that_can_t_be_read_safely_is_refused_with_the_cause(tmp_path, read, change, cause):
    assert cause in sentence(read, tmp_path, change)


def test_a_quote_left_open_is_told_with_the_row_in_which_it_opened(tmp_path):
    rows = 'V8,C1,CIN,2016-06-01,"\nV9,C1,CIN,2016-06-01,2016-06-02\nV10,C1,CIN,2016-06-03,\n'
    assert sentence(visits, tmp_path, lambda text: (text + rows).encode()).startswith(
        "visit.csv, row 4: a double quote opens a cell here and is never closed"
    )


def test_a_row_that_was_broken_off_before_a_needed_cell_is_refused(tmp_path):
    assert sentence(visits, tmp_path, lambda text: f"{text}V9,C1,CIN".encode()) == (
        "visit.csv, row 4 has 3 cells and the headings are 6: it was broken off, by a line end"
        " within a cell (put such cells in double quotes) or by a file that is not whole (export it"
        " again)."
    )


@pytest.mark.parametrize("read", [visits, list_7], ids=lambda one: one.__name__)
def test_headings_alone_are_a_table_without_rows(tmp_path, read):
    assert read(tmp_path, lambda text: f"{text.partition(chr(10))[0]}\n".encode())[0] == []


# What is no file, or may not be read.


@pytest.fixture(params=[*TABLES, census, config], ids=lambda one: one.__name__)
def read_from(request, tmp_path) -> Iterator[Callable[[Callable[[Path], object]], str]]:
    """What a reader says of its file once something else stands in its place."""

    def said(put: Callable[[Path], object]) -> str:
        request.param(tmp_path)
        (path,) = [
            path
            for name in ("visit.csv", "source_load.csv", "list_7.csv", "values.csv", "csww.xml",
                         "config.toml")
            if request.param.__name__ == NAMES[name]
            for path in tmp_path.rglob(name)
        ]  # fmt: skip
        path.unlink()
        put(path)
        again: dict[str, Callable[[], object]] = {
            "visits": lambda: read_csv_folder(path.parent),
            "last_day": lambda: read_csv_folder(path.parent),
            "list_7": lambda: lists_in([tmp_path / "rest.xlsx", path]),
            "months": lambda: read_month_values(path),
            "census": lambda: read_workforce_census(path),
            "config": lambda: read_settings(path),
        }
        with pytest.raises(Problem) as problem:
            again[request.param.__name__]()
        return str(problem.value)

    yield said


NAMES = {
    "visit.csv": "visits",
    "source_load.csv": "last_day",
    "list_7.csv": "list_7",
    "values.csv": "months",
    "csww.xml": "census",
    "config.toml": "config",
}


def test_a_folder_in_the_place_of_a_file_is_said(read_from):
    assert "is a folder: give the file itself" in read_from(Path.mkdir)


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such files")
def test_a_pipe_that_nobody_writes_to_is_said_and_not_waited_for(read_from):
    assert "is a pipe or a device" in read_from(os.mkfifo)


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such files")
def test_a_device_that_never_ends_is_said(read_from):
    assert "is a pipe or a device" in read_from(lambda path: path.symlink_to("/dev/zero"))


@pytest.mark.skipif(os.name == "nt", reason="Windows keeps rights in another way")
def test_a_file_that_may_not_be_read_is_said(tmp_path):
    path = tmp_path / "values.csv"
    path.write_text("month,value\n2016-09,4\n")
    path.chmod(0)
    may_read_all = os.geteuid() == 0
    if may_read_all:
        os.seteuid(65534)
    try:
        with pytest.raises(Problem, match="may not be read: ask for the right to read it"):
            read_month_values(path)
    finally:
        if may_read_all:
            os.seteuid(0)


def test_more_than_the_limits_is_refused_whatever_is_read(tmp_path):
    extract = dirty.csv_folder(tmp_path / "extract", dirty.tables())
    dirty.census(extract / "csww.xml", [dirty.ASH])
    with pytest.raises(Problem, match="visit.csv has more than 1 rows"):
        wanted = HeadingsWanted(lambda heading: heading, "'visit_id'")
        read_text_table(extract / "visit.csv", wanted, LoadingLimits(max_rows=1))
    with pytest.raises(Problem, match="csww.xml has more than 0 MB"):
        read_csv_folder(extract, limits=LoadingLimits(max_text_mb=0))
    with pytest.raises(Problem, match="has more than 1 rows"):
        read_csv_folder(extract, limits=LoadingLimits(max_rows=1))
