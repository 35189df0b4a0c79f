"""Finds units that are said to continue what can't be continued: none, themselves, in a circle."""

from collections.abc import Iterator

from sqlalchemy import and_, literal, select

from data_access.relations import continued
from data_access.schema import unit
from loading.checks.breaches import BLANK, KEEP, Breach, Situation, rows_of


def of_no_unit(_: Situation) -> Iterator[Breach]:
    """Units that continue one that is in no row."""
    older = unit.alias("older")
    known = select(literal(1)).where(older.c.unit_id == unit.c.continues).exists()
    query = rows_of(unit, missing=unit.c.continues)
    query = query.where(and_(unit.c.continues.is_not(None), ~known))
    yield Breach(unit, query, BLANK, "continues")


def in_a_circle(_: Situation) -> Iterator[Breach]:
    """Units that continue themselves, at once or by way of others; every one of the circle."""
    reached = continued()
    query = (
        rows_of(unit, older=unit.c.continues)
        .join(reached, reached.c.unit_id == unit.c.unit_id)
        .where(reached.c.older == unit.c.unit_id)
    )
    yield Breach(unit, query, BLANK, "continues")


def at_no_known_day(_: Situation) -> Iterator[Breach]:
    """Units that continue another, where neither says when: their charts can't be joined."""
    older = unit.alias("older")
    query = (
        rows_of(unit, older=unit.c.continues)
        .join(older, older.c.unit_id == unit.c.continues)
        .where(unit.c.opened_on.is_(None), older.c.closed_on.is_(None))
    )
    yield Breach(unit, query, KEEP, "opened_on")
