"""Children with an open plan and no visit at all, against plain loops."""

from datetime import date

import pytest
from hypothesis import given
from sqlalchemy import Engine

from data_access.database import read
from data_access.schema import visit_due
from metrics.lists.unvisited import rows_of_any_kind, rows_of_kind, unvisited
from tests.draws import draws
from tests.metrics.plain import MONTHS, agreed_in, days_of, is_open, newest_lead, tallied
from tests.metrics.test_visits_out_of_timescale import held, seen
from tests.worlds import World, basis, loaded, months, visited


def first_due(engine) -> dict:
    """The first day on which a visit of each plan fell due: what visits due are proved for."""
    found: dict[str, date] = {}
    for row in read(engine, visit_due.select()):
        found[row.plan_id] = min(row.due_on, found.get(row.plan_id, row.due_on))
    return found


def reference(world: World, dues: dict) -> list[dict]:
    """Each child and kind of plan at each month end: any such plan without a visit until then?"""
    rows: list[dict] = []
    if not world.of("visit"):
        return rows
    for year, month in MONTHS:
        last = days_of(year, month)[-1]
        by_child: dict[tuple[str, str], list[bool]] = {}
        for plan in world.of("plan"):
            due_on = dues.get(plan["plan_id"])
            if not is_open(plan, last) or due_on is None or not due_on < last:
                continue
            was_seen = any(
                visit["child_id"] == plan["child_id"]
                and (visit["kind"] == plan["kind"] or plan["kind"] == "CIN")
                and visit["seen"] is not False
                and plan["started_on"] <= visit["visited_on"] <= last
                for visit in world.of("visit")
            )
            by_child.setdefault((plan["child_id"], plan["kind"]), []).append(not was_seen)
        for (child_id, kind), unseen in by_child.items():
            lead = newest_lead(world, child_id, last)
            rows.append(
                {
                    "month": date(year, month, 1),
                    "unit_id": lead["unit_id"] if lead else None,
                    "worker_id": lead["worker_id"] if lead else None,
                    "child_id": child_id,
                    "kind": kind,
                    "numerator": int(any(unseen)),
                    "denominator": 1,
                }
            )
    return rows


@draws(30)
@given(world=visited())
def test_agrees_with_each_plan_looked_at_by_itself(shared_engine, world):
    by = ("month", "unit_id", "worker_id", "child_id", "kind")
    with loaded(shared_engine, world, only_for=[visit_due]) as engine:
        found = [dict(row._mapping) for row in read(engine, unvisited(months(), basis()))]
        expected = reference(world, first_due(engine))
        assert tallied(found, *by) == tallied(expected, *by)
        for kind in ("CIN", "CP", "CLA"):
            rows = [
                dict(row._mapping) for row in read(engine, rows_of_kind(kind)(months(), basis()))
            ]
            of_this = [row for row in expected if row["kind"] == kind]
            assert tallied(rows, "month", "unit_id") == tallied(of_this, "month", "unit_id")


def test_a_child_with_two_plans_is_counted_once_among_all_kinds(shared_engine):
    world = held("CP", "2016-08-01")
    world.add("plan", child_id="K", kind="CLA", started_on=date(2016, 8, 1))
    seen(world, "2016-08-20", kind="CP")
    with loaded(shared_engine, world) as engine:
        found = [dict(row._mapping) for row in read(engine, rows_of_any_kind(months(), basis()))]
    assert tallied(found, "month")[(date(2016, 9, 1),)] == (1, 1)


def test_a_source_without_any_visit_says_nothing_of_children_without_one(shared_engine):
    with loaded(shared_engine, held("CP", "2016-08-01")) as engine:
        assert not read(engine, unvisited(months(), basis()))


def test_a_plan_whose_first_visit_is_not_due_yet_is_not_counted(shared_engine):
    world = seen(held("CP", "2016-09-16"), "2016-02-02", kind="CLA")  # due on 14 October
    with loaded(shared_engine, world) as engine:
        assert not read(engine, unvisited(months(), basis()))


def agreed_of(month: str, engine: Engine, world: World) -> dict:
    """A month's children without a visit and with one due, by unit: the plain loops agree."""
    with loaded(engine, world):
        rows = [dict(row._mapping) for row in read(engine, unvisited(months(), basis()))]
        return agreed_in(month, rows, reference(world, first_due(engine)), "unit_id")


@pytest.mark.parametrize(
    ("began", "visit", "august"),
    [
        ("2016-08-01", {"visited_on": date(2016, 8, 31)}, (0, 1)),
        ("2016-08-01", {"visited_on": date(2016, 9, 1)}, (1, 1)),
        ("2016-08-01", {"visited_on": date(2016, 7, 31)}, (1, 1)),  # before the plan
        ("2016-08-01", {"visited_on": date(2016, 8, 30), "seen": False}, (1, 1)),
        ("2016-08-01", {"visited_on": date(2016, 8, 30), "kind": "CLA"}, (1, 1)),
        ("2016-08-02", {"visited_on": date(2016, 9, 1)}, (1, 1)),  # due on 30 August
        ("2016-08-03", {"visited_on": date(2016, 9, 1)}, None),  # on the 31st, which is not over
    ],
)
def test_a_cp_plan_of_which_a_visit_is_due_in_august_has_had_none(
    shared_engine, began, visit, august
):
    world = held("CP", began).add("visit", **{"child_id": "K", "kind": "CP"} | visit)
    assert agreed_of("2016-08", shared_engine, world).get("U1") == august


def test_a_plan_that_is_never_seen_is_counted_as_such(shared_engine):
    """Another child's visit says that the source has visits at all."""
    world = held("CP", "2016-08-01").add(
        "visit", child_id="Lou", kind="CP", visited_on=date(2016, 8, 1)
    )
    assert agreed_of("2016-10", shared_engine, world) == {"U1": (1, 1)}
