"""Reads a folder of CSV files named as the canonical tables, with their columns as headings.

Dates are 2016-12-31 or 31/12/2016; codes and true or false are what `data_access.code_sets`
declares; an empty cell is "not known". How a file may be saved: `text_tables`. A workforce census
return (.xml) in the folder is read too.
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path

import pandas as pd

from data_access.problems import Problem
from data_access.settings import DEFAULT_LIMITS, LoadingLimits
from loading.sources.csv_columns import found_in
from loading.sources.folder_files import TABLES, FolderFiles, files_in
from loading.sources.reading import Reading
from loading.sources.said_of_load import held_from, said_of_load
from loading.sources.table_rows import headings_of, rows_of
from loading.sources.workforce_census import read_workforce_census

SOURCE = "csv_folder"


def read_csv_folder(
    folder: Path,
    data_to: date | None = None,
    limits: LoadingLimits = DEFAULT_LIMITS,
    covers_from: Mapping[str, date] | None = None,
) -> list[Reading]:
    """One reading of the CSV files, and one of each workforce census return beside them.

    `data_to` is the last day covered: the latest of source_load.csv unless said; else today.
    `covers_from` says for tables since when they are held in full, over what that file says.
    """
    if not folder.is_dir():
        raise Problem(f"There is no folder {folder}: give the folder that holds the CSV files.")
    files = files_in(folder, limits)
    returns = [read_workforce_census(path, limits=limits) for path in files.returns]
    if not files.tables and not returns:
        said = "".join(f" {issue.message}" for issue in files.issues)
        raise Problem(
            f"{folder} has no file that ChildStat reads: name them as the tables, as in child.csv,"
            f" referral.csv, plan.csv (docs/loading.md lists them).{said}"
        )
    if files.tables:
        return [_reading(files, data_to, limits, covers_from or {}), *returns]
    return [replace(returns[0], issues=(*files.issues, *returns[0].issues)), *returns[1:]]


def _reading(
    files: FolderFiles,
    data_to: date | None,
    limits: LoadingLimits,
    covers_from: Mapping[str, date],
) -> Reading:
    issues = list(files.issues)
    frames: dict[str, pd.DataFrame] = {}
    read: dict[str, int] = {}
    left_out: dict[str, dict[str, int]] = {}
    for name, path in files.tables.items():
        found = found_in(name, path, headings_of(TABLES[name]), limits, issues)
        frames[name], read[name] = rows_of(TABLES[name], path.name, found, issues, left_out)
    said = said_of_load(files.source_load, limits, issues, data_to)
    held = held_from({**said.covers_from, **covers_from}, frames, said.data_to, issues)
    return Reading(
        SOURCE,
        said.data_to,
        frames,
        tuple(issues),
        read,
        left_out,
        data_to_from=said.data_to_from,
        covers_from=held,
    )
