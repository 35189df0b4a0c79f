"""Of whom schools, early help and services say what: on a day, by unit and by school."""

from collections.abc import Iterator
from datetime import date

import pytest

from data_access.database import read
from metrics.model import SERVICE, Tally
from metrics.others.children import alike, children_of, open_children
from metrics.others.counting import OTHER_SCHOOLS, OneChild, by_school, by_unit
from metrics.others.held import CALLED, any_rows, matched_rows
from tests.worlds import SETTINGS, World, loaded

DAY = date(2016, 9, 30)


def child(world: World, child_id: str, **family: str) -> None:
    """An open child, led by a unit of its own: by that it is found again among those counted."""
    world.add(
        "child", child_id=child_id, name=child_id, restricted=child_id == "restricted", **family
    )
    world.add("referral", child_id=child_id, received_on=date(2016, 5, 1))
    lead = {"unit_id": child_id, "worker_id": "Ann", "lead": True, "started_on": date(2016, 5, 1)}
    world.add("allocation", child_id=child_id, **lead)


def on_roll(world: World, child_id: str, school: str, sen: str | None, *days: date | None) -> None:
    began, ended = days
    world.add(
        "enrolment", child_id=child_id, school=school, sen=sen, started_on=began, ended_on=ended
    )


def sessions(
    world: World,
    child_id: str,
    attended: int,
    ended_on: date,
    possible: int = 100,
    started_on: date = date(2015, 9, 1),
) -> None:
    period = {"started_on": started_on, "ended_on": ended_on, "possible": possible}
    world.add("education_period", child_id=child_id, attended=attended, **period)


EASTER, SUMMER = date(2016, 4, 1), date(2016, 7, 21)


def told_more_than_once(world: World) -> None:
    for child_id in ("anew each term", "two terms", "corrected", "goes on", "a year on"):
        child(world, child_id)
    sessions(world, "anew each term", 95, EASTER)
    sessions(world, "anew each term", 178, SUMMER, possible=200)
    sessions(world, "two terms", 95, EASTER, possible=110)
    sessions(world, "two terms", 100, SUMMER, started_on=EASTER)
    sessions(world, "corrected", 80, SUMMER)
    sessions(world, "corrected", 95, SUMMER)
    sessions(world, "goes on", 80, SUMMER)
    sessions(world, "goes on", 300, date(2016, 10, 2), possible=300)
    sessions(world, "a year on", 80, DAY)
    sessions(world, "a year on", 300, DAY.replace(year=2015), 300, date(2014, 9, 1))


@pytest.fixture(scope="module")
def told(shared_engine) -> Iterator[dict[str, OneChild]]:
    world = World()
    for child_id in ("moved", "left", "unknown", "nine tenths", "shut out", "long ago", "helped"):
        child(world, child_id)
    child(world, "of family", family_id="F1")
    child(world, "restricted")
    on_roll(world, "moved", "Elm", "K", date(2012, 9, 1), date(2016, 9, 30))
    on_roll(world, "moved", "Oak", "E", date(2016, 9, 30), None)
    on_roll(world, "left", "Oak", None, date(2012, 9, 1), DAY)
    sessions(world, "nine tenths", 90, date(2016, 7, 21))
    sessions(world, "shut out", 91, date(2016, 7, 21))
    sessions(world, "long ago", 0, DAY.replace(year=2015))
    for child_id, day in (("shut out", date(2015, 10, 1)), ("long ago", date(2015, 9, 30))):
        world.add("exclusion", child_id=child_id, kind="SUSP", started_on=day)
    world.add("exclusion", child_id="helped", kind="SUSP", started_on=DAY)
    world.add("early_help", child_id="helped", started_on=DAY)
    world.add("early_help", family_id="F1", started_on=date(2016, 10, 1))
    course = {"name": "Course", "started_on": date(2016, 6, 1)}
    world.add("intervention", family_id="F1", **course)
    world.add("intervention", child_id="helped", ended_on=DAY, **course)
    told_more_than_once(world)
    with loaded(shared_engine, world, SETTINGS, []) as engine:
        (has_rows,) = read(engine, any_rows())
        assert has_rows._mapping == dict.fromkeys(CALLED, True)
        rows = read(engine, alike(open_children(DAY)))
        yield {str(one.unit_id): one for one in children_of(rows)}


def test_a_restricted_record_is_in_no_number(told):
    assert "restricted" not in told


def test_a_child_has_the_school_and_needs_of_the_roll_it_is_on_that_day(told):
    assert (told["moved"].school, told["moved"].sen) == ("Oak", "E")


def test_who_is_on_no_roll_that_day_is_matched_and_at_no_school(told):
    assert (told["left"].is_matched, told["left"].school, told["left"].sen) == (True, None, None)


def test_of_a_child_who_was_not_matched_nobody_knows_whether_it_was_excluded(told):
    assert told["unknown"] == OneChild("unknown")
    assert told["unknown"].is_excluded is None


def test_nobody_is_matched_with_a_school_by_having_been_excluded(told):
    assert (told["helped"].is_matched, told["helped"].is_excluded) == (False, None)


def test_a_tenth_of_the_sessions_missed_is_persistent_and_less_is_not(told):
    assert told["nine tenths"].is_absent is True
    assert told["shut out"].is_absent is False


def test_sessions_and_exclusions_of_more_than_a_year_ago_are_not_counted(told):
    assert (told["shut out"].is_excluded, told["long ago"].is_excluded) == (True, False)
    assert told["long ago"].is_absent is None


def test_of_periods_that_overlap_the_sessions_of_one_count_the_one_with_most_possible(told):
    assert told["anew each term"].is_absent is True
    assert told["two terms"].is_absent is False


def test_of_periods_with_as_many_sessions_the_one_whose_id_sorts_last_counts(told):
    assert told["corrected"].is_absent is False


def test_a_period_that_does_not_count_that_day_takes_no_other_one_s_place(told):
    assert told["goes on"].is_absent is True
    assert told["a year on"].is_absent is True


def test_help_counts_from_its_first_day_and_a_service_until_its_last(told):
    assert (told["helped"].had_help, told["helped"].has_service) == (True, False)


def test_what_a_family_is_given_each_of_its_children_has_once_it_has_begun(told):
    assert (told["of family"].had_help, told["of family"].has_service) == (False, True)


def test_who_is_not_matched_is_in_no_share_and_who_has_no_unit_in_nothing():
    children = [OneChild("A"), OneChild("A", is_matched=True, sen="E"), OneChild(None)]
    counted = by_unit(children)
    assert (counted.opened["A"], counted.no_unit) == (2, 1)
    assert counted.share("A", "plan") == counted.share(SERVICE, "plan") == Tally(1, 1)
    assert counted.share("A", "matched") == Tally(1, 2)


def test_schools_of_fewer_than_six_children_are_one_part():
    of_five = [OneChild("A", True, school) for school in ("Elm", "Oak") for _ in range(5)]
    counted = by_school([*of_five, *(OneChild("A", True, "Ash") for _ in range(6))])
    assert counted.opened == {"Ash": 6, OTHER_SCHOOLS: 10, SERVICE: 16}


def test_rows_that_match_are_those_written_and_those_left_out_for_their_ids_do_not():
    left_out = {"of_other_children": 30, "child_in_no_table": 2, "missing_value": 4}
    tables = {"enrolment": {"read": 48, "written": 12, "left_out": left_out}, "exclusion": {}}
    (one,) = matched_rows(tables)
    assert (one.table, one.given, one.matched, one.unmatched) == ("enrolment", 44, 12, 32)
