"""Columns that a load leaves empty because every value of them was refused."""

from collections import Counter
from collections.abc import Iterable, Mapping

from sqlalchemy import Connection, func, select

from data_access.schema import metadata
from loading.sources.reading import Issue, Reading

# By table, or list, and column: how many values were refused, none being left.
Emptied = Mapping[tuple[str, str], int]


def emptied_columns(
    connection: Connection, issues: Iterable[Issue], readings: Iterable[Reading]
) -> Emptied:
    """The columns of which values were refused and none is left: of tables, and of lists."""
    refused = Counter((issue.table_name, issue.emptied) for issue in issues if issue.emptied)
    found = {
        (table, column): cells
        for (table, column), cells in refused.items()
        if column and table in metadata.tables and _is_empty(connection, table, column)
    }
    for reading in readings:
        found.update(reading.emptied)
        for sheet in reading.sheets.values():
            for column, cells in sheet.get("emptied", {}).items():
                found[sheet["table"], column] = cells
    return found


def _is_empty(connection: Connection, table: str, column: str) -> bool:
    filled = select(func.count(metadata.tables[table].c[column]))
    return connection.execute(filled).scalar_one() == 0


def named(emptied: Emptied) -> dict[str, int]:
    """The columns as the record of a load names them: "visit.recorded_on"."""
    return {f"{table}.{column}": cells for (table, column), cells in emptied.items()}
