"""Facts that can't be true beside others, and those on the edge that can."""

from datetime import date, timedelta
from typing import Any

import pytest

from loading.checks import cannot_be, not_open
from tests.loading.test_checks import AS_AT, found_by

BORN = date(2016, 10, 20)
UNIT = {"unit_id": "U2", "name": "Unit 2"}


def found(connection, *more: tuple[str, dict[str, Any]]) -> list[tuple[str, str, str | None, str]]:
    """What these rules find among the good rows with these changes."""
    issues = found_by((*cannot_be.CHECKS, *not_open.CHECKS), connection, *more)
    return [(i.rule, i.table_name, i.row_key, i.message) for i in issues]


# A child of its own, so that the good rows of the other lie after its birth.
CHILD = ("child", {"child_id": "C2", "born_on": BORN})


@pytest.mark.parametrize(
    ("table", "row", "days"),
    [
        ("referral", {"referral_id": "R2", "received_on": None}, 300),
        ("assessment", {"assessment_id": "S2", "started_on": None}, 300),
        ("plan", {"plan_id": "N2", "kind": "CP", "started_on": None}, 300),
        ("plan", {"plan_id": "N2", "kind": "CLA", "started_on": None}, 0),
        ("placement", {"placement_id": "L2", "started_on": None}, 0),
        ("allocation", {"allocation_id": "A2", "started_on": None}, 300),
        ("visit", {"visit_id": "V2", "kind": "CP", "visited_on": None}, 300),
        ("visit", {"visit_id": "V2", "kind": "CLA", "visited_on": None}, 0),
        ("scale_score", {"scale_score_id": "Q2", "scored_on": None}, 300),
    ],
)
@pytest.mark.parametrize("too_early", [True, False])
def test_an_unborn_child_is_known_some_months_before_and_in_care_only_once_born(
    connection, table, row, days, too_early
):
    (dated,) = [name for name, value in row.items() if value is None]
    day = BORN - timedelta(days + too_early)
    issues = found(connection, CHILD, (table, {**row, "child_id": "C2", dated: day}))
    assert [issue[:3] for issue in issues] == [("born_afterwards", "child", "C2")] * too_early
    # A message never tells when a child was born.
    assert all("20 October" not in said for *_, said in issues)
    assert all(f"1 row of {table} is" in said for *_, said in issues)


def test_a_child_of_no_known_birth_is_not_judged(connection):
    assert found(connection, ("child", {"born_on": None})) == []


@pytest.mark.parametrize(("born", "is_told"), [(date(1991, 10, 20), 1), (date(1991, 10, 21), 0)])
def test_nobody_of_25_begins_a_plan(connection, born, is_told):
    """The good plan begins on 20 October 2016."""
    issues = found(connection, ("child", {"born_on": born}))
    assert [issue[:3] for issue in issues] == [("too_old_for_a_plan", "plan", "N1")] * is_told


@pytest.mark.parametrize(
    ("table", "row_key", "started_on", "rules"),
    [
        ("plan", "N1", date(2014, 5, 2), ["long_before_its_referral"]),
        ("plan", "N1", date(2014, 5, 3), []),
        ("plan", "N1", date(2016, 6, 1), []),
        ("plan", "N1", date(2016, 6, 2), ["after_its_referral_closed"]),
        ("assessment", "S1", date(2014, 5, 2), ["long_before_its_referral"]),
        ("assessment", "S1", date(2016, 6, 2), ["after_its_referral_closed"]),
    ],
)
def test_a_plan_begins_neither_years_before_its_referral_nor_after_that_is_closed(
    connection, table, row_key, started_on, rules
):
    """The good referral was received on 2 May 2016; 730 days before are 3 May 2014."""
    issues = found(
        connection,
        ("referral", {"closed_on": date(2016, 6, 1)}),
        (table, {"referral_id": "R1", "started_on": started_on}),
    )
    assert [issue[:3] for issue in issues] == [(rule, table, row_key) for rule in rules]


@pytest.mark.parametrize(
    ("last_day", "other", "is_told"),
    [
        (None, {"first_day": date(2016, 10, 4)}, 1),
        (date(2016, 10, 5), {"first_day": date(2016, 10, 4)}, 0),
        (None, {"first_day": date(2016, 10, 4), "worker_id": "W2"}, 0),
    ],
)
def test_whoever_falls_ill_again_was_back_before(connection, last_day, other, is_told):
    issues = found(
        connection,
        ("worker", {"worker_id": "W2"}),
        ("absence", {"last_day": last_day}),
        ("absence", {"absence_id": "B2", "last_day": date(2016, 10, 6), **other}),
    )
    assert [issue[:3] for issue in issues] == [("absence_not_ended", "absence", "B1")] * is_told
    assert all("absence B2 of the same worker begins on 4 October 2016" in i[3] for i in issues)


IN_UNIT: dict[str, tuple[str, dict[str, Any]]] = {
    "time_record": ("worked_on", {"time_record_id": "T2"}),
    "complaint": ("received_on", {"complaint_id": "K2"}),
    "survey_response": ("answered_on", {"response_id": "Y2"}),
    "allocation": ("started_on", {"allocation_id": "A2", "worker_id": "W2", "lead": False}),
    "post": ("started_on", {"post_id": "P2", "worker_id": "W2"}),
}


def of_unit(table: str, day: date, **more: Any) -> list[tuple[str, dict[str, Any]]]:
    dated, row = IN_UNIT[table]
    worker = ("worker", {"worker_id": "W2"})
    return [worker, (table, {**row, "unit_id": "U2", dated: day, **more})]


@pytest.mark.parametrize("table", IN_UNIT)
@pytest.mark.parametrize(("day", "is_told"), [(date(2016, 8, 31), 1), (date(2016, 9, 1), 0)])
def test_rows_of_a_month_before_a_unit_opened_are_told_once_a_unit_and_table(
    connection, table, day, is_told
):
    """In the month in which it opened, all days count in the unit."""
    opened = ("unit", {**UNIT, "opened_on": date(2016, 9, 12)})
    issues = found(connection, opened, *of_unit(table, day))
    assert [issue[:3] for issue in issues] == [("before_the_unit_opened", "unit", "U2")] * is_told
    assert all(
        f"12 September 2016, and 1 row of {table} begins in a month before, the first on 31"
        in issue[3]
        for issue in issues
    )


@pytest.mark.parametrize("table", ["time_record", "complaint", "survey_response"])
@pytest.mark.parametrize(
    ("closed_on", "is_told"), [(date(2016, 9, 1), 1), (date(2016, 9, 2), 0), (None, 0)]
)
def test_rows_of_a_month_after_a_unit_closed_are_told(connection, table, closed_on, is_told):
    """What was no more on the 1st was not open in that month."""
    closed = ("unit", {**UNIT, "closed_on": closed_on})
    issues = found(connection, closed, *of_unit(table, date(2016, 9, 30)))
    assert [issue[:3] for issue in issues] == [("after_the_unit_closed", "unit", "U2")] * is_told


@pytest.mark.parametrize("table", ["post", "allocation"])
@pytest.mark.parametrize(
    ("ended_on", "is_told"),
    [(None, 1), (date(2016, 10, 2), 1), (date(2016, 10, 1), 0), (date(2016, 8, 1), 0)],
)
def test_spells_that_go_on_in_a_unit_after_it_closed_are_told(connection, table, ended_on, is_told):
    closed = ("unit", {**UNIT, "closed_on": date(2016, 9, 5)})
    rows = of_unit(table, date(2016, 6, 1), ended_on=ended_on)
    issues = found(connection, closed, *rows)
    assert [issue[:3] for issue in issues] == [("after_the_unit_closed", "unit", "U2")] * is_told


def test_a_post_that_is_older_than_its_unit_by_years_is_no_break(connection):
    """No chart shows the months of 2012: HR may well give the day on which the worker came."""
    opened = ("unit", {**UNIT, "opened_on": date(2013, 10, 1)})
    assert found(connection, opened, *of_unit("post", date(2012, 3, 1))) == []


def test_many_rows_are_one_issue(connection):
    opened = ("unit", {**UNIT, "opened_on": date(2016, 9, 12)})
    more = of_unit("time_record", date(2016, 8, 1), time_record_id="T3")
    (issue,) = found(connection, opened, *of_unit("time_record", date(2016, 8, 8)), *more)
    assert "2 rows of time_record begin in a month before, the first on 1 August 2016" in issue[3]


@pytest.mark.parametrize(
    ("half_day", "last_day", "is_told"),
    [
        (True, date(2016, 10, 4), True),
        (True, None, True),
        (True, date(2016, 10, 3), False),
        (False, date(2016, 10, 4), False),
    ],
)
def test_a_half_day_that_goes_on_counts_half_each_day_and_is_said(
    connection, half_day, last_day, is_told
):
    absence = {"first_day": date(2016, 10, 3), "half_day": half_day, "last_day": last_day}
    issues = found(connection, ("absence", absence))
    assert [issue[:3] for issue in issues] == [("half_days_in_a_row", "absence", "B1")] * is_told


@pytest.mark.parametrize(
    ("table", "key", "row"),
    [
        ("referral", "R1", {"closure_reason": "RC7"}),
        ("plan", "N1", {"end_reason": "E4A"}),
    ],
)
def test_a_reason_for_an_end_without_its_day_is_said(connection, table, key, row):
    issues = found(connection, (table, row))
    assert [issue[:3] for issue in issues] == [("ended_at_no_day", table, key)]


def test_an_end_with_its_reason_is_no_fault(connection):
    ended = {"closure_reason": "RC7", "closed_on": AS_AT}
    assert found(connection, ("referral", ended)) == []


@pytest.mark.parametrize(
    ("lead", "ended_on", "is_told"),
    [(False, None, True), (True, None, False), (False, AS_AT, False)],
)
def test_a_child_with_co_workers_alone_is_said(connection, lead, ended_on, is_told):
    issues = found(connection, ("allocation", {"lead": lead, "ended_on": ended_on}))
    assert [issue[:3] for issue in issues] == [("held_by_no_lead", "child", "C1")] * is_told


@pytest.mark.parametrize(("unit_id", "is_told"), [(None, True), ("U1", False)])
def test_an_allocation_to_nobody_is_said_and_one_to_a_unit_alone_is_not(
    connection, unit_id, is_told
):
    issues = found(connection, ("allocation", {"worker_id": None, "unit_id": unit_id}))
    assert [issue[:3] for issue in issues] == [("held_by_nobody", "allocation", "A1")] * is_told
