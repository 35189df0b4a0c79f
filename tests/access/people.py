"""Invented people who sign in, and the case database that some of them work in."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from access.people import Claims
from access.sessions import Session, begin
from data_access.access_settings import SHIPPED_ROLES, SessionLimits
from tests.worlds import SETTINGS, World

NOON = datetime(2016, 10, 3, 12, 0, tzinfo=UTC)
TODAY = date(2016, 10, 3)
LIMITS = SessionLimits(idle_minutes=30, hours=10, meeting_hours=4)
WITH_ROLES = replace(SETTINGS, roles=SHIPPED_ROLES, sessions=LIMITS)
NUMBER = "SW123456"


def minutes(number: float) -> timedelta:
    return timedelta(minutes=number)


def claims(*roles: str, subject: str = "ann", **said) -> Claims:
    named = {"name": f"{subject.title()} Example", "email": f"{subject}@example.org"}
    return Claims("https://issuer.example", subject, roles=roles, **{**named, **said})


def signed_in(store, *roles: str, now: datetime = NOON, **said) -> Session:
    return begin(store, claims(*roles, **said), LIMITS, now)[1]


def council() -> World:
    """Ann is in post in Unit 1, was in Unit 2 until yesterday; Bob has no number."""
    world = World()
    for unit in ("U1", "U2", "U3"):
        world.add("unit", unit_id=unit, name=f"Unit {unit}", kind="segmented")
    world.add("worker", worker_id="W1", name="Ann Example", registration_no=NUMBER)
    world.add("worker", worker_id="W2", name="Bob Example")
    post(world, "W1", "U1", date(2016, 1, 4), None)
    post(world, "W1", "U2", date(2016, 1, 4), TODAY)
    return world


def post(world: World, worker: str, unit: str, started_on: date, ended_on: date | None) -> None:
    world.add(
        "post",
        worker_id=worker,
        unit_id=unit,
        role="social_worker",
        fte=0.5,
        agency=False,
        newly_qualified=False,
        started_on=started_on,
        ended_on=ended_on,
    )
