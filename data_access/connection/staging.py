"""The tables of a connection's own in which it keeps what it works out once."""

from sqlalchemy import Column, FromClause, MetaData, Table

_KNOWN: dict[tuple, Table] = {}


def staged_table(name: str, rows: FromClause) -> Table:
    """One and the same for rows of the same columns: what asks of it need not be compiled again."""
    key = (name, *((column.name, repr(column.type)) for column in rows.c))
    if key not in _KNOWN:
        columns = (Column(column.name, column.type) for column in rows.c)
        _KNOWN[key] = Table(name, MetaData(), *columns, prefixes=["TEMPORARY"])
    return _KNOWN[key]
