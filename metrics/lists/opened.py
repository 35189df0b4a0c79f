"""Children whose records a viewer was given, and queries that tell of each of them."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import ColumnElement, FromClause, Row, Select, String, literal, select

from data_access.schema import child


@dataclass(frozen=True)
class Opened:
    """Children, and the one unit through which the viewer was given them all.

    That is the unit in a row of `child_story.about`, or of a list of the children whom it holds.
    """

    child_ids: tuple[str, ...]
    unit_id: str | None

    @property
    def unit(self) -> ColumnElement:
        """The unit as a column, by which the guard lets the rows through."""
        return literal(self.unit_id, String).label("unit_id")


def through(
    opened: Opened, source: FromClause, of: ColumnElement, *columns: ColumnElement
) -> Select:
    """`columns` of `source`, after the unit through which the children were opened, and the child.

    `of` is the column of `source` that says which child a row is about.
    """
    told = select(opened.unit, of.label("child_id"), *columns).select_from(source)
    return told.where(of.in_(opened.child_ids))


def each(opened: Opened, *columns: ColumnElement) -> Select:
    """One row per child: unit_id, child_id, then `columns`."""
    return through(opened, child, child.c.child_id, *columns)


def by_child(rows: Iterable[Row], named: str = "child_id") -> dict[str, list[Row]]:
    """The rows of each child, in their order; `named` is the column that says of whom they tell."""
    found: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        found[getattr(row, named)].append(row)
    return dict(found)
