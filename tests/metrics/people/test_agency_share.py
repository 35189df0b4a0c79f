"""Agency staff: whose posts count at a month's end, against a look at each last day."""

from datetime import date

from hypothesis import given

from metrics.definitions.people.agency_share import METRIC
from tests.draws import draws
from tests.metrics.people.staff import counted, held, in_post
from tests.metrics.plain import tallied
from tests.worlds import World, allocated

BY = ("month", "unit_id", "worker_id")
SEPTEMBER = (date(2016, 9, 1),)


@draws(30)
@given(world=allocated())
def test_agrees_with_a_look_at_each_month_s_last_day(rows_of, world):
    expected = [
        counted(month, row, row["fte"] if row["agency"] else 0, row["fte"])
        for month, row in held(world.of("post"))
        if row["fte"]
    ]
    assert tallied(rows_of(METRIC, world), *BY) == tallied(expected, *BY)


def test_other_roles_and_fte_0_are_in_neither_number_and_posts_with_an_fte_are_told(
    rows_of, companion_of
):
    world = in_post(in_post(World(), "Ann", "2016-01-04"), "Bob", "2016-01-04", agency=True)
    in_post(in_post(world, "Cal", "2016-01-04", fte=0.0), "Dan", "2016-01-04", role="other")
    assert tallied(rows_of(METRIC, world), "month")[SEPTEMBER] == (1, 2)
    assert tallied(companion_of(METRIC, "fte_known", world), "month")[SEPTEMBER] == (2, 3)


def test_who_left_on_the_29th_is_not_there_on_the_30th_and_who_left_on_the_30th_is(rows_of):
    world = in_post(World(), "Ann", "2016-01-04", "2016-09-30", agency=True)
    in_post(world, "Bob", "2016-01-04", "2016-10-01")
    in_post(world, "Cal", "2016-09-30")
    assert tallied(rows_of(METRIC, world), "month")[SEPTEMBER] == (0, 2)


def test_each_of_two_posts_counts_with_its_own_fte(rows_of):
    world = in_post(World(), "Ann", "2016-01-04", fte=0.5, agency=True)
    in_post(world, "Ann", "2016-01-04", fte=0.25, unit_id="U2")
    assert tallied(rows_of(METRIC, world), "month")[SEPTEMBER] == (0.5, 0.75)
