"""Rows that a connection works out once and asks of several times."""

from sqlalchemy import Column, Connection, FromClause, MetaData, Table, select, text
from sqlalchemy.schema import DropTable

_STAGED: dict[tuple, Table] = {}


def staged(connection: Connection, name: str, rows: FromClause) -> Table:
    """`rows` in a table of this connection's own, made anew, with the database's count of it."""
    table = _staged_table(f"staged_{name}", rows)
    connection.execute(DropTable(table, if_exists=True))
    table.create(connection, checkfirst=False)
    connection.execute(table.insert().from_select(list(rows.c.keys()), select(*rows.c)))
    if connection.dialect.name == "postgresql":
        connection.execute(text(f"ANALYZE {table.name}"))
    return table


def _staged_table(name: str, rows: FromClause) -> Table:
    """One and the same for rows of the same columns: what asks of it need not be compiled again."""
    key = (name, *((column.name, repr(column.type)) for column in rows.c))
    if key not in _STAGED:
        columns = (Column(column.name, column.type) for column in rows.c)
        _STAGED[key] = Table(name, MetaData(), *columns, prefixes=["TEMPORARY"])
    return _STAGED[key]
