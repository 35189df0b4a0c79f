"""Days by status, against a look at each day, and its edges."""

from datetime import date

from hypothesis import given

from metrics.definitions.staying.days_by_status import METRIC
from metrics.spc.chart_choice import Kind, ValueTraits
from tests.draws import draws
from tests.metrics.moving.plain_moves import settled_on
from tests.metrics.plain import MONTHS, days_of, newest_lead, tallied
from tests.metrics.plain_runs import plain_runs
from tests.worlds import World, stepping


def reference(world: World) -> list[dict]:
    rows = []
    for child_id in {row["child_id"] for row in world.of("plan")}:
        runs, _ = plain_runs(world, child_id)
        for day in (day for month in MONTHS for day in days_of(*month)):
            level = settled_on(runs, day)
            if level in ("CLA", "CP", "CIN"):
                lead = newest_lead(world, child_id, day)
                rows.append(
                    {
                        "month": day.replace(day=1),
                        "unit_id": lead["unit_id"] if lead else None,
                        "status": level,
                        "numerator": 1,
                        "denominator": 1,
                    }
                )
    return rows


@draws(20)
@given(world=stepping())
def test_agrees_with_a_look_at_each_day(rows_of, world):
    by = ("month", "unit_id", "status")
    assert tallied(rows_of(METRIC, world), *by) == tallied(reference(world), *by)


def test_a_child_that_changes_unit_and_status_has_its_days_with_each(rows_of):
    """On a CP plan with unit 1 for 9 days of September, then 11 with unit 2, and 10 in care."""
    world = World()
    for kind, started_on, ended_on in (
        ("CP", date(2016, 3, 1), None),
        ("CLA", date(2016, 9, 21), None),
    ):
        world.add("plan", child_id="Kit", kind=kind, started_on=started_on, ended_on=ended_on)
    for unit_id, started_on, ended_on in (
        ("U1", date(2016, 3, 1), None),
        ("U2", date(2016, 9, 10), None),
    ):
        world.add(
            "allocation", child_id="Kit", unit_id=unit_id, lead=True, worker_id="Ann",
            started_on=started_on, ended_on=ended_on,
        )  # fmt: skip
    found = tallied(rows_of(METRIC, world), "month", "unit_id", "status")
    september = date(2016, 9, 1)
    assert {key[1:]: n for key, (n, _) in found.items() if key[0] == september} == {
        ("U1", "CP"): 9,
        ("U2", "CP"): 11,
        ("U2", "CLA"): 10,
    }
    # The data end on 14 October.
    assert found[(date(2016, 10, 1), "U2", "CLA")] == (14, 14)


def test_days_have_no_limits_as_the_same_children_have_them_in_the_next_month():
    assert ValueTraits.of(METRIC).kind is Kind.STOCK
