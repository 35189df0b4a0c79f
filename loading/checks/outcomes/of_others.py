"""Finds what schools, early help and services say that names no child here, or can't add up.

Every query runs as it stands on DuckDB and PostgreSQL.
"""

from collections.abc import Iterator

from sqlalchemy import Exists, Table, and_, func, literal, select

from data_access.schema import child, early_help, education_period, intervention
from loading.checks.breaches import LEAVE_OUT, Breach, Situation, rows_of
from loading.checks.check import PERFORMANCE, WHO_SENT_IT, Check
from loading.sources.reading import ERROR, WARNING

# Their rows may be of a whole family, and then name no child.
OF_A_FAMILY = (early_help, intervention)


def of_nobody_here(_: Situation) -> Iterator[Breach]:
    """Rows of which neither the child nor the family is in the child table."""
    for table in OF_A_FAMILY:
        named = func.coalesce(table.c.child_id, table.c.family_id, "no id")
        query = rows_of(table, missing=named).where(
            ~_is_child(table, "child_id"), ~_is_child(table, "family_id")
        )
        yield Breach(table, query, LEAVE_OUT, "child_id")


def _is_child(table: Table, name: str) -> Exists:
    return select(literal(1)).where(child.c[name] == table.c[name]).exists()


def more_than_possible(_: Situation) -> Iterator[Breach]:
    """Periods at school whose sessions attended and missed are more than were possible."""
    told = education_period.c
    query = rows_of(education_period, possible=told.possible).where(
        told.attended + func.coalesce(told.authorised, 0) + func.coalesce(told.unauthorised, 0)
        > told.possible
    )
    yield Breach(education_period, query, column="possible")


def reasons_without_an_end(_: Situation) -> Iterator[Breach]:
    """Early help and services with a reason for which they ended, and no day on which."""
    for table in OF_A_FAMILY:
        ended = table.c.ended_on
        told = rows_of(table).where(and_(ended.is_(None), table.c.end_reason.is_not(None)))
        yield Breach(table, told, column=ended.name)


CHECKS: tuple[Check, ...] = (
    Check(
        "of_nobody_here",
        ERROR,
        PERFORMANCE,
        "{missing} is neither a child nor a family of the child table: add the child, or correct"
        " child_id or family_id",
        of_nobody_here,
    ),
    Check(
        "more_sessions_than_possible",
        WARNING,
        WHO_SENT_IT,
        "sessions attended and missed come to more than the {possible} possible: those attended"
        " count. Correct the numbers",
        more_than_possible,
    ),
    Check(
        "help_ended_at_no_day",
        WARNING,
        PERFORMANCE,
        "it says how it ended, and ended_on is empty: when it ended is not known. Enter the day,"
        " or take the reason out",
        reasons_without_an_end,
    ),
)
