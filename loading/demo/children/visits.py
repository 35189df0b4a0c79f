"""The visits: mostly in time, some late, some missed, and written down sooner or later."""

from dataclasses import dataclass

import pandas as pd

from data_access import schema
from loading.demo.chance import Chance
from loading.demo.children.agreed_intervals import (
    FIRST_CARE_DAYS,
    LATER_CARE_DAYS,
    STANDARD_DAYS,
    YEAR,
    Agreement,
    due_after,
)
from loading.demo.children.family_referrals import FamilyReferral
from loading.demo.children.placements import Placement
from loading.demo.children.plans import PlanSpell
from loading.demo.days import (
    DATA_TO,
    day_number,
    last_working_day_to,
    working_days_after,
)
from loading.demo.tables import table_frame
from loading.demo.whereabouts import Whereabouts

WEST_RECORDS_FROM = day_number(2015, 7, 1)
_UNIT_2_FALTERS_FROM = day_number(2016, 5, 1)
_LATE = {"U1": 0.13, "U2": 0.13, "U3": 0.12, "U4": 0.14, "EAST": 0.16, "WEST": 0.17, "FRONT": 0.15}
_LATE_IN_UNIT_2 = 0.24
_MISSED, _ATTEMPTED = 0.012, 0.06
# Unit 2 could not reach the record for days: what was reported then was not what it had done.
_UNIT_2_CUT_OFF = day_number(2016, 9, 29)
_UNIT_2_BACK = day_number(2016, 10, 5)
_SEEN_ALONE = {"CIN": 0.55, "CP": 0.72, "CLA": 0.85}
_WORKING_DAYS_TO_RECORD = {0: 38, 1: 27, 2: 17, 3: 6, 4: 4, 6: 3, 8: 2, 11: 2, 15: 1}


@dataclass(frozen=True)
class _Clock:
    """What decides when one plan's visits are due: its placements, and what was agreed."""

    child_id: str
    plan: PlanSpell
    moves: list[int]
    agreed: list[Agreement]

    def due(self, clock: int) -> int:
        return due_after(clock, self._standard(clock), self.agreed)

    def _standard(self, clock: int) -> int:
        if self.plan.kind != "CLA":
            return STANDARD_DAYS
        moved = max((move for move in self.moves if move <= clock), default=self.plan.started)
        if clock == moved:
            return FIRST_CARE_DAYS
        return STANDARD_DAYS if clock < moved + YEAR else LATER_CARE_DAYS

    def replaced(self, clock: int, visited: int) -> int | None:
        """The placement that began between the clock's start and the visit, if one did."""
        return next((move for move in self.moves if clock < move <= visited), None)


def visit_frame(
    referred: list[FamilyReferral],
    placed: list[Placement],
    agreed: dict[tuple[str, str], list[Agreement]],
    where: Whereabouts,
) -> pd.DataFrame:
    """Table `visit`, sorted by child and day; what was written down after the data is not there."""
    chance = Chance("visits")
    moves: dict[str, list[int]] = {}
    for placement in placed:
        moves.setdefault(placement.child_id, []).append(placement.started)
    rows = []
    for referral in referred:
        for child in referral.children:
            for plan in child.plans:
                if plan.started > DATA_TO:
                    continue
                clock = _Clock(
                    child.child_id,
                    plan,
                    _within(plan, moves.get(child.child_id, [])),
                    agreed.get((child.child_id, plan.kind), []),
                )
                rows += _plan_rows(chance, clock, where)
    rows.sort(key=lambda row: (row[0], row[2], row[1]))
    return table_frame(schema.visit, [(f"V{n:07}", *row) for n, row in enumerate(rows, start=1)])


def _within(plan: PlanSpell, moves: list[int]) -> list[int]:
    if plan.kind != "CLA":
        return []
    return sorted(move for move in moves if plan.started <= move < plan.ended)


def _plan_rows(chance: Chance, clock: _Clock, where: Whereabouts) -> list[tuple]:
    rows: list[tuple] = []
    started, until = clock.plan.started, min(clock.plan.ended, DATA_TO + 1)
    while True:
        due = clock.due(started)
        visited = _visited_on(chance, started, due, _late(clock.child_id, due, where))
        moved = clock.replaced(started, visited)
        if moved:
            started = moved
            continue
        if visited >= until:
            return [row for row in rows if row[6] is None or row[6] <= DATA_TO]
        if chance.happens(_ATTEMPTED):
            tried = last_working_day_to(max(started + 1, visited - chance.between(1, 6)))
            if started < tried < visited:
                rows.append(_row(chance, clock, tried, where, seen=False))
        rows.append(_row(chance, clock, visited, where, seen=True))
        started = visited


def _late(child_id: str, due: int, where: Whereabouts) -> float:
    held = where.on(child_id, min(due, DATA_TO))
    unit_id = held.unit_id if held else "EAST"
    if unit_id == "U2" and due >= _UNIT_2_FALTERS_FROM:
        return _LATE_IN_UNIT_2
    return _LATE[unit_id]


def _visited_on(chance: Chance, started: int, due: int, late: float) -> int:
    if chance.happens(_MISSED):
        return working_days_after(due + chance.between(20, 45), 0)
    if chance.happens(late):
        return working_days_after(due + 1 + chance.waiting(5), 0)
    early = chance.waiting(0.14 * (due - started))
    return max(last_working_day_to(due - min(early, (due - started) // 2)), started + 1)


def _row(chance: Chance, clock: _Clock, visited: int, where: Whereabouts, seen: bool) -> tuple:
    held = where.on(clock.child_id, visited)
    alone = chance.happens(_SEEN_ALONE[clock.plan.kind]) if seen else None
    recorded: int | None = working_days_after(visited, chance.weighted(_WORKING_DAYS_TO_RECORD))
    if held and held.unit_id == "WEST" and visited < WEST_RECORDS_FROM:
        recorded = None
    if held and held.unit_id == "U2" and recorded and _UNIT_2_CUT_OFF <= recorded < _UNIT_2_BACK:
        recorded = _UNIT_2_BACK
    worker = held.worker_id if held else None
    kind = clock.plan.kind
    return (clock.child_id, kind, visited, seen, alone, worker, recorded)
