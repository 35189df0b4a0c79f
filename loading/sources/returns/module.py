"""One list of a return, whether a CSV file or the elements of an XML file: read by its columns."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from itertools import compress

import numpy as np
from sqlalchemy import Column, MetaData, Table

from data_access.code_sets.code_set import CodeSet
from data_access.code_sets.of_columns import codes_of
from data_access.problems import Problem
from loading.columns.column_read import visible
from loading.sources.csv_columns import CsvColumn
from loading.sources.reading import ERROR, WARNING, Issue
from loading.sources.text_tables import HeadingsWanted, TextTable

MISSING = "missing_value"


@dataclass(frozen=True, eq=False)
class Module:
    """A list by its name, with its columns by their headings.

    `told_by` are the headings that only this list has.
    """

    name: str
    columns: Mapping[str, Column]
    told_by: frozenset[str] = frozenset()

    @cached_property
    def table(self) -> Table:
        """The columns as a table, by which each is read; no table of the case database."""
        return Table(self.name, MetaData(), *self.columns.values())

    @property
    def wanted(self) -> HeadingsWanted:
        """What a reader of text files is to know of the headings."""
        needed = frozenset(name for name, column in self.columns.items() if not column.nullable)
        return HeadingsWanted(self._name_of, f"'{','.join(self.columns)}'", needed)

    def _name_of(self, heading: str) -> str | None:
        name = visible(heading).strip("\"'").upper()
        return name if name in self.columns else None


@dataclass
class ModuleRows:
    """The rows of a list that can be used, and what was read and left out."""

    module: Module
    file: str
    read: int = 0
    rows: list[dict] = field(default_factory=list)
    left_out: Counter[str] = field(default_factory=Counter)
    emptied: dict[str, int] = field(default_factory=dict)

    @property
    def as_sheet(self) -> dict[str, object]:
        """What a load keeps of it: by this its loss is judged."""
        return {
            "table": self.module.name,
            "read": self.read,
            "used": len(self.rows),
            "left_out": dict(self.left_out),
            "emptied": dict(self.emptied),
        }


def read_module(
    module: Module, file: str, found: TextTable, issues: list[Issue], row: str = "row"
) -> ModuleRows:
    """The list's rows, each with the place where it stands; without what it needs one is left out.

    `row` is what the file calls a row. A needed heading that isn't there is a Problem.
    """
    for heading, column in module.columns.items():
        if not column.nullable and heading not in found.names:
            raise Problem(f"{file} has no column {heading}: export it with {module.name}.")
    values, broken = _columns(module, file, found, issues, row)
    made = ModuleRows(module, file, len(found.row_numbers))
    made.emptied.update(_emptied(module, values, broken))
    for place, number in enumerate(found.row_numbers):
        at = f"{file}, {row} {number}"
        cells = {name: column[place] for name, column in values.items()}
        rule = next(_wrong(module, cells, broken, place), None)
        if rule:
            made.left_out[rule] += 1
            issues.extend(_of_blank(module, cells, broken, place, at))
        else:
            made.rows.append({**dict.fromkeys(module.table.c.keys()), **cells, "found_at": at})
    return made


def _columns(
    module: Module, file: str, found: TextTable, issues: list[Issue], row: str
) -> tuple[dict[str, np.ndarray], dict[str, np.ndarray]]:
    """Each column's values, and the rule that each cell of it breaks."""
    table, values, broken = module.table, {}, {}
    for heading, column in module.columns.items():
        if heading in found.names:
            codes = codes_of(table.c[column.name])
            read = CsvColumn(
                file,
                table.c[column.name],
                found.by_name[heading],
                found.row_numbers,
                codes if isinstance(codes, CodeSet) else None,
                called=heading,
                row=row,
            )
            values[column.name], broken[column.name] = read.read(issues)
    return values, broken


def _emptied(
    module: Module, values: Mapping[str, np.ndarray], broken: Mapping[str, np.ndarray]
) -> Iterator[tuple[str, int]]:
    """The columns of which every value was refused, with how many these are."""
    for name, rules in broken.items():
        refused = sum(map(_is_there, rules))
        if refused and module.table.c[name].nullable and not any(map(_is_there, values[name])):
            yield name, refused


def _is_there(cell: object) -> bool:
    return cell is not None


def _needed(module: Module) -> list[str]:
    return [column.name for column in module.table.c if not column.nullable]


def _wrong(
    module: Module, cells: Mapping, broken: Mapping[str, np.ndarray], place: int
) -> Iterator[str]:
    """The rules that the row breaks in what it needs."""
    for name in _needed(module):
        if cells[name] is None:
            yield broken[name][place] or MISSING


def _of_blank(
    module: Module, cells: Mapping, broken: Mapping[str, np.ndarray], place: int, at: str
) -> Iterator[Issue]:
    """What is said of needed cells that are blank; of refused ones something was said."""
    names = [heading for heading, column in module.columns.items() if not column.nullable]
    blank = [cells[name] is None and broken[name][place] is None for name in _needed(module)]
    for heading in compress(names, blank):
        message = f"{at}: {heading} is empty; the row is left out. Correct it."
        yield Issue(MISSING, module.name, at, ERROR, message)


def doubts_of(module: Module, found: TextTable) -> Iterator[Issue]:
    """What was read of the file and may not be meant so."""
    for doubt in found.doubts:
        yield Issue("read_with_doubt", module.name, None, WARNING, doubt)
