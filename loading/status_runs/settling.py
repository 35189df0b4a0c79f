"""What becomes of a child's changes of level that were taken back within days."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from data_access.schema import PLAN_KINDS
from loading.status_runs.levels import NONE


@dataclass(frozen=True)
class Run:
    """Days of one level on end; `ended_on` is the first day not in it, None if it goes on."""

    level: str
    started_on: date
    ended_on: date | None

    def is_shorter_than(self, days: int) -> bool:
        return self.ended_on is not None and (self.ended_on - self.started_on).days < days


BEFORE_ALL = Run(NONE, date.min, date.max)


def settled(runs: Sequence[Run], settle_days: int) -> tuple[list[Run], list[Run]]:
    """A child's runs once what was taken back has settled into the run before, and what that was.

    `runs` follow each other without a gap, days without a level ("none") among them; before the
    first there was none. From the earliest on, until nothing changes: a run shorter than
    `settle_days` settles into the one before it if the one after has that one's level, or if it is
    "open" between two plans. If it is "open" between a plan and none, the case was closed with the
    plan and written up late: those days are of none, and nothing was taken back. The last never
    settles: nobody knows yet how long it will be.
    """
    kept, taken_back, place = [BEFORE_ALL, *runs], [], 1
    while place < len(kept) - 1:
        before, short, after = kept[place - 1 : place + 2]
        if not short.is_shorter_than(settle_days):
            place += 1
        elif _goes_on(before, short, after):
            taken_back.append(short)
            kept[place - 1 : place + 1 + (before.level == after.level)] = [
                _longer(before, short, after)
            ]
            # The run before alone may have become one to settle: what is after it is another.
            place = max(1, place - 1)
        elif _closes(before, short, after):
            kept[place : place + 2] = [replace(after, started_on=short.started_on)]
            place = max(1, place - 1)
        else:
            place += 1
    return [one for one in kept[1:] if one.level != NONE], taken_back


def _longer(before: Run, short: Run, after: Run) -> Run:
    """The run before with the short one in it, and with the one after if both are of one level."""
    return replace(
        before, ended_on=after.ended_on if before.level == after.level else short.ended_on
    )


def _closes(before: Run, short: Run, after: Run) -> bool:
    return before.level in PLAN_KINDS and short.level == "open" and after.level == NONE


def _goes_on(before: Run, short: Run, after: Run) -> bool:
    between_plans = before.level in PLAN_KINDS and after.level in PLAN_KINDS
    return before.level == after.level or (short.level == "open" and between_plans)
