"""Reviews to be held now: each open plan's running review clock, kept at derive for the lists."""

from collections.abc import Collection

from sqlalchemy import ColumnElement, FromClause, Integer, Select, case, func, select

from data_access.due.states import OVERDUE
from data_access.load_info import LoadInfo
from data_access.relations import ends_after, first_of_each
from data_access.schema import calendar_day, review_due
from metrics.catalogue import CATALOGUE
from metrics.kept_rows import KeptRows
from metrics.lists.running_clocks import HELD_NOW, WORKING_DAYS_AHEAD, working_days_since
from metrics.model import Basis, Months, Period, Scope
from metrics.stored.history import not_yet

# By the kind of plan that is reviewed, the figure of the same reviews.
FIGURE_OF = {"CP": "cp_reviews_in_time", "CLA": "cla_reviews_in_time"}


def running_reviews(_months: Months, basis: Basis) -> Select:
    """One row per open plan of a child held today whose review is overdue or due soon.

    state: overdue, its due date has passed and none was held since its clock started; due_soon,
    due today or in the next ten working days. unit_id and worker_id of the lead today; child_id,
    plan_id, kind, clock_started_on and due_on as in table `review_due`; `days`, working days since
    the due date, or until it where it is due soon. Over the kept rows of `held_now`.
    """
    held = HELD_NOW.table(basis.settings)
    running = reviews_now(basis, held, held.c.unit_id, held.c.worker_id)
    return select(*running.c).where(running.c.state.is_not(None))


def reviews_now(basis: Basis, held: FromClause, *by: ColumnElement) -> FromClause:
    """The review clock that runs now for each open plan of the children `held`, after who does.

    `state` is NULL while its due date is further off than the lists look.
    """
    due = review_due.c
    past_by = working_days_since(basis, calendar_day)
    state = case((due.due_on < basis.as_at, OVERDUE), (-past_by <= WORKING_DAYS_AHEAD, "due_soon"))
    unmet = (
        select(
            *by,
            held.c.child_id,
            *(due[name] for name in ("plan_id", "kind", "clock_started_on", "due_on")),
            state.label("state"),
            func.abs(past_by, type_=Integer).label("days"),
        )
        .select_from(
            review_due.join(held, held.c.child_id == due.child_id).join(
                calendar_day, calendar_day.c.day == due.due_on
            )
        )
        .where(due.held_on.is_(None))
        .where(ends_after(due.plan_ended_on, basis.as_at))
    )
    return first_of_each(unmet, (due.plan_id,), (due.clock_started_on.desc(),))


def reviews_to_hold(basis: Basis, scope: Scope, kinds: Collection[str]) -> Select:
    """The kept rows of `running_reviews` of a unit, of the kinds of plan that can be told."""
    running = RUNNING_REVIEWS.table(basis.settings)
    return select(*running.c).where(scope.holds(running.c.unit_id), running.c.kind.in_(kinds))


def why_not_told(load: LoadInfo) -> dict[str, str]:
    """By kind of plan, why nobody can tell whose review is due: as for this month's figure.

    Where reviews are not in the source, or not held for as long as one waits for the next,
    everything would seem to be overdue.
    """
    month = Period.of(load.as_at)
    reasons = {
        kind: load.not_in_source.get(key) or not_yet(load, CATALOGUE[key], month)
        for kind, key in FIGURE_OF.items()
    }
    return {kind: reason for kind, reason in reasons.items() if reason}


RUNNING_REVIEWS = KeptRows(
    "running_review", running_reviews, ("unit_id", "state"), ("due_on", "child_name")
)
