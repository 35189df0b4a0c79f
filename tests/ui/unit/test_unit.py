"""A unit's lists: whole for a unit of some hundred children, the first rows of longer ones."""

import re

import pytest
from markupsafe import Markup

from metrics.catalogue import CATALOGUE
from tests.ui.small_council import STARTED, build, council
from ui.session import unbroken
from ui.unit.workload import STATUSES

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


def test_the_columns_that_a_telephone_has_room_for_are_who_how_late_due_and_last_seen(opened):
    shown = overdue_in(opened("unit", unit="U1"))
    headings = [re.sub("<[^>]*>", "", one) for one in re.findall("<th scope=.col.*?</th>", shown)]
    for words, heading in zip(
        ("Child", "Working days over", "Due", "Last seen"), headings[:4], strict=True
    ):
        assert heading.startswith(words)


def test_what_is_said_to_add_up_stands_with_its_sums(opened, tmp_path):
    world = council()
    world.add("child", child_id="KID-ALONE", name="Held By Nobody", restricted=False)
    world.add(
        "allocation",
        child_id="KID-ALONE",
        worker_id=None,
        unit_id="U1",
        lead=True,
        started_on=STARTED,
    )
    html = opened("unit", build(tmp_path, world), unit="U1")
    table = html.split("the columns add up</caption>")[1].split("</table>")[0]
    rows_of = re.findall("<tr><th scope=.row.*?</tr>", table)
    *each, total = [[int(n) for n in re.findall(r"<td[^>]*>(\d+)</td>", row)] for row in rows_of]
    assert "Together" in rows_of[-1] and len(each) == 2
    assert total == [sum(column) for column in zip(*each, strict=True)]
    assert total[0] == sum(total[1:])


def test_a_line_never_breaks_between_the_thousands_of_a_number():
    assert unbroken(Markup("1\u2009234 <b>5\u2009678</b>")) == Markup(
        "1\u202f234 <b>5\u202f678</b>"
    )


def test_who_has_nothing_open_is_called_so_on_unit_and_in_the_caseload():
    assert CATALOGUE["caseload"].split.name(None) == STATUSES["no_status"].lower()
