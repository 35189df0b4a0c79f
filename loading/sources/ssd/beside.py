"""Tables that stand beside an SSD in its schema, as extension tables do: their columns and rows."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from sqlalchemy import column, func, select, table

from data_access.connection.source_snapshots import Snapshot


@dataclass(frozen=True)
class OtherTable:
    """The names of a table's columns, as its database has them, and its rows, some at a time.

    The rows come once, from the open snapshot: a table of millions is never held as rows.
    """

    columns: Sequence[str]
    parts: Iterator[Sequence[Sequence[object]]]


def tables_beside(
    snapshot: Snapshot, schema: str | None, is_wanted: Callable[[str], bool]
) -> dict[str, OtherTable]:
    """The tables and views of the schema whose name in small letters is wanted, by that name.

    To be called while the SSD is read (`read_ssd`'s `also`): so all is of one moment.
    """
    names = _named(snapshot, schema, is_wanted)
    return {name.lower(): _table_of(snapshot, schema, name) for name in names}


def rows_beside(
    snapshot: Snapshot, schema: str | None, is_wanted: Callable[[str], bool]
) -> dict[str, int]:
    """How many rows each of the same tables has, before one is read."""
    count = select(func.count())
    return {
        name.lower(): snapshot.number_of(count.select_from(table(name, schema=schema)))
        for name in _named(snapshot, schema, is_wanted)
    }


def _named(snapshot: Snapshot, schema: str | None, is_wanted: Callable[[str], bool]) -> list[str]:
    inspector = snapshot.inspector()
    names = [*inspector.get_table_names(schema=schema), *inspector.get_view_names(schema=schema)]
    return [name for name in names if is_wanted(name.lower())]


def _table_of(snapshot: Snapshot, schema: str | None, name: str) -> OtherTable:
    there = [one["name"] for one in snapshot.inspector().get_columns(name, schema=schema)]
    of_table = table(name, *(column(one) for one in there), schema=schema)
    query = select(*(of_table.c[one] for one in there))
    return OtherTable(there, snapshot.rows(query))
