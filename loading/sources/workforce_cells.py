"""What a workforce census return says of each worker, tag by tag, each tag read as one column."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from data_access.problems import Problem
from loading.columns import days, ids, numbers
from loading.columns.column_read import (
    EXCEL_DAY_0,
    ColumnRead,
    ColumnReader,
    ColumnRefused,
    by_cell,
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
    "AgencyWorker": by_cell(cells.yes_or_no),
    "OrgRole": by_cell(cells.text),
    "StartOrigin": by_cell(cells.text),
}


@dataclass(frozen=True)
class WorkerTold:
    """One worker: where it stands, the value of each tag, and what is wrong with those refused."""

    where: str
    values: Mapping[str, Any]
    refused: Mapping[str, str]


def workers_told(file: str, elements: Sequence[Any], issues: list[Issue]) -> list[WorkerTold]:
    """Each worker of a return; `issues` are told what was decided for a whole tag."""
    columns = {tag: [one.findtext(tag) for one in elements] for tag in TAGS}
    read = {tag: _read(file, tag, columns[tag], issues) for tag in TAGS}
    return [
        WorkerTold(
            f"{file}, worker {place + 1}",
            {tag: found.values[columns[tag][place]] for tag, found in read.items()},
            {
                tag: _refused(tag, columns[tag][place], found)
                for tag, found in read.items()
                if columns[tag][place] in found.refused
            },
        )
        for place in range(len(elements))
    ]


def _read(file: str, tag: str, column: Sequence[str | None], issues: list[Issue]) -> ColumnRead:
    def place_of(cell: object) -> str:
        return with_place(shown(cell), f"worker {column.index(cell) + 1}")

    try:
        found = TAGS[tag](dict.fromkeys(column), EXCEL_DAY_0)
    except ColumnRefused as refused:
        raise Problem(f"{file}, {tag}: {refused.remark.told(place_of)}.") from None
    for remark in found.said:
        said = f"{file}, {tag}: {remark.told(place_of)}."
        issues.append(Issue("read_with_doubt", "post", None, WARNING, said))
    return found


def _refused(tag: str, cell: object, found: ColumnRead) -> str:
    return f"{tag} {shown(cell)}".strip() + f": {found.refused[cell]}"
