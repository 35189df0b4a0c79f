"""Which files of a folder are read as which table, and what is said of those that are not."""

import difflib
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from data_access.problems import Problem
from data_access.schema import CANONICAL, source_load
from data_access.settings import LoadingLimits
from loading.sources.reading import WARNING, Issue
from loading.sources.workforce_xml import why_no_return

TABLES = {table.name: table for table in CANONICAL}
# Tables that ChildStat writes: in an extract of one they stand beside the others.
NOT_CANONICAL = (source_load.name, "data_issue")


@dataclass(frozen=True)
class FolderFiles:
    """By table the file that holds it; the returns; what is said of files that are not read."""

    tables: Mapping[str, Path]
    returns: Sequence[Path]
    source_load: Path | None
    issues: Sequence[Issue]


def files_in(folder: Path, limits: LoadingLimits) -> FolderFiles:
    """The files of `folder` that are read, whatever the case of their names.

    Two files for one table are a Problem, and so is a misnamed file of a table that has no other.
    Others that are named as a table and are no CSV file, CSV files of no table, and XML that is no
    workforce census return are issues.
    """
    files = sorted(folder.iterdir())
    tables = _by_table([path for path in files if path.suffix.lower() == ".csv"])
    xml = {path: why_no_return(path, limits) for path in files if path.suffix.lower() == ".xml"}
    issues = [_unknown(path, tables) for path in files if _is_unknown(path)]
    issues += [_issue(path, why) for path, why in xml.items() if why]
    return FolderFiles(
        {name: path for name, path in tables.items() if name in TABLES},
        [path for path, why in xml.items() if not why],
        tables.get(source_load.name),
        issues,
    )


def _by_table(files: Sequence[Path]) -> dict[str, Path]:
    tables: dict[str, Path] = {}
    for path in files:
        name = path.stem.lower()
        if name in tables and name in (*TABLES, *NOT_CANONICAL):
            raise Problem(
                f"{tables[name].name} and {path.name} are both the table {name}: put all rows into"
                " one of them, or take one out."
            )
        tables[name] = path
    return tables


def _is_unknown(path: Path) -> bool:
    """A CSV file of no table; or a file that is named as a table and is none, as visit.csv.txt."""
    if path.suffix.lower() == ".csv":
        return path.stem.lower() not in (*TABLES, *NOT_CANONICAL)
    return path.name.lower().split(".")[0] in TABLES and path.suffix.lower() != ".xml"


def _unknown(path: Path, tables: Collection[str]) -> Issue:
    """What is said of it; a Problem where it stands in the place of a table that isn't there."""
    if path.suffix.lower() != ".csv":
        table = path.name.lower().split(".")[0]
        why = f"is no CSV file, and was not read; save it as {table}.csv"
    else:
        close = difflib.get_close_matches(path.stem.lower(), TABLES, n=1)
        table = close[0] if close else ""
        hint = f"the nearest table is {table}: rename it {table}.csv" if close else "rename it"
        why = f"is named as no table, and was not read; {hint}, or take it out"
    if table and table not in tables:
        raise Problem(f"{path.name} {why}. There is no other file of {table}.")
    return _issue(path, why)


def _issue(path: Path, why: str) -> Issue:
    return Issue("unknown_file", path.stem, None, WARNING, f"{path.name} {why}.")
