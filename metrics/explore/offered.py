"""What several metrics' figures may be cut by: worker, role, plan, age; and every one by unit."""

from dataclasses import replace

from sqlalchemy import ColumnElement, FromClause, Integer, type_coerce

from data_access.code_sets.plans import PLAN_KIND
from data_access.relations import years_old
from metrics.model import Cut, Metric

ROLE_NAMES = {
    "social_worker": "social workers",
    "consultant_social_worker": "consultant social workers",
    "senior_practitioner": "senior practitioners",
    "team_manager": "team managers",
    "unit_coordinator": "unit coordinators",
    "unit_analyst": "unit analysts",
    "family_support_worker": "family support workers",
    "other": "other roles",
}


def age_at_month_start(rows: FromClause) -> ColumnElement[int]:
    """Completed years on the first day of the row's month; negative for a child born later.

    NULL where nobody recorded the date of birth. Whoever is born on 29 February is a year older
    on 1 March.
    """
    return years_old(rows.c.born_on, rows.c.month)


def days_late(rows: FromClause) -> ColumnElement[int]:
    """Calendar days from the due date to the visit; 0 or less in time; NULL: no visit recorded."""
    return type_coerce(rows.c.visited_on - rows.c.due_on, Integer)


BY_UNIT = Cut("unit_id", "Unit", missing="No unit")
BY_WORKER = Cut("worker_id", "Worker", missing="no worker", of_workers=True)
BY_ROLE = Cut("role", "Role", names=ROLE_NAMES)
BY_PLAN = Cut("kind", "Plan", names={one.code: one.means for one in PLAN_KIND.codes})
# As in the DfE's tables of children in need, with the seventeen-year-olds' end.
BY_AGE = Cut(
    "age",
    "Age",
    age_at_month_start,
    bands=(0, 1, 5, 10, 16, 18),
    below="not born on the month’s first day",
    needs_birth=True,
)

DAYS_LATE = Cut(
    "days_late",
    "Days late",
    days_late,
    bands=(1, 6, 11, 21),
    below="on time",
    missing="no visit recorded",
    is_outcome=True,
)
SET_BY = {"standard": "the standard", "agreed": "this child’s own agreement"}
CUTS_OF_VISITS_DUE = (
    Cut("state", "State", is_outcome=True),
    BY_WORKER,
    BY_PLAN,
    BY_AGE,
    DAYS_LATE,
    Cut("attempts", "Times tried", bands=(0, 1, 2)),
    Cut("set_by", "Due date set by", names=SET_BY),
)
# A worker's FTE stands in one of the worker's rows, so it belongs to no child's status or age.
CUTS_OF_CHILDREN_HELD = (
    BY_WORKER,
    BY_ROLE,
    Cut("status", "Status", divides_denominator=False),
    replace(BY_AGE, divides_denominator=False),
)


def cuts_of(metric: Metric) -> tuple[Cut, ...]:
    """All that the metric's figure may be cut by, in the order in which pages offer it."""
    return (*metric.cuts, BY_UNIT)
