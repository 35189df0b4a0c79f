"""Reviews due by walking through each child's days on plan: shares nothing with what it checks."""

from collections.abc import Iterator
from datetime import date

from tests.metrics.plain import (
    AS_AT,
    ONE_DAY,
    days,
    held_by,
    is_open,
    months_later,
    newest_lead,
    working_days_later,
)
from tests.worlds import World

LAST_LOOKED_AT = date(2018, 6, 30)


def periods(world: World, kind: str) -> Iterator[tuple[str, date, date | None]]:
    """Every run of days on which a child was on plans of the kind: first day, first day after."""
    for child_id in sorted({row["child_id"] for row in world.of("plan")}):
        plans = [
            row
            for row in world.of("plan")
            if row["child_id"] == child_id and row["kind"] == kind and row["started_on"] <= AS_AT
        ]
        began = None
        first = min((row["started_on"] for row in plans), default=LAST_LOOKED_AT)
        for day in days(first, LAST_LOOKED_AT):
            on = any(is_open(plan, day) for plan in plans)
            if on and began is None:
                began = day
            if not on and began is not None:
                yield child_id, began, day
                began = None
        if began is not None:
            yield child_id, began, None


def reviews_due(world: World) -> list[dict]:
    """Every review due of a CP plan and of a looked-after child, and the first held for it."""
    return [
        row | held_by(newest_lead(world, child_id, row["due_on"]))
        for kind in ("CP", "CLA")
        for child_id, began, ended in periods(world, kind)
        for row in _of_period(_held(world, child_id, kind), kind, began, ended)
        for row in [row | {"child_id": child_id}]
    ]


def _held(world: World, child_id: str, kind: str) -> dict[date, str]:
    """By day the id of the review that counts: of several the one that was recorded first."""
    found: dict[date, list[tuple]] = {}
    for row in world.of("review"):
        of_the_child = (row["child_id"], row["kind"]) == (child_id, kind)
        if of_the_child and not row["cancelled"] and row["held_on"] and row["held_on"] <= AS_AT:
            recorded_on = row["recorded_on"] or date(9999, 1, 1)
            found.setdefault(row["held_on"], []).append((recorded_on, row["review_id"]))
    return {day: min(several)[1] for day, several in found.items()}


def _of_period(held: dict, kind: str, began: date, ended: date | None) -> Iterator[dict]:
    clock, number = began, 0
    for day in days(began + ONE_DAY, ended or LAST_LOOKED_AT):
        if day in held:
            yield from _due(kind, number, clock, ended, day, held[day])
            clock, number = day, number + 1
    yield from _due(kind, number, clock, ended, None, None)


def _due(kind, number, clock, ended, held_on, review_id) -> Iterator[dict]:
    if kind == "CP":
        due_on = months_later(clock, 6 if number else 3)
    else:
        due_on = (
            working_days_later(clock, 20)
            if number == 0
            else months_later(clock, min(number, 2) * 3)
        )
    if ended is None or due_on < ended:
        yield {
            "kind": kind, "clock_started_on": clock, "due_on": due_on, "held_on": held_on,
            "review_id": review_id, "plan_ended_on": ended,
        }  # fmt: skip


def counted(world: World, kind: str) -> list[dict]:
    """The reviews of a kind that had fallen due in the months counted: 1 if held in time."""
    found = []
    for row in reviews_due(world):
        in_time = row["held_on"] is not None and row["held_on"] <= row["due_on"]
        had_fallen = date(2016, 2, 1) <= row["due_on"] < AS_AT or (
            row["due_on"] == AS_AT and in_time
        )
        if row["kind"] == kind and had_fallen:
            state = "in_time" if in_time else "late" if row["held_on"] else "not_held"
            of_it = {"month": row["due_on"].replace(day=1), "state": state}
            found.append(row | of_it | {"numerator": int(in_time), "denominator": 1})
    return found
