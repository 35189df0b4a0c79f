"""A copy of a workbook in which every cell that is wrong is marked, and says what is wrong."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from textwrap import wrap

from openpyxl import Workbook
from openpyxl.cell.cell import Cell, MergedCell
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.worksheet.worksheet import Worksheet

from data_access.settings import LoadingLimits
from loading.columns.column_read import visible
from loading.sources.reading import Issue
from loading.sources.tables_book.declared import ISSUES, heading
from loading.sources.tables_book.places import Place, place_in
from loading.sources.tables_book.sheets import SheetsFound, sheets_found
from loading.sources.tables_book.template import print_wide
from loading.sources.workbooks.copying import copy_of

AUTHOR = "ChildStat"
ENDING = " - issues"
HEADINGS = ("Sheet", "Row", "Column", "What is wrong")
# Excel opens slowly with more; the list has them all.
MOST_COMMENTS = 2_000
LONGEST_COMMENT = 1_000
_MARKED = PatternFill("solid", fgColor="FFF2B8B5")
_PLAIN = PatternFill()
_WIDTHS = {"A": 22, "B": 8, "C": 24, "D": 100}
_LINE, _IN_A_LINE = 15, 90


@dataclass(frozen=True)
class _Mark:
    """One thing that is wrong: the sheet, the cell where it is marked, and the words."""

    place: Place
    cell: str
    heading: str
    message: str


def annotated_beside(path: Path) -> Path:
    """Where the copy goes: "posts - issues.xlsx", or with a number: it replaces no file."""
    stem = path.stem.split(ENDING)[0]
    names = (f"{stem}{ENDING}{f' {n}' if n > 1 else ''}.xlsx" for n in range(1, 10_000))
    return next(beside for name in names if not (beside := path.with_name(name)).exists())


def annotate(path: Path, to: Path, issues: Iterable[Issue], limits: LoadingLimits) -> int:
    """Writes the copy of the workbook at `path`, and gives how many issues it shows.

    Issues of other sources and of the load as a whole are not in it; without any, nothing is
    written. Marks of an earlier copy are taken out first.
    """
    found = sheets_found(path, limits)
    marks = list(dict.fromkeys(_marks(path.name, found, issues)))
    if not marks:
        return 0
    book = copy_of(path, limits)
    sheets = {visible(sheet.title): sheet for sheet in book.worksheets}
    _clear(book)
    _mark_cells(sheets, marks)
    _list(book, sheets, marks)
    book.save(to)
    return len(marks)


def _marks(file: str, found: SheetsFound, issues: Iterable[Issue]) -> Iterator[_Mark]:
    for issue in issues:
        place = place_in(issue.message, file, found.titles)
        if place is not None:
            letter, under = _column(found, place, issue)
            row = place.row or _headings_row(found, place.title)
            yield _Mark(place, f"{letter}{row}", under, issue.message)


def _headings_row(found: SheetsFound, title: str) -> int:
    """The row in which what is said of a whole sheet or column is marked."""
    rows = (sheet.found.headings_row for sheet in found.sheets if sheet.title == title)
    return next(rows, 1)


def _column(found: SheetsFound, place: Place, issue: Issue) -> tuple[str, str]:
    """The letter and heading of the column in question: A, where none is, or it is absent."""
    sheet = next((one for one in found.sheets if one.title == place.title), None)
    if sheet is None:
        return place.letter or "A", ""
    letters = dict(zip(sheet.found.letters, sheet.found.headings, strict=True))
    if place.letter:
        return place.letter, str(letters.get(place.letter, ""))
    if issue.column not in sheet.found.names:
        return "A", heading(issue.column) if issue.column else ""
    letter = sheet.found.letters[sheet.found.names.index(issue.column)]
    return letter, str(letters[letter])


def _clear(book: Workbook) -> None:
    """Takes out the list and the marks of an earlier copy."""
    if ISSUES in book.sheetnames:
        del book[ISSUES]
    for sheet in book.worksheets:
        for row in sheet.iter_rows():
            for cell in row:
                if cell.comment is not None and cell.comment.author == AUTHOR:
                    cell.comment = None
                    cell.fill = _PLAIN


def _mark_cells(sheets: Mapping[str, Worksheet], marks: Sequence[_Mark]) -> None:
    said: dict[tuple[str, str], list[str]] = {}
    for mark in marks:
        if mark.place.title in sheets:
            said.setdefault((mark.place.title, mark.cell), []).append(mark.place.said)
    for number, ((title, name), messages) in enumerate(said.items()):
        cell = sheets[title][name]
        if not isinstance(cell, Cell) or isinstance(cell, MergedCell):
            continue
        cell.fill = _MARKED
        if number < MOST_COMMENTS and cell.comment is None:
            words = "\n".join(dict.fromkeys(messages))[:LONGEST_COMMENT]
            cell.comment = Comment(words, AUTHOR, height=120, width=360)


def _list(book: Workbook, sheets: Mapping[str, Worksheet], marks: Sequence[_Mark]) -> None:
    """The first sheet: every issue, with a link to its cell."""
    listed = book.create_sheet(ISSUES, 0)
    _write_row(listed, 1, HEADINGS)
    for number, mark in enumerate(marks, start=2):
        place = mark.place
        _write_row(listed, number, (place.title, place.row, mark.heading, mark.message))
        if place.title in sheets:
            title = sheets[place.title].title.replace("'", "''")
            listed.cell(number, 1).hyperlink = f"#'{title}'!{mark.cell}"
    for letter, width in _WIDTHS.items():
        listed.column_dimensions[letter].width = width
        listed[f"{letter}1"].font = Font(bold=True)
    for row in listed.iter_rows(min_row=2, max_col=len(HEADINGS)):
        _lay_out(listed, row)
    listed.freeze_panes = "A2"
    listed.print_title_rows = "1:1"
    print_wide(listed)
    book.active = 0
    for sheet in book.worksheets:
        # Of two selected sheets Excel changes both when one is typed in.
        sheet.sheet_view.tabSelected = sheet is listed


def _lay_out(listed: Worksheet, row: Sequence[Cell]) -> None:
    """As high as its words need: not every program finds that out by itself."""
    for cell in row:
        cell.alignment = Alignment(horizontal="left", vertical="top", wrap_text=True)
    lines = len(wrap(str(row[-1].value), _IN_A_LINE))
    listed.row_dimensions[row[0].row].height = _LINE * max(lines, 1)


def _write_row(sheet: Worksheet, number: int, values: Sequence[object]) -> None:
    for column, value in enumerate(values, start=1):
        cell = sheet.cell(number, column, value)
        if isinstance(value, str):
            # A heading that begins with "=" is a word here, and no formula.
            cell.data_type = "s"
