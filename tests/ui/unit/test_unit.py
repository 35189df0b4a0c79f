"""A unit's lists: whole for a unit of some hundred children, the first rows of longer ones."""

import re

import pytest

from tests.ui.small_council import STARTED, build, council

WHOLE, FIRST = 100, 25


def overdue_in(html: str) -> str:
    return html.split('<section id="overdue">')[1].split("</section>")[0]


def with_overdue(children: int):
    """The small council, in whose Unit 1 so many more children were never seen."""
    world = council()
    for number in range(children):
        child_id = f"KID-MORE-{number:03}"
        world.add("child", child_id=child_id, name=f"More {number:03}", restricted=False)
        world.add("plan", child_id=child_id, kind="CIN", started_on=STARTED)
        world.add(
            "allocation",
            child_id=child_id,
            worker_id="WORKER-U1",
            unit_id="U1",
            lead=True,
            started_on=STARTED,
        )
    return world


@pytest.fixture(scope="module")
def large(tmp_path_factory):
    return build(tmp_path_factory.mktemp("large"), with_overdue(WHOLE + 20))


def rows(html: str) -> int:
    return html.count("<tr") - 1


def test_a_list_that_somebody_works_through_is_shown_whole(opened, tmp_path):
    shown = overdue_in(opened("unit", build(tmp_path, with_overdue(60)), unit="U1"))
    assert rows(shown) >= 60
    assert "show all" not in shown


def test_of_a_longer_list_the_first_rows_are_shown_and_a_link_to_all_of_them(opened, large):
    html = opened("unit", large, unit="U1")
    (counted,) = re.findall(r"<b>(\d+)</b><a[^>]*>overdue", html)
    every = int(counted)
    shown = overdue_in(html)
    assert rows(shown) == FIRST
    assert f"and {every - FIRST} more: choose a worker or a plan, or " in shown
    assert re.search(r'href="\./unit\?[^"]*whole=yes"[^>]*>show all', shown)
    assert rows(overdue_in(opened("unit", large, unit="U1", whole="yes"))) == every
