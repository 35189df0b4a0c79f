"""Every child whom a worker holds today, and when each is to be seen next: not only those due."""

from sqlalchemy import ColumnElement, Select, String, case, null, select

from data_access.relations import first_of_each
from metrics.lists.opened import Opened, each
from metrics.lists.running_clocks import HELD_NOW, clocks_now, last_seen
from metrics.lists.work_lists import WHO
from metrics.model import Basis, Scope

LATER, NOTHING_DUE = "later", "nothing_due"
NEXT_VISIT = ("kind", "due_on", "past_by")
# Nothing due comes last, whatever an engine makes of NULL.
LISTED_BY = ("not_due", "due_on", "child_name")


def held_children(basis: Basis, scope: Scope, worker_id: str | None) -> Select:
    """One row per child whom this worker holds as lead today in `scope`; None: whom nobody does.

    Who, as in `work_lists.WHO`; `status`, the child's highest, NULL where nothing is open;
    `last_seen_on`, by anyone. Then the visit that is due first of its open plans: kind, due_on,
    `past_by` (working days since, negative before) and `state`: as the work lists have it, `later`
    where they don't look so far yet, `nothing_due` where no plan is open; then `not_due` is 1,
    else 0.
    """
    held_now = HELD_NOW.table(basis.settings)
    of_worker = held_now.c.worker_id
    held = (
        select(*(held_now.c[name] for name in WHO), held_now.c.status)
        .where(scope.holds(held_now.c.unit_id))
        .where(of_worker.is_(None) if worker_id is None else of_worker == worker_id)
        .cte("held")
    )
    clocks, seen = clocks_now(basis, held), last_seen(basis, held)
    every_clock = select(
        *(clocks.c[name] for name in ("child_id", *NEXT_VISIT, "state", "plan_id"))
    )
    due = first_of_each(every_clock, (clocks.c.child_id,), (clocks.c.due_on, clocks.c.plan_id))
    return select(
        *held.c,
        seen.c.last_seen_on,
        *(due.c[name] for name in NEXT_VISIT),
        _told(due.c.child_id, due.c.state).label("state"),
        case((due.c.due_on.is_(None), 1), else_=0).label("not_due"),
    ).select_from(
        held.outerjoin(due, due.c.child_id == held.c.child_id).outerjoin(
            seen, seen.c.child_id == held.c.child_id
        )
    )


def next_visits(opened: Opened, basis: Basis) -> Select:
    """One row per open plan of a child: kind, due_on, past_by and state, as in `held_children`.

    Of a child whom nobody holds too. It carries the unit through which they were opened.
    """
    held = each(opened, null().cast(String).label("worker_id")).cte("opened")
    clocks = clocks_now(basis, held)
    return select(
        held.c.unit_id,
        held.c.child_id,
        *(clocks.c[name] for name in NEXT_VISIT),
        _told(clocks.c.child_id, clocks.c.state).label("state"),
    ).select_from(held.join(clocks, clocks.c.child_id == held.c.child_id))


def _told(of_a_clock: ColumnElement, state: ColumnElement[str]) -> ColumnElement[str]:
    return case((of_a_clock.is_(None), NOTHING_DUE), (state.is_(None), LATER), else_=state)
