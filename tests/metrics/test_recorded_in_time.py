"""Recorded in time against plain loops: who wrote which visit down, and how soon."""

from collections.abc import Callable
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import Subquery

from data_access import schema
from data_access.database import read
from metrics.definitions.recorded_in_time import METRIC
from metrics.stored.quantiles import of_the_service, per_unit
from metrics.writing import working_days_words
from tests.draws import draws
from tests.metrics.plain import AS_AT, agreed_in, newest_lead, tallied, working_days_between
from tests.metrics.plain_clocks import two_working_days
from tests.worlds import World, basis, edges, loaded, months, recorded_within, visited

FIRST_DAY = date(2016, 2, 1)
COMPARED = (
    "month", "unit_id", "worker_id", "child_id", "kind", "visited_on", "recorded_on",
    "working_days", "lag", "numerator", "denominator",
)  # fmt: skip


def made(world: World, known_on: date | None = None) -> list[dict]:
    """Every visit made in the months counted, with its lead and its usable recording date."""
    as_at = known_on or AS_AT
    found = []
    for visit in world.of("visit"):
        if visit["seen"] is False or not FIRST_DAY <= visit["visited_on"] <= as_at:
            continue
        recorded_on = visit["recorded_on"]
        if known_on and recorded_on and recorded_on > known_on:
            continue
        if recorded_on and not visit["visited_on"] <= recorded_on <= as_at:
            recorded_on = None
        lead = newest_lead(world, visit["child_id"], visit["visited_on"])
        found.append(
            visit
            | {
                "recorded_on": recorded_on,
                "month": visit["visited_on"].replace(day=1),
                "unit_id": lead["unit_id"] if lead else None,
                "worker_id": visit["worker_id"] or (lead["worker_id"] if lead else None),
            }
        )
    return found


def reference(
    world: World,
    known_on: date | None = None,
    standard_on: Callable[[date], int] = two_working_days,
) -> list[dict]:
    """The visits made whose recording date is known, and the working days that each took."""
    return [
        visit
        | {
            "working_days": days,
            "lag": lag_of(days, standard_on(visit["visited_on"])),
            "numerator": int(days <= standard_on(visit["visited_on"])),
            "denominator": 1,
        }
        for visit in made(world, known_on)
        if visit["recorded_on"]
        for days in [working_days_between(visit["visited_on"], visit["recorded_on"])]
    ]


def lag_of(days: int, standard: int) -> str:
    for most, name in ((0, "same_day"), (standard, "in_time"), (5, "within_5"), (10, "within_10")):
        if days <= most:
            return name
    return "later"


def compared(rows: list[dict]) -> list[tuple]:
    return sorted(tuple(str(row[name]) for name in COMPARED) for row in rows)


@draws(60)
@given(world=visited())
def test_agrees_with_every_visit_looked_at_by_itself(rows_of, world):
    assert compared(rows_of(METRIC, world)) == compared(reference(world))


@draws(40)
@given(
    world=visited(), change=edges, before=st.sampled_from([0, 1, 2]), after=st.sampled_from([3, 5])
)
def test_each_visit_is_judged_by_the_standard_of_its_own_day(rows_of, world, change, before, after):
    on = basis(recorded_within((after, change), (before, date(2000, 1, 1))))
    expected = reference(world, standard_on=lambda day: after if day >= change else before)
    assert compared(rows_of(METRIC, world, on)) == compared(expected)


@pytest.mark.parametrize(
    ("seen_on", "recorded_on", "in_time", "lag"),
    [
        # Until 31 August within two working days, from 1 September within one.
        ("2016-08-31", "2016-09-02", 1, "in_time"),  # the old standard's last day
        ("2016-08-31", "2016-09-05", 0, "within_5"),
        ("2016-09-01", "2016-09-02", 1, "in_time"),
        ("2016-09-01", "2016-09-05", 0, "within_5"),  # two working days: in time the day before
    ],
)
def test_a_new_standard_holds_for_visits_made_from_its_day_on(
    rows_of, seen_on, recorded_on, in_time, lag
):
    world = World().add(
        "visit",
        child_id="K",
        kind="CIN",
        visited_on=date.fromisoformat(seen_on),
        recorded_on=date.fromisoformat(recorded_on),
    )
    on = basis(recorded_within((2, date(2000, 1, 1)), (1, date(2016, 9, 1))))
    (row,) = rows_of(METRIC, world, on)
    assert (row["numerator"], row["lag"]) == (in_time, lag)


@draws(10)
@given(world=visited())
def test_as_known_on_a_day_leaves_out_what_was_recorded_later(rows_of, world):
    for day in (date(2016, 8, 31), date(2016, 9, 2)):
        known = rows_of(METRIC, world, basis(known_on=day))
        assert compared(known) == compared(reference(world, known_on=day))


@draws(30)
@given(world=visited())
def test_coverage_counts_every_visit_made_and_those_with_a_usable_date(companion_of, world):
    expected = [
        visit | {"numerator": int(visit["recorded_on"] is not None), "denominator": 1}
        for visit in made(world)
    ]
    found = companion_of(METRIC, "recording_known", world)
    by = ("month", "unit_id")
    assert tallied(found, *by) == tallied(expected, *by)


def nearest_rank(values: list[int], tenths: int) -> int:
    """The smallest value that so many tenths of the values do not exceed."""
    in_order = sorted(values)
    return next(
        one for one in in_order if 10 * sum(v <= one for v in values) >= tenths * len(values)
    )


@draws(30)
@given(world=visited())
def test_half_and_nine_in_ten_agree_with_the_visits_in_order(shared_engine, world):
    expected: dict[tuple, list[int]] = {}
    for row in reference(world):
        for unit_id in (row["unit_id"], "*"):
            expected.setdefault((unit_id, row["month"]), []).append(row["working_days"])
    with loaded(shared_engine, world, only_for=[schema.visit]) as engine:
        for one, tenths in zip(METRIC.beside.quantiles, (5, 9), strict=True):
            found = [
                row
                for count in (per_unit, of_the_service)
                for row in read(engine, count(METRIC, one, rows_of_metric()))
            ]
            assert {(r.unit_id, r.month): (r.value, r.n) for r in found} == {
                place: (nearest_rank(days, tenths), len(days)) for place, days in expected.items()
            }


def rows_of_metric() -> Subquery:
    return METRIC.rows(months(), basis()).subquery()


def lags(*days_taken: int) -> World:
    """One child of Unit 1, visited on Mondays and recorded so many calendar days later."""
    world = World().add(
        "allocation",
        child_id="K",
        worker_id="Ann",
        unit_id="U1",
        lead=True,
        started_on=date(2016, 1, 1),
    )
    for days in days_taken:
        world.add(
            "visit",
            child_id="K",
            kind="CIN",
            visited_on=date(2016, 9, 5),
            recorded_on=date(2016, 9, 5 + days),
        )
    return world


@pytest.mark.parametrize("n", range(1, 25))
def test_a_quantile_is_the_value_at_the_nearest_rank_whatever_the_number(shared_engine, n):
    """Rank ceil(n × share), in whole numbers: floats must not tip 0.9 × 10 over."""
    worked = [0, 1, 2, 3, 4, 7, 8, 9, 10, 11, 14, 15, 16, 17, 18, 21, 22, 23, 24, 25]  # weekdays
    days = [working_days_between(date(2016, 9, 5), date(2016, 9, 5 + one)) for one in worked]
    with loaded(shared_engine, lags(*(worked[at % 20] for at in range(n)))) as engine:
        in_order = sorted(days[at % 20] for at in range(n))
        for one, tenths in zip(METRIC.beside.quantiles, (5, 9), strict=True):
            (row,) = read(engine, per_unit(METRIC, one, rows_of_metric()))
            assert row.value == in_order[-(-tenths * n // 10) - 1]
            assert row.n == n


@pytest.mark.parametrize(
    ("seen_on", "recorded_on", "taken", "in_time"),
    [
        ("2016-09-02", "2016-09-05", 1, 1),  # Friday to Monday
        ("2016-08-26", "2016-08-31", 2, 1),  # the bank holiday lies between
        ("2016-08-26", "2016-09-01", 3, 0),
        ("2016-09-03", "2016-09-04", 0, 1),  # both at a weekend
        ("2016-09-05", "2016-09-05", 0, 1),
    ],
)
def test_working_days_are_those_after_the_visit(rows_of, seen_on, recorded_on, taken, in_time):
    world = World().add(
        "visit",
        child_id="K",
        kind="CIN",
        visited_on=date.fromisoformat(seen_on),
        recorded_on=date.fromisoformat(recorded_on),
    )
    (row,) = rows_of(METRIC, world)
    assert (row["working_days"], row["numerator"], row["denominator"]) == (taken, in_time, 1)


def test_a_visit_recorded_before_it_was_made_is_in_no_number_but_in_the_coverage(
    rows_of, companion_of
):
    world = World().add(
        "visit",
        child_id="K",
        kind="CIN",
        visited_on=date(2016, 9, 5),
        recorded_on=date(2016, 9, 2),
    )
    assert rows_of(METRIC, world) == []
    (row,) = companion_of(METRIC, "recording_known", world)
    assert (row["numerator"], row["denominator"]) == (0, 1)


@pytest.mark.parametrize(
    ("days", "words"),
    [(0, "the same working day"), (1.0, "1 working day"), (4.0, "4 working days")],
)
def test_working_days_are_written_as(days, words):
    assert working_days_words(days) == words


# Worked examples, on which the query and the plain loops agree: one edge each.
def september(rows_of, world: World, by: str) -> dict:
    """Visits recorded in time, and visits with a recording date."""
    return agreed_in("2016-09", rows_of(METRIC, world), reference(world), by)


def visit(world: World, visited_on: str, recorded_on: str | None, **other) -> World:
    days = {"visited_on": date.fromisoformat(visited_on)}
    if recorded_on:
        days["recorded_on"] = date.fromisoformat(recorded_on)
    return world.add("visit", **{"child_id": "K", "kind": "CIN"} | days | other)


def test_an_attempt_is_no_visit_and_a_visit_that_does_not_say_is_one(rows_of):
    world = lags()
    for seen in (True, None, False):
        visit(world, "2016-09-05", "2016-09-05", seen=seen)
    assert september(rows_of, world, "unit_id") == {"U1": (2, 2)}


def test_the_worker_is_who_made_the_visit_else_the_lead_of_that_day(rows_of):
    world = visit(visit(lags(), "2016-09-05", "2016-09-05", worker_id="Bob"), "2016-09-06", None)
    visit(world, "2016-09-07", "2016-09-07")
    assert september(rows_of, world, "worker_id") == {"Ann": (1, 1), "Bob": (1, 1)}


def test_the_unit_is_that_of_the_lead_that_started_last_on_the_day_of_the_visit(rows_of):
    """From 6 September on unit 2; unit 3 from the day after the last visit."""
    world = lags()
    for unit_id, started_on in (("U2", date(2016, 9, 6)), ("U3", date(2016, 9, 8))):
        said = {"worker_id": "Bob", "lead": True, "started_on": started_on}
        world.add("allocation", child_id="K", unit_id=unit_id, **said)
    for day in ("2016-09-05", "2016-09-06", "2016-09-07"):
        visit(world, day, day)
    assert september(rows_of, world, "unit_id") == {"U1": (1, 1), "U2": (2, 2)}


def test_a_recording_date_after_the_data_s_last_day_is_unknown(rows_of):
    """The data end on 14 October."""
    world = visit(visit(lags(), "2016-09-05", "2016-10-15"), "2016-09-05", "2016-10-14")
    assert september(rows_of, world, "unit_id") == {"U1": (0, 1)}


@pytest.mark.parametrize(
    ("recorded_on", "lag"),
    [
        ("2016-09-05", "same_day"),
        ("2016-09-06", "in_time"),
        ("2016-09-07", "in_time"),  # the second working day, the last of the standard
        ("2016-09-08", "within_5"),
        ("2016-09-12", "within_5"),  # the fifth
        ("2016-09-13", "within_10"),
        ("2016-09-19", "within_10"),  # the tenth
        ("2016-09-20", "later"),
    ],
)
def test_a_visit_of_monday_5_september_is_entered(rows_of, recorded_on, lag):
    world = visit(lags(), "2016-09-05", recorded_on)
    in_time = int(lag in ("same_day", "in_time"))
    assert september(rows_of, world, "lag") == {lag: (in_time, 1)}
