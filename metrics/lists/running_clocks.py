"""Who holds each child now, and each open plan's running clock: kept at derive for the lists."""

from sqlalchemy import ColumnElement, FromClause, Select, Subquery, and_, case, func, select

from data_access.due.clocks import child_was_seen
from data_access.due.recording_standards import recording_standard_on
from data_access.due.states import unrecorded_state
from data_access.guard import open_rows
from data_access.relations import covers, ends_after, first_of_each, last_lead, leads_on
from data_access.schema import (
    allocation,
    calendar_day,
    post,
    status_spell,
    visit,
    visit_due,
    visit_interval,
    worker,
)
from metrics.kept_rows import KeptRows
from metrics.model import Basis, Months

WORKING_DAYS_AHEAD = 10
CLOCK = (
    "kind",
    "clock_started_on",
    "due_on",
    "standard_due_on",
    "standard_every",
    "standard_period",
    "lawful_due_on",
    "set_by",
    "looser_than",
    "agreed_every",
    "agreed_period",
    "attempts",
)


def held_now(_months: Months, basis: Basis) -> Select:
    """One row per child with a lead allocation today: child_id, unit_id, worker_id, status.

    Of several allocations, see `last_lead`. `status` is the child's highest today; NULL where it
    has none.
    """
    held = _held(basis)
    status = and_(status_spell.c.child_id == held.c.child_id, covers(status_spell, basis.as_at))
    return select(*held.c, status_spell.c.status).select_from(held.outerjoin(status_spell, status))


def running_clocks(_months: Months, basis: Basis) -> Select:
    """One row per open plan of a child held today whose visit is overdue, unrecorded or due soon.

    state, as `worklists.work_now` tells; unit_id and worker_id of the lead today; child_id and
    plan_id; the clock as in table `visit_due`, with who agreed its interval and why; `days` from
    the due date to today, negative before it; `last_seen_on`, the last day on which anyone saw
    the child, on a visit of any kind.
    """
    running = _running(basis, _held(basis)).cte("running")
    seen = last_seen(basis, running)
    return select(
        running.c.held_in.label("unit_id"),
        running.c.held_by.label("worker_id"),
        running.c.child_id,
        running.c.plan_id,
        running.c.state,
        *(running.c[name] for name in CLOCK),
        visit_interval.c.authorised_by,
        visit_interval.c.reason,
        (_day_number_on(basis) - running.c.due_day_number).label("days"),
        seen.c.last_seen_on,
    ).select_from(
        running.outerjoin(seen, seen.c.child_id == running.c.child_id).outerjoin(
            visit_interval, visit_interval.c.visit_interval_id == running.c.visit_interval_id
        )
    )


def children_by_worker(_months: Months, basis: Basis) -> Select:
    """One row per lead worker and unit: children held today, by each one's highest status, and FTE.

    unit_id, worker_id, worker_name, children, cin, cp, cla, assessment, fte. FTE is that of the
    worker's posts in this unit today; NULL where there is none. Children allocated to the unit
    with no worker stand in a row with a NULL worker. Over the kept rows of `held_now`.
    """
    held = HELD_NOW.table(basis.settings)
    counted = (
        select(
            held.c.unit_id,
            held.c.worker_id,
            func.count(held.c.child_id.distinct()).label("children"),
            *(_children_of_status(name, held) for name in ("CIN", "CP", "CLA", "assessment")),
        )
        .group_by(held.c.unit_id, held.c.worker_id)
        .subquery()
    )
    fte = (
        select(post.c.worker_id, post.c.unit_id, func.sum(post.c.fte).label("fte"))
        .where(covers(post, basis.as_at))
        .group_by(post.c.worker_id, post.c.unit_id)
        .subquery()
    )
    in_post = and_(fte.c.worker_id == counted.c.worker_id, fte.c.unit_id == counted.c.unit_id)
    return select(worker.c.name.label("worker_name"), *counted.c, fte.c.fte).select_from(
        counted.outerjoin(worker, worker.c.worker_id == counted.c.worker_id).outerjoin(fte, in_post)
    )


def _children_of_status(name: str, held: FromClause) -> ColumnElement[int]:
    child_of_status = case((held.c.status == name, held.c.child_id))
    return func.count(child_of_status.distinct()).label(name.lower())


def working_days_since(basis: Basis, day: FromClause) -> ColumnElement[int]:
    """How many working days ago `day`, a row of calendar_day, was; negative before it."""
    today = (
        select(calendar_day.c.working_day_number)
        .where(calendar_day.c.day == basis.as_at)
        .scalar_subquery()
    )
    return today - day.c.working_day_number


def _day_number_on(basis: Basis) -> ColumnElement[int]:
    return (
        select(calendar_day.c.day_number).where(calendar_day.c.day == basis.as_at).scalar_subquery()
    )


def _state(basis: Basis, due: FromClause) -> ColumnElement[str]:
    """What a running clock asks for today; NULL while its due date is further off."""
    past_by = working_days_since(basis, due)
    standard = recording_standard_on(due.c.day, basis.settings)
    return case(
        (due.c.day < basis.as_at, unrecorded_state(past_by, standard)),
        (-past_by <= WORKING_DAYS_AHEAD, "due_soon"),
    )


def _held(basis: Basis) -> Subquery:
    leads = select(allocation.c.child_id, allocation.c.unit_id, allocation.c.worker_id).where(
        leads_on(basis.as_at)
    )
    return last_lead(leads, (allocation.c.child_id,))


def _running(basis: Basis, held: Subquery) -> Select:
    """The clock that runs now for each open plan, if it asks for anything: see `_state`."""
    latest = clocks_now(basis, held)
    return select(*latest.c).where(latest.c.state.is_not(None))


def clocks_now(basis: Basis, held: FromClause) -> Subquery:
    """The clock that runs now for each open plan of the children `held`, by whom (unit, worker).

    It is the one that started last of those with no visit since. `state` is NULL while its due
    date is further off than the lists look; `past_by` is how many working days ago that date was,
    negative before it.
    """
    due, due_day = visit_due.c, calendar_day.alias()
    unmet = (
        select(
            *visit_due.c,
            held.c.unit_id.label("held_in"),
            held.c.worker_id.label("held_by"),
            due_day.c.day_number.label("due_day_number"),
            _state(basis, due_day).label("state"),
            working_days_since(basis, due_day).label("past_by"),
        )
        .select_from(
            visit_due.join(held, held.c.child_id == due.child_id).join(
                due_day, due_day.c.day == due.due_on
            )
        )
        .where(due.visit_id.is_(None))
        .where(ends_after(due.plan_ended_on, basis.as_at))
    )
    return first_of_each(unmet, (due.plan_id,), (due.clock_started_on.desc(),))


def last_seen(basis: Basis, children: FromClause) -> Subquery:
    """One row per child: the last day on which anyone saw it, on a visit of any kind."""
    listed = select(children.c.child_id).distinct().subquery()
    return (
        select(visit.c.child_id, func.max(visit.c.visited_on).label("last_seen_on"))
        .select_from(visit.join(listed, listed.c.child_id == visit.c.child_id))
        .where(child_was_seen())
        .where(visit.c.visited_on <= basis.as_at)
        .group_by(visit.c.child_id)
        .subquery()
    )


HELD_NOW = KeptRows(open_rows.HELD_NOW, held_now, ("unit_id", "worker_id"))
HELD_BY_WORKER = KeptRows(
    "held_by_worker",
    children_by_worker,
    ("unit_id",),
    ("worker_name", "worker_id"),
    with_names=False,
)
RUNNING_CLOCKS = KeptRows(
    "running_clock", running_clocks, ("unit_id", "state"), ("due_on", "child_name")
)
