"""Attainment: whose results count, and which are known."""

from datetime import date

from hypothesis import given

from metrics.definitions.not_yet.attainment import METRIC
from tests.draws import draws
from tests.metrics.not_yet import plain_support as plain
from tests.metrics.plain import AS_AT, tallied
from tests.worlds import World, told_by_others

BY = ("month", "child_id")
JULY = (date(2016, 7, 1),)


def reference(world: World) -> list[dict]:
    return [
        plain.told(row["assessed_on"], row["child_id"], row["reached"])
        for row in world.of("attainment")
        if row["reached"] is not None
        and row["assessed_on"] <= AS_AT
        and plain.is_supported(world, row["child_id"], row["assessed_on"])
    ]


@draws(30)
@given(world=told_by_others())
def test_agrees_with_a_look_at_each_result(rows_of, world):
    assert tallied(rows_of(METRIC, world), *BY) == tallied(reference(world), *BY)


def test_a_result_that_is_not_known_is_in_neither_number_and_is_told(rows_of, companion_of):
    world = plain.kit(date(2005, 1, 1))
    for reached in (True, False, None):
        said = {"stage": "KS2", "reached": reached}
        world.add("attainment", child_id="Kit", assessed_on=date(2016, 7, 4), **said)
    assert tallied(rows_of(METRIC, world), "month") == {JULY: (1, 2)}
    assert tallied(companion_of(METRIC, "known_results", world), "month") == {JULY: (2, 3)}
    assert plain.is_of_nobody_s_unit(rows_of, METRIC, world)


def test_without_its_table_it_says_what_to_add_and_few_are_told_without_a_rate(shared_engine):
    assert "add attainment.csv" in plain.why_not(shared_engine, METRIC)
    assert METRIC.fewest == 10
