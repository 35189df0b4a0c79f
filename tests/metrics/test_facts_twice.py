"""What each figure counts where one fact stands in two rows: as its edge cases say."""

from datetime import date

import pytest

from metrics.catalogue import CATALOGUE
from tests.worlds import SETTINGS, World

DAY = date(2016, 9, 5)
BEGAN = date(2016, 1, 4)


def staffed(**other_post) -> World:
    world = World().add("post", **(POST | {"fte": 0.6}))
    return world.add("post", **(POST | {"fte": 0.4} | other_post))


POST = {
    "worker_id": "Ann",
    "unit_id": "U1",
    "role": "social_worker",
    "agency": False,
    "newly_qualified": False,
    "started_on": BEGAN,
}
LEAD = {"worker_id": "Ann", "unit_id": "U1", "lead": True, "started_on": BEGAN}
HOURS = {"worker_id": "Ann", "worked_on": DAY, "category": "direct_work", "method": "diary"}
SCORE = {"child_id": "Kit", "scale": SETTINGS.scale, "rater": SETTINGS.rater, "best": "high"}


def in_september(rows_of, key: str, world: World) -> tuple[float, float]:
    rows = [row for row in rows_of(CATALOGUE[key], world) if row["month"] == date(2016, 9, 1)]
    return sum(row["numerator"] for row in rows), round(sum(row["denominator"] for row in rows), 6)


@pytest.mark.parametrize("key", CATALOGUE)
def test_each_metric_says_what_counts_where_a_fact_stands_twice(key):
    says = [rule.lower() for rule in CATALOGUE[key].edge_cases]
    assert any("data issue" in rule and ("two" in rule or "several" in rule) for rule in says)


def test_of_posts_that_overlap_caseload_counts_the_larger_fte_and_a_child_under_two_ids_twice(
    rows_of,
):
    world = staffed().add("allocation", child_id="Kit", **LEAD)
    assert in_september(rows_of, "caseload", world) == (1, 0.6)
    world.add("allocation", child_id="Kit", **LEAD)
    assert in_september(rows_of, "caseload", world) == (1, 0.6)
    world.add("allocation", child_id="Kit again", **LEAD)
    assert in_september(rows_of, "caseload", world) == (2, 0.6)


def test_hours_of_one_day_and_category_are_added_up(rows_of):
    world = World().add("post", **POST, fte=1.0)
    world.add("time_record", **HOURS, hours=3.0).add("time_record", **HOURS, hours=4.0)
    assert in_september(rows_of, "direct_work", world) == (7, 7)


def test_days_in_post_count_every_post(rows_of):
    """September 2016 has 22 working days."""
    world = staffed().add("absence", worker_id="Ann", reason="SIC", first_day=DAY, last_day=DAY,
                          half_day=False)  # fmt: skip
    assert in_september(rows_of, "sickness", world) == (1, 22)


def test_two_referrals_of_a_day_are_two_closures_of_the_same_scores(rows_of):
    world = World()
    for _ in range(2):
        world.add("referral", child_id="Kit", received_on=BEGAN, closed_on=DAY)
    for day, score in ((BEGAN, 3.0), (BEGAN, 4.0), (DAY, 6.0), (DAY, 8.0)):
        world.add("scale_score", **SCORE, scored_on=day, score=score)
    # From 3, whose id sorts first, to 8, whose id sorts last: twice.
    assert in_september(rows_of, "distance_travelled", world) == (10, 2)


def test_two_visits_of_a_day_are_two_records_and_one_visit_due(rows_of):
    world = World().add("plan", child_id="Kit", kind="CIN", started_on=date(2016, 8, 22))
    for recorded_on in (date(2016, 9, 30), DAY):
        world.add("visit", child_id="Kit", kind="CIN", visited_on=DAY, recorded_on=recorded_on)
    assert in_september(rows_of, "recorded_in_time", world) == (1, 2)
    # Made in time by the one that was recorded first.
    (due,) = [
        row
        for row in rows_of(CATALOGUE["visits_out_of_timescale"], world)
        if row["visited_on"] == DAY
    ]
    assert (due["numerator"], due["recorded_on"]) == (0, DAY)


def test_two_plans_of_a_kind_have_visits_due_each(rows_of):
    world = World()
    for _ in range(2):
        world.add("plan", child_id="Kit", kind="CIN", started_on=date(2016, 8, 22))
    assert in_september(rows_of, "visits_out_of_timescale", world) == (2, 2)


def twice(table: str, **row) -> World:
    """One fact in two rows, of a child whose case has been open since January."""
    world = World().add("child", child_id="Kit", born_on=date(1999, 12, 1), restricted=False)
    world.add("referral", child_id="Kit", received_on=BEGAN)
    return world.add(table, child_id="Kit", **row).add(table, child_id="Kit", **row)


MET = {"kind": "initial", "held_on": DAY, "transfer_in": False, "enquiry_id": "E"}


@pytest.mark.parametrize(
    ("key", "world", "counted"),
    [
        ("assessments_in_45_days",
         lambda: twice("assessment", started_on=date(2016, 8, 1), authorised_on=DAY), (2, 2)),
        ("icpc_in_15_days",
         lambda: twice("conference", **MET).add(
             "enquiry", enquiry_id="E", child_id="Kit", started_on=date(2016, 8, 22)), (2, 2)),
        ("attainment",
         lambda: twice("attainment", assessed_on=DAY, reached=True, stage="KS4"), (2, 2)),
        ("attendance",
         lambda: twice("education_period", started_on=date(2016, 8, 30),
                       ended_on=date(2016, 9, 30), possible=40, attended=30), (30, 40)),
        ("closed", lambda: twice("referral", received_on=BEGAN, closed_on=DAY), (2, 3)),
        ("children_on_cp_plan", lambda: twice("plan", kind="CP", started_on=BEGAN), (1, 1)),
        ("days_by_status", lambda: twice("plan", kind="CP", started_on=BEGAN), (30, 30)),
    ],
    ids=lambda one: one if isinstance(one, str) else "",
)  # fmt: skip
def test_of_outcomes_facts_of_one_day_count_as_two_and_plans_or_periods_at_once_as_one(
    rows_of, key, world, counted
):
    assert in_september(rows_of, key, world()) == counted


def test_of_two_activities_of_a_day_the_one_whose_id_sorts_last_counts(rows_of):
    world = twice("activity", as_on=DAY, in_eet=True)
    assert in_september(rows_of, "eet", world) == (1, 1)
    world.rows["activity"][1]["in_eet"] = False
    assert in_september(rows_of, "eet", world) == (0, 1)


def test_complaints_of_one_day_count_as_two(rows_of):
    world = twice("complaint", received_on=DAY, stage=1)
    assert in_september(rows_of, "complaints", world)[0] == 2
