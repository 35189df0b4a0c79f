"""Levels and settled runs in plain loops, day by day: shares nothing with what it checks."""

from datetime import date, timedelta

from tests.metrics.plain import AS_AT, ONE_DAY, days, is_open
from tests.worlds import World

PLANS = ("CLA", "CP", "CIN")
SETTLE_DAYS = 7
# Nothing in any made-up world begins before.
BEFORE_ALL = date(2014, 1, 1)
Run = tuple[str, date, date | None]


def level_spells(world: World, child_id: str) -> list[dict]:
    """The child's plans, and the referrals that opened a case, each with its level."""
    plans = [
        row | {"level": row["kind"]} for row in world.of("plan") if row["child_id"] == child_id
    ]
    cases = [
        {"level": "open", "started_on": row["received_on"], "ended_on": row["closed_on"]}
        for row in world.of("referral")
        if row["child_id"] == child_id and not row["no_further_action"]
    ]
    return plans + cases


def level_on(spells: list[dict], day: date) -> str:
    """The highest plan open on the day, else "open" if a referral opened a case, else "none"."""
    found = {row["level"] for row in spells if is_open(row, day)}
    return next((level for level in (*PLANS, "open") if level in found), "none")


def plain_runs(world: World, child_id: str) -> tuple[list[Run], list[Run]]:
    """The settled runs, "none" among them, and what was taken back."""
    runs = _each_level(world, child_id)
    taken_back: list[Run] = []
    while (short := _first_to_settle(runs)) is not None:
        if runs[short + 1][0] == "none" != runs[short - 1][0]:
            # Open for days after a plan and then closed: those days are of no case.
            joined = [("none", runs[short][1], runs[short + 1][2])]
            runs = runs[:short] + joined + runs[short + 2 :]
            continue
        taken_back.append(runs[short])
        before = runs[short - 1]
        joined = [(before[0], before[1], runs[short][2])]
        if runs[short + 1][0] == before[0]:
            joined = [(before[0], before[1], runs[short + 1][2])]
            runs = runs[: short - 1] + joined + runs[short + 2 :]
        else:
            runs = runs[: short - 1] + joined + runs[short + 1 :]
    return runs, taken_back


def _each_level(world: World, child_id: str) -> list[Run]:
    spells, runs = level_spells(world, child_id), []
    began, level = BEFORE_ALL, level_on(spells, BEFORE_ALL)
    for day in days(BEFORE_ALL + ONE_DAY, AS_AT):
        now = level_on(spells, day)
        if now != level:
            runs.append((level, began, day))
            began, level = day, now
    return [*runs, (level, began, None)]


def _first_to_settle(runs: list[Run]) -> int | None:
    for place in range(1, len(runs) - 1):
        before, (level, start, end), after = runs[place - 1 : place + 2]
        is_short = end is not None and end - start < timedelta(SETTLE_DAYS)
        goes_on = before[0] == after[0]
        filled = level == "open" and before[0] in PLANS and after[0] in (*PLANS, "none")
        if is_short and (goes_on or filled):
            return place
    return None
