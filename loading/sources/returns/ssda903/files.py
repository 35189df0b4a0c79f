"""The files of an SSDA903 return: which of a folder is which, by its headings, and their rows.

Source: DfE, Children looked-after data return (SSDA903): guide; file names are a council's own.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from sqlalchemy import Date

from data_access.code_sets.children import ETHNICITY, NEED, SEX
from data_access.code_sets.code_set import CodeSet, plain_codes
from data_access.code_sets.plans import (
    LEGAL_STATUS,
    MISSING_KIND,
    PLACEMENT_KIND,
    REASON_CEASED,
)
from data_access.problems import Problem
from data_access.settings import LoadingLimits
from data_access.tables.parts import maybe, needed
from loading.columns.column_read import visible
from loading.sources.reading import WARNING, Issue
from loading.sources.returns.module import Module, ModuleRows, doubts_of, read_module
from loading.sources.text_tables import HeadingsWanted, TextTable, read_text_table

NEW_EPISODE = CodeSet(
    plain_codes(
        S="started to be looked after",
        L="change of legal status only",
        P="change of placement and carer only",
        T="change of placement, same carer",
        B="change of legal status, placement and carer",
        U="change of legal status and placement, same carer",
    )
)
EPISODES = Module(
    "episodes",
    {
        "CHILD": needed("child_id"),
        "DECOM": needed("started_on", Date),
        "RNE": maybe("why_new", codes=NEW_EPISODE),
        "LS": maybe("legal_status", codes=LEGAL_STATUS),
        "CIN": maybe("need", codes=NEED),
        "PLACE": maybe("place", codes=PLACEMENT_KIND),
        "DEC": maybe("ended_on", Date),
        "REC": maybe("end_reason", codes=REASON_CEASED),
    },
    frozenset({"DECOM"}),
)
HEADER = Module(
    "header",
    {
        "CHILD": needed("child_id"),
        "SEX": maybe("sex", codes=SEX),
        "DOB": maybe("born_on", Date),
        "ETHNIC": maybe("ethnicity", codes=ETHNICITY),
    },
    frozenset({"ETHNIC"}),
)
REVIEWS = Module(
    "reviews",
    {
        "CHILD": needed("child_id"),
        "DOB": maybe("born_on", Date),
        "REVIEW": needed("held_on", Date),
    },
    frozenset({"REVIEW"}),
)
MISSING = Module(
    "missing",
    {
        "CHILD": needed("child_id"),
        "DOB": maybe("born_on", Date),
        "MISSING": maybe("kind", codes=MISSING_KIND),
        "MIS_START": needed("started_on", Date),
        "MIS_END": maybe("ended_on", Date),
    },
    frozenset({"MIS_START"}),
)
MODULES = (HEADER, EPISODES, REVIEWS, MISSING)
# Files of the return that hold nothing which a metric needs, by a heading that only they have.
OTHERS = frozenset(
    {
        "DUC",
        "SDQ_SCORE",
        "IN_TOUCH",
        "DATE_INT",
        "DATE_PLACED",
        "PREV_PERM",
        "SW_DECOM",
    }
)
HEADINGS = frozenset({*OTHERS, *(name for module in MODULES for name in module.columns)})


@dataclass
class Folder:
    """One folder, which is one return: the rows of its lists, and what is said of them."""

    name: str
    lists: dict[str, ModuleRows] = field(default_factory=dict)
    issues: list[Issue] = field(default_factory=list)

    def rows(self, module: Module) -> list[dict]:
        """The rows of a list; none where there is no such file."""
        found = self.lists.get(module.name)
        return found.rows if found else []


def read_folder(folder: Path, limits: LoadingLimits) -> Folder:
    """The lists of a folder. Without episodes, or with two files of one list, a Problem."""
    if not folder.is_dir():
        raise Problem(f"There is no folder {folder}: give the folder that holds the SSDA903 files.")
    read = Folder(folder.name)
    for path in sorted(folder.iterdir()):
        if path.suffix.lower() == ".csv":
            _read_file(read, path, limits)
    if EPISODES.name not in read.lists:
        raise Problem(
            f"{folder} has no file of episodes, whose headings are {','.join(EPISODES.columns)}:"
            " add it."
        )
    return read


def _read_file(read: Folder, path: Path, limits: LoadingLimits) -> None:
    any_list = read_text_table(path, HeadingsWanted(_known, "'CHILD,DECOM'"), limits)
    module = _list_of(any_list)
    if module is None:
        read.issues.extend(_unknown(path, any_list))
        return
    if module.name in read.lists:
        other = read.lists[module.name].file
        raise Problem(
            f"{other} and {path.name} are both the list of {module.name}: put all rows into one of"
            " them, or take one out. Give another year's files a folder of their own."
        )
    found = read_text_table(path, module.wanted, limits)
    read.issues.extend(doubts_of(module, found))
    file = f"{read.name}/{path.name}"
    read.lists[module.name] = read_module(module, file, found, read.issues)


def _known(heading: str) -> str | None:
    name = visible(heading).strip("\"'").upper()
    return name if name in HEADINGS else None


def _list_of(found: TextTable) -> Module | None:
    return next((one for one in MODULES if one.told_by & set(found.names)), None)


def _unknown(path: Path, found: TextTable) -> Iterator[Issue]:
    if not OTHERS & set(found.names):
        message = f"{path.name} has the headings of no SSDA903 file, and was not read; take it out."
        yield Issue("unknown_file", path.stem, None, WARNING, message)


def sheets_of(folders: list[Folder]) -> Mapping[str, dict]:
    """What was read and used of each file."""
    return {one.file: one.as_sheet for folder in folders for one in folder.lists.values()}
