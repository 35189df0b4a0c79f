"""No new charges: only of those who were looked for and found, and unknown is never none."""

from datetime import date

from hypothesis import given

from metrics.definitions.not_yet.no_new_charges import METRIC
from tests.draws import draws
from tests.metrics.not_yet import plain_support as plain
from tests.metrics.plain import ONE_DAY, months_later, tallied
from tests.worlds import World, told_by_others

BY = ("month", "child_id")
SEPTEMBER = (date(2016, 9, 1),)


def reference(world: World) -> list[dict]:
    found = []
    for day, child_id in plain.supported_of_age(world, 10, 17):
        first = months_later(day + ONE_DAY, -12)
        mine = [row for row in world.of("offence") if row["child_id"] == child_id]
        charged = any(first <= row["charged_on"] <= day for row in mine)
        if any(
            row["child_id"] == child_id and row["found"] and row["matched_to"] >= day
            for row in world.of("offence_match")
        ):
            found.append(plain.told(day, child_id, not charged))
    return found


@draws(30)
@given(world=told_by_others())
def test_agrees_with_a_look_at_each_month_s_last_day(rows_of, world):
    assert tallied(rows_of(METRIC, world), *BY) == tallied(reference(world), *BY)


def looked_for(found: bool, matched_to: date, charged_on: date | None = None) -> World:
    world = plain.kit(date(2002, 1, 1))
    world.add("offence_match", child_id="Kit", matched_to=matched_to, found=found)
    return world.add("offence", child_id="Kit", charged_on=charged_on) if charged_on else world


def test_who_was_not_found_or_not_till_the_month_s_end_is_in_neither_number(rows_of, companion_of):
    found = looked_for(True, date(2016, 9, 30))
    assert tallied(rows_of(METRIC, found), "month")[SEPTEMBER] == (1, 1)
    assert plain.is_of_nobody_s_unit(rows_of, METRIC, found)
    for world in (looked_for(False, date(2016, 9, 30)), looked_for(True, date(2016, 9, 29))):
        assert SEPTEMBER not in tallied(rows_of(METRIC, world), "month")
        assert tallied(companion_of(METRIC, "matched", world), "month")[SEPTEMBER] == (0, 1)


def test_a_charge_of_the_twelve_months_counts_and_one_a_day_older_does_not(rows_of):
    for day, none in ((date(2015, 10, 1), 0), (date(2015, 9, 30), 1)):
        world = looked_for(True, date(2016, 9, 30), day)
        assert tallied(rows_of(METRIC, world), "month")[SEPTEMBER] == (none, 1)


def test_without_its_tables_it_says_what_to_add(shared_engine):
    why = plain.why_not(shared_engine, METRIC)
    assert "add offence_match.csv" in why and "add offence.csv" in why
