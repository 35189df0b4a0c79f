"""Status spells, against a look at each day."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from data_access.database import read
from data_access.schema import status_spell
from tests.draws import draws
from tests.metrics.plain import days, is_open
from tests.worlds import World, edges, loaded, maybe, visited

RANK = {"CIN": 2, "CP": 3, "CLA": 4}
FIRST, LAST = date(2015, 8, 1), date(2016, 11, 30)


def reference(world: World, child_id: str, day: date) -> str | None:
    """The highest status open on the day; an unauthorised assessment ends with its referral."""
    statuses = [
        row["kind"] for row in world.of("plan") if row["child_id"] == child_id and is_open(row, day)
    ]
    if statuses:
        return max(statuses, key=RANK.__getitem__)
    closed = {row["referral_id"]: row["closed_on"] for row in world.of("referral")}
    for row in world.of("assessment"):
        ended_on = row["authorised_on"] or closed.get(row["referral_id"])
        spell = {"started_on": row["started_on"], "ended_on": ended_on}
        if row["child_id"] == child_id and is_open(spell, day):
            return "assessment"
    return None


@st.composite
def assessed(draw) -> World:
    world = draw(visited())
    world.add("plan", child_id="Kit", kind="CIN", started_on=date(2016, 8, 1), ended_on=None)
    world.add("referral", referral_id="R", child_id="Kit", received_on=date(2016, 2, 1))
    world.rows["referral"][0]["closed_on"] = draw(maybe)
    for _ in range(draw(st.integers(0, 2))):
        world.add(
            "assessment",
            child_id="Kit",
            referral_id=draw(st.sampled_from(["R", None])),
            started_on=draw(edges),
            authorised_on=draw(maybe),
        )
    return world


@draws(40)
@given(world=assessed())
def test_agrees_with_a_look_at_each_day(shared_engine, world):
    with loaded(shared_engine, world) as engine:
        spells = [dict(row._mapping) for row in read(engine, select(status_spell))]
    for child_id in ("Kit", "Lou"):
        mine = [row for row in spells if row["child_id"] == child_id]
        for day in days(FIRST, LAST):
            found = [row["status"] for row in mine if is_open(row, day)]
            expected = reference(world, child_id, day)
            assert found == ([expected] if expected else []), day
        in_order = sorted(mine, key=lambda row: row["started_on"])
        for one, following in zip(in_order, in_order[1:], strict=False):
            same = one["status"] == following["status"]
            assert not (same and one["ended_on"] == following["started_on"])


def test_the_highest_status_holds_and_days_without_one_are_in_no_spell(shared_engine):
    """An assessment, a CP plan within it, a gap of a month, and a CIN plan that is still open."""
    world = World()
    world.add(
        "assessment", child_id="Kit", started_on=date(2016, 3, 1), authorised_on=date(2016, 6, 1)
    )
    for kind, started_on, ended_on in (
        ("CP", date(2016, 4, 1), date(2016, 5, 1)),
        ("CIN", date(2016, 7, 1), date(2016, 8, 1)),
        ("CIN", date(2016, 8, 1), date(2016, 9, 1)),  # one spell with the one before
        ("CIN", date(2016, 10, 1), None),  # another: a month lies between
    ):
        said = {"started_on": started_on, "ended_on": ended_on}
        world.add("plan", child_id="Kit", kind=kind, **said)
    with loaded(shared_engine, world) as engine:
        found = read(engine, select(status_spell).order_by(status_spell.c.started_on))
    assert [(row.status, row.started_on, row.ended_on) for row in found] == [
        ("assessment", date(2016, 3, 1), date(2016, 4, 1)),
        ("CP", date(2016, 4, 1), date(2016, 5, 1)),
        ("assessment", date(2016, 5, 1), date(2016, 6, 1)),
        ("CIN", date(2016, 7, 1), date(2016, 9, 1)),
        ("CIN", date(2016, 10, 1), None),
    ]
