"""Quantiles of metrics' row columns: counted once at load, for they do not add up."""

from collections.abc import Iterable, Iterator, Mapping
from typing import TypeVar

from sqlalchemy import ColumnElement, FromClause, Insert, Row, Select, func, literal, select

from data_access.load_info import LoadInfo
from data_access.schema import quantile
from metrics.catalogue import CATALOGUE
from metrics.kept_rows import kept_rows_of
from metrics.model import SERVICE, Metric, Period, Quantile, Spread

T = TypeVar("T")


def count_quantiles(load: LoadInfo) -> Iterator[Insert]:
    """The statements that fill `quantile`, from the rows kept before: a unit, a month.

    The service's are worked out from all rows anew. No row where there was nothing to count.
    """
    for metric in CATALOGUE.values():
        if metric.key not in load.not_in_source:
            for declared in metric.beside.quantiles:
                kept = kept_rows_of(metric).some("unit_id", "month", declared.column)
                yield _insert(per_unit(metric, declared, kept))
                yield _insert(of_the_service(metric, declared, kept))


def per_unit(metric: Metric, declared: Quantile, counted: FromClause) -> Select:
    """One row per unit and month with a row to count: metric, unit_id, month, key, value, n.

    `counted` are rows of the metric, or what was kept of them. By nearest rank, which DuckDB and
    PostgreSQL work out alike; NULLs are left out.
    """
    return _quantile(metric, declared, counted, counted.c.unit_id).group_by(
        counted.c.unit_id, counted.c.month
    )


def of_the_service(metric: Metric, declared: Quantile, counted: FromClause) -> Select:
    """The same over all units and rows without a unit: one row per month, unit_id "*"."""
    return _quantile(metric, declared, counted, literal(SERVICE)).group_by(counted.c.month)


def _quantile(
    metric: Metric, declared: Quantile, counted: FromClause, unit_id: ColumnElement[str]
) -> Select:
    column = counted.c[declared.column]
    return select(
        literal(metric.key).label("metric"),
        unit_id.label("unit_id"),
        counted.c.month,
        literal(declared.key).label("key"),
        nearest_rank(column, declared.share).label("value"),
        func.count(column).label("n"),
    ).where(column.is_not(None))


def nearest_rank(column: ColumnElement[T], share: float) -> ColumnElement[T]:
    """The least value within which such a share of the column lies; NULLs are left out."""
    return func.percentile_disc(share).within_group(column)


def _insert(query: Select) -> Insert:
    return quantile.insert().from_select([column.name for column in quantile.columns], query)


def stored_quantiles() -> Select:
    """Every stored quantile: metric, unit_id, month, key, value, n."""
    return select(*quantile.c)


def spreads(
    stored: Iterable[Row],
) -> Mapping[tuple[str, str | None, Period], Mapping[str, Spread]]:
    """The stored quantiles by metric, unit and month, each by its key."""
    spreads_by_place: dict[tuple[str, str | None, Period], dict[str, Spread]] = {}
    for row in stored:
        place = (row.metric, row.unit_id, Period.of(row.month))
        spreads_by_place.setdefault(place, {})[row.key] = Spread(row.value, row.n)
    return spreads_by_place
