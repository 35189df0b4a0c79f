"""How many people stand behind a figure, as derive keeps it."""

from datetime import date

from metrics.catalogue import CATALOGUE
from metrics.model import SERVICE, Period, Tally
from metrics.stored.people import people_key
from tests.test_every_metric import derived
from tests.worlds import World

JULY = Period(2016, 7)


def moved_in_july(child_id: str) -> World:
    """A child on a plan all July, with another unit from the 15th on."""
    world = World().add("child", child_id=child_id, restricted=False)
    world.add("referral", referral_id="R1", child_id=child_id, received_on=date(2016, 1, 4))
    world.add("plan", child_id=child_id, kind="CP", started_on=date(2016, 2, 1))
    for unit_id, first, last in (
        ("U1", date(2016, 1, 4), date(2016, 7, 15)),
        ("U2", date(2016, 7, 15), None),
    ):
        world.add("unit", unit_id=unit_id, name=unit_id, kind="segmented")
        world.add(
            "allocation",
            child_id=child_id,
            worker_id=f"worker of {unit_id}",
            unit_id=unit_id,
            lead=True,
            started_on=first,
            ended_on=last,
        )
    return world


def test_a_child_of_many_days_and_two_units_is_one_of_each_and_of_the_service(
    shared_engine,
):
    metric = CATALOGUE["days_by_status"]
    tallies = derived(shared_engine, moved_in_july("C1"), metric).tallies
    assert tallies[metric.key, SERVICE, JULY] == Tally(31, 31)
    people = {one: tallies[people_key(metric.key), one, JULY] for one in ("U1", "U2", SERVICE)}
    assert people == dict.fromkeys(people, Tally(1, 1))
