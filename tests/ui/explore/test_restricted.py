"""What Explore's sums tell of a child whose record is restricted: nothing that a list doesn't."""

from datetime import date

import pytest

from tests.ui.explore.test_explore import HELD, VISITS, row, text
from tests.ui.small_council import build, council

FEBRUARY = {**VISITS, "month": "2016-02", "unit": "U2"}


@pytest.fixture(scope="module")
def one_on_a_plan(tmp_path_factory) -> str:
    """The restricted child of Unit 2 is 15, and the only one there with a protection plan."""
    world = council()
    for table, name, value in (("child", "born_on", date(2001, 1, 1)), ("plan", "kind", "CP")):
        next(one for one in world.rows[table] if one["child_id"] == "KID-U2-1")[name] = value
    return build(tmp_path_factory.mktemp("restricted"), world)


@pytest.fixture
def consultant(door, opened, one_on_a_plan):
    door.comes("consultant", is_worker_of="U2")
    return lambda **said: opened("explore", one_on_a_plan, **said)


@pytest.mark.parametrize("cut", ["age", "kind", "state", "days_late", "attempts", "set_by"])
@pytest.mark.parametrize("over", ["month", "quarter"])
def test_no_sum_by_what_records_say_tells_of_a_restricted_child(consultant, cut, over):
    narrowed = consultant(**FEBRUARY, cut=cut, over=over, rows="1", **{"only-kind": "CP"})
    assert "Together|" not in text(narrowed) and "10 to 15" not in text(narrowed)
    assert "about restricted records and left out" in text(narrowed)
    without = consultant(**FEBRUARY, cut=cut, over=over, **{"not-kind": "CIN"})
    assert "Together|" not in text(without)


@pytest.mark.parametrize("cut", ["age", "kind", "state", "days_late", "attempts", "set_by"])
def test_restricted_records_are_a_part_of_their_own_and_parts_add_up(consultant, cut):
    html = consultant(**FEBRUARY, cut=cut)
    assert row(html, "Restricted records")[3] != "–"
    assert "10 to 15" not in text(html) and "child protection" not in text(html).split("By ")[1]
    by_worker = consultant(**FEBRUARY, cut="worker_id")
    assert row(html, "Together")[2:4] == row(by_worker, "Together")[2:4]


def test_restricted_records_lead_nowhere(consultant):
    assert row(consultant(**FEBRUARY, cut="age"), "Restricted records")[-1] == ""


def test_who_holds_restricted_children_is_counted_as_lists_do(consultant):
    assert row(consultant(**{**HELD, "unit": "U2"}, cut="worker_id"), "Together")[2] == "3"
    assert row(consultant(**{**HELD, "unit": "U2"}, cut="role"), "Together")[2] == "3"


def test_a_worker_s_time_is_whole_where_the_restricted_child_is_left_out(consultant):
    """One full-time post stands in one child's row, and stays whoever that child is."""
    html = consultant(**{**HELD, "unit": "U2"}, cut="role", **{"not-status": "none"})
    assert row(html, "Together")[2:4] == ["2", "1"]


def test_who_may_see_restricted_records_sees_them_in_the_parts(looks, opened, one_on_a_plan):
    looks(may_see_restricted=True)
    html = opened("explore", one_on_a_plan, **FEBRUARY, cut="age", **{"only-kind": "CP"})
    assert row(html, "10 to 15")[3] == "1"
