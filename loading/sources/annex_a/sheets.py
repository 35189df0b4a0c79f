"""Finds the lists of Annex A in the files that a council sends, and reads their rows.

Sheets come in any order, under many titles and in several files; the headings need not be on the
first row. What a row lacks or misspells is said with file, sheet, row and column.
"""

import difflib
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import islice
from pathlib import Path

from data_access.problems import Problem
from loading.sources import cells
from loading.sources.annex_a.columns import LISTS, AnnexList, Column, plain
from loading.sources.annex_a.files import Sheet, sheets_of
from loading.sources.annex_a.list_columns import ListColumn
from loading.sources.reading import ERROR, WARNING, Issue, count

ROWS_TO_SEARCH_FOR_HEADINGS = 30
HEADINGS_THAT_MAKE_A_LIST = 4
LIST_NUMBERS = range(1, 12)
NAMES_OF_LISTS = tuple(f"list_{number}" for number in LIST_NUMBERS)


@dataclass(frozen=True)
class ListRows:
    """What one sheet said: a value by column key for each row, plus `found_at`."""

    number: int
    where: str
    rows: tuple[dict, ...]
    issues: tuple[Issue, ...]
    read: int
    left_out: Mapping[str, int]
    written_on: date


def lists_in(paths: Iterable[Path]) -> list[ListRows]:
    """Every needed list found in the files, by number; a sentence where one is missing."""
    sheets = [sheet for path in paths for sheet in sheets_of(path)]
    named = ", ".join(sorted({sheet.file for sheet in sheets}))
    if not any(_rows_with_words(sheet.rows) for sheet in sheets):
        raise Problem(f"{named} is empty: no sheet has a row. Give the Annex A workbook itself.")
    sheets_with_lists = [(sheet, annex_list) for sheet in sheets if (annex_list := _list_of(sheet))]
    if not sheets_with_lists and not any(_number_titled(sheet.title) for sheet in sheets):
        titles = ", ".join(f"'{sheet.title}'" for sheet in sheets[:12])
        raise Problem(
            f"{named} is not Annex A: its sheets are {titles}, and none has Annex A's headings."
            " An Annex A workbook has sheets 'List 1' to 'List 11'."
        )
    _need_all(sheets_with_lists, named)
    return sorted(
        (_read(sheet, annex_list) for sheet, annex_list in sheets_with_lists),
        key=lambda list_rows: list_rows.number,
    )


def _need_all(sheets_with_lists: list[tuple[Sheet, AnnexList]], named: str) -> None:
    missing = [
        annex_list
        for annex_list in LISTS
        if annex_list.number not in {have.number for _, have in sheets_with_lists}
    ]
    if missing:
        names = " and ".join(
            f"List {annex_list.number} ({annex_list.name})" for annex_list in missing
        )
        raise Problem(
            f"{named} has no {names}: without it the figures would be too low. Add the sheet, or"
            " give the file that has it as well."
        )


def _rows_with_words(rows: Sequence[tuple]) -> bool:
    return any(cells.text(cell) is not None for row in rows for cell in row)


def _list_of(sheet: Sheet) -> AnnexList | None:
    """The list that a sheet holds: by its title, else by its headings."""
    number = _number_titled(sheet.title)
    if number is not None:
        return next((annex_list for annex_list in LISTS if annex_list.number == number), None)
    title = plain(sheet.title)
    for annex_list in LISTS:
        if re.fullmatch(annex_list.titled, title):
            return annex_list
    likely = [
        annex_list
        for annex_list in LISTS
        if _headings(sheet, annex_list) and not _lacking(sheet, annex_list)
    ]
    return max(likely, key=lambda annex_list: _columns_found(sheet, annex_list), default=None)


def _number_titled(title: str) -> int | None:
    words = plain(title)
    match = re.search(r"\blist\s?0*(\d{1,2})\b", words) or re.match(r"0*(\d{1,2})\b", words)
    if match is None or int(match.group(1)) not in LIST_NUMBERS:
        return None
    return int(match.group(1))


def _headings(sheet: Sheet, annex_list: AnnexList) -> tuple[int, dict[str, int]] | None:
    """The row of headings (from 0) and where each column of the list stands on it."""
    best: tuple[int, dict[str, int]] | None = None
    for headings_row, row in enumerate(islice(sheet.rows, ROWS_TO_SEARCH_FOR_HEADINGS)):
        placed = _placed(row, annex_list)
        if len(placed) >= HEADINGS_THAT_MAKE_A_LIST and (not best or len(placed) > len(best[1])):
            best = (headings_row, placed)
    return best


def _placed(row: tuple, annex_list: AnnexList) -> dict[str, int]:
    words = {place: plain(cell) for place, cell in enumerate(row) if cells.text(cell)}
    placed: dict[str, int] = {}
    # Ofsted's own headings first: a pattern must not take a column that is plainly another's.
    for column in annex_list.columns:
        exact = [place for place, heading in words.items() if heading == plain(column.heading)]
        if exact:
            placed[column.key] = exact[0]
    for column in annex_list.columns:
        free = [place for place in words if place not in placed.values()]
        close = [place for place in free if column.is_headed(words[place])]
        if column.key not in placed and close:
            placed[column.key] = close[0]
    return placed


def _columns_found(sheet: Sheet, annex_list: AnnexList) -> int:
    headings = _headings(sheet, annex_list)
    return len(headings[1]) if headings else 0


def _lacking(sheet: Sheet, annex_list: AnnexList) -> list[Column]:
    headings = _headings(sheet, annex_list)
    placed = headings[1] if headings else {}
    return [column for column in annex_list.columns if column.needed and column.key not in placed]


def _read(sheet: Sheet, annex_list: AnnexList) -> ListRows:
    headings = _headings(sheet, annex_list)
    if headings is None:
        raise Problem(
            f"{sheet.where} has no row of headings for List {annex_list.number}"
            f" ({annex_list.name}): it needs '{annex_list.columns[0].heading}' and the others that"
            " Ofsted's Annex A names."
        )
    headings_row, placed = headings
    issues = list(_missing_columns(sheet, annex_list, sheet.rows[headings_row], placed))
    return _rows_read(sheet, annex_list, headings, issues)


def _missing_columns(
    sheet: Sheet, annex_list: AnnexList, headings: tuple, placed: Mapping[str, int]
) -> Iterator[Issue]:
    for column in annex_list.columns:
        if column.key in placed:
            continue
        hint = _nearest(column, headings, placed)
        if column.needed:
            raise Problem(f"{sheet.where} has no column '{column.heading}'{hint}.")
        if column.expected:
            yield Issue(
                "missing_column",
                f"list_{annex_list.number}",
                None,
                WARNING,
                f"{sheet.where} has no column '{column.heading}'{hint}. It is left empty.",
            )


def _nearest(column: Column, headings: tuple, placed: Mapping[str, int]) -> str:
    spare = {
        plain(cell): str(cell).strip()
        for place, cell in enumerate(headings)
        if cells.text(cell) and place not in placed.values()
    }
    close = difflib.get_close_matches(plain(column.heading), spare, n=1, cutoff=0.6)
    if not close:
        return ": add it"
    return f"; the nearest is '{spare[close[0]]}': rename it '{column.heading}'"


def _rows_read(
    sheet: Sheet, annex: AnnexList, headings: tuple[int, dict[str, int]], issues: list[Issue]
) -> ListRows:
    headings_row, placed = headings
    lines = list(_lines(sheet, headings_row, placed))
    read = {
        column.key: _column(sheet, annex, column, placed, lines).read(issues)
        for column in annex.columns
    }
    rows: list[dict] = []
    left_out: dict[str, dict[str, int]] = {}
    for place, (line, _) in enumerate(lines):
        faults = [wrong for _, column_faults in read.values() if (wrong := column_faults[place])]
        issues.extend(faults)
        unusable = next((fault.rule for fault in faults if fault.severity == ERROR), None)
        if unusable:
            count(left_out, "rows", unusable)
            continue
        values = {key: column_values[place] for key, (column_values, _) in read.items()}
        rows.append({**values, "found_at": f"{sheet.where}, row {line}"})
    reasons = left_out.get("rows", {})
    return ListRows(
        annex.number, sheet.where, tuple(rows), tuple(issues), len(lines), reasons, sheet.written_on
    )


def _lines(
    sheet: Sheet, headings_row: int, placed: Mapping[str, int]
) -> Iterator[tuple[int, tuple]]:
    """The rows under the headings that say anything, each with its number."""
    for line, row in enumerate(sheet.rows[headings_row + 1 :], start=headings_row + 2):
        if any(cells.text(_cell(row, place)) is not None for place in placed.values()):
            yield line, row


def _column(
    sheet: Sheet,
    annex_list: AnnexList,
    column: Column,
    placed: Mapping[str, int],
    lines: Sequence[tuple[int, tuple]],
) -> ListColumn:
    place = placed.get(column.key)
    column_cells = [_cell(row, place) for _, row in lines]
    return ListColumn(sheet, annex_list, column, place, [line for line, _ in lines], column_cells)


def _cell(row: tuple, place: int | None) -> object:
    return row[place] if place is not None and place < len(row) else None
