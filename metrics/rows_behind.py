"""The rows behind a figure, and what it splits into: as kept at derive, or as known on a day."""

from sqlalchemy import FromClause, Select, func, select

from data_access.dialect import with_large_joins
from metrics.kept_rows import rows_of
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
    told = (*COUNTED, *metric.drill_down, "place", "position")
    return _read(select(*(counted.c[name] for name in told)), basis)


def split(metric: Metric, view: View, basis: Basis) -> Select:
    """The figure's parts by the metric's split: part, numerator, denominator, rows."""
    assert metric.split.by, f"{metric.key} declares no split"
    counted = _in_scope(metric, view, basis).subquery()
    part = counted.c[metric.split.by]
    parts = select(
        part.label("part"),
        func.sum(counted.c.numerator).label("numerator"),
        func.sum(counted.c.denominator).label("denominator"),
        func.count().label("rows"),
    ).group_by(part)
    return _read(parts, basis)


def by_worker(rows: Select, part: str) -> Select:
    """`rows` added up for each worker: part (from the column of that name), worker_id, unit_id."""
    found = rows.subquery()
    one = (found.c[part].label("part"), found.c.worker_id, found.c.unit_id)
    return select(
        *one,
        func.sum(found.c.numerator).label("numerator"),
        func.sum(found.c.denominator).label("denominator"),
    ).group_by(found.c[part], found.c.worker_id, found.c.unit_id)


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
        return rows_of(metric).table(basis.settings)
    return rows_of(metric).query(Months(period, period), basis).subquery()
