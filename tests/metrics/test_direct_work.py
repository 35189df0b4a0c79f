"""Direct work, against a sum in plain loops and a worked example."""

from datetime import date, timedelta

from hypothesis import given

from metrics.definitions.direct_work import METRIC
from metrics.model import Tally
from tests.draws import draws
from tests.metrics.plain import AS_AT, MONTHS, agreed_in, days, is_open, is_working, tallied
from tests.worlds import World, timed

PRACTITIONERS = {
    "social_worker",
    "consultant_social_worker",
    "senior_practitioner",
    "family_support_worker",
}
DAYS_COVERED = 7
LEAVE = {"annual_leave", "sickness", "other_leave"}


def reference(world: World, of: str = "direct_work") -> list[dict]:
    """The hours of each record that counts, and those of one category."""
    counted = []
    for record in world.of("time_record"):
        post = _post(world, record)
        day = record["worked_on"]
        if (
            post
            and record["method"] == "diary"
            and day <= AS_AT
            and record["category"] not in LEAVE
        ):
            direct = record["hours"] if record["category"] == of else 0
            counted.append(
                {
                    "month": day.replace(day=1),
                    "unit_id": record["unit_id"] or post["unit_id"],
                    "worker_id": record["worker_id"],
                    "numerator": direct,
                    "denominator": record["hours"],
                }
            )
    return counted


def _post(world: World, record: dict) -> dict | None:
    posts = [
        row
        for row in world.of("post")
        if row["worker_id"] == record["worker_id"]
        and row["role"] in PRACTITIONERS
        and any(is_open(row, record["worked_on"] + timedelta(n)) for n in range(DAYS_COVERED))
    ]
    return max(
        posts,
        key=lambda p: (is_open(p, record["worked_on"]), p["fte"], p["started_on"], p["post_id"]),
        default=None,
    )


@draws()
@given(world=timed())
def test_agrees_with_a_sum_in_plain_loops(rows_of, world):
    rows = rows_of(METRIC, world)
    assert tallied(rows, "month", "unit_id", "worker_id") == tallied(
        reference(world), "month", "unit_id", "worker_id"
    )
    assert len(rows) == len(reference(world))


@draws(30)
@given(world=timed())
def test_coverage_agrees_with_a_sum_in_plain_loops(companion_of, world):
    expected = []
    for record in world.of("time_record"):
        post = _post(world, record)
        if post and record["method"] == "diary" and record["worked_on"] <= AS_AT:
            leave = record["category"] in LEAVE
            expected.append(
                {
                    "month": record["worked_on"].replace(day=1),
                    "unit_id": record["unit_id"] or post["unit_id"],
                    "numerator": 0 if leave else record["hours"],
                    "denominator": -record["hours"] if leave else 0,
                }
            )
    for year, month in MONTHS:
        for post in world.of("post"):
            in_post = [
                day
                for day in days(date(2016, 1, 1), AS_AT)
                if is_working(day) and is_open(post, day) and _monday(day) == (year, month)
            ]
            if in_post and post["role"] in PRACTITIONERS:
                expected.append(
                    {
                        "month": date(year, month, 1),
                        "unit_id": post["unit_id"],
                        "numerator": 0,
                        "denominator": len(in_post) * post["fte"] * 37 / 5,
                    }
                )
    found = companion_of(METRIC, "recorded_hours", world)
    assert tallied(found, "month", "unit_id") == tallied(expected, "month", "unit_id")


def _monday(day: date) -> tuple[int, int]:
    """Year and month of the Monday of the day's week: a week's record belongs there."""
    monday = day - timedelta(day.weekday())
    return monday.year, monday.month


def test_the_week_in_which_a_post_began_counts_in_the_month_of_its_first_day(rows_of):
    """From Wednesday 8 June: the record of Monday's week is of three days in post."""
    world = World()
    for unit_id, role, started_on in (
        ("U1", "social_worker", date(2016, 6, 8)),
        ("U2", "unit_coordinator", date(2016, 1, 1)),
    ):
        said = {"role": role, "fte": 1.0, "agency": False, "newly_qualified": False}
        world.add("post", worker_id="A", unit_id=unit_id, started_on=started_on, **said)
    for day, hours in (
        (date(2016, 6, 6), 20.0),
        (date(2016, 6, 13), 10.0),
        (date(2016, 5, 30), 5.0),
    ):
        said = {"category": "direct_work", "hours": hours, "method": "diary"}
        world.add("time_record", worker_id="A", worked_on=day, **said)
    counted = tallied(rows_of(METRIC, world), "month", "unit_id")
    assert counted == {(date(2016, 6, 1), "U1"): (30.0, 30.0)}


def test_19_and_a_quarter_of_55_and_a_half_hours_are_34_7_percent_and_not_a_mean_of_workers(
    rows_of,
):
    world = World()
    for worker_id in "ABC":
        world.add(
            "post",
            worker_id=worker_id,
            unit_id="U1",
            role="social_worker",
            fte=1.0,
            agency=False,
            newly_qualified=False,
            started_on=date(2016, 1, 1),
        )

    def record(worker_id: str, category: str, hours: float, **other) -> None:
        row = {"worked_on": date(2016, 8, 1), "method": "diary", "unit_id": "U1"} | other
        world.add("time_record", worker_id=worker_id, category=category, hours=hours, **row)

    record("A", "direct_work", 10.0)
    record("A", "training", 27.0)
    record("B", "direct_work", 9.25)
    record("B", "recording", 9.25)
    record("A", "annual_leave", 7.4)  # not worked time
    record("A", "direct_work", 7.4, method="survey")  # another method
    record("A", "direct_work", 7.4, worked_on=date(2016, 7, 25))  # a week that began in July
    record("nobody", "direct_work", 7.4)  # no practitioner's post
    august = tallied(rows_of(METRIC, world), "month")[(date(2016, 8, 1),)]
    assert august == (10 + 9.25, 37 + 18.5)
    assert f"{METRIC.measure.figure(Tally(*august)):.1f}" == "34.7"


# Worked examples, on which the query and the plain loops agree: one edge each.
MONDAY = date(2016, 8, 8)


def in_post(world: World, worker_id: str, unit_id: str, **other) -> World:
    said = {"role": "social_worker", "fte": 1.0, "agency": False, "newly_qualified": False}
    said |= {"started_on": date(2016, 1, 4)} | other
    return world.add("post", worker_id=worker_id, unit_id=unit_id, **said)


def wrote(world: World, worker_id: str, hours: float, **other) -> World:
    said = {"worked_on": MONDAY, "category": "direct_work", "method": "diary"} | other
    return world.add("time_record", worker_id=worker_id, hours=hours, **said)


def august(rows_of, world: World) -> dict:
    """Direct and all hours of each unit."""
    return agreed_in("2016-08", rows_of(METRIC, world), reference(world), "unit_id")


def test_hours_belong_to_the_unit_that_the_record_names_else_to_the_post_s(rows_of):
    world = in_post(World(), "Ann", "U1")
    wrote(wrote(world, "Ann", 3.0, unit_id="U2"), "Ann", 4.0)
    assert august(rows_of, world) == {"U1": (4, 4), "U2": (3, 3)}


def test_a_record_counts_once_with_the_post_held_on_its_first_day_else_the_larger(rows_of):
    """Ann's larger post began on the Tuesday; Bob held both of his on the Monday."""
    world = in_post(in_post(World(), "Ann", "U1", fte=0.4), "Bob", "U3", fte=0.4)
    in_post(world, "Ann", "U2", fte=0.6, started_on=date(2016, 8, 9))
    in_post(world, "Bob", "U4", fte=0.6)
    wrote(wrote(world, "Ann", 3.0), "Bob", 4.0)
    assert august(rows_of, world) == {"U1": (3, 3), "U4": (4, 4)}


def test_a_post_that_ended_on_the_first_day_or_began_a_week_after_is_none_of_the_record_s(rows_of):
    """A post's end is the first day not in it. Cal's began on the week's Sunday, Dan's after it."""
    world = in_post(in_post(World(), "Ann", "U1", ended_on=MONDAY), "Bob", "U1")
    in_post(world, "Cal", "U1", started_on=date(2016, 8, 14))
    in_post(world, "Dan", "U1", started_on=date(2016, 8, 15))
    for worker_id, hours in (("Ann", 1.0), ("Bob", 2.0), ("Cal", 4.0), ("Dan", 8.0)):
        wrote(world, worker_id, hours)
    assert august(rows_of, world) == {"U1": (2 + 4, 2 + 4)}


def test_leave_and_another_method_are_not_worked_time_and_training_is(rows_of):
    world = in_post(World(), "Ann", "U1")
    wrote(wrote(world, "Ann", 1.0), "Ann", 2.0, category="training")
    for at, category in enumerate(sorted(LEAVE)):
        wrote(world, "Ann", 4.0 * 2**at, category=category)
    wrote(world, "Ann", 32.0, method="survey")
    assert august(rows_of, world) == {"U1": (1, 1 + 2)}
