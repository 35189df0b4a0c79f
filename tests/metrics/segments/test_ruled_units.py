"""Rules for units that have closed, or that nobody knows: said, and nothing else changed."""

from datetime import date, timedelta

from data_access.database import read
from metrics.segments.ruled_units import UNKNOWN, not_there, not_there_told, units_known
from tests.worlds import AS_AT, SETTINGS, World, loaded

RULES = SETTINGS.segments.on(AS_AT)


def world(**closed_on: date | None) -> World:
    made = World()
    for unit_id, day in closed_on.items():
        made.add("unit", unit_id=unit_id, name=unit_id, kind="segmented", closed_on=day)
    return made


def found(engine, made: World) -> dict[str, str]:
    with loaded(engine, made, only_for=[]) as of:
        return not_there(RULES, read(of, units_known(RULES)), AS_AT)


def test_a_closed_unit_takes_no_family_from_the_day_on_which_it_is_no_more(shared_engine):
    made = world(U1=AS_AT, U2=AS_AT + timedelta(1), U3=None, U4=date(2016, 1, 4))
    assert found(shared_engine, made) == {
        "U1": "which closed on 14 October 2016",
        "U4": "which closed on 4 January 2016",
    }


def test_a_unit_with_neither_a_row_nor_an_allocation_is_none_of_these_data(shared_engine):
    made = world(U1=None, U2=None)
    made.add("allocation", child_id="Kit", unit_id="U3", lead=True, started_on=date(2016, 1, 4))
    assert found(shared_engine, made) == {"U4": UNKNOWN}


def test_the_sentence_names_each_and_says_what_to_do():
    why_not = {"U1": "which closed on 4 January 2016", "U9": UNKNOWN}
    assert not_there_told(why_not, {"U1": "Unit 1"}) == (
        "A rule of segments.toml is for a unit to which no family can go: Unit 1, which closed on"
        " 4 January 2016; U9, which is no unit of these data. Name a unit there that is open, or"
        " correct the unit in the data."
    )
    assert not_there_told({}, {}) is None
