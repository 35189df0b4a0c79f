"""How long half stay: from worlds worked by hand, and when nothing is told."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy import Engine

from loading.deriving import derive
from metrics.catalogue import CATALOGUE
from metrics.figures import Figures, read_figures
from metrics.model import Period, Scope, View
from metrics.sentence import reading_sentences
from metrics.survival.kaplan_meier import Stays
from metrics.survival.median_stay import MedianStay, from_stored, median_stay
from tests.left_out import needs
from tests.metrics.test_outcome_vectors import FILE, VECTORS, whole
from tests.worlds import SETTINGS

KM = [one for one in VECTORS if one["metric"].startswith("km_time_in_")]
SPELLS = [(0, 30, True), (0, 60, True), (0, 90, True), (0, 120, False), (0, 150, False)]


@needs(FILE)
@pytest.mark.parametrize("vector", KM, ids=lambda one: f"{one['id']}: {one['title']}")
def test_a_worked_world_gives_how_long_half_stay(shared_engine, vector):
    said = vector.get("settings", {})
    settings = replace(
        SETTINGS,
        fewest_ended=said.get("km_min_events", SETTINGS.fewest_ended),
        fewest_at_risk=said.get("km_min_at_risk", SETTINGS.fewest_at_risk),
    )
    found = derived_with(shared_engine, vector, settings)
    for expected in vector["expected"]:
        place = (vector["metric"][3:], expected["unit"], Period.parse(expected["month"]))
        told = from_stored(found.spreads[place])
        assert told is not None
        assert (told.ended, told.median, told.is_withheld) == (
            expected["events"], expected["median_days"], expected["withheld"],
        )  # fmt: skip


def derived_with(engine: Engine, vector: dict, settings) -> Figures:
    whole(engine, vector["rows"], vector["load"])
    with engine.begin() as connection:
        derive(connection, settings)
    return read_figures(engine, settings)


def test_it_is_withheld_where_too_few_ended_or_could_have():
    assert median_stay(Stays.of(*SPELLS), 3, 1).median == 90
    assert median_stay(Stays.of(*SPELLS), 4, 1) == MedianStay(3)
    # Three were at risk on the 90th day: the curve is seen until then.
    assert median_stay(Stays.of(*SPELLS), 3, 3).median == 90
    # Four were so until the 60th: half of these ended after it, and how long after nobody can see.
    assert median_stay(Stays.of(*SPELLS), 3, 4) == MedianStay(3, longer_than=60)


def test_few_who_are_seen_early_make_all_that_follows_doubtful():
    """One child from its first day on, which ends, and twenty from their hundredth."""
    late = [(100, 150 + day, True) for day in range(20)]
    assert median_stay(Stays.of((0, 5, True), *late), 10, 5) == MedianStay(21)
    assert median_stay(Stays.of(*late), 10, 5).median == 159


def test_where_more_than_half_stay_it_is_told_longer_than_what():
    spells = [(0, 30, True)] * 12 + [(0, 244, False)] * 20
    assert median_stay(Stays.of(*spells), 10, 5) == MedianStay(12, longer_than=244)


def test_it_is_told_under_the_figure_with_how_long_open_stays_have_lasted(shared_engine):
    """Twelve plans of 10 to 120 days, all begun on 1 March, and two that go on from 1 June."""
    began = date(2016, 3, 1)
    ended = [plan(f"K{n}", began, began + timedelta(10 * n)) for n in range(1, 13)]
    open_plans = [plan(f"O{n}", date(2016, 6, 1), None) for n in range(2)]
    rows = {"plan": [one | {"plan_id": one["child_id"]} for one in ended + open_plans]}
    load = {"data_from": "2014-01-01", "data_to": "2016-06-30"}
    found = derived_with(shared_engine, {"rows": rows, "load": load}, SETTINGS)
    metric = CATALOGUE["time_in_cin"]
    lines = reading_sentences(found.result(metric, View(Period(2016, 6), Scope())))
    assert (
        "Half stay 70 days or less (95% interval 30 to 100 days), counting those who still stay"
        " for as long as they were seen: in 24 months 12 ended." in lines
    )
    assert (
        "2 stays go on, half of them for 29 days or less; the longest for 29 days and 29 days."
        in lines
    )
    may = reading_sentences(found.result(metric, View(Period(2016, 5), Scope())))
    assert "How long half stay can’t be told: in 24 months 9 ended, or too few could have." in may


def plan(child_id: str, started_on: date, ended_on: date | None) -> dict:
    return {
        "child_id": child_id,
        "kind": "CIN",
        "started_on": started_on.isoformat(),
        "ended_on": ended_on and ended_on.isoformat(),
    }
