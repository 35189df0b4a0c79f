"""What derive keeps for the pages: each metric's rows, and what the work lists are made of.

Names are kept with the rows: to find them among all children would take a page longer than all
the rest. Who may not see them is not given the columns (`data_access.viewer`).
"""

from dataclasses import dataclass
from functools import cache

from sqlalchemy import Select, Table, case, select

from data_access.kept import kept_table
from data_access.schema import child, unit, worker
from data_access.settings import Settings
from metrics.model import Basis, Metric, Months, Period, Rows

ANY_MONTH = Period(2000, 1)


@dataclass(frozen=True)
class Kept:
    """A query whose rows are kept, with their names, in the order in which they are asked for."""

    name: str
    rows: Rows
    order: tuple[str, ...]

    def query(self, months: Months, basis: Basis) -> Select:
        """What fills the table."""
        return named(self.rows(months, basis))

    def table(self, settings: Settings) -> Table:
        """The table, to be read; it is filled at derive."""
        return _table(self, settings)


def rows_of(metric: Metric) -> Kept:
    """The metric's rows, by month and unit."""
    return Kept(metric.key, metric.rows, ("month", "unit_id"))


def named(rows: Select) -> Select:
    """`rows` with unit_name, worker_name and child_name; a restricted child's name is NULL."""
    of = rows.subquery()
    return select(
        *of.c,
        unit.c.name.label("unit_name"),
        worker.c.name.label("worker_name"),
        case((child.c.restricted, None), else_=child.c.name).label("child_name"),
    ).select_from(
        of.outerjoin(unit, unit.c.unit_id == of.c.unit_id)
        .outerjoin(worker, worker.c.worker_id == of.c.worker_id)
        .outerjoin(child, child.c.child_id == of.c.child_id)
    )


@cache
def _table(kept: Kept, settings: Settings) -> Table:
    query = kept.query(Months(ANY_MONTH, ANY_MONTH), Basis(settings, ANY_MONTH.last_day))
    return kept_table(kept.name, query, kept.order)
