"""Finds rows that do not fit with others: of no known child, with two lead workers, unvisited.

Every query runs as it stands on DuckDB and PostgreSQL.
"""

from collections.abc import Callable, Iterator
from datetime import timedelta

from sqlalchemy import Column, ColumnElement, FromClause, and_, func, literal, or_, select

from data_access.due.clocks import child_was_seen
from data_access.relations import covers, leads_on
from data_access.schema import (
    CANONICAL,
    allocation,
    metadata,
    plan,
    post,
    visit,
    visit_detail,
    visit_due,
    visit_interval,
    worker,
)
from data_access.settings import Settings
from loading.checks.breaches import BLANK, KEEP, LEAVE_OUT, Breach, Situation, rows_of


def orphans(parent: str) -> Callable[[Situation], Iterator[Breach]]:
    """A finder of rows whose `parent` is in no row of the parent's table.

    A row of no known child, assessment, person or supervision cannot be used; of no known worker
    or referral it still counts.
    """
    belongs_wholly = parent in ("child", "assessment", "person", "supervision")

    def finds(_: Situation) -> Iterator[Breach]:
        for table in CANONICAL:
            if table.name == parent or f"{parent}_id" not in table.c:
                continue
            if parent == "child" and table is visit_detail:
                # Its visit is of a child that is known, or it is said to be of no visit.
                continue
            column = table.c[f"{parent}_id"]
            query = rows_of(table, missing=column).where(_in_no_row(column, parent))
            action = KEEP
            if belongs_wholly:
                action = BLANK if column.nullable else LEAVE_OUT
            yield Breach(table, query, action, column.name)

    return finds


def _in_no_row(column: Column, parent: str) -> ColumnElement[bool]:
    table = metadata.tables[parent]
    known = select(literal(1)).where(table.c[f"{parent}_id"] == column).exists()
    return and_(column.is_not(None), ~known)


def two_lead_workers(_: Situation) -> Iterator[Breach]:
    """Lead allocations that begin while another worker's, of the same child, has not ended."""
    earlier = allocation.alias("earlier")
    query = (
        rows_of(allocation, day=allocation.c.started_on, other=func.min(earlier.c.allocation_id))
        .join(earlier, earlier.c.child_id == allocation.c.child_id)
        .where(
            allocation.c.lead.is_(True),
            earlier.c.lead.is_(True),
            allocation.c.worker_id != earlier.c.worker_id,
            _began_before(earlier, allocation),
            covers(earlier, allocation.c.started_on),
            or_(
                allocation.c.ended_on.is_(None),
                allocation.c.ended_on > allocation.c.started_on,
            ),
        )
        .group_by(allocation.c.allocation_id, allocation.c.started_on)
    )
    yield Breach(allocation, query, column="started_on")


def _began_before(spell: FromClause, other: FromClause) -> ColumnElement[bool]:
    same_day = and_(
        spell.c.started_on == other.c.started_on, spell.c.allocation_id < other.c.allocation_id
    )
    return or_(spell.c.started_on < other.c.started_on, same_day)


def holders_without_fte(situation: Situation) -> Iterator[Breach]:
    """Lead workers on the last day covered without a post of some FTE, where posts are known."""
    in_post = (
        select(literal(1))
        .where(post.c.worker_id == allocation.c.worker_id)
        .where(post.c.fte > 0)
        .where(covers(post, situation.as_at))
        .exists()
    )
    query = (
        select(
            allocation.c.worker_id.label("row_key"),
            func.count(allocation.c.child_id.distinct()).label("held"),
        )
        .where(allocation.c.worker_id.is_not(None))
        .where(leads_on(situation.as_at))
        .where(~in_post)
        .where(select(post.c.post_id).exists())
        .group_by(allocation.c.worker_id)
    )
    yield Breach(worker, query)


def open_cin_without_visit(situation: Situation) -> Iterator[Breach]:
    """CIN plans open longer than the standard interval in which the child was never visited."""
    due = situation.as_at - timedelta(days=_days_of_cin_interval(situation.settings))
    visited = (
        select(literal(1))
        .where(visit.c.child_id == plan.c.child_id)
        .where(visit.c.visited_on >= plan.c.started_on)
        .where(child_was_seen())
        .exists()
    )
    query = (
        rows_of(plan, day=plan.c.started_on)
        .where(plan.c.kind == "CIN")
        .where(plan.c.started_on < due)
        .where(covers(plan, situation.as_at))
        .where(~visited)
    )
    yield Breach(plan, query, column="started_on")


def looser_without_a_reason(_: Situation) -> Iterator[Breach]:
    """Agreements that set a due date later than the standard's or the law's, unexplained.

    That is where nobody is named as having agreed it, or no reason is given. Read from visits due,
    so found once these are derived.
    """
    agreed = visit_interval
    query = (
        rows_of(agreed, day=agreed.c.effective_from, looser_than=func.max(visit_due.c.looser_than))
        .join(visit_due, visit_due.c.visit_interval_id == agreed.c.visit_interval_id)
        .where(visit_due.c.looser_than.is_not(None))
        .where(or_(agreed.c.authorised_by.is_(None), agreed.c.reason.is_(None)))
        .group_by(agreed.c.visit_interval_id, agreed.c.effective_from)
    )
    yield Breach(agreed, query, column="authorised_by")


def _days_of_cin_interval(settings: Settings) -> int:
    days = {"days": 1, "working_days": 2, "weeks": 7, "months": 31}
    intervals = [s.every * days[s.period] for s in settings.visit_standards if s.kind == "CIN"]
    return max(intervals, default=28)
