"""What derive keeps for the pages: each metric's rows, and what the work lists are made of.

Names are kept with the rows: to find them among all children would take a page longer than all
the rest. Who may not see them is not given the columns (`data_access.viewer`).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from sqlalchemy import Integer, Select, Table, case, func, select

from data_access.guard.asked import as_sorted
from data_access.kept_rows import kept_table
from data_access.schema import child, unit, worker
from data_access.settings import Settings
from metrics.model import Basis, Metric, Months, Period, Rows

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
        rows = named(rows) if self.with_names else rows
        rows = counted_first(rows) if "place" in self.listed_by else rows
        return in_position(rows, self.listed_by, self.listed_within) if self.listed_by else rows

    def table(self, settings: Settings) -> Table:
        """The table, to be read; it is filled at derive."""
        return _table(self, settings)


def kept_rows_of(metric: Metric) -> KeptRows:
    """The metric's rows, by month and unit; listed as pages list what is behind a figure."""
    return KeptRows(metric.key, metric.rows, ("month", "unit_id"), COUNTED_FIRST, ("month",))


def named(rows: Select) -> Select:
    """`rows` with unit_name, worker_name and child_name; a restricted child's name is NULL."""
    inner = rows.subquery()
    return select(
        *inner.c,
        unit.c.name.label("unit_name"),
        worker.c.name.label("worker_name"),
        case((child.c.restricted, None), else_=child.c.name).label("child_name"),
    ).select_from(
        inner.outerjoin(unit, unit.c.unit_id == inner.c.unit_id)
        .outerjoin(worker, worker.c.worker_id == inner.c.worker_id)
        .outerjoin(child, child.c.child_id == inner.c.child_id)
    )


def counted_first(rows: Select) -> Select:
    """The rows behind a figure with `place`: 0 where the row adds to the numerator, else 1.

    To order a list by: what the figure is about comes before what it is measured against.
    """
    inner = rows.subquery()
    return select(case((inner.c.numerator != 0, 0), else_=1).label("place"), *inner.c)


def in_position(rows: Select, listed_by: Sequence[str], within: Sequence[str] = ()) -> Select:
    """`rows` with their `position` from 1, ordered by some columns and then by all of them."""
    inner = rows.subquery()
    listed = dict.fromkeys((*listed_by, *inner.c.keys()))
    position = func.row_number(type_=Integer).over(
        partition_by=[inner.c[name] for name in within] or None,
        order_by=[key for name in listed if name not in within for key in as_sorted(inner.c[name])],
    )
    return select(*inner.c, position.label("position"))


@cache
def _table(kept_rows: KeptRows, settings: Settings) -> Table:
    query = kept_rows.query(Months(ANY_MONTH, ANY_MONTH), Basis(settings, ANY_MONTH.last_day))
    return kept_table(kept_rows.name, query, kept_rows.order)
