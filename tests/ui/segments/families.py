"""The small council with an open case of every child, and what assessments found of each family."""

from datetime import date, timedelta
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.ui.small_council import NAMES, STARTED, build, council

# By the unit that holds the family: what was found of its first child, and how many days after.
FOUND: dict[str, tuple[int, tuple[str, ...]] | None] = {
    "U1": (20, ("18C", "1B")),
    "U2": (20, ("14A",)),
    "U3": (20, ("16A", "5A")),
    "U4": (30, ("18C", "17A")),
    "E": (40, ("17A",)),
    "W": (10, ("19C", "16A")),
    "F": None,
}


def with_cases():
    """Each unit holds one family of three, born on one day; Unit 2's second child is restricted."""
    world = council()
    for unit_id, found in FOUND.items():
        for number in range(len(NAMES)):
            child_id = f"KID-{unit_id}-{number}"
            world.add("referral", child_id=child_id, received_on=STARTED)
        if found:
            days, factors = found
            _assessed(world, f"KID-{unit_id}-0", STARTED + timedelta(days), factors)
    return world


def _assessed(world, child_id: str, on: date, factors: tuple[str, ...]) -> None:
    world.add(
        "assessment",
        assessment_id=f"A-{child_id}",
        child_id=child_id,
        started_on=STARTED,
        authorised_on=on,
    )
    for factor in factors:
        world.add("assessment_factor", assessment_id=f"A-{child_id}", factor=factor)


@cache
def _file() -> bytes:
    with TemporaryDirectory() as folder:
        url = build(Path(folder), with_cases())
        return Path(url.removeprefix("duckdb:///")).read_bytes()


def built(folder: Path) -> str:
    """The address of a new case database with them in it."""
    file = folder / "cases.duckdb"
    file.write_bytes(_file())
    return f"duckdb:///{file}"
