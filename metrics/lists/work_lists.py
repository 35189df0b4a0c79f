"""What a unit has to do now: who is overdue, not recorded, due soon, and who holds whom."""

from sqlalchemy import Select, case, exists, func, select

from data_access.schema import calendar_day, plan, visit
from metrics.lists.running_clocks import (
    CLOCK,
    HELD_BY_WORKER,
    RUNNING_CLOCKS,
    working_days_since,
)
from metrics.model import Basis, Scope

AGREED = ("authorised_by", "reason")
WHO = ("unit_id", "unit_name", "worker_id", "worker_name", "child_id", "child_name")


def work_now(basis: Basis, scope: Scope) -> Select:
    """One row per open plan whose visit is overdue, not recorded yet, or due soon: see `state`.

    overdue: past the due date by more working days than a record may take, nothing recorded.
    no_record_yet: past the due date, still within the recording standard.
    due_soon: due today or in the next ten working days.
    `due_on` is by this child's interval: see `set_by` and `looser_than` of table `visit_due`.
    `days` counts working days since the due date, or until it where it is due soon, as the states
    do. A child with two open plans may be there twice. The unit and worker are those of the lead
    today. `position` is in order of due date and name.
    """
    running, due = RUNNING_CLOCKS.table(basis.settings), calendar_day.alias("due")
    past_by = working_days_since(basis, due)
    days = case((running.c.state == "due_soon", -past_by), else_=past_by)
    columns = (
        running.c[name] for name in (*WHO, "state", *CLOCK, *AGREED, "last_seen_on", "position")
    )
    return (
        select(*columns, days.label("days"))
        .select_from(running.join(due, due.c.day == running.c.due_on))
        .where(scope.holds(running.c.unit_id))
    )


def work_in_state(work: Select, state: str) -> Select:
    """The rows of `work_now` that are in one state: overdue, no_record_yet or due_soon."""
    return work.where(work.selected_columns.state == state)


def of_plan(work: Select, kind: str | None) -> Select:
    """The rows of a work list that are about plans of one kind; all of them for None."""
    return work if kind is None else work.where(work.selected_columns.kind == kind)


def of_worker(work: Select, worker_id: str | None) -> Select:
    """The rows of a work list that one lead worker holds; None: those that nobody holds."""
    held_by = work.selected_columns.worker_id
    return work.where(held_by.is_(None) if worker_id is None else held_by == worker_id)


def counted_by_state(rows: Select) -> Select:
    """One row per unit and state: how many of the `rows` of `work_now` are in it.

    To be made of the rows that somebody may see: see `viewer.read_sums`.
    """
    work = rows.subquery()
    return select(work.c.unit_id, work.c.state, func.count().label("rows")).group_by(
        work.c.unit_id, work.c.state
    )


def what_work_needs() -> Select:
    """One row: `has_visits` and `has_plans`, whether the data hold any at all.

    Without plans nothing is due, and without visits everything seems to be.
    """
    return select(
        exists(select(visit.c.visit_id)).label("has_visits"),
        exists(select(plan.c.plan_id)).label("has_plans"),
    )


def held_by_worker(basis: Basis, scope: Scope) -> Select:
    """One row per lead worker and unit: children held today, by each one's highest status, and FTE.

    See `running_clocks.children_by_worker`. Besides `no_status`, the children who are held while
    nothing is open for them, as between two plans: with them the columns add up to `children`.
    """
    held = HELD_BY_WORKER.table(basis.settings)
    with_one = held.c.cin + held.c.cp + held.c.cla + held.c.assessment
    no_status = (held.c.children - with_one).label("no_status")
    return select(*held.c, no_status).where(scope.holds(held.c.unit_id))
