"""From every metric's rows to table `figure`: the same statements for each."""

from collections.abc import Iterator
from datetime import date

from sqlalchemy import Insert, Select, and_, func, literal, or_, select

from data_access.load_info import LoadInfo
from data_access.relations import month_ends
from data_access.schema import figure, unit
from data_access.settings import Settings
from metrics.catalogue import CATALOGUE
from metrics.model import SERVICE, Basis, Months, Period, Rows

COLUMNS = ("metric", "unit_id", "month", "numerator", "denominator")


def count_figures(first: date, load: LoadInfo, settings: Settings) -> Iterator[Insert]:
    """The statements that fill `figure` for every month from `first` to the data's last day.

    Metrics that no source can support are left out, so that nothing of them can be shown as 0.
    """
    months = Months(Period.of(first), Period.of(load.as_at))
    basis = Basis(settings, load.as_at)
    for metric in CATALOGUE.values():
        supported = metric.key not in load.not_in_source
        if supported:
            yield _per_unit(metric.key, metric.rows, months, basis)
            yield _nothing_counted(metric.key, months, basis)
            yield _of_the_service(metric.key)
        for companion in metric.companions:
            if supported or companion.stands_alone:
                yield _per_unit(f"{metric.key}.{companion.key}", companion.rows, months, basis)
                yield _of_the_service(f"{metric.key}.{companion.key}")


def _per_unit(key: str, rows: Rows, months: Months, basis: Basis) -> Insert:
    counted = rows(months, basis).subquery()
    return _insert(
        select(
            literal(key),
            counted.c.unit_id,
            counted.c.month,
            func.sum(counted.c.numerator),
            func.sum(counted.c.denominator),
        ).group_by(counted.c.unit_id, counted.c.month)
    )


def _nothing_counted(key: str, months: Months, basis: Basis) -> Insert:
    """Zero over zero, which has no value, for units that were open and had nothing to count."""
    ends = month_ends(months.first.start, months.last.start, basis.as_at)
    was_open = and_(
        or_(unit.c.opened_on.is_(None), unit.c.opened_on <= ends.c.last_day),
        or_(unit.c.closed_on.is_(None), unit.c.closed_on > ends.c.month),
    )
    already = figure.alias()
    counted = and_(
        already.c.metric == key,
        already.c.unit_id == unit.c.unit_id,
        already.c.month == ends.c.month,
    )
    return _insert(
        select(literal(key), unit.c.unit_id, ends.c.month, literal(0), literal(0))
        .select_from(ends.join(unit, was_open).outerjoin(already, counted))
        .where(already.c.metric.is_(None))
    )


def _of_the_service(key: str) -> Insert:
    counted = figure.alias()
    return _insert(
        select(
            literal(key),
            literal(SERVICE),
            counted.c.month,
            func.sum(counted.c.numerator),
            func.sum(counted.c.denominator),
        )
        .where(counted.c.metric == key)
        .group_by(counted.c.month)
    )


def _insert(query: Select) -> Insert:
    return figure.insert().from_select(list(COLUMNS), query)
