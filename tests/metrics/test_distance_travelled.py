"""Distance travelled, against a count in plain loops and a worked example."""

from dataclasses import replace
from datetime import date

from hypothesis import given

from metrics.definitions.distance_travelled import METRIC
from metrics.model import Tally
from tests.draws import draws
from tests.metrics.plain import AS_AT, ONE_DAY, agreed_in, is_open, tallied
from tests.worlds import SETTINGS, World, basis, closing


def reference(world: World) -> list[dict]:
    counted = []
    for referral in world.of("referral"):
        closed_on = referral["closed_on"]
        if closed_on is None or closed_on > AS_AT or closed_on < date(2016, 2, 1):
            continue
        scores = _scores(world, referral)
        if not scores or scores[0]["scored_on"] == scores[-1]["scored_on"]:
            continue
        counted.append(
            {
                "month": closed_on.replace(day=1),
                "unit_id": _unit(world, referral),
                "child_id": referral["child_id"],
                "numerator": _safety(scores[-1]) - _safety(scores[0]),
                "denominator": 1,
            }
        )
    return counted


def _scores(world: World, referral: dict) -> list[dict]:
    found = [
        row
        for row in world.of("scale_score")
        if row["child_id"] == referral["child_id"]
        and row["referral_id"] in (None, referral["referral_id"])
        and (row["scale"], row["rater"]) == ("safety", "social_worker")
        and 0 <= row["score"] <= 10
        and referral["received_on"] <= row["scored_on"] <= referral["closed_on"]
    ]
    return sorted(found, key=lambda row: (row["scored_on"], row["scale_score_id"]))


def _safety(score: dict) -> float:
    return 10 - score["score"] if score["best"] == "low" else score["score"]


def _unit(world: World, referral: dict) -> str | None:
    closed_on = referral["closed_on"]
    leads = [
        row
        for row in world.of("allocation")
        if row["child_id"] == referral["child_id"]
        and row["lead"]
        and (is_open(row, closed_on) or is_open(row, closed_on - ONE_DAY))
    ]
    last = max(leads, key=lambda row: (row["started_on"], row["allocation_id"]), default=None)
    return last["unit_id"] if last else None


@draws()
@given(world=closing())
def test_agrees_with_a_count_in_plain_loops(rows_of, world):
    rows = rows_of(METRIC, world)
    assert tallied(rows, "month", "unit_id", "child_id") == tallied(
        reference(world), "month", "unit_id", "child_id"
    )


@draws(20)
@given(world=closing())
def test_coverage_counts_every_closure_once(companion_of, world):
    found = tallied(companion_of(METRIC, "both_scores", world), "month")
    closed = [
        {"month": r["closed_on"].replace(day=1), "numerator": 0, "denominator": 1}
        for r in world.of("referral")
        if r["closed_on"] and r["closed_on"] <= AS_AT
    ]
    assert {k: d for k, (_, d) in found.items()} == {
        k: d for k, (_, d) in tallied(closed, "month").items()
    }
    scored = {k: d for k, (_, d) in tallied(reference(world), "month").items()}
    assert {k: n for k, (n, _) in found.items() if n} == scored


def closure(world: World, child: str, closed: str, *scores: float, best="high") -> None:
    world.add(
        "referral",
        referral_id=child,
        child_id=child,
        received_on=date(2016, 3, 1),
        closed_on=date.fromisoformat(closed),
    )
    for at, score in enumerate(scores):
        world.add(
            "scale_score",
            child_id=child,
            referral_id=child,
            scale="safety",
            rater="social_worker",
            scored_on=date(2016, 3 + at, 2),
            score=score,
            best=best,
        )


def test_four_scored_closures_of_six_travel_one_and_three_quarter_points(rows_of, companion_of):
    world = World()
    closure(world, "a", "2016-08-03", 3, 7)
    closure(world, "b", "2016-08-09", 5, 5)
    closure(world, "c", "2016-08-12", 6, 4)
    closure(world, "d", "2016-08-15", 2)  # no last score
    closure(world, "e", "2016-08-19", 4)  # one score only
    closure(world, "f", "2016-08-26", 8, 3, best="low")  # turned round: 2 to 7
    closure(world, "g", "2016-09-02", 1, 9)  # closed in September
    august = [row for row in rows_of(METRIC, world) if row["month"] == date(2016, 8, 1)]
    assert tallied(august, "month")[(date(2016, 8, 1),)] == (4 + 0 - 2 + 5, 4)
    assert METRIC.measure.figure(Tally(7, 4)) == 1.75
    assert METRIC.measure.written(1.75) == "+1.8"
    assert sorted(row["change"] for row in august) == ["improved", "improved", "same", "worse"]
    coverage = tallied(companion_of(METRIC, "both_scores", world), "month")
    assert coverage[(date(2016, 8, 1),)] == (4, 6)


# Worked examples, on which the query and the plain loops agree: one edge each.
def august(rows_of, world: World, by: str = "child_id") -> dict:
    """Points travelled and closures."""
    return agreed_in("2016-08", rows_of(METRIC, world), reference(world), by)


def scored(world: World, child: str, on: str, score: float, **other) -> None:
    said = {"scale": "safety", "rater": "social_worker", "best": "high", "referral_id": child}
    said |= {"scored_on": date.fromisoformat(on)} | other
    world.add("scale_score", child_id=child, score=score, **said)


def led(world: World, child: str, unit_id: str, **other) -> None:
    said = {"worker_id": "Ann", "lead": True, "started_on": date(2016, 3, 1)} | other
    world.add("allocation", child_id=child, unit_id=unit_id, **said)


def test_a_closure_belongs_to_the_unit_that_held_the_child_the_day_before(rows_of):
    """Closed on 15 August, when the lead ends that day; one that ended the day before is gone."""
    world = World()
    for child, ended_on in (("Kit", date(2016, 8, 15)), ("Lou", date(2016, 8, 14))):
        closure(world, child, "2016-08-15", 3, 7)
        led(world, child, "U1", ended_on=ended_on)
    assert august(rows_of, world, "unit_id") == {"U1": (4, 1), None: (4, 1)}


def test_of_several_leads_at_the_end_the_last_to_start_counts_and_no_co_worker(rows_of):
    world = World()
    closure(world, "Kit", "2016-08-15", 3, 7)
    led(world, "Kit", "U2", started_on=date(2016, 8, 15))
    led(world, "Kit", "U1")
    led(world, "Kit", "U3", started_on=date(2016, 8, 15), lead=False)
    assert august(rows_of, world, "unit_id") == {"U2": (4, 1)}


def test_scores_of_the_first_and_last_day_of_a_referral_count_and_none_outside(rows_of):
    """Received on 1 March, closed on 15 August."""
    world = World()
    closure(world, "Kit", "2016-08-15")
    for on, score in (("2016-02-29", 0), ("2016-03-01", 3), ("2016-08-15", 7), ("2016-08-16", 10)):
        scored(world, "Kit", on, score)
    assert august(rows_of, world) == {"Kit": (7 - 3, 1)}


def test_of_scores_of_one_day_the_first_is_first_by_id_and_the_last_is_last(rows_of):
    world = World()
    closure(world, "Kit", "2016-08-15")
    for at, (on, score) in enumerate(
        (("2016-03-01", 2), ("2016-03-01", 5), ("2016-08-01", 6), ("2016-08-01", 9))
    ):
        scored(world, "Kit", on, score, scale_score_id=f"s{at}")
    assert august(rows_of, world) == {"Kit": (9 - 2, 1)}


def test_only_scores_of_the_scale_the_rater_the_referral_and_from_0_to_10_count(rows_of):
    world = World()
    closure(world, "Kit", "2016-08-15", 0, 10)
    scored(world, "Kit", "2016-08-01", 1, scale="danger")
    scored(world, "Kit", "2016-08-01", 1, rater="parent")
    scored(world, "Kit", "2016-08-01", 1, referral_id="another")
    scored(world, "Kit", "2016-08-01", 11)
    scored(world, "Kit", "2016-08-01", -1)
    assert august(rows_of, world) == {"Kit": (10 - 0, 1)}
    scored(world, "Kit", "2016-08-01", 4, referral_id=None)
    assert august(rows_of, world) == {"Kit": (4 - 0, 1)}


def test_closures_that_the_family_scored_twice_are_counted_beside_whoever_s_figure_it_is(
    companion_of,
):
    """By the same of the two, of the figure's scale, on two dates within the referral."""
    world = World()
    for child in "abcdef":
        closure(world, child, "2016-08-15")
    said = (
        ("a", "parent", "2016-03-01"), ("a", "parent", "2016-08-15"),
        ("b", "child", "2016-04-01"), ("b", "child", "2016-05-01"), ("b", "parent", "2016-05-01"),
        ("c", "parent", "2016-04-01"), ("c", "child", "2016-05-01"),  # one each
        ("d", "parent", "2016-04-01"), ("d", "parent", "2016-04-01"),  # one date
        ("e", "parent", "2016-04-01"), ("e", "parent", "2016-08-16"),  # after the closure
        ("f", "social_worker", "2016-04-01"), ("f", "social_worker", "2016-05-01"),
    )  # fmt: skip
    for child, rater, on in said:
        scored(world, child, on, 5, rater=rater)
    found = tallied(companion_of(METRIC, "rated_by_family", world), "month")
    assert found == {(date(2016, 8, 1),): (2, 6)}


def test_the_settings_say_whose_scores_are_counted(rows_of):
    world = World()
    closure(world, "Kit", "2016-08-15", 0, 10)
    for on, score in (("2016-04-01", 2), ("2016-05-01", 5)):
        scored(world, "Kit", on, score, rater="child")
    by_child = basis(replace(SETTINGS, rater="child"))
    (row,) = rows_of(METRIC, world, by_child)
    assert (row["initial"], row["final"], row["numerator"]) == (2, 5, 3)
