"""What a workforce census return says of each worker, tag by tag, each tag read as one column."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Boolean

from data_access.code_sets.outcomes import LEAVING_REASON, LEAVING_TO
from data_access.code_sets.truths import YES_OR_NO
from data_access.code_sets.workers import CENSUS_ORIGIN, CENSUS_ROLE
from data_access.problems import Problem
from loading.columns import codes, days, ids, numbers
from loading.columns.column_read import (
    EXCEL_DAY_0,
    ColumnRead,
    ColumnReader,
    ColumnRefused,
    shown,
    with_place,
)
from loading.sources import cells
from loading.sources.reading import WARNING, Issue

TAGS: Mapping[str, ColumnReader] = {
    "SWENo": ids.read,
    "RoleStartDate": days.read,
    "RoleEndDate": days.read,
    "FTE": numbers.read,
    "WorkingDaysLost": numbers.read,
    "AgencyWorker": codes.reader(YES_OR_NO, Boolean),
    "OrgRole": codes.reader(CENSUS_ROLE),
    "StartOrigin": codes.reader(CENSUS_ORIGIN),
    "ReasonLeave": codes.reader(LEAVING_REASON),
    "LeaverDestination": codes.reader(LEAVING_TO),
}


TWICE = cells.FaultyCell("stands twice, with different values")


@dataclass(frozen=True)
class ReturnedWorker:
    """One worker: where it stands, the value of each tag, and what is wrong with those refused."""

    where: str
    values: Mapping[str, Any]
    refused: Mapping[str, str]


def returned_workers(
    file: str, elements: Sequence[Any], issues: list[Issue]
) -> list[ReturnedWorker]:
    """Each worker of a return; `issues` are told what was decided for a whole tag."""
    columns = {tag: [said_in(element, tag) for element in elements] for tag in TAGS}
    read = {tag: _read(file, tag, columns[tag], issues) for tag in TAGS}
    return [
        ReturnedWorker(
            f"{file}, worker {place + 1}",
            {tag: column_read.values[columns[tag][place]] for tag, column_read in read.items()},
            {
                tag: _refused(tag, columns[tag][place], column_read)
                for tag, column_read in read.items()
                if columns[tag][place] in column_read.refused
            },
        )
        for place in range(len(elements))
    ]


def said_in(element: Any, tag: str) -> object:
    """What an element's tag says; a tag that stands twice may say one thing only."""
    said = dict.fromkeys(one.text for one in element.findall(tag) if cells.text(one.text))
    return next(iter(said), None) if len(said) <= 1 else TWICE


def _read(file: str, tag: str, column: Sequence[object], issues: list[Issue]) -> ColumnRead:
    def place_of(cell: object) -> str:
        return with_place(shown(cell), f"worker {column.index(cell) + 1}")

    try:
        column_read = TAGS[tag](dict.fromkeys(column), EXCEL_DAY_0)
    except ColumnRefused as refused:
        raise Problem(f"{file}, {tag}: {refused.remark.sentence(place_of)}.") from None
    for remark in column_read.remarks:
        message = f"{file}, {tag}: {remark.sentence(place_of)}."
        issues.append(Issue("read_with_doubt", "post", None, WARNING, message))
    return column_read


def _refused(tag: str, cell: object, column_read: ColumnRead) -> str:
    fault = column_read.fault(cell)
    return f"{tag} {fault}" if fault.startswith("'") else f"{tag}: {fault}"
