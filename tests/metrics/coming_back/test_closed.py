"""Cases closed: which were open in the month, which closed in it, and by whom."""

from datetime import date, timedelta

from hypothesis import given
from sqlalchemy import insert

from data_access.schema import referral
from loading.not_in_source import not_in_source
from metrics.definitions.coming_back.closed import METRIC
from metrics.model import Period
from tests.databases import emptied
from tests.draws import draws
from tests.metrics.coming_back.plain import children_who_come_back, is_case, last_known, leads_then
from tests.worlds import AS_AT, FIRST, LAST, World

JUNE = Period(2016, 6)
MAY_31, JUNE_1, JUNE_30 = JUNE.start - timedelta(1), JUNE.start, JUNE.last_day


def expected_rows(world: World) -> list[tuple]:
    """Month by month, each case by itself."""
    found = []
    for month in LAST.run_up(LAST.months_after(FIRST) + 1):
        end = min(month.last_day, AS_AT)
        for row in world.of("referral"):
            until = last_known(row)
            if not is_case(row) or row["received_on"] > end or until < month.start:
                continue
            is_closed = until <= end
            leads = leads_then(world, row["child_id"], until if is_closed else end, is_closed)
            unit = leads[-1]["unit_id"] if leads else None
            reason = (row["closure_reason"] or "not_known") if is_closed else "open"
            found.append((month.start, row["child_id"], unit, int(is_closed), reason))
    return found


def case(closed_on: date | None, received_on: date = date(2016, 1, 4), **row) -> World:
    world = World()
    row = {"child_id": "Kit", "received_on": received_on, "closed_on": closed_on, **row}
    return world.add("referral", **row)


def in_june(rows: list[dict]) -> list[tuple]:
    return [(row["numerator"], row["outcome"]) for row in rows if row["month"] == JUNE.start]


@draws(40)
@given(world=children_who_come_back())
def test_rows_are_those_that_a_plain_count_finds(rows_of, world):
    found = [
        (row["month"], row["child_id"], row["unit_id"], row["numerator"], row["outcome"])
        for row in rows_of(METRIC, world)
    ]
    assert sorted(found, key=str) == sorted(expected_rows(world), key=str)


def test_one_closed_on_the_first_day_is_in_and_one_of_the_day_before_is_not(rows_of):
    assert in_june(rows_of(METRIC, case(JUNE_1))) == [(1, "not_known")]
    assert in_june(rows_of(METRIC, case(MAY_31))) == []
    assert in_june(rows_of(METRIC, case(JUNE_30 + timedelta(1)))) == [(0, "open")]


def test_without_any_day_of_closing_it_is_not_in_the_source(shared_engine):
    """Else every case would look open, and the share closed be 0% for good."""
    with shared_engine.begin() as connection:
        emptied(connection)
        connection.execute(insert(referral), case(None).of("referral"))
        assert "closed_on" in not_in_source(connection)[METRIC.key]
        connection.execute(insert(referral), case(JUNE_1, referral_id="R2").of("referral"))
        assert METRIC.key not in not_in_source(connection)


def test_no_further_action_never_was_a_case(rows_of):
    assert rows_of(METRIC, case(JUNE_1, no_further_action=True)) == []


def test_a_day_of_closing_after_the_data_is_none_and_one_before_the_referral_is_out(rows_of):
    assert {row["outcome"] for row in rows_of(METRIC, case(AS_AT + timedelta(6)))} == {"open"}
    assert rows_of(METRIC, case(date(2016, 1, 3))) == []


def test_closed_after_assessment_is_closed_and_told_by_its_reason(rows_of):
    found = rows_of(METRIC, case(JUNE_30, closure_reason="RC8"))
    assert in_june(found) == [(1, "RC8")]
    assert METRIC.split.name("RC8") == "case closed after assessment, no further action"


def test_a_transfer_on_the_day_of_closing_is_the_new_unit_s(rows_of):
    world = case(JUNE_30)
    lead = {"child_id": "Kit", "lead": True}
    world.add("allocation", **lead, unit_id="U1", started_on=JUNE_1, ended_on=JUNE_30)
    found = [row for row in rows_of(METRIC, world) if row["month"] == JUNE.start]
    assert [row["unit_id"] for row in found] == ["U1"]
    world.add("allocation", **lead, unit_id="U2", started_on=JUNE_30)
    found = [row for row in rows_of(METRIC, world) if row["month"] == JUNE.start]
    assert [row["unit_id"] for row in found] == ["U2"]
