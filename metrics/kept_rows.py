"""What derive keeps for the pages: each metric's rows, and what the work lists are made of.

Names are kept with the rows: to find them among all children would take a page longer than all
the rest. Who may not see them is not given the columns (`data_access.viewer`).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from sqlalchemy import (
    ColumnElement,
    FromClause,
    Integer,
    Select,
    Subquery,
    Table,
    TableClause,
    case,
    func,
    select,
)

from data_access.guard.asked import PEOPLE, as_sorted
from data_access.guard.folded import folded_column
from data_access.kept_rows import kept_columns, kept_table
from data_access.schema import child, unit, worker
from data_access.settings import Settings
from metrics.model import Basis, Metric, Months, Period, Rows

# In which place a name comes among all names: found once, as numbers are sorted faster than words.
PLACES = {name: f"{name}_place" for name in PEOPLE}
ANY_MONTH = Period(2000, 1)
COUNTED_FIRST = ("place", "unit_name", "worker_name", "child_name")


@dataclass(frozen=True)
class KeptRows:
    """A query whose rows are kept, in the `order` in which they are asked for.

    With their names, unless they bring what names they need. Where the rows are `listed_by` some
    columns, `position` counts them in that order, from 1 in each of `listed_within`: a page of a
    long list is found without ordering the list.
    """

    name: str
    rows: Rows
    order: tuple[str, ...]
    listed_by: tuple[str, ...] = ()
    listed_within: tuple[str, ...] = ()
    with_names: bool = True

    @property
    def by_month(self) -> bool:
        """Whether each row is of one month, so that months may be asked for one after another."""
        return self.order[0] == "month"

    def query(self, months: Months, basis: Basis) -> Select:
        """What fills the table."""
        rows = self.rows(months, basis)
        if self.with_names:
            rows = _with_names(rows, _placed_names(basis) if self.listed_by else _names())
        rows = counted_first(rows) if "place" in self.listed_by else rows
        return in_position(rows, self.listed_by, self.listed_within) if self.listed_by else rows

    def table(self, settings: Settings) -> Table:
        """The table, to be read; it is filled at derive."""
        return _table(self, settings)

    def filled_by(self, queries: Sequence[Select], settings: Settings) -> Table:
        """The same, to be filled by such `queries`: to make one more for its columns takes long."""
        return kept_table(self.name, queries[0], self.order) if queries else self.table(settings)

    def some(self, *names: str) -> TableClause:
        """Columns of the table, by their names alone, to be counted."""
        return kept_columns(self.name, names)


def kept_rows_of(metric: Metric) -> KeptRows:
    """The metric's rows, by month and unit; listed as pages list what is behind a figure."""
    return KeptRows(metric.key, metric.rows, ("month", "unit_id"), COUNTED_FIRST, ("month",))


def named(rows: Select) -> Select:
    """`rows` with unit_name, worker_name and child_name; a restricted child's name is NULL."""
    return _with_names(rows, _names())


def _with_names(rows: Select, of_people: tuple[FromClause, FromClause]) -> Select:
    """`named`, with the names of workers and of children, and what stands beside each."""
    inner, (of_workers, of_children) = rows.subquery(), of_people
    names = [one for of in of_people for one in of.c if not one.key.endswith("_id")]
    return select(*inner.c, unit.c.name.label("unit_name"), *names).select_from(
        inner.outerjoin(unit, unit.c.unit_id == inner.c.unit_id)
        .outerjoin(of_workers, of_workers.c.worker_id == inner.c.worker_id)
        .outerjoin(of_children, of_children.c.child_id == inner.c.child_id)
    )


def _placed_names(basis: Basis) -> tuple[FromClause, FromClause]:
    """The names, with the place of each among all, which every list is sorted by."""
    of_workers, of_children = _names(placed=True)
    return basis.shared("named_workers", of_workers), basis.shared("named_children", of_children)


def _names(placed: bool = False) -> tuple[Subquery, Subquery]:
    of_child = case((child.c.restricted, None), else_=child.c.name)
    of_each = (
        (worker.c.worker_id, worker.c.name, "worker_name"),
        (child.c.child_id, of_child, "child_name"),
    )
    workers, children = (
        select(
            id_column,
            name.label(called),
            *[_place_of(name).label(PLACES[called])] * placed,
        ).subquery()
        for id_column, name, called in of_each
    )
    return workers, children


def _place_of(name: ColumnElement[str]) -> ColumnElement[int]:
    """In which place the name comes as lists are sorted; those alike share it, NULL has none."""
    place = func.dense_rank(type_=Integer).over(order_by=(folded_column(name), name))
    return case((name.is_(None), None), else_=place)


def counted_first(rows: Select) -> Select:
    """The rows behind a figure with `place`: 0 where the row adds to the numerator, else 1.

    To order a list by: what the figure is about comes before what it is measured against.
    """
    inner = rows.subquery()
    return select(case((inner.c.numerator != 0, 0), else_=1).label("place"), *inner.c)


def in_position(rows: Select, listed_by: Sequence[str], within: Sequence[str] = ()) -> Select:
    """`rows` with their `position` from 1, ordered by some columns and then by all of them."""
    inner = rows.subquery()
    shown = [column.key for column in inner.c if column.key not in PLACES.values()]
    listed = [name for name in dict.fromkeys((*listed_by, *shown)) if name not in within]
    position = func.row_number(type_=Integer).over(
        partition_by=[inner.c[name] for name in within] or None,
        order_by=[key for name in listed for key in _sorted_by(name, inner)],
    )
    return select(*(inner.c[name] for name in shown), position.label("position"))


def _sorted_by(name: str, rows: Subquery) -> list[ColumnElement]:
    """By what a column is sorted: a name by its place among all, where that stands beside it."""
    place = rows.c.get(PLACES.get(name, ""))
    return as_sorted(rows.c[name]) if place is None else [place]


@cache
def _table(kept_rows: KeptRows, settings: Settings) -> Table:
    query = kept_rows.query(Months(ANY_MONTH, ANY_MONTH), Basis(settings, ANY_MONTH.last_day))
    return kept_table(kept_rows.name, query, kept_rows.order)
