"""Reads the rows of the lists of Annex A that stand in the files which a council sends.

What a row lacks or misspells is said with file, sheet, row and column.
"""

import difflib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from data_access.problems import Problem
from data_access.settings import DEFAULT_LIMITS, LoadingLimits
from loading.sources import cells
from loading.sources.annex_a.files import Sheet, sheets_of
from loading.sources.annex_a.finding import lists_on
from loading.sources.annex_a.headings import headings_of
from loading.sources.annex_a.list_columns import ListColumn
from loading.sources.annex_a.list_shape import AnnexList, Column
from loading.sources.annex_a.plain_words import plain
from loading.sources.annex_a.twin_headings import settled
from loading.sources.reading import ERROR, WARNING, Issue, count

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


@dataclass(frozen=True)
class AnnexA:
    """The needed lists by number, and what is said of sheets that were not read."""

    lists: Sequence[ListRows]
    issues: Sequence[Issue]


def lists_in(
    paths: Iterable[Path], with_hidden: bool = False, limits: LoadingLimits = DEFAULT_LIMITS
) -> AnnexA:
    """Every needed list found in the files; a sentence where one is missing or stands twice.

    Hidden sheets are left out, and said to be, unless `with_hidden`.
    """
    sheets = [sheet for path in paths for sheet in sheets_of(path, limits)]
    found = lists_on(sheets, with_hidden)
    lists = [_read(sheet, annex_list) for sheet, annex_list in found.read]
    doubts = [
        Issue("read_with_doubt", "annex_a", None, WARNING, doubt)
        for sheet, _ in found.read
        for doubt in sheet.doubts
    ]
    return AnnexA(sorted(lists, key=lambda one: one.number), [*found.issues, *doubts])


def _read(sheet: Sheet, annex_list: AnnexList) -> ListRows:
    headings = headings_of(sheet, annex_list)
    assert headings is not None, "a list is found by its headings"
    headings_row, _ = headings
    issues: list[Issue] = []
    placed = settled(sheet, annex_list, headings_row, issues)
    issues.extend(_missing_columns(sheet, annex_list, sheet.rows[headings_row], placed))
    return _rows_read(sheet, annex_list, (headings_row, placed), issues)


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
    sheet: Sheet, annex: AnnexList, headings: tuple[int, Mapping[str, int]], issues: list[Issue]
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
