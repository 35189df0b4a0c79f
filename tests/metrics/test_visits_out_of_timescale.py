"""Out-of-timescale visits, against clocks run day by day and worked examples."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given

from data_access.database import read
from data_access.schema import visit_due
from metrics.definitions.visits_out_of_timescale import METRIC, STATES, rows_in_state
from tests.clock_cases import CASES, whole
from tests.draws import draws
from tests.metrics.plain import tallied
from tests.metrics.plain_clocks import reference
from tests.worlds import (
    SETTINGS,
    World,
    basis,
    edges,
    loaded,
    months,
    recorded_within,
    visited,
)

COMPARED = (
    "month", "unit_id", "worker_id", "child_id", "kind", "clock_started_on", "due_on",
    "standard_due_on", "lawful_due_on", "set_by", "authorised_by", "reason", "looser_than",
    "visited_on", "recorded_on", "state", "attempts", "numerator", "denominator",
)  # fmt: skip
DAY_ONE = replace(SETTINGS, day_of_visit_counts_as=1)


def compared(rows: list[dict]) -> list[tuple]:
    return sorted(tuple(str(row[name]) for name in COMPARED) for row in rows)


@draws(60)
@given(world=visited())
def test_agrees_with_clocks_run_day_by_day(rows_of, world):
    assert compared(rows_of(METRIC, world)) == compared(reference(world))


@pytest.mark.parametrize("counts_as", [0, 1])
@pytest.mark.parametrize("name", CASES)
def test_agrees_in_every_named_case(rows_of, name, counts_as):
    world = whole(World(), name)
    on = basis(replace(SETTINGS, day_of_visit_counts_as=counts_as))
    assert compared(rows_of(METRIC, world, on)) == compared(reference(world, counts_as=counts_as))


@draws(40)
@given(world=visited())
def test_agrees_where_the_day_of_a_visit_is_day_1(rows_of, world):
    found = rows_of(METRIC, world, basis(DAY_ONE))
    assert compared(found) == compared(reference(world, counts_as=1))


@draws(25)
@given(world=visited(), change=edges)
def test_states_follow_the_recording_standard_of_the_day(rows_of, world, change):
    on = basis(recorded_within((2, date(2000, 1, 1)), (4, change)))
    expected = reference(world, standard_on=lambda day: 4 if day >= change else 2)
    assert compared(rows_of(METRIC, world, on)) == compared(expected)


@draws(15)
@given(world=visited())
def test_as_known_on_a_day_agrees_with_clocks_run_up_to_that_day(rows_of, world):
    for day in (date(2016, 8, 31), date(2016, 9, 2)):
        known = rows_of(METRIC, world, basis(known_on=day))
        assert compared(known) == compared(reference(world, known_on=day))


@draws(15)
@given(world=visited())
def test_five_states_add_up_to_the_visits_due_of_every_unit_and_month(shared_engine, world):
    with loaded(shared_engine, world, only_for=[visit_due]) as engine:
        for on in (basis(), basis(known_on=date(2016, 9, 2))):
            due = _summed(read(engine, METRIC.rows(months(), on)), "denominator")
            states = [
                row for name in STATES for row in read(engine, rows_in_state(name)(months(), on))
            ]
            assert _summed(states, "numerator") == due


def _summed(rows, column: str) -> dict:
    total: dict = {}
    for row in rows:
        place = (row.unit_id, row.month)
        total[place] = total.get(place, 0) + getattr(row, column)
    return total


@draws(10)
@given(world=visited())
def test_a_visit_is_out_of_timescale_in_three_of_the_five_states(rows_of, world):
    for row in rows_of(METRIC, world):
        assert row["state"] in STATES
        assert (row["numerator"] == 1) == (row["state"] in ("late", "no_record_yet", "overdue"))


def held(kind: str, started_on: str, **agreed) -> World:
    """One child on one plan, in Unit 1 throughout."""
    world = World().add(
        "allocation",
        child_id="K",
        worker_id="Ann",
        unit_id="U1",
        lead=True,
        started_on=date(2014, 1, 1),
    )
    world.add("plan", child_id="K", kind=kind, started_on=date.fromisoformat(started_on))
    if agreed:
        world.add("visit_interval", child_id="K", kind=kind, **agreed)
    return world


def seen(world: World, *days: str, kind: str = "CP", **other) -> World:
    for day in days:
        row = {"seen": True, "recorded_on": date.fromisoformat(day)} | other
        world.add("visit", child_id="K", kind=kind, visited_on=date.fromisoformat(day), **row)
    return world


def dues(rows: list[dict]) -> list[str]:
    return [str(row["due_on"]) for row in sorted(rows, key=lambda row: row["due_on"])]


@pytest.mark.parametrize(
    ("start", "every", "period", "due"),
    [
        ("2016-03-24", 10, "working_days", "2016-04-11"),  # Easter lies between
        ("2016-03-24", 14, "days", "2016-04-07"),
        ("2016-01-31", 1, "months", "2016-02-29"),  # clipped to the leap day
        ("2016-02-01", 4, "weeks", "2016-02-29"),
    ],
)
def test_an_agreed_interval_is_counted_in_its_own_days(rows_of, start, every, period, due):
    world = held("CP", start, every=every, period=period, effective_from=date(2015, 1, 1))
    assert dues(rows_of(METRIC, world)) == [due]


def test_one_gap_of_59_days_is_one_visit_31_days_late(rows_of):
    """Calendar months would pass it: January and February each have a visit."""
    world = seen(held("CP", "2016-01-01"), "2016-02-29")
    (row,) = [r for r in rows_of(METRIC, world) if str(r["clock_started_on"]) == "2016-01-01"] or [
        None
    ]
    assert row is None  # due on 29 January: before the months that are counted here
    world = seen(held("CP", "2016-02-01"), "2016-03-31")
    first = min(rows_of(METRIC, world), key=lambda row: row["due_on"])
    assert str(first["due_on"]) == "2016-02-29"
    assert (first["visited_on"] - first["due_on"]).days == 31


def test_a_fortnight_agreed_part_way_brings_the_due_date_forward(rows_of):
    world = held("CP", "2016-08-05", every=14, period="days", effective_from=date(2016, 8, 10))
    assert dues(rows_of(METRIC, world)) == ["2016-08-19"]


def test_a_looser_interval_agreed_part_way_never_puts_the_due_date_off(rows_of):
    world = held("CP", "2016-08-05", every=56, period="days", effective_from=date(2016, 8, 10))
    assert dues(rows_of(METRIC, world)) == ["2016-09-02"]


def test_what_is_agreed_after_the_visit_leaves_the_clock_that_it_ended_alone(rows_of):
    """Seen on 12 August; a fortnight, agreed the day after, would have been due on the 19th."""
    world = held("CP", "2016-08-05", every=14, period="days", effective_from=date(2016, 8, 13))
    assert dues(rows_of(METRIC, seen(world, "2016-08-12"))) == ["2016-08-26", "2016-09-02"]
    world.rows["plan"][0]["ended_on"] = date(2016, 8, 24)
    assert rows_of(METRIC, world) == []


def test_the_law_and_the_standard_are_two_clocks_for_a_looked_after_child(rows_of):
    """Placed 1 July, seen 5 July: due 2 August by Newcastle's standard, 16 August by law."""
    world = seen(held("CLA", "2016-07-01"), "2016-07-05", "2016-08-09", kind="CLA")
    world.add("placement", child_id="K", started_on=date(2016, 7, 1), long_term=False)
    rows = sorted(rows_of(METRIC, world), key=lambda row: row["due_on"])
    assert str(rows[0]["due_on"]) == "2016-07-08"  # a week from placement
    assert str(rows[1]["due_on"]) == "2016-08-02"
    assert str(rows[1]["lawful_due_on"]) == "2016-08-16"
    assert (rows[1]["visited_on"] - rows[1]["due_on"]).days == 7
    assert rows[1]["visited_on"] <= rows[1]["lawful_due_on"]


def test_a_placement_meant_to_last_has_three_months_by_law_after_a_year(rows_of):
    world = seen(held("CLA", "2015-06-01"), "2016-06-10", kind="CLA")
    world.add("placement", child_id="K", started_on=date(2015, 6, 1), long_term=True)
    row = next(r for r in rows_of(METRIC, world) if str(r["clock_started_on"]) == "2016-06-10")
    assert str(row["standard_due_on"]) == "2016-07-22"
    assert str(row["lawful_due_on"]) == "2016-09-10"


def test_a_visit_due_today_is_not_overdue(rows_of):
    world = held("CP", "2016-09-16")  # due on 14 October, the last day that the data cover
    assert rows_of(METRIC, world) == []


def test_an_attempt_is_shown_and_the_clock_runs_on(rows_of):
    world = seen(held("CP", "2016-07-18"), "2016-08-12", seen=False)
    (row,) = rows_of(METRIC, world)
    assert (str(row["due_on"]), row["state"], row["attempts"]) == ("2016-08-15", "overdue", 1)


def test_five_of_eight_fortnightly_visits_due_in_august_are_made_in_time(rows_of):
    world = World()
    children = {
        "K1": ("2016-07-22", ["2016-08-05", "2016-08-19"]),
        "K2": ("2016-07-22", ["2016-08-08", "2016-08-22"]),
        "K3": ("2016-07-29", []),
        "K4": ("2016-07-25", ["2016-08-01", "2016-08-15", "2016-08-30"]),
        "K5": ("2016-08-24", []),
    }
    for child_id, (anchor, days) in children.items():
        world.add("plan", child_id=child_id, kind="CP", started_on=date.fromisoformat(anchor))
        world.add(
            "visit_interval",
            child_id=child_id,
            kind="CP",
            every=14,
            period="days",
            effective_from=date(2016, 1, 1),
        )
        for day in days:
            world.add("visit", child_id=child_id, kind="CP", visited_on=date.fromisoformat(day))
    august = tallied(rows_of(METRIC, world), "month")[(date(2016, 8, 1),)]
    assert august == (8 - 5, 8)


def test_a_plan_that_ends_on_the_due_date_made_nothing_due(rows_of):
    world = World().add(
        "plan",
        child_id="K",
        kind="CP",
        started_on=date(2016, 8, 1),
        ended_on=date(2016, 8, 29),
    )
    assert rows_of(METRIC, world) == []


def test_the_unit_is_that_of_the_lead_allocation_on_the_due_date(rows_of):
    world = held("CP", "2016-08-01")
    world.rows["allocation"][0]["ended_on"] = date(2016, 8, 29)
    world.add(
        "allocation",
        child_id="K",
        worker_id="Bob",
        unit_id="U2",
        lead=True,
        started_on=date(2016, 8, 29),
    )
    (row,) = rows_of(METRIC, world)
    assert (str(row["due_on"]), row["unit_id"], row["worker_id"]) == ("2016-08-29", "U2", "Bob")


@pytest.mark.parametrize(
    ("seen_on", "recorded_on", "as_known_on", "state"),
    [
        ("2016-08-29", "2016-08-31", "2016-09-30", "in_time"),  # 30 and 31 August
        ("2016-08-29", "2016-09-01", "2016-09-30", "in_time_entered_late"),
        ("2016-08-29", None, "2016-09-30", "in_time"),  # said to be unknown beside the figure
        ("2016-08-30", "2016-08-30", "2016-09-30", "late"),
        ("2016-08-29", "2016-09-05", "2016-08-31", "no_record_yet"),  # entered later
        ("2016-08-29", "2016-09-05", "2016-09-01", "overdue"),
        ("2016-08-29", "2016-09-05", "2016-09-05", "in_time_entered_late"),
    ],
)
def test_a_visit_due_on_29_august_is(rows_of, seen_on, recorded_on, as_known_on, state):
    world = held("CP", "2016-08-01")
    recorded = date.fromisoformat(recorded_on) if recorded_on else None
    seen(world, seen_on, recorded_on=recorded)
    known = basis(known_on=date.fromisoformat(as_known_on))
    (row,) = [r for r in rows_of(METRIC, world, known) if str(r["due_on"]) == "2016-08-29"]
    assert row["state"] == state


def test_a_placement_that_starts_on_the_due_date_replaces_the_clock(rows_of):
    """Looked after from 1 August: due on 8 August, when a new placement starts: due on the 15th."""
    world = held("CLA", "2016-08-01")
    world.add("placement", child_id="K", started_on=date(2016, 8, 8), long_term=False)
    assert dues(rows_of(METRIC, world)) == ["2016-08-15"]


def test_a_placement_that_starts_after_the_due_date_leaves_the_missed_visit(rows_of):
    world = held("CLA", "2016-08-01")
    world.add("placement", child_id="K", started_on=date(2016, 8, 9), long_term=False)
    assert dues(rows_of(METRIC, world)) == ["2016-08-08", "2016-08-16"]


def test_a_visit_on_the_day_a_plan_starts_is_that_start(rows_of):
    world = seen(held("CLA", "2016-08-01"), "2016-08-01", kind="CLA")
    assert dues(rows_of(METRIC, world)) == ["2016-08-29"]


@pytest.mark.parametrize(
    ("from_day", "recorded_on", "state"),
    [
        # Seen in time on Thursday 25 August; three working days later is Wednesday the 31st.
        ("2016-08-25", "2016-08-31", "in_time"),  # the standard of three begins on that day
        ("2016-08-26", "2016-08-31", "in_time_entered_late"),  # and here the day after
    ],
)
def test_a_visit_made_is_entered_late_by_the_standard_of_the_day_it_was_made(
    rows_of, from_day, recorded_on, state
):
    on = basis(recorded_within((2, date(2000, 1, 1)), (3, date.fromisoformat(from_day))))
    recorded = date.fromisoformat(recorded_on)
    world = seen(held("CP", "2016-08-01"), "2016-08-25", recorded_on=recorded)
    first = min(rows_of(METRIC, world, on), key=lambda row: row["due_on"])
    assert first["state"] == state


@pytest.mark.parametrize(
    ("from_day", "state"),
    [("2016-10-11", "no_record_yet"), ("2016-10-12", "overdue")],
)
def test_a_visit_not_made_is_awaited_by_the_standard_of_the_day_it_was_due(
    rows_of, from_day, state
):
    """Due on Tuesday 11 October, three working days before the data end."""
    on = basis(recorded_within((2, date(2000, 1, 1)), (3, date.fromisoformat(from_day))))
    (row,) = rows_of(METRIC, held("CP", "2016-09-13"), on)
    assert (str(row["due_on"]), row["state"]) == ("2016-10-11", state)


def agreed_on(rows_of, world: World) -> list[dict]:
    """The visits due by due date, on which the query and the clocks run day by day agree."""
    rows = rows_of(METRIC, world)
    assert compared(rows) == compared(reference(world))
    return sorted(rows, key=lambda row: row["due_on"])


def test_of_several_leads_on_the_due_date_the_last_to_start_counts(rows_of):
    """Due on 29 August. Unit 3's lead starts the day after; unit 4 holds the child's co-worker."""
    world = held("CP", "2016-08-01")
    for unit_id, day, lead in (("U2", 15, True), ("U3", 30, True), ("U4", 16, False)):
        said = {"worker_id": "Bob", "lead": lead, "started_on": date(2016, 8, day)}
        world.add("allocation", child_id="K", unit_id=unit_id, **said)
    (row,) = agreed_on(rows_of, world)
    assert (row["unit_id"], row["worker_id"]) == ("U2", "Bob")


@pytest.mark.parametrize(
    ("plan", "in_time"), [("CIN", [0, 1]), ("CP", [1])], ids=["of a CIN plan", "of a CP plan"]
)
def test_a_visit_of_another_kind_is_one_for_a_cin_plan_only(rows_of, plan, in_time):
    """A looked-after child's visit, on the day on which the plan's is due: 29 August."""
    rows = agreed_on(rows_of, seen(held(plan, "2016-08-01"), "2016-08-29", kind="CLA"))
    assert [row["numerator"] for row in rows] == in_time


def test_a_visit_that_does_not_say_whether_the_child_was_seen_is_one(rows_of):
    rows = agreed_on(rows_of, seen(held("CP", "2016-08-01"), "2016-08-29", seen=None))
    assert [row["numerator"] for row in rows] == [0, 1]


def test_a_visit_before_the_plan_began_or_after_it_ended_is_none_of_it(rows_of):
    """The first plan ends on 30 August, one day after a visit was due; a later one begins."""
    world = seen(held("CP", "2016-08-01"), "2016-07-31", "2016-08-30")
    world.rows["plan"][0]["ended_on"] = date(2016, 8, 30)
    world.add("plan", child_id="K", kind="CP", started_on=date(2016, 8, 31))
    rows = agreed_on(rows_of, world)
    assert [(str(row["due_on"]), row["visited_on"]) for row in rows] == [
        ("2016-08-29", None),
        ("2016-09-28", None),
    ]


@pytest.mark.parametrize(
    ("recorded_on", "state"),
    [("2016-08-31", "in_time"), ("2016-09-01", "in_time_entered_late")],
)
def test_of_two_records_of_a_visit_the_first_to_be_entered_counts(rows_of, recorded_on, state):
    world = seen(held("CP", "2016-08-01"), "2016-08-29", recorded_on=date(2016, 9, 9))
    seen(world, "2016-08-29", recorded_on=None)
    seen(world, "2016-08-29", recorded_on=date.fromisoformat(recorded_on))
    assert agreed_on(rows_of, world)[0]["state"] == state


def test_an_attempt_is_one_of_the_clock_that_ran_then_and_no_visit_is_one(rows_of):
    """Tried on the 5th, seen on the 10th, tried on the 20th and 21st."""
    world = seen(held("CP", "2016-08-01"), "2016-08-10")
    seen(world, "2016-08-05", "2016-08-20", "2016-08-21", seen=False)
    rows = agreed_on(rows_of, world)
    assert [(str(row["due_on"]), row["attempts"]) for row in rows] == [
        ("2016-08-29", 1),
        ("2016-09-07", 2),
    ]
