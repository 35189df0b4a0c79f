"""Answers that others worked out by hand from the definitions; each also has a test of its own."""

import json
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from loading.calendar import calendar_days
from metrics.catalogue import CATALOGUE
from metrics.model import Measure, Tally, round_half_up
from tests.left_out import BESIDE, needs
from tests.metrics.plain import tallied
from tests.worlds import World, basis

FILE = BESIDE / "vectors" / "metrics.json"
VECTORS = {one["id"]: one for one in json.loads(FILE.read_text())} if FILE.exists() else {}
AUGUST = (date(2016, 8, 1),)

pytestmark = needs(FILE)


def given(name: str) -> tuple[Any, Any]:
    return VECTORS[name]["input"], VECTORS[name]["expected"]


def day(written: str | None) -> date | None:
    return date.fromisoformat(written) if written else None


def posted(world: World, worker_id: str, fte: float, **other: Any) -> World:
    post = {
        "unit_id": "U1",
        "role": "social_worker",
        "agency": False,
        "newly_qualified": False,
        "started_on": date(2015, 1, 1),
    }
    return world.add("post", worker_id=worker_id, fte=fte, **{**post, **other})


def test_cl1_average_caseload(rows_of):
    workers, expected = given("CL1")
    world = World()
    for one in workers:
        role = one.get("role", "social worker").replace(" ", "_")
        posted(world, one["w"], one["fte"], role=role, agency=one.get("agency", False))
        for number in range(one["cases"]):
            world.add(
                "allocation",
                child_id=f"{one['w']}{number}",
                worker_id=one["w"],
                lead=True,
                started_on=date(2016, 1, 1),
            )
    august = tallied(rows_of(CATALOGUE["caseload"], world), "month")[AUGUST]
    assert august == (expected["cases"], expected["fte"])
    assert Measure.PER_FTE.written(august[0] / august[1]) == str(expected["average"])


@pytest.mark.parametrize(
    ("name", "key", "numerator", "denominator", "answer"),
    [
        ("CL5", "caseload", "cases", "case_holders_fte", "average"),
        ("SK2", "sickness", "days_lost", "fte", "rate"),
    ],
)
def test_published_rates_are_reached(name, key, numerator, denominator, answer):
    said, expected = given(name)
    tally = Tally(said[numerator], said[denominator] * said.get("working_days", 1))
    value = CATALOGUE[key].measure.figure(tally)
    assert value is not None
    assert float(round_half_up(value, 1)) == expected[answer]


def test_dw1_direct_work_is_pooled(rows_of):
    workers, expected = given("DW1")
    world = World()
    for one in workers:
        posted(world, one["w"], 1.0)
        for category, hours in (
            ("direct_work", one["direct_h"]),
            ("recording", one["recorded_h"] - one["direct_h"]),
        ):
            world.add(
                "time_record",
                worker_id=one["w"],
                worked_on=date(2016, 8, 1),
                category=category,
                hours=hours,
                method="diary",
            )
    numerator, denominator = tallied(rows_of(CATALOGUE["direct_work"], world), "month")[AUGUST]
    assert float(round_half_up(100 * numerator / denominator, 1)) == expected["pooled"]


def test_sk1_sickness_in_august_2016(rows_of):
    said, expected = given("SK1")
    world = World()
    for one in said["staff"]:
        left = day(one.get("left"))
        posted(world, one["id"], one["fte"], ended_on=left and left + timedelta(1))
        for first, last, *half in one["absences"]:
            world.add(
                "absence",
                worker_id=one["id"],
                reason="SIC",
                first_day=day(first),
                last_day=day(last),
                half_day=bool(half),
            )
    august = tallied(rows_of(CATALOGUE["sickness"], world), "month")[AUGUST]
    assert august == pytest.approx((expected["total_lost"], expected["available_fte_method"]))


def test_dt1_distance_travelled(rows_of):
    said, expected = given("DT1")
    world = World()
    for one in said["cases"]:
        closed_on = day(one["closed"])
        world.add(
            "referral",
            referral_id=one["c"],
            child_id=one["c"],
            received_on=date(2016, 2, 1),
            closed_on=closed_on,
        )
        scores = [one.get("first", one.get("only_score")), one.get("last")]
        for at, score in enumerate(scores):
            if score is not None:
                world.add(
                    "scale_score",
                    child_id=one["c"],
                    scale="safety",
                    rater="social_worker",
                    scored_on=date(2016, 3 + at, 1),
                    score=float(score),
                    best="low" if "10 worst" in one.get("scale", "") else "high",
                )
    rows = [
        row for row in rows_of(CATALOGUE["distance_travelled"], world) if row["month"] == AUGUST[0]
    ]
    assert len(rows) == expected["paired"]
    assert sum(row["numerator"] for row in rows) / len(rows) == expected["mean"]
    for change in ("improved", "same", "worse"):
        assert sum(row["change"] == change for row in rows) == expected[change]


@pytest.mark.parametrize("name", ["VI2", "VI6", "VI9"])
def test_due_dates(rows_of, name):
    said, expected = given(name)
    world = World().add("plan", child_id="K", kind="CP", started_on=day(said["last"]))
    if "rule" in said:
        every, *period = said["rule"].split()
        in_words = {"working days": "working_days", "calendar month": "months"}
        agreed = {"every": int(every), "period": in_words[" ".join(period)]}
        agreed["effective_from"] = date(2015, 1, 1)
    else:
        agreed = {"every": said["override_days"], "period": "days"}
        agreed["effective_from"] = day(said["effective"])
    world.add("visit_interval", child_id="K", kind="CP", **agreed)
    (row,) = rows_of(CATALOGUE["visits_out_of_timescale"], world)
    assert row["due_on"] == day(expected)


def test_vi5_bank_holidays_are_those_of_the_year():
    said, expected = given("VI5")
    days = calendar_days(date(2020, 1, 1), date(2020, 12, 31)).set_index("day")
    number = days.loc[day(said["last"]), "working_day_number"] + int(said["rule"].split()[0])
    due = days[days["working"] & (days["working_day_number"] == number)].index[0]
    assert due == day(expected)


def on_plan(kind: str, started_on: date, *visits: date) -> World:
    """One child on one plan, seen on these days."""
    world = World().add("plan", child_id="K", kind=kind, started_on=started_on)
    for visited_on in visits:
        world.add("visit", child_id="K", kind=kind, visited_on=visited_on)
    return world


def due_from(rows: list[dict], started_on: date) -> dict:
    return next(row for row in rows if row["clock_started_on"] == started_on)


def test_vi7_a_gap_of_59_days_is_late_though_both_months_have_a_visit(rows_of):
    """A month later than the vector, whose visit fell due before the months counted here."""
    said, expected = given("VI7")
    first, second = (date.fromisoformat(one) for one in said["visits"])
    assert (second - first).days == expected["gap_days"]
    due_on = first + timedelta(weeks=4)
    assert expected["four_weekly"] == f"due {due_on}, {(second - due_on).days} days late"
    later = timedelta(days=31)
    world = on_plan("CP", first, first + later, second + later)
    row = due_from(rows_of(CATALOGUE["visits_out_of_timescale"], world), first + later)
    assert (row["due_on"], row["visited_on"] - row["due_on"]) == (due_on + later, second - due_on)
    assert row["state"] == "late"


def test_vi12_the_law_and_the_standard_are_two_clocks(rows_of):
    said, expected = given("VI12")
    placed_on, last = date.fromisoformat(said["placement_start"]), date.fromisoformat(said["last"])
    world = on_plan("CLA", placed_on, last, date(2016, 2, 12))
    world.add("placement", child_id="K", started_on=placed_on, long_term=False)
    row = due_from(rows_of(CATALOGUE["visits_out_of_timescale"], world), last)
    assert row["lawful_due_on"] == date.fromisoformat(expected["statutory_due"])
    assert row["due_on"] == row["standard_due_on"] == date.fromisoformat(expected["newcastle_due"])
    assert expected["visit_2016-02-12"] == "lawful; 7 days late locally"
    assert row["visited_on"] <= row["lawful_due_on"]
    assert (row["visited_on"] - row["due_on"]).days == 7


def test_vi15_due_today_is_not_overdue(rows_of):
    said, expected = given("VI15")
    due_on, as_of = date.fromisoformat(said["due"]), date.fromisoformat(said["as_of"])
    assert expected == "due today, not overdue"
    world = on_plan("CP", due_on - timedelta(weeks=4))
    metric = CATALOGUE["visits_out_of_timescale"]
    assert not rows_of(metric, world, basis(known_on=as_of))
    assert rows_of(metric, world, basis(known_on=as_of + timedelta(1)))


def test_vi17_an_attempt_leaves_the_visit_undone(rows_of):
    """Overdue in the vector means past the due date: here it takes two working days more."""
    said, expected = given("VI17")
    world = on_plan("CP", date.fromisoformat(said["due"]) - timedelta(weeks=4))
    tried = {"visited_on": date.fromisoformat(said["attempt"]), "seen": said["child_seen"]}
    world.add("visit", child_id="K", kind="CP", **tried)
    metric = CATALOGUE["visits_out_of_timescale"]
    (row,) = rows_of(metric, world, basis(known_on=date(2016, 8, 16)))
    assert (row["numerator"], row["attempts"]) == (1, expected["attempts"])
    (row,) = rows_of(metric, world, basis(known_on=date(2016, 8, 18)))
    assert row["state"] == expected["status_2016-08-16"]


def test_every_worked_visit_is_tested():
    here = Path(__file__).read_text(encoding="utf-8")
    assert not {name for name in VECTORS if name.startswith("VI") and name not in here.upper()}


def test_vi18_one_event_an_interval(rows_of):
    said, expected = given("VI18")
    world = World()
    for child_id, one in said["children"].items():
        world.add("plan", child_id=child_id, kind="CP", started_on=day(one["anchor"]))
        world.add(
            "visit_interval",
            child_id=child_id,
            kind="CP",
            every=said["interval_days"],
            period="days",
            effective_from=date(2016, 1, 1),
        )
        for visited_on in one["visits"]:
            world.add("visit", child_id=child_id, kind="CP", visited_on=day(visited_on))
    late, due = tallied(rows_of(CATALOGUE["visits_out_of_timescale"], world), "month")[AUGUST]
    assert expected["A_one_event_per_interval"].startswith(f"{due - late:.0f}/{due:.0f}")


def test_sp3_rounding():
    said, expected = given("SP3")
    assert [int(round_half_up(number / 10)) * 10 for number in said] == expected
