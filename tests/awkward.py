"""A council whose names and ids no two databases sort alike by themselves, loaded into each."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, timedelta
from pathlib import Path
from random import Random

from sqlalchemy import insert

from data_access.database import rebuild
from data_access.schema import metadata
from loading.deriving import derive
from tests.awkward_outcomes import add_outcomes
from tests.databases import duckdb_file, postgresql_database
from tests.worlds import AS_AT, LONG_HELD, SETTINGS, World

STARTED = date(2015, 9, 1)
# Capitals, accents, digits, signs, spaces, and what LIKE reads as any letter.
IDS = ("a1", "A-10", "a 9", "B2", "b_2", "Ä3", "z%4", "Zz", "é5", "10", "9", "C\\7", "c7", "_8")
NAMES = (
    "de Silva", "De Silva", "Álvarez", "alvarez", "Smith-Jones", "Smith Jones", "SmithJones",
    "O’Hara", "O'Hara", "Groß", "gross", "Łukasz", "Zoë", "zoe", "Østby", "50% Off", "under_score",
    "back\\slash", "Ёлкин", "Արամ", "ԱՐԱՄ", "10 Downing", "9 Elms", None,
)  # fmt: skip
UNITS = {"u-1": "Unit 10", "U1": "unit 2", "ü2": "Ünit 3", "_u": "Unit-2"}
KINDS = ("CIN", "CP", "CLA")
ROLES = ("social_worker", "consultant_social_worker", "team_manager")
CHILDREN = 42


def awkward_council(seed: int = 1) -> World:
    """Four units, fourteen workers and many children; ties of every kind, and much not recorded."""
    world, dice = World(), Random(seed)
    for unit_id, name in UNITS.items():
        world.add("unit", unit_id=unit_id, name=name, kind="segmented")
    for number, id in enumerate(IDS):
        _worker(world, dice, f"w{id}", NAMES[number])
    for number in range(CHILDREN):
        _child(world, dice, f"{IDS[number % len(IDS)]}-{number // len(IDS)}", number)
    for number, id in enumerate(IDS[:6]):
        _handed_on(world, f"{id} handed on", NAMES[number])
    add_outcomes(world, IDS, [*UNITS], Random(seed))
    return world.add(
        "source_load",
        load_id="L1",
        source="demo",
        taken_at=datetime(2016, 10, 15, 9),
        data_to=AS_AT,
        rows_json=json.dumps({"data_from": "2015-09-01", "covers_from": LONG_HELD}),
    )


def _worker(world: World, dice: Random, worker_id: str, name: str | None) -> None:
    world.add("worker", worker_id=worker_id, name=name)
    for id in dice.sample(IDS, 2):
        world.add(
            "post",
            post_id=f"{id} of {worker_id}",
            worker_id=worker_id,
            unit_id=dice.choice([*UNITS]),
            role=dice.choice(ROLES),
            fte=dice.choice([0.1, 0.2, 0.3, 0.7]),
            agency=False,
            newly_qualified=False,
            started_on=STARTED,
        )
    first = dice.choice([date(2016, 3, 30), date(2016, 8, 31), date(2015, 12, 28)])
    world.add(
        "absence",
        worker_id=worker_id,
        reason="SIC",
        first_day=first,
        last_day=first + timedelta(dice.randrange(9)),
        half_day=dice.choice([True, False]),
    )
    for week in range(0, 57, 4):
        for category in ("direct_work", "training", "recording"):
            world.add(
                "time_record",
                worker_id=worker_id,
                unit_id=dice.choice([*UNITS, None]),
                worked_on=STARTED + timedelta(weeks=week),
                category=category,
                hours=dice.choice([0.1, 0.7, 3.3, 7.4]),
                method="diary",
            )


def _child(world: World, dice: Random, child_id: str, number: int) -> None:
    born = (date(2012, 2, 29), date(1998, 10, 1), date(2011, 9, 1), None, date(2016, 4, 1))
    world.add(
        "child",
        child_id=child_id,
        name=NAMES[number % len(NAMES)],
        born_on=born[number % len(born)],
        restricted=number % 9 == 4,
    )
    # Two begin on one day: whose id sorts last holds the child.
    for id in dice.sample(IDS, 2):
        world.add(
            "allocation",
            allocation_id=f"{id} {number}",
            child_id=child_id,
            worker_id=dice.choice([*(f"w{one}" for one in IDS), None]),
            unit_id=dice.choice([*UNITS, None]),
            lead=True,
            started_on=STARTED,
        )
    for kind in dice.sample(KINDS, dice.randrange(3)):
        ended_on = dice.choice([None, None, date(2016, 8, 31)])
        world.add("plan", child_id=child_id, kind=kind, started_on=STARTED, ended_on=ended_on)
    _agreements(world, dice, child_id)
    _visits(world, dice, child_id)
    _scores(world, dice, child_id)


def _handed_on(world: World, child_id: str, name: str | None) -> None:
    """A child who passes to another unit, and back within days."""
    world.add("child", child_id=child_id, name=name, restricted=False)
    case = {"child_id": child_id, "referral_id": f"of {child_id}"}
    world.add("referral", received_on=STARTED, **case)
    days = (STARTED, date(2016, 5, 2), date(2016, 5, 20), None)
    for unit_id, began, ended in zip(("u-1", "U1", "u-1"), days, days[1:], strict=False):
        led = {"unit_id": unit_id, "worker_id": f"w{IDS[0]}", "lead": True}
        world.add("allocation", started_on=began, ended_on=ended, **led, **case)


def _agreements(world: World, dice: Random, child_id: str) -> None:
    for id in dice.sample(IDS, 2) if dice.random() < 0.3 else ():
        world.add(
            "visit_interval",
            visit_interval_id=f"{id} {child_id}",
            child_id=child_id,
            kind=dice.choice(KINDS),
            every=dice.choice([1, 3, 9]),
            period=dice.choice(["weeks", "months", "working_days"]),
            effective_from=date(2016, 5, 1),
            authorised_by=dice.choice(NAMES),
        )


def _visits(world: World, dice: Random, child_id: str) -> None:
    for week in range(0, 58, dice.choice([2, 4, 5])):
        day = STARTED + timedelta(weeks=week, days=dice.randrange(5))
        world.add(
            "visit",
            child_id=child_id,
            kind=dice.choice(KINDS),
            visited_on=day,
            seen=dice.choice([True, True, None, False]),
            worker_id=dice.choice([*(f"w{one}" for one in IDS), None]),
            recorded_on=dice.choice([None, day, day + timedelta(4), day + timedelta(40)]),
        )


def _scores(world: World, dice: Random, child_id: str) -> None:
    closed = date(2016, dice.randrange(1, 11), 1)
    referral = f"R {child_id}"
    world.add(
        "referral",
        referral_id=referral,
        child_id=child_id,
        received_on=STARTED,
        closed_on=dice.choice([closed, None]),
    )
    for id in dice.sample(IDS, 4):
        world.add(
            "scale_score",
            scale_score_id=f"{id} {child_id}",
            child_id=child_id,
            referral_id=referral,
            scale="safety",
            rater="social_worker",
            scored_on=STARTED + timedelta(dice.choice([1, 90])),
            score=dice.choice([0.1, 2.0, 5.3, 9.0]),
            best="high",
        )


def load(url: str, world: World) -> str:
    """`url`, whose case database is the world's now, with its figures."""
    with rebuild(url) as connection:
        for name in [name for name, found in world.rows.items() if found]:
            connection.execute(insert(metadata.tables[name]), world.of(name))
        derive(connection, SETTINGS)
    return url


@contextmanager
def on_both(folder: Path, server: str, world: World) -> Iterator[tuple[str, str]]:
    """The world in a DuckDB file and in a database of the PostgreSQL server: their addresses."""
    with postgresql_database(server) as url:
        yield load(duckdb_file(folder), world), load(url, world)
