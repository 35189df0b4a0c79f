"""Vacant posts: what is vacant, what is filled, and what agency staff cover."""

from datetime import date

from hypothesis import given
from sqlalchemy import insert

from data_access.schema import post
from loading.not_in_source import not_in_source
from metrics.definitions.people.vacancy_share import METRIC
from tests.databases import emptied
from tests.draws import draws
from tests.metrics.people.staff import counted, held, in_post
from tests.metrics.plain import tallied
from tests.worlds import WORLDS, World

BY = ("month", "unit_id", "worker_id")
SEPTEMBER = (date(2016, 9, 1),)


def vacant(world: World, started: str, ended: str | None = None, **other) -> World:
    said = {"unit_id": "U1", "role": "social_worker", "fte": 1.0} | other
    days = [date.fromisoformat(day) if day else None for day in (started, ended)]
    return world.add("vacancy", started_on=days[0], ended_on=days[1], **said)


@draws(30)
@given(world=WORLDS["vacancy_share"]())
def test_agrees_with_a_look_at_each_month_s_last_day(rows_of, world):
    filled = held([row for row in world.of("post") if not row["agency"] and row["fte"]])
    expected = [counted(month, row, 0, row["fte"]) for month, row in filled]
    expected += [counted(month, row, 1.0, 1.0) for month, row in held(world.of("vacancy"))]
    assert tallied(rows_of(METRIC, world), *BY) == tallied(expected, *BY)


def test_a_post_that_agency_covers_is_vacant_and_other_roles_and_fte_0_are_out(
    rows_of, companion_of
):
    world = in_post(in_post(World(), "Ann", "2016-01-04"), "Bob", "2016-01-04", agency=True)
    in_post(world, "Cal", "2016-01-04", fte=0.0)
    vacant(vacant(world, "2016-05-01", fte=0.5), "2016-05-01", role="other")
    vacant(vacant(world, "2016-05-01", fte=0.0), "2016-05-01", "2016-09-30")
    assert tallied(rows_of(METRIC, world), "month")[SEPTEMBER] == (0.5, 1.5)
    assert tallied(companion_of(METRIC, "fte_known", world), "month")[SEPTEMBER] == (1, 2)


def test_without_a_vacant_post_it_is_not_in_the_source(shared_engine):
    world = in_post(World(), "Ann", "2016-01-04")
    with shared_engine.begin() as connection:
        emptied(connection)
        connection.execute(insert(post), world.of("post"))
        assert "add vacancy.csv" in not_in_source(connection)[METRIC.key]
