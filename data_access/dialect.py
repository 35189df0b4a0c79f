"""The few things that databases spell differently. Nothing else may name a dialect."""

from typing import Any

from sqlalchemy import Date, Select, String
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.schema import CreateColumn
from sqlalchemy.sql.functions import FunctionElement

# Said of a statement that is to be read as `database.expect_large_joins` has it.
LARGE_JOINS = "large_joins"


class add_days(FunctionElement):
    """The date so many days after a date."""

    type = Date()
    inherit_cache = True


class add_months(FunctionElement):
    """The date so many calendar months after a date, clipped to the month's last day."""

    type = Date()
    inherit_cache = True


def with_large_joins(query: Select) -> Select:
    """`query`, told to run clocks anew: it joins many rows where a database expects few."""
    return query.execution_options(**{LARGE_JOINS: True})


def _two(element: Any, compiler: Any, **options: Any) -> tuple[str, str]:
    first, second = (compiler.process(clause, **options) for clause in element.clauses)
    return first, second


@compiles(add_days)
def _add_days(element: Any, compiler: Any, **options: Any) -> str:
    day, days = _two(element, compiler, **options)
    return f"(CAST({day} AS DATE) + CAST({days} AS INTEGER))"


@compiles(add_months, "duckdb")
def _add_months_duckdb(element: Any, compiler: Any, **options: Any) -> str:
    day, months = _two(element, compiler, **options)
    return f"CAST(CAST({day} AS DATE) + to_months(CAST({months} AS INTEGER)) AS DATE)"


@compiles(add_months, "postgresql")
def _add_months_postgresql(element: Any, compiler: Any, **options: Any) -> str:
    day, months = _two(element, compiler, **options)
    return f"CAST(CAST({day} AS DATE) + make_interval(months => CAST({months} AS INTEGER)) AS DATE)"


@compiles(CreateColumn, "postgresql")
def _create_column_postgresql(element: Any, compiler: Any, **options: Any) -> str | None:
    """Text that sorts by its bytes, as DuckDB and Python have it, whatever a database's locale.

    Which of two allocations counts, where a list begins and the last of two ids are told by how
    text sorts: a figure must not be another one where a server sorts as a dictionary.
    """
    written = compiler.visit_create_column(element, **options)
    is_text = isinstance(element.element.type, String)
    return f'{written} COLLATE "C"' if written and is_text else written
