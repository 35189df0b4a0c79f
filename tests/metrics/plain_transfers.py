"""Transfers in plain loops, day by day: shares nothing with what it checks."""

import re
from collections.abc import Iterator
from datetime import date

from tests.metrics.plain import AS_AT, days, is_open
from tests.worlds import World

MOST_DAYS_BETWEEN = 28


def plain_transfers(world: World) -> list[dict]:
    """Every transfer, in the order of child and day, with the day on which the child was back."""
    found = [
        one
        for child_id, referral_id in sorted(_cases(world), key=str)
        for one in _of_case(world, child_id, referral_id)
    ]
    for one in found:
        one["back_on"] = min(
            (
                other["moved_on"]
                for other in found
                if (other["child_id"], other["referral_id"])
                == (one["child_id"], one["referral_id"])
                and other["moved_on"] > one["moved_on"]
                and one["from_unit"] in (other["to_unit"], *older(world, other["to_unit"]))
            ),
            default=None,
        )
    return list(_each_once(world, found))


def _each_once(world: World, found: list[dict]) -> Iterator[dict]:
    """Of two cases that tell the same move, the one in which the child was back, else the later."""
    received = {row["referral_id"]: row["received_on"] for row in world.of("referral")}
    of_move: dict[tuple, list[dict]] = {}
    for one in found:
        key = tuple(one[name] for name in ("child_id", "moved_on", "from_unit", "to_unit"))
        of_move.setdefault(key, []).append(one)
    for told in of_move.values():
        told.sort(
            key=lambda one: (
                received.get(one["referral_id"], date.min),
                one["referral_id"] or "",
            ),
            reverse=True,
        )
        yield min(told, key=lambda one: one["back_on"] or date.max)


def cases_of(world: World, lead: dict) -> set[str | None]:
    """The child's cases that it is within for a day or more; of none the one that it names."""
    return {
        case["referral_id"]
        for case in world.of("referral")
        if case["child_id"] == lead["child_id"]
        and not case["no_further_action"]
        and is_of(world, lead, case)
        and (begins := max(lead["started_on"], case["received_on"])) <= AS_AT
        and is_open(lead, begins)
        and (case["closed_on"] is None or begins < case["closed_on"])
    } or {lead["referral_id"]}


def is_of(world: World, lead: dict, case: dict) -> bool:
    """Whether a lead of the case's child counts in it: it, or no lead by then, names the case."""
    begins = max(lead["started_on"], case["received_on"])
    named = [
        row["started_on"]
        for row in leads_of(world)
        if row["referral_id"] == case["referral_id"] and row["ended_on"] != row["started_on"]
    ]
    return (
        lead["referral_id"] in (None, case["referral_id"]) or min(named, default=date.max) > begins
    )


def older(world: World, unit_id: str) -> Iterator[str]:
    """The units that one continues, one after the other."""
    continues = {row["unit_id"]: row["continues"] for row in world.of("unit")}
    while unit_id := continues.get(unit_id) or "":
        yield unit_id


def leads_of(world: World) -> list[dict]:
    return [row for row in world.of("allocation") if row["lead"]]


def _cases(world: World) -> set[tuple]:
    return {(row["child_id"], case) for row in leads_of(world) for case in cases_of(world, row)}


def _of_case(world: World, child_id: str, referral_id: str | None) -> Iterator[dict]:
    leads = [
        row
        for row in leads_of(world)
        if row["child_id"] == child_id and referral_id in cases_of(world, row)
    ]
    before: tuple[date, dict] | None = None
    for day in days(min(row["started_on"] for row in leads), AS_AT):
        led = [row for row in leads if is_open(row, day)]
        now = max(led, key=lambda row: (row["started_on"], row["allocation_id"]), default=None)
        if now is None or now["unit_id"] is None:
            continue
        if before is not None and _is_transfer(world, before, day, now):
            last_day, lead = before
            yield {
                "child_id": child_id,
                "referral_id": referral_id,
                "from_unit": lead["unit_id"],
                "to_unit": now["unit_id"],
                "moved_on": day,
                "days_between": (day - last_day).days - 1,
                "from_worker_id": lead["worker_id"],
                "to_worker_id": now["worker_id"],
            }
        before = day, now


def _is_transfer(world: World, before: tuple[date, dict], day: date, now: dict) -> bool:
    last_day, lead = before
    return (
        lead["unit_id"] != now["unit_id"]
        and (day - last_day).days - 1 <= MOST_DAYS_BETWEEN
        and lead["unit_id"] not in older(world, now["unit_id"])
        and _own_id(lead) != _own_id(now)
    )


def _own_id(lead: dict) -> str:
    """Without what a load puts around the id of a part."""
    part = re.fullmatch(r"0-(.*)-\d{4}-\d\d-\d\d", lead["allocation_id"])
    return part[1] if part else lead["allocation_id"]
