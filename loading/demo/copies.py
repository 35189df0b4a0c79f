"""The council made N times larger: every row of people and work again, in the same units."""

from sqlalchemy import (
    Column,
    ColumnElement,
    Connection,
    FromClause,
    Insert,
    Integer,
    String,
    Table,
    cast,
    column,
    insert,
    literal,
    select,
    values,
)

from data_access import schema
from data_access.database import run

# What all copies share: the same units, asked the same questions.
NOT_COPIED = (schema.unit.name, schema.survey_question.name)
_SAME_FOR_ALL = ("unit_id",)
# Nobody is born twice under one name.
_NUMBERED_TOO = ("registration_no", "name")
# Databases skip blocks of rows by day or by child where the rows lie in that order.
_ORDER = {
    "visit": ("child_id", "visited_on"),
    "time_record": ("worked_on", "worker_id"),
    "allocation": ("child_id", "started_on"),
    "plan": ("child_id", "started_on"),
    "scale_score": ("child_id", "scored_on"),
    "enquiry": ("child_id", "started_on"),
    "conference": ("child_id", "held_on"),
    "review": ("child_id", "recorded_on"),
}


def write_copies(connection: Connection, scale: int) -> None:
    """Adds `scale` - 1 copies of all rows; ids end in ~1, ~2, … so that copies stay families."""
    if scale < 2:
        return
    for table in schema.CANONICAL:
        if table.name not in NOT_COPIED:
            run(connection, _copies(table, scale))


def _copies(table: Table, scale: int) -> Insert:
    numbers = values(column("copy", Integer), name="copies").data(
        [(number,) for number in range(1, scale)]
    )
    copied = [
        _copied(table_column, numbers).label(table_column.name) for table_column in table.columns
    ]
    order = [table.c[name] for name in _ORDER.get(table.name, (table.columns[0].name,))]
    query = select(*copied).select_from(table.join(numbers, literal(True)))
    return insert(table).from_select(
        [table_column.name for table_column in table.columns],
        query.order_by(*order, numbers.c.copy),
    )


def _copied(table_column: Column, numbers: FromClause) -> ColumnElement:
    is_id = table_column.name.endswith("_id") and table_column.name not in _SAME_FOR_ALL
    if not is_id and table_column.name not in _NUMBERED_TOO:
        return table_column
    return table_column + literal("~") + cast(numbers.c.copy, String)
