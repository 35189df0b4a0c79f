"""Visits due by running each plan's clock a day at a time: shares nothing with what it checks."""

from collections.abc import Callable
from datetime import date, timedelta

from tests.metrics.plain import (
    AS_AT,
    ONE_DAY,
    is_open,
    is_working,
    months_later,
    newest_lead,
    working_days_between,
    working_days_later,
)
from tests.worlds import World

FAR = 200
WORKING_DAYS_TO_REVIEW = 20
WEEKS_APPROVED_FOR_A_TIME = 24


def two_working_days(_day: date) -> int:
    """The recording standard of the tests' council, whenever a visit was made."""
    return 2


def reference(
    world: World,
    known_on: date | None = None,
    counts_as: int = 0,
    standard_on: Callable[[date], int] = two_working_days,
) -> list[dict]:
    """Every visit that fell due; `counts_as`: whether the day of a visit is day 0 or day 1.

    `standard_on`: the working days within which a visit made on a day is to be recorded.
    """
    as_at = known_on or AS_AT
    counted = []
    for plan in world.of("plan"):
        visits = _visits(world, plan, as_at, known_on)
        starts = _starts(world, plan, visits, as_at)
        for started_on in sorted(starts):
            clock = _clock(world, plan, visits, starts, started_on, counts_as)
            row = _fallen_due(world, plan, visits, starts, clock, as_at, standard_on)
            if row:
                tried = _tried(world, plan, as_at, known_on, started_on, row["visited_on"])
                counted.append({**clock, **row, "attempts": tried})
    return counted


def _is_of(row: dict, plan: dict, as_at: date, known_on: date | None) -> bool:
    """A visit or attempt within the plan, of its kind (for CIN any), and known."""
    known = known_on is None or row["recorded_on"] is None or row["recorded_on"] <= known_on
    of_kind = row["kind"] == plan["kind"] or plan["kind"] == "CIN"
    day = row["visited_on"]
    return (
        known
        and of_kind
        and row["child_id"] == plan["child_id"]
        and day <= as_at
        and is_open(plan, day)
    )


def _visits(world: World, plan: dict, as_at: date, known_on: date | None) -> dict[date, dict]:
    """The visits that count, by day; of several on a day the one that was recorded first."""
    by_day: dict[date, dict] = {}
    for row in world.of("visit"):
        if row["seen"] is False or not _is_of(row, plan, as_at, known_on):
            continue
        day = row["visited_on"]
        known_rows = [row] + ([by_day[day]] if day in by_day else [])
        by_day[day] = min(
            known_rows, key=lambda r: (r["recorded_on"] or date(9999, 1, 1), r["visit_id"])
        )
    return by_day


def _tried(world, plan, as_at, known_on, started_on, seen_on) -> int:
    return sum(
        row["seen"] is False
        and _is_of(row, plan, as_at, known_on)
        and started_on <= row["visited_on"]
        and (seen_on is None or row["visited_on"] < seen_on)
        for row in world.of("visit")
    )


def _starts(world: World, plan: dict, visits: dict[date, dict], as_at: date) -> set[date]:
    starts = set(visits)
    if plan["started_on"] <= as_at:
        starts.add(plan["started_on"])
    return starts | {row["started_on"] for row in _placed(world, plan, as_at)}


def _placed(world: World, plan: dict, day: date) -> list[dict]:
    """Placements that started in a CLA plan by `day`."""
    return [
        row
        for row in world.of("placement")
        if plan["kind"] == "CLA"
        and row["child_id"] == plan["child_id"]
        and row["started_on"] <= day
        and is_open(plan, row["started_on"])
    ]


def _fallen_due(world, plan, visits, starts, clock, as_at, standard_on) -> dict | None:
    due_on, started_on = clock["due_on"], clock["clock_started_on"]
    later = sorted(day for day in starts if day > started_on)
    replaced = later and later[0] not in visits and later[0] <= due_on
    if replaced or (plan["ended_on"] and plan["ended_on"] <= due_on):
        return None
    seen_on = min((day for day in visits if day > started_on), default=None)
    in_time = seen_on is not None and seen_on <= due_on
    if not (date(2016, 2, 1) <= due_on < as_at or (due_on == as_at and in_time)):
        return None
    lead = newest_lead(world, plan["child_id"], due_on)
    visit = visits[seen_on] if seen_on else None
    return {
        "month": due_on.replace(day=1),
        "unit_id": lead["unit_id"] if lead else None,
        "worker_id": lead["worker_id"] if lead else None,
        "child_id": plan["child_id"],
        "kind": plan["kind"],
        "visited_on": seen_on,
        "recorded_on": visit["recorded_on"] if visit else None,
        "state": _state(due_on, visit, as_at, standard_on),
        "numerator": 0 if in_time else 1,
        "denominator": 1,
    }


def _state(
    due_on: date, visit: dict | None, as_at: date, standard_on: Callable[[date], int]
) -> str:
    if visit is None:
        waiting = working_days_between(due_on, as_at) <= standard_on(due_on)
        return "no_record_yet" if waiting else "overdue"
    if visit["visited_on"] > due_on:
        return "late"
    recorded_on = visit["recorded_on"]
    if recorded_on is None:
        return "in_time"
    days = working_days_between(visit["visited_on"], recorded_on)
    return "in_time" if days <= standard_on(visit["visited_on"]) else "in_time_entered_late"


def _clock(world, plan, visits: dict, starts: set, started_on: date, counts_as: int) -> dict:
    """Its due dates, and what set the one that counts.

    That is the first day by which any interval in force while it ran would have had a visit.
    """
    ordinary = _standard(world, plan, visits, started_on)
    standard = _later(started_on, *ordinary, counts_as)
    law = _law(world, plan, visits, started_on)
    lawful = _later(started_on, *law, 0) if law else None
    due, set_by = date.max, None
    runs_until = min((day for day in starts if day > started_on), default=date.max)
    for n in range(min(FAR, (runs_until - started_on).days)):
        day = started_on + timedelta(n)
        agreed = _agreed(world, plan, day)
        end = _later(started_on, agreed["every"], agreed["period"], counts_as) if agreed else None
        allowed = max(day, end or standard)
        if allowed < due:
            due, set_by = allowed, agreed
    looser = [
        name
        for name, other in (("standard", standard), ("law", lawful))
        if other is not None and due > other
    ]
    return {
        "clock_started_on": started_on,
        "due_on": due,
        "standard_due_on": standard,
        "lawful_due_on": lawful,
        "set_by": "agreed" if set_by else "standard",
        "authorised_by": set_by and set_by["authorised_by"],
        "reason": set_by and set_by["reason"],
        "looser_than": " and ".join(looser) or None,
        "limb": _limb(world, plan, started_on) if law else None,
        "before_review": bool(law) and started_on < _review(plan),
        "agreed": set_by,
        "plan": plan,
    }


def _agreed(world: World, plan: dict, day: date) -> dict | None:
    in_force = [
        row
        for row in world.of("visit_interval")
        if (row["child_id"], row["kind"]) == (plan["child_id"], plan["kind"])
        and row["effective_from"] <= day
        and (row["effective_to"] is None or day < row["effective_to"])
    ]
    return max(in_force, key=lambda r: (r["effective_from"], r["visit_interval_id"]), default=None)


def _standard(world: World, plan: dict, visits: dict, started_on: date) -> tuple[int, str]:
    if plan["kind"] != "CLA":
        return 4, "weeks"
    if started_on not in visits:
        return 1, "weeks"
    return (4, "weeks") if _in_first_year(world, plan, started_on) else (6, "weeks")


def _in_first_year(world: World, plan: dict, day: date) -> bool:
    began = max((row["started_on"] for row in _placed(world, plan, day)), default=None)
    return day < months_later(began or plan["started_on"], 12)


def _law(world: World, plan: dict, visits: dict, started_on: date) -> tuple[int, str] | None:
    """Regulation 28, paragraphs (2), (4) and (5)."""
    if plan["kind"] != "CLA":
        return None
    if started_on not in visits:
        return 1, "weeks"
    limb = _limb(world, plan, started_on)
    if limb in ("interim order", "connected person"):
        return (1, "weeks") if started_on < _review(plan) else (4, "weeks")
    if limb == "care order" or _in_first_year(world, plan, started_on):
        return 6, "weeks"
    meant_to_last = any(row["long_term"] for row in _newest(world, plan, started_on))
    return (3, "months") if meant_to_last else (6, "weeks")


def _review(plan: dict) -> date:
    return working_days_later(plan["started_on"], WORKING_DAYS_TO_REVIEW)


def _newest(world: World, plan: dict, day: date) -> list[dict]:
    placed = _placed(world, plan, day)
    return [row for row in placed if row["started_on"] == max(p["started_on"] for p in placed)]


def _limb(world: World, plan: dict, day: date) -> str:
    kinds = {row["kind"]: row["started_on"] for row in _newest(world, plan, day)}
    if "P1" in kinds:
        return "care order" if plan["legal_status"] == "C2" else "interim order"
    if "U3" in kinds and (day - kinds["U3"]).days < 7 * WEEKS_APPROVED_FOR_A_TIME:
        return "connected person"
    return "general"


def _later(day: date, every: int, period: str, counts_as: int) -> date:
    """The day that is number `every`, `day` itself being number `counts_as`; never `day`."""
    if period == "months":
        return months_later(day, every) - counts_as * ONE_DAY
    if period == "weeks":
        every, period = every * 7, "days"
    reached, at = counts_as * _counts(day, period), day
    while at == day or reached < every or not _counts(at, period):
        at += ONE_DAY
        reached += _counts(at, period)
    return at


def _counts(day: date, period: str) -> bool:
    return period == "days" or is_working(day)
