"""Posts for tests of people, and the days that a plain count looks at."""

from datetime import date

from tests.metrics.plain import is_open, month_ends
from tests.worlds import World

SOCIAL_WORK = {"social_worker", "consultant_social_worker", "senior_practitioner", "team_manager"}


def in_post(world: World, worker_id: str, started: str, ended: str | None = None, **other) -> World:
    said = {"unit_id": "U1", "role": "social_worker", "fte": 1.0, "agency": False}
    said |= {"newly_qualified": False, "started_on": date.fromisoformat(started)} | other
    ended_on = date.fromisoformat(ended) if ended else None
    return world.add("post", worker_id=worker_id, ended_on=ended_on, **said)


def held(rows: list[dict]) -> list[tuple[date, dict]]:
    """Each month's first day with each social worker's post, held or empty, on its last."""
    return [
        (day.replace(day=1), row)
        for day in month_ends()
        for row in rows
        if row["role"] in SOCIAL_WORK and is_open(row, day)
    ]


def counted(month: date, row: dict, numerator: float, denominator: float) -> dict:
    said = {"month": month, "unit_id": row["unit_id"], "worker_id": row.get("worker_id")}
    return said | {"numerator": numerator, "denominator": denominator}
