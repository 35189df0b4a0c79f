"""What has become of a published figure, row by row and in one sentence."""

from datetime import date

import pytest

from meeting.published.comparing import (
    Changes,
    Compared,
    changes,
    compare,
    difference,
    rows_compared,
)
from meeting.published.frozen import frozen_figures
from meeting.published.publishing import publish
from metrics.catalogue import CATALOGUE
from metrics.figures import read_figures
from metrics.model import Period, Scope, Tally, View
from tests.worlds import SETTINGS, World

SEPTEMBER = Period(2016, 9)
VISITS = CATALOGUE["visits_out_of_timescale"]
ALL_SAME = Changes({}, 0, 0)


def held(*children: str) -> World:
    """Children with a CP plan since 25 August: each is to be seen by 22 September."""
    world = World().add("unit", unit_id="U1", name="Unit 1", kind="segmented")
    for child_id in children:
        world.add("child", child_id=child_id, name=child_id, restricted=False)
        world.add("plan", child_id=child_id, kind="CP", started_on=date(2016, 8, 25))
        world.add(
            "allocation",
            child_id=child_id,
            worker_id="W1",
            unit_id="U1",
            lead=True,
            started_on=date(2016, 8, 1),
        )
    return world


def seen(world: World, child_id: str, day: date, recorded_on: date) -> World:
    return world.add(
        "visit", child_id=child_id, kind="CP", visited_on=day, seen=True, recorded_on=recorded_on
    )


@pytest.fixture
def told(case_of, file_store):
    """The sentence after a month was published from one world and another was loaded."""

    def sentence(then: World, now: World, metric=VISITS, unit_id="U1") -> str:
        case = case_of(then, date(2016, 10, 3))
        done, _ = publish(case, file_store, SETTINGS, SEPTEMBER, "Ann")
        case = case_of(now, date(2016, 10, 10), load_id="2")
        live, view = read_figures(case, SETTINGS), View(SEPTEMBER, Scope(unit_id))
        compared = compare(frozen_figures(file_store, done), live)[metric.key, unit_id]
        return difference(metric, compared, changes(file_store, done, case, live, metric, view))

    return sentence


def test_visits_entered_late_are_counted_and_named(told):
    now = held("K1", "K2", "K3")
    for child_id in ("K1", "K2"):
        seen(now, child_id, date(2016, 9, 20), date(2016, 10, 10))
    assert told(held("K1", "K2", "K3"), now) == (
        "As published 100%, as known now 33%: 2 now in time, entered late."
    )


def test_rows_counted_no_more_and_since_are_told_apart(told):
    # K2's plan turns out to have ended; K3's was not known.
    now = held("K1", "K3")
    assert told(held("K1", "K2"), now) == (
        "As published 100%, as known now 100%: 1 counted no more; 1 counted since."
    )


def test_what_has_not_changed_is_said_to_be_the_same(told):
    assert told(held("K1"), held("K1")) == "As known now it is the same: 100%."


def test_a_metric_whose_rows_cannot_be_known_again_gives_both_values(told):
    def worked(hours: float) -> World:
        world = held().add("worker", worker_id="W1", name="W")
        world.add(
            "post",
            worker_id="W1",
            unit_id="U1",
            role="social_worker",
            fte=1.0,
            agency=False,
            newly_qualified=False,
            started_on=date(2016, 1, 1),
        )
        for category, number in (("direct_work", hours), ("recording", 20.0)):
            world.add(
                "time_record",
                worker_id="W1",
                unit_id="U1",
                worked_on=date(2016, 9, 5),
                category=category,
                hours=number,
                method="diary",
            )
        return world

    said = told(worked(5.0), worked(20.0), CATALOGUE["direct_work"])
    assert said == "As published 20%, as known now 50%."


def test_a_figure_that_is_known_no_more_is_no_figure_and_not_0():
    compared = Compared(Tally(9, 29), None)
    assert difference(VISITS, compared, ALL_SAME) == "As published 31%, as known now no figure."


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ([], [], Changes({}, 0, 0)),
        ([("a", "x")], [("a", "x")], Changes({}, 0, 0)),
        ([("a", "x")], [("a", "y")], Changes({"y": 1}, 0, 0)),
        ([("a", "x")], [("b", "x")], Changes({}, 1, 1)),
        ([("a", "x"), ("a", "y")], [("a", "y")], Changes({}, 1, 0)),
        ([("a", "x"), ("a", "y")], [("a", "z"), ("a", "y")], Changes({"z": 1}, 0, 0)),
        ([("a", None)], [("a", "x"), ("a", "x")], Changes({"x": 1}, 0, 1)),
    ],
)
def test_rows_are_paired_by_identity_and_those_in_the_same_part_first(before, after, expected):
    def rows(found):
        return [((identity,), part) for identity, part in found]

    assert rows_compared(rows(before), rows(after)) == expected


def test_every_identity_names_columns_of_its_rows():
    for metric in CATALOGUE.values():
        own = {"child_id", "worker_id", "unit_id", *metric.drill_down}
        assert set(metric.identified_by) <= own
