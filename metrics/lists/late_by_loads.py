"""Visits without a recording date of which loads tell that they were entered late."""

from sqlalchemy import Select, func, select

from data_access.due.first_seen import recorded_at_the_earliest
from data_access.due.recording_standards import recording_standard_on
from data_access.schema import calendar_day, visit_seen
from metrics.definitions.recorded_in_time import visits_made
from metrics.kept_rows import named
from metrics.model import Basis, Months, View


def late_by_loads(basis: Basis, view: View) -> Select:
    """One row per visit made in the month, without a recording date and entered late all the same.

    A load that covers the day before `entered_from` lacked it, and one up to `first_seen_on` had
    it: even on the first day on which it can have been entered it was later than the standard.
    `working_days` are those up to that day, the fewest that there can have been. Of a visit that
    may have been entered in time nothing is told. Unit and worker are as in recorded in time, with
    names; a restricted child's is NULL.
    """
    rows = named(_rows(Months(view.period, view.period), basis)).subquery()
    return select(*rows.c).where(view.scope.holds(rows.c.unit_id))


def _rows(months: Months, basis: Basis) -> Select:
    made = visits_made(months, basis)
    visited, entered = calendar_day.alias(), calendar_day.alias()
    earliest = recorded_at_the_earliest(made.c.recorded_on, visit_seen.c.not_seen_on)
    days = entered.c.working_day_number - visited.c.working_day_number
    return (
        select(
            visited.c.month,
            made.c.lead_unit_id.label("unit_id"),
            func.coalesce(made.c.worker_id, made.c.lead_worker_id).label("worker_id"),
            made.c.child_id,
            made.c.kind,
            made.c.visited_on,
            entered.c.day.label("entered_from"),
            visit_seen.c.first_seen_on,
            days.label("working_days"),
        )
        .select_from(
            made.join(visit_seen, visit_seen.c.visit_id == made.c.visit_id)
            .join(visited, visited.c.day == made.c.visited_on)
            .join(entered, entered.c.day == earliest)
        )
        .where(made.c.recorded_on.is_(None))
        .where(entered.c.day > made.c.visited_on)
        .where(days > recording_standard_on(made.c.visited_on, basis.settings))
    )
