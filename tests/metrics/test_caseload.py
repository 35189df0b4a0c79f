"""Caseload, against a count in plain loops and a worked example."""

from datetime import date, datetime

import pytest
from hypothesis import given
from sqlalchemy import select

from data_access.database import connect, read
from data_access.schema import figure
from metrics.definitions.caseload import COUNTED_HOLDERS, METRIC, SECOND_LEADS
from metrics.model import Measure, Tally
from tests.draws import draws
from tests.metrics.plain import MONTHS, agreed_in, days_of, is_open, tallied
from tests.ui.small_council import build
from tests.worlds import World, allocated

AUGUST = date(2016, 8, 1)


def reference(world: World) -> list[dict]:
    """Children held at each month end, and each holder's FTE once per post that counts."""
    counted = []
    for year, month in MONTHS:
        last_day = days_of(year, month)[-1]
        pairs = {
            (row["child_id"], row["worker_id"])
            for row in world.of("allocation")
            if row["lead"] and row["worker_id"] and is_open(row, last_day)
        }
        posts_used = {}
        for child_id, worker_id in pairs:
            post = _post(world, child_id, worker_id, last_day)
            if post:
                posts_used[post["post_id"]] = post
                counted.append(_row(last_day, post, child_id, numerator=1, denominator=0))
        for post in posts_used.values():
            counted.append(_row(last_day, post, None, numerator=0, denominator=post["fte"]))
    return counted


def _post(world: World, child_id: str, worker_id: str, day: date) -> dict | None:
    held = [
        row
        for row in world.of("allocation")
        if (row["child_id"], row["worker_id"]) == (child_id, worker_id)
        and row["lead"]
        and is_open(row, day)
    ]
    unit_id = max(held, key=lambda row: (row["started_on"], row["allocation_id"]))["unit_id"]
    posts = [
        row
        for row in world.of("post")
        if row["worker_id"] == worker_id and row["fte"] > 0 and is_open(row, day)
    ]
    return max(
        posts,
        key=lambda post: (
            post["unit_id"] == unit_id,
            post["fte"],
            post["started_on"],
            post["post_id"],
        ),
        default=None,
    )


def _row(day: date, post: dict, child_id: str | None, numerator: int, denominator: float) -> dict:
    return {
        "month": day.replace(day=1),
        "unit_id": post["unit_id"],
        "worker_id": post["worker_id"],
        "child_id": child_id,
        "numerator": numerator,
        "denominator": denominator,
    }


@draws()
@given(world=allocated())
def test_agrees_with_a_count_in_plain_loops(rows_of, world):
    assert tallied(rows_of(METRIC, world), "month", "unit_id", "worker_id") == tallied(
        reference(world), "month", "unit_id", "worker_id"
    )


@draws(20)
@given(world=allocated())
def test_no_child_is_counted_twice_with_one_worker(rows_of, world):
    rows = rows_of(METRIC, world)
    assert len({(r["month"], r["child_id"], r["worker_id"]) for r in rows}) == len(rows)


def office(**fte: float) -> World:
    world = World().add("unit", unit_id="U1", name="Unit 1", kind="segmented")
    for worker_id, share in fte.items():
        world.add("worker", worker_id=worker_id)
        world.add(
            "post",
            worker_id=worker_id,
            unit_id="U1",
            role="team_manager" if worker_id == "E" else "social_worker",
            fte=share,
            agency=worker_id == "D",
            newly_qualified=False,
            started_on=date(2016, 1, 1),
        )
    return world


def holding(world: World, worker_id: str, children: int) -> World:
    for number in range(children):
        world.add(
            "allocation",
            child_id=f"{worker_id}{number}",
            worker_id=worker_id,
            unit_id="U1",
            lead=True,
            started_on=date(2016, 1, 1),
        )
    return world


def test_fifty_children_on_three_and_a_half_fte_are_14_3_each(rows_of):
    """A worker without children is out; an agency worker and a manager who hold are in."""
    world = office(A=1.0, B=0.5, C=1.0, D=1.0, E=1.0, F=0.0)
    for worker_id, children in {"A": 18, "B": 10, "D": 20, "E": 2, "F": 3}.items():
        holding(world, worker_id, children)
    august = tallied(rows_of(METRIC, world), "month")[(date(2016, 8, 1),)]
    assert august == (18 + 10 + 20 + 2, 1.0 + 0.5 + 1.0 + 1.0)
    assert METRIC.measure.written(METRIC.measure.figure(Tally(*august))) == "14.3"


def test_nobody_who_holds_a_child_is_no_value_and_not_0(rows_of):
    assert rows_of(METRIC, office(A=1.0)) == []
    assert Measure.PER_FTE.figure(Tally()) is None


def test_newcastle_2025_comes_to_the_published_18_4():
    """DfE, Children's social work workforce 2025: 2,189 cases on 118.7 FTE."""
    assert METRIC.measure.written(METRIC.measure.figure(Tally(2189, 118.7))) == "18.4"


def test_a_child_nobody_leads_is_counted_as_unallocated(companion_of):
    world = holding(office(A=1.0), "A", 1)
    for child_id in ("A0", "alone"):
        world.add("plan", child_id=child_id, kind="CIN", started_on=date(2016, 8, 1))
    rows = companion_of(METRIC, "unallocated", world)
    assert tallied(rows, "month")[(date(2016, 8, 1),)] == (1, 2)


@pytest.mark.parametrize(
    ("lacks", "told"),
    [("allocation", set()), ("post", {"unallocated"})],
)
def test_nothing_is_told_beside_it_of_a_table_that_nobody_brought(tmp_path, lacks, told):
    world = holding(office(A=1.0), "A", 1)
    world.add("plan", child_id="A0", kind="CIN", started_on=date(2016, 8, 1))
    day = date(2016, 9, 30)
    world.add("source_load", load_id="1", source="csv", taken_at=datetime(2016, 10, 1), data_to=day)
    world.rows[lacks] = []
    engine = connect(build(tmp_path, world))
    stored = {row.metric for row in read(engine, select(figure.c.metric))}
    engine.dispose()
    beside = {f"{METRIC.key}.{one.key}" for one in METRIC.beside.companions}
    assert stored & beside == {f"{METRIC.key}.{key}" for key in told}


def test_a_referral_without_further_action_opens_no_case_though_it_was_never_closed(companion_of):
    world = World()
    for child_id, nfa in (("Kit", True), ("Lou", False), ("Max", None)):
        world.add("referral", child_id=child_id, received_on=AUGUST, no_further_action=nfa)
    rows = companion_of(METRIC, "unallocated", world)
    assert tallied(rows, "month")[(AUGUST,)] == (2, 2)


def test_a_month_that_is_not_over_is_counted_on_the_last_day_that_the_data_cover(rows_of):
    """The data end on 14 October: a child whom somebody holds until the 20th is held."""
    world = holding(office(A=1.0), "A", 1)
    (held,) = world.rows["allocation"]
    held["ended_on"] = date(2016, 10, 20)
    assert tallied(rows_of(METRIC, world), "month")[(date(2016, 10, 1),)] == (1, 1.0)


def test_a_child_who_is_held_through_two_months_is_in_both_so_months_are_not_added(rows_of):
    world = World().add("allocation", child_id="Kit", worker_id="Ann", lead=True, started_on=AUGUST)
    in_post = {"role": "social_worker", "fte": 1.0, "agency": False, "newly_qualified": False}
    world.add("post", worker_id="Ann", unit_id="U1", started_on=AUGUST, **in_post)
    held = {row["month"] for row in rows_of(METRIC, world) if row["child_id"] == "Kit"}
    assert {date(2016, 8, 1), date(2016, 9, 1)} <= held
    assert not METRIC.adds_up_over_months


# Worked examples, on which the query and the plain loops agree: one edge each.
JANUARY = date(2016, 1, 4)


def in_post(world: World, worker_id: str, unit_id: str, fte: float, started_on=JANUARY) -> World:
    said = {"role": "social_worker", "agency": False, "newly_qualified": False}
    return world.add(
        "post", worker_id=worker_id, unit_id=unit_id, fte=fte, started_on=started_on, **said
    )


def led(world: World, child_id: str, by: str | None, unit_id: str, **other) -> World:
    said = {"lead": True, "started_on": JANUARY} | other
    return world.add("allocation", child_id=child_id, worker_id=by, unit_id=unit_id, **said)


def august(rows_of, world: World) -> dict:
    """Children and FTE of each unit."""
    return agreed_in("2016-08", rows_of(METRIC, world), reference(world), "unit_id")


def test_of_several_posts_the_one_in_the_allocation_s_unit_counts(rows_of):
    """Though the other is the larger one."""
    world = in_post(in_post(World(), "Ann", "U1", 0.4), "Ann", "U2", 0.6)
    assert august(rows_of, led(world, "Kit", "Ann", "U1")) == {"U1": (1, 0.4)}


def test_of_posts_in_other_units_the_largest_counts_then_the_last_to_start(rows_of):
    world = in_post(in_post(World(), "Ann", "U1", 0.6), "Ann", "U2", 0.4, date(2016, 2, 1))
    in_post(in_post(world, "Bob", "U3", 0.5, date(2016, 2, 1)), "Bob", "U4", 0.5)
    led(led(world, "Kit", "Ann", "U9"), "Lou", "Bob", "U9")
    assert august(rows_of, world) == {"U1": (1, 0.6), "U3": (1, 0.5)}


def test_what_begins_on_the_month_s_last_day_counts_and_what_ended_on_it_does_not(rows_of):
    last_day = date(2016, 8, 31)
    world = in_post(World(), "Ann", "U1", 1.0, last_day)
    led(world, "Kit", "Ann", "U1", started_on=last_day)
    led(world, "Lou", "Ann", "U1", ended_on=last_day)
    assert august(rows_of, world) == {"U1": (1, 1.0)}


def test_two_lead_allocations_of_a_child_to_a_worker_are_one_in_the_later_one_s_unit(rows_of):
    world = in_post(in_post(World(), "Ann", "U1", 0.5), "Ann", "U2", 0.5)
    led(world, "Kit", "Ann", "U2", started_on=date(2016, 8, 1))
    led(world, "Kit", "Ann", "U1")
    assert august(rows_of, world) == {"U2": (1, 0.5)}


def test_neither_a_co_worker_nor_a_unit_without_a_worker_holds_a_child(rows_of):
    world = led(in_post(World(), "Ann", "U1", 1.0), "Kit", "Ann", "U1")
    led(world, "Lou", "Ann", "U1", lead=False)
    led(world, "Max", None, "U1")
    assert august(rows_of, world) == {"U1": (1, 1.0)}


def test_a_holder_s_post_without_fte_is_in_neither_number(rows_of):
    world = in_post(in_post(World(), "Ann", "U1", 0.0), "Ann", "U2", 0.5)
    in_post(world, "Bob", "U1", 0.0)
    led(led(world, "Kit", "Ann", "U1"), "Lou", "Bob", "U1")
    assert august(rows_of, world) == {"U2": (1, 0.5)}


def second_leads_reference(world: World) -> list[dict]:
    """Each child's lead workers but the last, of those who lead the child at a month's end."""
    counted = []
    for year, month in MONTHS:
        last_day = days_of(year, month)[-1]
        leads = [row for row in world.of("allocation") if row["lead"] and is_open(row, last_day)]
        in_order = sorted(leads, key=lambda row: (row["started_on"], row["allocation_id"]))
        last_of = {row["child_id"]: row["worker_id"] for row in in_order}
        unit_of = {(row["child_id"], row["worker_id"]): row["unit_id"] for row in in_order}
        counted += [
            {
                "month": last_day.replace(day=1),
                "unit_id": unit_id,
                "child_id": child_id,
                "numerator": 1,
                "denominator": 1,
            }
            for (child_id, worker_id), unit_id in unit_of.items()
            if worker_id is not None and worker_id != last_of[child_id]
        ]
    return counted


@draws()
@given(world=allocated())
def test_second_leads_agree_with_a_count_in_plain_loops(companion_of, world):
    told = companion_of(METRIC, SECOND_LEADS, world)
    expected = second_leads_reference(world)
    assert tallied(told, "month", "unit_id", "child_id") == tallied(
        expected, "month", "unit_id", "child_id"
    )


def test_children_once_with_second_leads_and_without_holders_of_no_fte_are_the_caseload(
    rows_of, companion_of
):
    world = in_post(in_post(World(), "Ann", "U1", 1.0), "Bob", "U1", 1.0)
    for child_id, by in (("Kit", "Ann"), ("Kit", "Bob"), ("Lou", "Ann"), ("Max", "Cy")):
        led(world, child_id, by, "U1")
    children = len({row["child_id"] for row in world.of("allocation")})
    ((second, _),) = tallied_in_august(companion_of(METRIC, SECOND_LEADS, world))
    ((with_post, held),) = tallied_in_august(companion_of(METRIC, COUNTED_HOLDERS, world))
    ((caseload, _),) = tallied_in_august(rows_of(METRIC, world))
    assert (children, second, held - with_post, caseload) == (3, 1, 1, 3)
    assert caseload == children + second - (held - with_post)


def test_a_child_led_by_one_worker_alone_is_told_of_nowhere_as_counted_twice(companion_of):
    """Nor are two allocations to one worker, nor a co-worker's."""
    world = led(in_post(World(), "Ann", "U1", 1.0), "Kit", "Ann", "U1")
    led(led(world, "Kit", "Ann", "U2"), "Kit", "Bob", "U1", lead=False)
    assert companion_of(METRIC, SECOND_LEADS, world) == []


def test_a_lead_before_one_that_names_no_worker_counts_as_a_second_one(companion_of):
    """Lists of work have the child with nobody, and the caseload with Ann."""
    world = led(in_post(World(), "Ann", "U1", 1.0), "Kit", "Ann", "U1")
    led(world, "Kit", None, "U2", started_on=date(2016, 2, 1))
    rows = companion_of(METRIC, SECOND_LEADS, world)
    assert tallied(rows, "month", "unit_id")[AUGUST, "U1"] == (1, 1)


def tallied_in_august(rows: list[dict]) -> list[tuple]:
    return [tallied(rows, "month")[(AUGUST,)]]
