"""Builds the derived tables from the canonical ones: each by inserts … select."""

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from functools import partial

import pandas as pd
from sqlalchemy import (
    Column,
    Connection,
    Date,
    Insert,
    Select,
    Subquery,
    Table,
    func,
    select,
    union_all,
)

from data_access.database import (
    empty,
    expect_large_joins,
    gather_statistics,
    make,
    run,
    staged,
    write,
)
from data_access.derived_with import what_figures_rest_on, what_proposals_rest_on
from data_access.due.clocks import Knowledge
from data_access.due.reviews import reviews_due
from data_access.due.visits import visits_due
from data_access.kept_rows import keep
from data_access.load_info import LoadInfo, load_in
from data_access.schema import (
    DERIVED,
    absence,
    allocation,
    calendar_day,
    change_taken_back,
    derived_with,
    metadata,
    plan,
    post,
    referral,
    review_due,
    segment_proposal,
    status_run,
    status_spell,
    time_record,
    transfer,
    visit,
    visit_due,
)
from data_access.settings import Settings
from loading.blocks import blocks_of_children, blocks_of_months
from loading.calendar import calendar_days
from loading.derived.segment_proposals import fill_segment_proposals
from loading.derived.status_spells import status_spells
from loading.derived.transfers import transfers
from loading.status_runs.filling import fill_status_runs
from loading.status_runs.median_stays import fill_median_stays
from metrics.catalogue import CATALOGUE
from metrics.model import Basis, Months, Shared
from metrics.stored.counting import count_figures, rows_to_keep
from metrics.stored.quantiles import count_quantiles

EARLIEST = date(2000, 1, 1)
# Whoever was under 18 when a plan began is known to no children's service 26 years later.
YEARS_BACK, YEARS_AHEAD = 26, 2


def derive(connection: Connection, settings: Settings) -> None:
    """Rebuilds the derived tables, every row of them, in the caller's transaction."""
    expect_large_joins(connection)
    load = load_in(connection)
    # A database made before there were these tables is derived again without being loaded again.
    for table in (derived_with, segment_proposal):
        make(connection, table)
    empty(connection, *DERIVED)
    write(connection, derived_with, _remembered(settings))
    earliest = _earliest_start(connection, load)
    first = load.data_from or min(max(earliest, EARLIEST), load.as_at)
    write(connection, calendar_day, _days(min(first, earliest), load.as_at))
    gather_statistics(connection)
    fill_derived(connection, settings, load.as_at)
    gather_statistics(connection)
    blocks = blocks_of_months(connection, first, load.as_at)
    basis = Basis(settings, load.as_at, shared=filled_once(connection))
    for kept, queries in rows_to_keep(blocks, load, basis):
        keep(connection, kept.filled_by(queries, settings), queries, kept.order)
    months = Months(blocks[0].first, blocks[-1].last)
    for statement in (*count_figures(months, load, basis), *count_quantiles(load)):
        run(connection, statement)
    fill_median_stays(connection, months, load, settings)
    fill_segment_proposals(connection, settings.segments, first, load.as_at)


def filled_once(connection: Connection) -> Shared:
    """`Basis.shared` of a derive: for each name a table of the session, filled when first asked."""
    filled: dict[str, Table] = {}

    def shared(name: str, rows: Subquery) -> Table:
        if name not in filled:
            filled[name] = staged(connection, name, rows)
        return filled[name]

    return shared


def _remembered(settings: Settings) -> pd.DataFrame:
    rested_on = {**what_figures_rest_on(settings), **what_proposals_rest_on(settings)}
    return pd.DataFrame({"setting": list(rested_on), "value": list(rested_on.values())})


def fill_derived(connection: Connection, settings: Settings, as_at: date) -> None:
    """Fills the tables of statuses, visits and reviews, all empty, over a filled calendar_day."""
    fill_statuses(connection)
    for children in blocks_of_children(connection):
        for fill in OF_CHILDREN.values():
            fill(connection, settings, Knowledge(as_at, of=children))


def fill_statuses(connection: Connection) -> None:
    """Fills status_spell, which is empty."""
    run(connection, _fill(status_spell, status_spells().order_by("child_id", "started_on")))


# A child's rows lie together: a month's are read from the kept rows, a child's from here.
def _fill_visits(connection: Connection, settings: Settings, knowledge: Knowledge) -> None:
    due = visits_due(settings, knowledge, partial(staged, connection))
    run(connection, _fill(visit_due, due.order_by("child_id", "due_on")))


def _fill_runs(connection: Connection, settings: Settings, knowledge: Knowledge) -> None:
    fill_status_runs(connection, knowledge.as_at, settings.settle_days, knowledge.of)


def _fill_reviews(connection: Connection, settings: Settings, knowledge: Knowledge) -> None:
    due = reviews_due(settings, knowledge, partial(staged, connection))
    run(connection, _fill(review_due, due.order_by("child_id", "due_on")))


def _fill_transfers(connection: Connection, settings: Settings, knowledge: Knowledge) -> None:
    stage, most = partial(staged, connection), settings.most_days_between
    moved = transfers(knowledge.as_at, knowledge.of, most, stage)
    run(connection, _fill(transfer, moved.order_by("child_id", "moved_on")))


# What fills the tables of some children's rows, none of which rests on another.
OF_CHILDREN: Mapping[tuple[Table, ...], Callable[[Connection, Settings, Knowledge], None]] = {
    (visit_due,): _fill_visits,
    (status_run, change_taken_back): _fill_runs,
    (review_due,): _fill_reviews,
    (transfer,): _fill_transfers,
}


def _fill(table: Table, query: Select) -> Insert:
    return table.insert().from_select([column.name for column in table.columns], query)


def _days(earliest: date, as_at: date) -> pd.DataFrame:
    """The calendar from the earliest clock on, though months are counted from later: it may run."""
    first = max(earliest.year, as_at.year - YEARS_BACK)
    return calendar_days(date(first, 1, 1), date(as_at.year + YEARS_AHEAD, 12, 31))


BEGAN = (
    absence.c.first_day,
    allocation.c.started_on,
    plan.c.started_on,
    post.c.started_on,
    referral.c.received_on,
    time_record.c.worked_on,
    visit.c.visited_on,
)


def _earliest_start(connection: Connection, load: LoadInfo) -> date:
    """The first day on which anything began or was made."""
    days = (select(func.min(column).label("day")) for column in (*BEGAN, *_of_other_metrics()))
    starts = union_all(*days).subquery()
    return connection.execute(select(func.min(starts.c.day))).scalar() or load.as_at


def _of_other_metrics() -> Iterator[Column]:
    """The dates that rows must have, in the tables of metrics that need none of those above."""
    began = {column.table.name for column in BEGAN}
    for metric in CATALOGUE.values():
        if began.isdisjoint(metric.tables):
            for column in (one for name in metric.tables for one in metadata.tables[name].c):
                if isinstance(column.type, Date) and not column.nullable:
                    yield column
