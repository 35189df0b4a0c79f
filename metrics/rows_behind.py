"""The rows behind a figure, and what they add up to: as kept at derive, or as known on a day."""

from sqlalchemy import ColumnElement, FromClause, Select, case, func, null, select

from data_access.dialect import with_large_joins
from data_access.guard.open_rows import CLOSED
from metrics.kept_rows import kept_rows_of
from metrics.model import Basis, Metric, Months, Period, View

COUNTED = (
    "month",
    "unit_id",
    "unit_name",
    "worker_id",
    "worker_name",
    "child_id",
    "child_name",
    "numerator",
    "denominator",
)


def rows_behind(metric: Metric, view: View, basis: Basis) -> Select:
    """The rows that add up to the figure of `view`, with the unit's, worker's and child's names.

    Columns: month, unit_id, unit_name, worker_id, worker_name, child_id, child_name, numerator,
    denominator, then the metric's drill-down. A restricted child's name is NULL.
    To be run by `viewer.read_records` only.
    """
    counted = _in_scope(metric, view, basis).subquery()
    return _read(select(*(counted.c[name] for name in (*COUNTED, *metric.drill_down))), basis)


def rows_listed(metric: Metric, view: View, basis: Basis) -> Select:
    """`rows_behind` for a list: with `place`, see `counted_first`, and `position` in the list."""
    counted = _in_scope(metric, view, basis).subquery()
    columns = (*COUNTED, *metric.drill_down, "place", "position")
    return _read(select(*(counted.c[name] for name in columns)), basis)


def sums_by_part(rows: Select, part: str) -> Select:
    """`rows`, set apart by `is_closed`, added up by the column `part`, see `told_apart`.

    Columns: part, is_closed, numerator, denominator, rows. They hold no person.
    """
    seen = rows.subquery()
    by = told_apart(seen, part)
    return select(
        *by,
        func.sum(seen.c.numerator).label("numerator"),
        func.sum(seen.c.denominator).label("denominator"),
        func.count().label("rows"),
    ).group_by(*by)


def told_apart(seen: FromClause, part: str) -> tuple[ColumnElement, ColumnElement]:
    """The part that each row is told in, and whether it is closed.

    Closed rows, of restricted records that the viewer may not see, are one part without a key:
    in another they would tell of the one child there.
    """
    closed = seen.c[CLOSED]
    return case((closed, null()), else_=seen.c[part]).label("part"), closed


def sums_by_worker(rows: Select, part: str) -> Select:
    """`rows` added up for each worker: part (from the column of that name), worker_id, unit_id."""
    listed = rows.subquery()
    worker_and_part = (listed.c[part].label("part"), listed.c.worker_id, listed.c.unit_id)
    return select(
        *worker_and_part,
        func.sum(listed.c.numerator).label("numerator"),
        func.sum(listed.c.denominator).label("denominator"),
    ).group_by(listed.c[part], listed.c.worker_id, listed.c.unit_id)


def _read(query: Select, basis: Basis) -> Select:
    """What was known on another day is counted anew, over rows that were not kept."""
    return query if basis.known_on is None else with_large_joins(query)


def _in_scope(metric: Metric, view: View, basis: Basis) -> Select:
    counted = _counted(metric, view.period, basis)
    return select(*counted.c).where(
        counted.c.month == view.period.start, view.scope.holds(counted.c.unit_id)
    )


def _counted(metric: Metric, period: Period, basis: Basis) -> FromClause:
    """The rows as kept at derive, or counted anew for what was known on another day."""
    if basis.known_on is None:
        return kept_rows_of(metric).table(basis.settings)
    return kept_rows_of(metric).query(Months(period, period), basis).subquery()
