"""Rows that are counted once, at derive, and kept as tables, so that a page only reads them."""

from collections.abc import Iterable, Sequence

from sqlalchemy import (
    Column,
    ColumnClause,
    ColumnElement,
    Connection,
    Float,
    Index,
    MetaData,
    Select,
    Table,
    TableClause,
)
from sqlalchemy.types import NullType, String, TypeEngine

from data_access.database import KEPT, make, run

ADDED_UP = ("numerator", "denominator")
POSITION = "position"


def kept_table(name: str, query: Select, order: Sequence[str]) -> Table:
    """The table that keeps the rows of `query`: its columns and types, to be asked for by `order`.

    Not one of the schema's: its columns are whatever the query brings. Where the rows have a
    `position` in a list, it comes after the `order`.
    """
    columns = (Column(column.name, _kind(column)) for column in query.selected_columns)
    table = Table(f"{KEPT}{name}", MetaData(), *columns)
    Index(f"{table.name}_order", *_in_order(table, order)).ddl_if(dialect="postgresql")
    return table


def kept_columns(name: str, columns: Iterable[str]) -> TableClause:
    """Some columns of the table that keeps such rows, without their types."""
    return TableClause(f"{KEPT}{name}", *map(ColumnClause, columns))


def keep(
    connection: Connection, table: Table, queries: Iterable[Select], order: Sequence[str]
) -> None:
    """Fills `table`, made if need be, with the rows of `queries` alone, one after another.

    Each query's lie in their order: a database that reads in blocks skips what is not asked for.
    """
    make(connection, table)
    names = [column.name for column in table.columns]
    in_order = [column.name for column in _in_order(table, order)]
    # By its names alone it is the same statement at each derive, compiled once.
    into = TableClause(table.name, *map(ColumnClause, names)).insert()
    for query in queries:
        # Its own columns: a name alone may be taken for another's of the tables that it joins.
        by = [query.selected_columns[name] for name in in_order]
        run(connection, into.from_select(names, query.order_by(*by)))


def _in_order(table: Table, order: Sequence[str]) -> list[Column]:
    asked_for = [*order, POSITION] if POSITION in table.c else order
    return [table.c[name] for name in asked_for]


def _kind(column: ColumnElement) -> TypeEngine:
    if column.name in ADDED_UP:
        return Float()
    # A NULL written as a literal says nothing of its type.
    return String() if isinstance(column.type, NullType) else column.type
