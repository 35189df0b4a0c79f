"""Reads a workbook of the template's sheets: the tables that no case system holds."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import pandas as pd

from data_access.london import today
from data_access.meeting_store.matches.teams import TeamOfUnit
from data_access.problems import Problem
from data_access.settings import DEFAULT_LIMITS, LoadingLimits
from data_access.sources.known import WORKBOOK
from loading.fitting import Fitting
from loading.sources.reading import AS_OPTION_SAYS, WARNING, Issue, Reading
from loading.sources.said_of_load import FILE, SaidOfLoad, held_from, held_in, last_day_in
from loading.sources.table_rows import rows_of
from loading.sources.tables_book.declared import LAST_DAY, TEAMS
from loading.sources.tables_book.sheets import SheetsFound, TableSheet, sheets_found

SOURCE = WORKBOOK.key
NO_ROW = "there is no row of it: fill its sheet"
SAYS_TODAY = f"today, as neither --data-to nor the sheet '{LAST_DAY}' says another day"


class WorkbookRefused(Problem):
    """What stops the load, of every sheet: the first in words, and all of it as `issues`."""

    def __init__(self, problems: Sequence[Issue], issues: Sequence[Issue]) -> None:
        more = len(problems) - 1
        also = (
            f" {more} more {'sheet is' if more == 1 else 'sheets are'} refused, too."
            if more
            else ""
        )
        super().__init__(f"{problems[0].message}{also}")
        self.issues = (*problems, *issues)


def read_workbook(
    path: Path,
    data_to: date | None = None,
    limits: LoadingLimits = DEFAULT_LIMITS,
    covers_from: Mapping[str, date] | None = None,
) -> Reading:
    """The rows of every sheet that holds a table, under the template's titles and headings.

    `data_to` is the last day covered: that of the sheet 'Last day' unless said, else today;
    `covers_from` says for tables since when they are held in full, over what that sheet says. A
    sheet without rows says nothing of its table. What stops the load is said of all sheets at once.
    """
    found = sheets_found(path, limits)
    issues, problems = list(found.issues), list(found.problems)
    rows = _rows(found, issues, problems)
    said = _said(found, data_to, issues, problems)
    _refuse(path, rows, problems, issues)
    held = {**said.covers_from, **(covers_from or {})}
    held = held_from(held, rows.frames, said.data_to, issues, NO_ROW)
    return Reading(
        SOURCE,
        said.data_to,
        rows.frames,
        tuple(issues),
        rows.read,
        rows.left_out,
        data_to_from=said.data_to_from,
        covers_from=held,
        team_map=rows.team_map,
    )


@dataclass
class _Rows:
    """By table the rows that can be used, how many were read, and how many left out and why."""

    frames: dict[str, pd.DataFrame] = field(default_factory=dict)
    read: dict[str, int] = field(default_factory=dict)
    left_out: dict[str, dict[str, int]] = field(default_factory=dict)
    team_map: tuple[TeamOfUnit, ...] = ()


def _rows(found: SheetsFound, issues: list[Issue], problems: list[Issue]) -> _Rows:
    kept = _Rows()
    for sheet in _of_rows(found):
        name = sheet.table.name
        try:
            of_sheet = rows_of(sheet.table, sheet.where, sheet.found, issues, kept.left_out)
        except Problem as problem:
            problems.append(_refusal(sheet, problem))
            continue
        if sheet.table is TEAMS:
            kept.team_map = tuple(_team_map(sheet, of_sheet[0], issues))
            continue
        kept.frames[name], kept.read[name] = of_sheet
    return kept


def _team_map(sheet: TableSheet, rows: pd.DataFrame, issues: list[Issue]) -> Iterator[TeamOfUnit]:
    """The lines of the sheet of teams that name both; the others are left out and said."""
    fitting = Fitting(sheet.table, rows)
    issues.extend(fitting.wrong_cells())
    columns = [column.name for column in sheet.table.columns]
    for team, unit, first, until in fitting.rows[columns].itertuples(index=False):
        if team and unit:
            yield TeamOfUnit(team, unit, started_on=first, ended_on=until)


def _of_rows(found: SheetsFound) -> list[TableSheet]:
    return [sheet for sheet in found.sheets if sheet.table is not FILE]


def _refusal(sheet: TableSheet, problem: Problem) -> Issue:
    return Issue("refused", sheet.table.name, None, WARNING, str(problem))


def _said(
    found: SheetsFound, data_to: date | None, issues: list[Issue], problems: list[Issue]
) -> SaidOfLoad:
    """What the sheet 'Last day' says; `data_to` goes before the day in it."""
    last, held = None, dict[str, date]()
    for sheet in (sheet for sheet in found.sheets if sheet.table is FILE):
        try:
            held = held_in(sheet.where, sheet.found, issues)
            if "data_to" in sheet.found.names:
                last = last_day_in(sheet.where, sheet.found, issues)
        except Problem as problem:
            problems.append(_refusal(sheet, problem))
    if data_to:
        return SaidOfLoad(data_to, AS_OPTION_SAYS, held)
    says = f"as the sheet '{LAST_DAY}' says" if last else SAYS_TODAY
    return SaidOfLoad(last or today(), says, held)


def _refuse(path: Path, rows: _Rows, problems: Sequence[Issue], issues: Sequence[Issue]) -> None:
    if problems:
        raise WorkbookRefused(problems, issues)
    if not rows.frames and not rows.team_map:
        raise Problem(
            f"{path.name} has no row under the headings of any sheet that ChildStat reads: fill the"
            " workbook that 'python childstat.py template' writes."
        )
