"""Sums of rows, for who may not see all rows: named as what they are, never as the whole."""

import re

import pytest

from tests.ui.explore.test_explore import VISITS, row, text

FEBRUARY = {**VISITS, "month": "2016-02", "only-kind": "CIN"}
NARROWED = {**VISITS, "only-kind": "CIN"}


def title(html: str) -> str:
    return re.findall(r"<h1>(.*?)</h1>", html)[0]


@pytest.fixture
def consultant(door, opened):
    door.comes("consultant", is_worker_of="U2")
    return lambda **said: opened("explore", **said)


def test_the_service_is_told_by_its_name_to_who_sees_all_of_it(door, opened):
    door.comes("director")
    assert ", Service, child in need only, " in title(opened("explore", **FEBRUARY))


def test_a_part_of_the_service_is_told_as_what_is_open(consultant):
    html = consultant(**FEBRUARY)
    assert ", open to you, child in need only, " in title(html)
    assert "so it is not the whole’s figure" in text(html)
    assert "<b>Service</b>" not in html and "<b>open to you</b>" in html
    assert "Service, child in need only" not in text(html)


def test_a_unit_that_is_open_keeps_its_name(consultant):
    assert ", Unit 2, child in need only, " in title(consultant(**FEBRUARY, unit="U2"))


def test_what_is_closed_is_no_zero(consultant):
    html = consultant(**NARROWED, unit="U3")
    assert title(html).endswith("Unit 3, child in need only, September 2016: not open to you")
    assert "0 visits due" not in text(html)


@pytest.mark.parametrize("other", ["rest", "U3"])
def test_nothing_of_what_is_closed_is_set_beside(consultant, other):
    html = consultant(**VISITS, unit="U2", cut="kind", **{"against-unit": other})
    assert row(html, "Together")[1:4] == ["–", "–", "–"] and row(html, "Together")[-2] == "3 and –"
    assert "are open to you: nothing that is counted of them is set beside it" in text(html)


@pytest.mark.parametrize(("other", "name"), [("rest", "the rest of the service"), ("U3", "Unit 3")])
def test_narrowed_it_is_set_beside_nothing_and_says_why(consultant, other, name):
    html = consultant(**NARROWED, unit="U2", **{"against-unit": other})
    assert f"Not all rows of {name} are open to you" in text(html).split("Cut by")[0]
    assert "Difference" not in text(html).split("Cut by")[0]


def test_a_child_s_own_worker_is_told_of_their_own_children_alone(looks, opened):
    looks(units=frozenset({"U2"}), own_children="WORKER-U2")
    assert ", open to you in Unit 2, " in title(opened("explore", **FEBRUARY, unit="U2"))
