"""The lists behind the page Recording: what was entered late, by whom, and who was never seen."""

from collections.abc import Callable, Mapping

from sqlalchemy import Select, func, select

from metrics.catalogue import CATALOGUE
from metrics.kept_rows import named
from metrics.lists.late_by_loads import late_by_loads
from metrics.lists.unvisited import unvisited
from metrics.model import Basis, Months, View
from metrics.rows_behind import rows_behind

RECORDED = CATALOGUE["recorded_in_time"]


def entered_late(basis: Basis, view: View) -> Select:
    """The rows behind recorded in time that were not: one row per visit, as `rows_behind` has it.

    A visit without a recording date is not there, as nothing says when it was entered.
    """
    behind = rows_behind(RECORDED, view, basis).subquery()
    return select(*behind.c).where(behind.c.numerator == 0)


def entered_by_worker(rows: Select) -> Select:
    """Of rows behind recorded in time, one per unit and worker: visits, late ones, longest wait.

    Visits are those with a recording date, `longest` is in working days. A NULL worker stands for
    visits of nobody known. To be made of the rows that somebody may see: see `viewer.read_sums`.
    """
    behind = rows.subquery()
    who = (behind.c.unit_id, behind.c.unit_name, behind.c.worker_id, behind.c.worker_name)
    return select(
        *who,
        func.sum(1 - behind.c.numerator).label("late"),
        func.count().label("visits"),
        func.max(behind.c.working_days).label("longest"),
    ).group_by(*who)


def never_seen(basis: Basis, view: View) -> Select:
    """One row per child and kind of plan open at month end that has had no visit: see `unvisited`.

    With names; a restricted child's is NULL. `started_on` is the plan's first day.
    """
    rows = named(unvisited(Months(view.period, view.period), basis)).subquery()
    names = ("unit_id", "unit_name", "worker_id", "worker_name", "child_id", "child_name")
    listed = select(*(rows.c[name] for name in (*names, "kind", "started_on", "first_due_on")))
    return listed.where(rows.c.numerator == 1, view.scope.holds(rows.c.unit_id))


BY_VISIT = ("unit_name", "worker_name", "visited_on", "child_name")
# By month; each with the columns that it is ordered by.
RECORDING_LISTS: Mapping[str, tuple[Callable[[Basis, View], Select], tuple[str, ...]]] = {
    "entered_late": (entered_late, BY_VISIT),
    "late_by_loads": (late_by_loads, BY_VISIT),
    "no_visit": (never_seen, ("unit_name", "worker_name", "started_on", "child_name")),
}
