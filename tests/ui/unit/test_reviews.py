"""Unit: reviews to be held stand beside visits to be made, with source and law."""

import json
from datetime import date

import pytest

from tests.ui.small_council import build, council

REVIEWS = '{"covers_from": {"review": "2014-01-01", "plan": "2014-01-01"}}'


def with_reviews():
    """The small council, where Unit 1 is overdue with one conference and has one soon due."""
    world = council()
    for load in world.rows["source_load"]:
        load["rows_json"] = REVIEWS
    for number, held_on in enumerate((date(2016, 4, 10), date(2016, 4, 20))):
        child_id = f"KID-REVIEW-{number}"
        world.add("child", child_id=child_id, name=f"Reviewed {number}", restricted=False)
        world.add("plan", child_id=child_id, kind="CP", started_on=date(2016, 2, 1))
        world.add("review", child_id=child_id, kind="CP", held_on=held_on, cancelled=False)
        world.add(
            "allocation",
            child_id=child_id,
            worker_id="WORKER-U1",
            unit_id="U1",
            lead=True,
            started_on=date(2016, 2, 1),
        )
    return world


@pytest.fixture(scope="module")
def reviewed(tmp_path_factory):
    return build(tmp_path_factory.mktemp("reviewed"), with_reviews())


def section(html: str, name: str) -> str:
    return html.split(f'<section id="{name}">')[1].split("</section>")[0]


def test_a_unit_is_told_which_reviews_are_overdue_and_which_soon_due_and_by_what_law(
    opened, reviewed
):
    html = opened("unit", reviewed, unit="U1")
    overdue, soon = section(html, "review_overdue"), section(html, "review_due_soon")
    assert "Reviewed 0" in overdue and "10 Oct" in overdue
    assert "Reviewed 1" in soon and "20 Oct" in soon
    assert "then within six months of the one before" in html


def test_where_reviews_are_not_in_the_source_the_list_says_so_instead(opened, tmp_path):
    world, why = council(), "No reviews are in this source."
    for load in world.rows["source_load"]:
        keys = ("cp_reviews_in_time", "cla_reviews_in_time")
        load["rows_json"] = json.dumps({"not_in_source": dict.fromkeys(keys, why)})
    html = opened("unit", build(tmp_path, world), unit="U1")
    assert f"Not in this source: {why}" in section(html, "reviews")
    assert "review_overdue" not in html
