"""A council of seven units and twenty-one children, built in a second, to open pages on."""

import json
from datetime import date, datetime, timedelta
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from sqlalchemy import insert

from data_access.database import connect, rebuild
from data_access.schema import metadata
from data_access.settings import Settings
from loading.deriving import derive
from metrics.catalogue import CATALOGUE
from metrics.figures import read_figures
from metrics.model import Tally, View
from tests.worlds import LONG_HELD, SETTINGS, World

AS_AT = date(2016, 10, 14)
STARTED = date(2016, 2, 1)
UNITS = {
    "U1": ("Unit 1", "segmented"),
    "U2": ("Unit 2", "segmented"),
    "U3": ("Unit 3", "segmented"),
    "U4": ("Unit 4", "segmented"),
    "E": ("East area", "area"),
    "W": ("West area", "area"),
    "F": ("Front door", "front_door"),
}
# What a page must show as text and never run.
HOSTILE = "<img src=x onerror=alert(1)> O'Hara & Son"
HIDDEN = "Hidden Restricted"
NAMES = ("Zebedee Quillfeather", "Ottoline Marchbanks", "Peregrine Ashdown")


def council(invented: bool = True) -> World:
    """Seven units, each with a worker and three children, two of them with a surname of note."""
    world = World()
    for at, (unit_id, (name, kind)) in enumerate(UNITS.items()):
        world.add("unit", unit_id=unit_id, name=name, kind=kind)
        _staff(world, unit_id, at)
        for number, child_name in enumerate(NAMES):
            _child(world, unit_id, at, number, child_name)
    for child in world.rows["child"]:
        if child["child_id"] == "KID-U2-0":
            child["name"] = HOSTILE
        if child["child_id"] == "KID-U2-1":
            child.update(name=HIDDEN, restricted=True)
    return world.add(
        "source_load",
        load_id="L1",
        source="demo" if invented else "annex_a",
        taken_at=datetime(2016, 10, 15, 9),
        data_to=AS_AT,
        rows_json=json.dumps({"data_from": "2016-02-01", "covers_from": LONG_HELD}),
    )


def registration_of(unit_id: str) -> str:
    """The Social Work England number of the unit's worker."""
    return f"SW12345{[*UNITS].index(unit_id)}"


def counted_of(url: str, view: View) -> set[str]:
    """The metrics of which anything was there to count."""
    figures = read_figures(connect(url), SETTINGS)
    told = {key: figures.result(metric, view).tally for key, metric in CATALOGUE.items()}
    return {key for key, tally in told.items() if tally not in (None, Tally())}


def _staff(world: World, unit_id: str, at: int) -> None:
    worker_id = f"WORKER-{unit_id}"
    world.add(
        "worker",
        worker_id=worker_id,
        name=f"Worker Of {unit_id}",
        registration_no=registration_of(unit_id),
    )
    world.add(
        "post",
        worker_id=worker_id,
        unit_id=unit_id,
        role="social_worker",
        fte=1.0,
        agency=False,
        newly_qualified=False,
        started_on=STARTED,
    )
    world.add(
        "absence",
        worker_id=worker_id,
        reason="SIC",
        first_day=date(2016, 9, 5),
        last_day=date(2016, 9, 5) + timedelta(at),
        half_day=False,
    )
    for week in range(36):
        for category, hours in (("direct_work", 8.0 + at), ("training", 6.0), ("recording", 15.0)):
            world.add(
                "time_record",
                worker_id=worker_id,
                unit_id=unit_id,
                worked_on=STARTED + timedelta(weeks=week),
                category=category,
                hours=hours,
                method="diary",
            )


def _child(world: World, unit_id: str, at: int, number: int, name: str) -> None:
    child_id = f"KID-{unit_id}-{number}"
    world.add(
        "child",
        child_id=child_id,
        name=f"{name} {unit_id}",
        born_on=date(2008, 5, 1),
        family_id=f"FAM-{unit_id}",
        restricted=False,
    )
    world.add("plan", child_id=child_id, kind="CIN", started_on=STARTED)
    world.add(
        "allocation",
        child_id=child_id,
        worker_id=f"WORKER-{unit_id}",
        unit_id=unit_id,
        lead=True,
        started_on=STARTED,
    )
    for visit in range(8):
        day = STARTED + timedelta(days=visit * (27 + number) + at)
        world.add(
            "visit",
            child_id=child_id,
            kind="CIN",
            visited_on=day,
            seen=visit != 3,
            worker_id=f"WORKER-{unit_id}",
            recorded_on=day + timedelta(2 * number),
        )
    for score in (2.0, 5.0):
        world.add(
            "scale_score",
            child_id=child_id,
            scale="safety",
            rater="social_worker",
            scored_on=STARTED + timedelta(days=30 * score),
            score=score,
            best="high",
        )


def build(folder: Path, world: World | None = None, settings: Settings = SETTINGS) -> str:
    """The address of a new case database with the council in it."""
    file = folder / "small.duckdb"
    if world is None and not file.exists():
        file.write_bytes(_usual(settings))
    else:
        _fill(f"duckdb:///{file}", world or council(), settings)
    return f"duckdb:///{file}"


@cache
def _usual(settings: Settings) -> bytes:
    """The file with the usual council in it, filled once for all who ask."""
    with TemporaryDirectory() as folder:
        file = Path(folder) / "usual.duckdb"
        _fill(f"duckdb:///{file}", council(), settings)
        return file.read_bytes()


def _fill(url: str, world: World, settings: Settings) -> None:
    with rebuild(url) as connection:
        for name in [name for name, found in world.rows.items() if found]:
            connection.execute(insert(metadata.tables[name]), world.of(name))
        derive(connection, settings)
