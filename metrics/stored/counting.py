"""What derive counts: every metric's rows, kept; and table `figure`, which is their sums."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from sqlalchemy import (
    Date,
    FromClause,
    Insert,
    Select,
    String,
    and_,
    column,
    exists,
    func,
    literal,
    or_,
    select,
    values,
)

from data_access.load_info import LoadInfo
from data_access.relations import month_ends
from data_access.schema import figure, metadata, unit
from metrics.catalogue import CATALOGUE
from metrics.handing_on.waiting import WAITING
from metrics.kept_rows import KeptRows, kept_rows_of
from metrics.lists.listed_overdue import LISTED_OVERDUE
from metrics.lists.running_clocks import HELD_BY_WORKER, HELD_NOW, RUNNING_CLOCKS
from metrics.lists.running_reviews import RUNNING_REVIEWS
from metrics.lists.search import SEARCHED
from metrics.model import SERVICE, Basis, Metric, Months, Rows
from metrics.stored.history import with_history
from metrics.stored.people import ADDED_UP, COLUMNS, count_people

# What pages list besides the rows behind figures; each may read those before it.
WORK_LISTS = (
    *(HELD_NOW, HELD_BY_WORKER, RUNNING_CLOCKS, RUNNING_REVIEWS, LISTED_OVERDUE, SEARCHED),
    WAITING,
)


def rows_to_keep(
    blocks: Sequence[Months], load: LoadInfo, basis: Basis
) -> Iterator[tuple[KeptRows, list[Select]]]:
    """What is to be kept, with the queries that bring its rows, for the months of `blocks`.

    One query for each block; what is of no month has one. A metric that no source can support
    has none, and keeps no row; nor is one kept of a month that lacks the history.
    """
    for metric in CATALOGUE.values():
        kept_rows = kept_rows_of(metric)
        counted = filter(None, (_counted(months, load, metric) for months in blocks))
        yield kept_rows, [kept_rows.query(months, basis) for months in counted]
    for work_list in WORK_LISTS:
        asked = blocks if work_list.by_month else [Months(blocks[0].first, blocks[-1].last)]
        yield work_list, [work_list.query(months, basis) for months in asked]


def _counted(months: Months, load: LoadInfo, metric: Metric) -> Months | None:
    """Those of `months` of which the source supports the metric; None where of none."""
    return None if metric.key in load.not_in_source else with_history(months, load, metric)


def count_figures(months: Months, load: LoadInfo, basis: Basis) -> Iterator[Insert]:
    """The statements that fill `figure`, which is empty, for every one of `months`.

    A metric's own figures are the sums of the rows kept before. Metrics that no source
    can support are left out, and so are months that lack the history, so that nothing of
    them can be shown as 0.
    """
    counted_in: dict[str, Months] = {}
    beside: dict[tuple[Rows, Months], str] = {}
    for metric in CATALOGUE.values():
        counted = _counted(months, load, metric)
        if counted:
            counted_in[metric.key] = counted
            yield _per_unit(metric.key, kept_rows_of(metric).some(*ADDED_UP))
        for companion in metric.beside.companions:
            told = with_history(months, load, metric) if companion.stands_alone else counted
            if told:
                key = f"{metric.key}.{companion.key}"
                # The same companion of two metrics is counted once.
                same = beside.setdefault((companion.rows, told), key)
                yield (
                    _as_counted(key, same)
                    if same != key
                    else _per_unit(key, companion.rows(told, basis).subquery(), companion.needs)
                )
    if counted_in:
        yield _nothing_counted(counted_in, months, basis)
    yield _of_the_service()
    for key in counted_in:
        yield from count_people(CATALOGUE[key])


def _per_unit(key: str, counted: FromClause, needs: Iterable[str] = ()) -> Insert:
    """The sums of what is counted; nothing where a table that is needed for it has no row."""
    some = (exists(select(literal(1)).select_from(metadata.tables[name])) for name in needs)
    return _insert(
        select(
            literal(key),
            counted.c.unit_id,
            counted.c.month,
            func.sum(counted.c.numerator),
            func.sum(counted.c.denominator),
        )
        .where(*some)
        .group_by(counted.c.unit_id, counted.c.month)
    )


def _as_counted(key: str, same: str) -> Insert:
    """What is stored as `same`, as another's."""
    stored = (figure.c[name] for name in ADDED_UP)
    return _insert(select(literal(key), *stored).where(figure.c.metric == same))


def _nothing_counted(counted_in: Mapping[str, Months], months: Months, basis: Basis) -> Insert:
    """Zero over zero, which has no value, for units that were open and had nothing to count.

    Of each metric by its key, in the months in which it is counted.
    """
    ends = month_ends(months.first.start, months.last.start, basis.as_at)
    metric = _metrics_from(counted_in)
    was_open = and_(
        or_(unit.c.opened_on.is_(None), unit.c.opened_on <= ends.c.last_day),
        or_(unit.c.closed_on.is_(None), unit.c.closed_on > ends.c.month),
    )
    stored = figure.alias()
    counted = and_(
        stored.c.metric == metric.c.key,
        stored.c.unit_id == unit.c.unit_id,
        stored.c.month == ends.c.month,
    )
    asked = ends.join(unit, was_open).join(metric, metric.c.counted_from <= ends.c.month)
    return _insert(
        select(metric.c.key, unit.c.unit_id, ends.c.month, literal(0), literal(0))
        .select_from(asked.outerjoin(stored, counted))
        .where(stored.c.metric.is_(None))
    )


def _metrics_from(counted_in: Mapping[str, Months]) -> FromClause:
    """One row a metric: key, and counted_from, the month of its first figure."""
    rows = [(key, counted.first.start) for key, counted in counted_in.items()]
    return values(column("key", String), column("counted_from", Date), name="metric").data(rows)


def _of_the_service() -> Insert:
    """The sums over all units, rows without a unit among them, of all that is stored by then."""
    counted = figure.alias()
    return _insert(
        select(
            counted.c.metric,
            literal(SERVICE),
            counted.c.month,
            func.sum(counted.c.numerator),
            func.sum(counted.c.denominator),
        ).group_by(counted.c.metric, counted.c.month)
    )


def _insert(query: Select) -> Insert:
    return figure.insert().from_select(list(COLUMNS), query)
