"""What a column of the SSD, the Standard Safeguarding Dataset, is to us: names, and reading."""

from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import Column, Date, MetaData, String, Table
from sqlalchemy.types import TypeEngine

from data_access.code_sets.code_set import CodeSet
from loading.columns import ids
from loading.columns.column_read import ColumnReader


@dataclass(frozen=True)
class Field:
    """One column: `name` as version 1.4.5 has it, `also` as other versions and systems call it.

    `column` is ours: it says how the cells are read, and what frames call them unless `to` does.
    `codes` or `reader` read them where our column leaves that open. A row without a value of a
    field that is `needed` can't be used.
    """

    name: str
    column: Column
    also: tuple[str, ...] = ()
    to: str = ""
    codes: CodeSet | None = None
    reader: ColumnReader | None = None
    needed: bool = False

    @property
    def key(self) -> str:
        """What frames call it."""
        return self.to or self.column.name

    @property
    def names(self) -> tuple[str, ...]:
        """All that it is called, the specification's name first."""
        return (self.name, *self.also)


@dataclass(frozen=True)
class SsdTable:
    """One table: `fields` with that of its rows' own id first; `gives` is the table that it fills.

    `links` are fields by which the child is found where a row does not name it.
    """

    name: str
    gives: str
    fields: tuple[Field, ...]
    also: tuple[str, ...] = ()

    @property
    def own_id(self) -> Field:
        """The field by which a row is told from others."""
        return self.fields[0]

    def __iter__(self) -> Iterator[Field]:
        return iter(self.fields)


def own(table: str, name: str, kind: type[TypeEngine] = String) -> Column:
    """A column that no table of ours has, for what only puts rows together; it may be empty."""
    return Table(table, MetaData(), Column(name, kind)).c[name]


def link(name: str, table: str, to: str, *also: str) -> Field:
    """A field with the id of another table's row."""
    return Field(name, own(table, to), also, reader=ids.read)


def day(name: str, table: str, to: str, *also: str) -> Field:
    """A field with a day that no column of ours has."""
    return Field(name, own(table, to, Date), also)
