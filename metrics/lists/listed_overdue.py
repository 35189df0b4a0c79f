"""When a child's visit stood in the lists as overdue, although it had been made in time."""

from sqlalchemy import ColumnElement, Date, ScalarSelect, Select, and_, case, func, select

from data_access.due.clocks import child_was_seen, of_the_plan
from data_access.due.recording_standards import recording_standard_on
from data_access.due.states import made_in_time, turns_overdue
from data_access.relations import ends_after
from data_access.schema import calendar_day, placement, plan, visit, visit_due
from metrics.kept_rows import KeptRows
from metrics.model import Basis, Months


def listed_overdue(_months: Months, basis: Basis) -> Select:
    """One row per visit made in time that lists had as overdue.

    child_id, plan_id, clock_started_on; `listed_from` is the first day on which the due date and
    the recording standard had passed and the clock was known to run; `listed_until` the first on
    which the visit, or a later one, was in the record, the plan had ended, or another placement
    had started the next clock. A visit without a recording date counts as known on its own day.
    Local rule, as for the state "overdue" of visits out of timescale.
    """
    clock, due, listed = visit_due.c, calendar_day.alias(), calendar_day.alias()
    standard = recording_standard_on(due.c.day, basis.settings)
    first_listed = turns_overdue(listed, due, standard)
    spell = (
        select(
            clock.child_id,
            clock.plan_id,
            clock.clock_started_on,
            func.greatest(listed.c.day, _start_known_on(), type_=Date).label("listed_from"),
            func.least(_known_on(basis), clock.plan_ended_on, _replaced_on(), type_=Date).label(
                "listed_until"
            ),
        )
        .select_from(visit_due.join(due, due.c.day == clock.due_on).join(listed, first_listed))
        .where(made_in_time(visit_due))
        # Known before it could be listed: most visits, which need not be looked into further.
        .where(clock.recorded_on > listed.c.day)
        .subquery()
    )
    return select(*spell.c).where(spell.c.listed_from < spell.c.listed_until)


def _of_the_clock() -> ColumnElement[bool]:
    """A visit that counts for the plan of the clock: of its kind (for CIN, any), the child seen."""
    return and_(of_the_plan(visit_due), child_was_seen())


def _in_the_record() -> ColumnElement:
    """The day from which a visit is known; never before it was made."""
    has_date = and_(visit.c.recorded_on.is_not(None), visit.c.recorded_on > visit.c.visited_on)
    return func.min(case((has_date, visit.c.recorded_on), else_=visit.c.visited_on))


def _known_on(basis: Basis) -> ScalarSelect:
    """The first day on which any visit since the clock's start was in the record."""
    clock = visit_due.c
    return (
        select(_in_the_record())
        .where(_of_the_clock())
        .where(visit.c.visited_on > clock.clock_started_on)
        .where(visit.c.visited_on <= basis.as_at)
        .where(ends_after(clock.plan_ended_on, visit.c.visited_on))
        .scalar_subquery()
    )


def _start_known_on() -> ScalarSelect:
    """Where a visit alone started the clock, the day on which it was in the record."""
    clock = visit_due.c
    return (
        select(_in_the_record())
        .select_from(visit.join(plan, plan.c.plan_id == clock.plan_id))
        .where(_of_the_clock())
        .where(visit.c.visited_on == clock.clock_started_on)
        .where(plan.c.started_on < clock.clock_started_on)
        .scalar_subquery()
    )


def _replaced_on() -> ScalarSelect:
    """For a looked-after child, the next placement: it starts a clock that goes before this one."""
    clock = visit_due.c
    return (
        select(func.min(placement.c.started_on))
        .where(placement.c.child_id == clock.child_id)
        .where(clock.kind == "CLA")
        .where(placement.c.started_on > clock.clock_started_on)
        .scalar_subquery()
    )


LISTED_OVERDUE = KeptRows("listed_overdue", listed_overdue, ("child_id",), with_names=False)
