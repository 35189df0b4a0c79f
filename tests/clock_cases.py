"""What can happen to a visit clock and is too rare to be drawn by chance: rows, case by case.

Each case adds its rows to a world for one child, from a day on which a plan starts. `off` is -1, 0
or 1: the day before, the very day, or the day after the one on which something tips over.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import product

NEARBY = (-1, 0, 1)
# The first working days about Easter, a leap day, month ends, the May and August bank holidays.
ANY_DAY = (
    date(2016, 2, 1), date(2016, 2, 29), date(2016, 3, 24), date(2016, 4, 29), date(2016, 7, 31),
    date(2016, 8, 1), date(2016, 8, 26),
)  # fmt: skip


@dataclass(frozen=True)
class Case:
    """One thing that happens to a clock, and the days on which its plan may start."""

    happens: Callable
    starts: tuple[date, ...] = ANY_DAY


def _later(day: date, days: int) -> date:
    return day + timedelta(days)


def _plan(world, child_id, kind, started_on, ended_on=None, legal_status=None) -> None:
    plan = {"started_on": started_on, "ended_on": ended_on, "legal_status": legal_status}
    world.add("plan", child_id=child_id, kind=kind, **plan)


def _seen(world, child_id, kind, day, seen=True, recorded_after=1) -> None:
    recorded_on = None if recorded_after is None else _later(day, recorded_after)
    visit = {"visited_on": day, "seen": seen, "recorded_on": recorded_on}
    world.add("visit", child_id=child_id, kind=kind, **visit)


def _agreed(world, child_id, kind, every, period, effective_from, **other) -> None:
    agreed = {"every": every, "period": period, "effective_from": effective_from, **other}
    world.add("visit_interval", child_id=child_id, kind=kind, **agreed)


def _placed(world, child_id, kind, started_on, long_term=False) -> None:
    placement = {"started_on": started_on, "long_term": long_term}
    world.add("placement", child_id=child_id, kind=kind, **placement)


def working_days_over_a_bank_holiday(world, child_id, start, off) -> None:
    _plan(world, child_id, "CP", start)
    _agreed(world, child_id, "CP", 5 + off, "working_days", start)


def a_day_without_work_and_one_working_day(world, child_id, start, off) -> None:
    """28 August 2016 is a Sunday, the 29th a bank holiday, the 30th a working day."""
    _plan(world, child_id, "CP", _later(start, off))
    _agreed(world, child_id, "CP", 1, "working_days", start - timedelta(9))


def months_clipped(world, child_id, start, off) -> None:
    _plan(world, child_id, "CP", start)
    _agreed(world, child_id, "CP", 1, "months", start)


def changed_while_it_runs(world, child_id, start, off) -> None:
    _plan(world, child_id, "CP", start)
    _agreed(world, child_id, "CP", 14, "days", _later(start, 14 + off))


def agreed_to_the_same_date(world, child_id, start, off) -> None:
    """Where both lead to one date, the one that was in force first set it: here the standard."""
    _plan(world, child_id, "CP", start)
    _agreed(world, child_id, "CP", 28 + off, "days", _later(start, 10), reason="Reviewed")


def loosened_with_a_reason(world, child_id, start, off) -> None:
    _plan(world, child_id, "CIN", start)
    said = {"authorised_by": "Manager", "reason": "Settled"}
    _agreed(world, child_id, "CIN", 28 + off, "days", start, **said)


def loosened_beyond_the_law(world, child_id, start, off) -> None:
    """Five, six or seven weeks, where the standard says four and the law six."""
    _plan(world, child_id, "CLA", start)
    _seen(world, child_id, "CLA", _later(start, 5))
    _agreed(world, child_id, "CLA", 6 + off, "weeks", _later(start, 5))


def two_agreements_at_once(world, child_id, start, off) -> None:
    _plan(world, child_id, "CP", start)
    _agreed(world, child_id, "CP", 3, "weeks", start, effective_to=_later(start, 20 + off))
    _agreed(world, child_id, "CP", 10, "days", _later(start, min(off, 0)), reason="Risk")


def ends_about_the_due_date(world, child_id, start, off) -> None:
    _plan(world, child_id, "CP", start, _later(start, 28 + off))


def moves_from_plan_to_plan(world, child_id, start, off) -> None:
    """A visit on the very day of the move counts for the new plan."""
    moved, home = _later(start, 20), _later(start, 45)
    _plan(world, child_id, "CIN", start, moved)
    _plan(world, child_id, "CP", moved, home)
    _plan(world, child_id, "CIN", home)
    _seen(world, child_id, "CP", _later(moved, off))


def brothers_and_sisters_seen_together(world, child_id, start, off) -> None:
    for one in (child_id, {"Kit": "Lou", "Lou": "Kit"}.get(child_id, f"{child_id}'s sister")):
        _plan(world, one, "CP", start)
        _seen(world, one, "CP", _later(start, 28 + off))


def tried_about_the_due_date(world, child_id, start, off) -> None:
    _plan(world, child_id, "CP", start)
    _seen(world, child_id, "CP", _later(start, 28 + off), seen=False)
    _seen(world, child_id, "CP", _later(start, 29))


def entered_about_the_recording_standard(world, child_id, start, off) -> None:
    """29 August 2016 is a bank holiday: from Friday 26th, two working days end on the 31st."""
    _plan(world, child_id, "CP", start - timedelta(28))
    _seen(world, child_id, "CP", start, recorded_after=5 + off)


def seen_twice_on_one_day(world, child_id, start, off) -> None:
    """The visit that was recorded first counts, whichever id sorts first."""
    _plan(world, child_id, "CP", start)
    for recorded_after in (12, 1 + off, None):
        _seen(world, child_id, "CP", _later(start, 28), recorded_after=recorded_after)


def due_about_today(world, child_id, start, off) -> None:
    """14 October 2016, the last day that the data cover, is a Friday."""
    _plan(world, child_id, "CP", _later(start, off))


def dated_in_the_future(world, child_id, start, off) -> None:
    """About 14 October, the last day that the data cover; and a plan yet to start."""
    _plan(world, child_id, "CP", start)
    _seen(world, child_id, "CP", _later(date(2016, 10, 14), off), recorded_after=None)
    _plan(world, child_id, "CIN", date(2016, 11, 1))


def recorded_before_it_happened(world, child_id, start, off) -> None:
    _plan(world, child_id, "CP", start)
    _seen(world, child_id, "CP", _later(start, 28), recorded_after=-2 + off)


def placed_about_the_due_date(world, child_id, start, off) -> None:
    _plan(world, child_id, "CLA", start)
    _placed(world, child_id, "U6", _later(start, 7 + off))


def placed_about_the_due_date_of_a_later_visit(world, child_id, start, off) -> None:
    _plan(world, child_id, "CLA", start)
    _seen(world, child_id, "CLA", _later(start, 5))
    _placed(world, child_id, "U4", _later(start, 5 + 28 + off))


def home_on_an_interim_order(world, child_id, start, off) -> None:
    """Seen about the day on which the first review is due: 26 to 30 days after the start."""
    _plan(world, child_id, "CLA", start, legal_status="C1")
    _placed(world, child_id, "P1", start)
    for days in (26, 28, 30):
        _seen(world, child_id, "CLA", _later(start, days + off))


def home_on_a_care_order(world, child_id, start, off) -> None:
    _plan(world, child_id, "CLA", start, legal_status="C2")
    _placed(world, child_id, "P1", start, long_term=True)
    _seen(world, child_id, "CLA", _later(start, 20))
    _seen(world, child_id, "CLA", _later(start, 366 + off))


def home_under_no_known_order(world, child_id, start, off) -> None:
    _plan(world, child_id, "CLA", start)
    _placed(world, child_id, "P1", _later(start, 3))
    _seen(world, child_id, "CLA", _later(start, 28 + off))


def with_a_relative_until_the_approval_ends(world, child_id, start, off) -> None:
    _plan(world, child_id, "CLA", start, legal_status="C1")
    _placed(world, child_id, "U3", _later(start, 1))
    for days in (8, 28, 1 + 24 * 7 + off):
        _seen(world, child_id, "CLA", _later(start, days))


def two_placements_on_one_day(world, child_id, start, off) -> None:
    _plan(world, child_id, "CLA", start, legal_status=("C2", None, "C1")[off])
    for kind in ("U6", "P1", "U3"):
        _placed(world, child_id, kind, start, long_term=kind == "U6")
    _seen(world, child_id, "CLA", _later(start, 10))


def seen_about_a_year_after_placement(world, child_id, start, off) -> None:
    """Due by the leap day's anniversary, the day before, the day after; some meant to last."""
    _plan(world, child_id, "CLA", start, legal_status="C2")
    _placed(world, child_id, "U4", start, long_term=True)
    _seen(world, child_id, "CLA", _later(start, 366 + off))


def agreed_on_one_day(world, child_id, start, off) -> None:
    """The one whose id sorts last holds."""
    _plan(world, child_id, "CP", start)
    _agreed(world, child_id, "CP", 14 + off, "days", start, reason="The first")
    _agreed(world, child_id, "CP", 14 - off, "days", start, reason="The second")


LONG_BEFORE = (date(2015, 2, 28), date(2015, 7, 31), date(2015, 8, 31), date(2015, 9, 1))
CASES: Mapping[str, Case] = {
    "bank holiday": Case(working_days_over_a_bank_holiday),
    "start on no working day": Case(a_day_without_work_and_one_working_day, (date(2016, 8, 28),)),
    "month clipped": Case(
        months_clipped, (date(2016, 1, 30), date(2016, 1, 31), date(2016, 3, 31), date(2016, 8, 31))
    ),
    "changed while it runs": Case(changed_while_it_runs),
    "agreed to the same date": Case(agreed_to_the_same_date),
    "looser than the standard": Case(loosened_with_a_reason),
    "looser than the law": Case(loosened_beyond_the_law),
    "overlapping agreements": Case(two_agreements_at_once),
    "agreed on one day": Case(agreed_on_one_day),
    "plan ends about the due date": Case(ends_about_the_due_date),
    "moves between plans": Case(moves_from_plan_to_plan),
    "siblings": Case(brothers_and_sisters_seen_together),
    "attempt": Case(tried_about_the_due_date),
    "entered late": Case(entered_about_the_recording_standard, (date(2016, 8, 26),)),
    "seen twice on one day": Case(seen_twice_on_one_day),
    "due today": Case(due_about_today, (date(2016, 9, 13), date(2016, 9, 15))),
    "future": Case(dated_in_the_future),
    "recorded early": Case(recorded_before_it_happened),
    "placed on the due date": Case(placed_about_the_due_date),
    "placed on a later due date": Case(placed_about_the_due_date_of_a_later_visit),
    "interim order": Case(home_on_an_interim_order),
    "care order": Case(home_on_a_care_order, (*LONG_BEFORE, *ANY_DAY)),
    "order not known": Case(home_under_no_known_order),
    "relative": Case(
        with_a_relative_until_the_approval_ends, (date(2016, 2, 1), date(2016, 2, 29))
    ),
    "two placements a day": Case(two_placements_on_one_day),
    "a year on": Case(seen_about_a_year_after_placement, LONG_BEFORE),
}


def whole(world, name: str):
    """`world` with the case from every day on which it may start, each with a child of its own."""
    for start, off in product(CASES[name].starts, NEARBY):
        CASES[name].happens(world, f"{name} {start} {off}", start, off)
    return world
