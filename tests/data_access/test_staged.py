"""Rows that a connection stages: those that it is given last, of the columns that they have."""

from sqlalchemy import literal, select

from data_access.database import staged


def test_rows_of_one_name_are_those_staged_last(shared_engine):
    with shared_engine.begin() as connection:
        for number in (1, 2):
            table = staged(connection, "number", select(literal(number).label("n")).subquery())
            assert connection.execute(select(table.c.n)).scalars().all() == [number]


def test_rows_of_other_columns_are_staged_in_a_table_of_theirs(shared_engine):
    with shared_engine.begin() as connection:
        staged(connection, "some", select(literal(1).label("n")).subquery())
        rows = select(literal(1).label("n"), literal("a").label("word")).subquery()
        table = staged(connection, "some", rows)
        assert connection.execute(select(*table.c)).all() == [(1, "a")]
