"""A worker's children on Unit: all whom they hold, one click from the table of workers."""

import re

import pytest

from tests.ui.addresses import links_to
from tests.ui.small_council import STARTED, build, council


def section(html: str, name: str) -> str:
    return html.split(f'<section id="{name}">')[1].split("</section>")[0]


def of_worker(opened, database: str, worker: str = "Worker Of U1") -> str:
    ways = links_to("unit", opened("unit", database, unit="U1"))
    said = next(said for said, words in ways if words == worker and "worker" in said)
    return opened("unit", database, **said)


@pytest.fixture(scope="module")
def more(tmp_path_factory) -> str:
    """Unit 1's worker holds two more: nothing open, and a CP plan; one child is restricted."""
    world = council()
    for name in ("Nothing Open", "Under Protection"):
        child_id = f"KID-{name.split()[0]}"
        world.add("child", child_id=child_id, name=name, restricted=False)
        world.add(
            "allocation",
            child_id=child_id,
            worker_id="WORKER-U1",
            unit_id="U1",
            lead=True,
            started_on=STARTED,
        )
    world.add("plan", child_id="KID-Under", kind="CP", started_on=STARTED)
    for child in world.rows["child"]:
        if child["child_id"] == "KID-U1-2":
            child["restricted"] = True
    return build(tmp_path_factory.mktemp("more"), world)


def numbers_of(html: str, worker: str) -> list[int]:
    """Children, then by status, as the table of workers has them."""
    table = html.split("The same children by highest status today")[1].split("</table>")[0]
    row = next(row for row in table.split("<tr>") if worker in row)
    return [int(cell) for cell in re.findall(r"<td[^>]*>([^<]*)</td>", row)]


def test_the_columns_of_the_table_of_workers_add_up(opened, more):
    children, *parts = numbers_of(opened("unit", more, unit="U1"), "Worker Of U1")
    assert children == sum(parts) == 5
    assert parts[-1] == 1


def test_every_child_is_listed_with_the_state_of_the_next_visit(opened, more):
    listed = section(of_worker(opened, more), "held")
    assert listed.count("<tr") - 1 == 5
    row = next(row for row in listed.split("<tr>") if "Nothing Open" in row)
    assert "nothing open" in row and "no visit due: no plan is open" in row
    row = next(row for row in listed.split("<tr>") if "Under Protection" in row)
    assert "child protection plan" in row and "working days overdue" in row


def test_of_a_restricted_child_the_list_tells_that_there_is_one(opened, looks, more):
    row = next(
        row for row in section(of_worker(opened, more), "held").split("<tr>") if "Restr" in row
    )
    assert "Peregrine" not in row and "overdue" not in row and "child in need" not in row
    looks(may_see_restricted=True)
    listed = section(of_worker(opened, more), "held")
    assert "Restricted record" not in listed


def test_each_child_leads_to_the_child_s_page_and_back_to_the_unit(opened, more):
    listed = section(of_worker(opened, more), "held")
    said, words = links_to("child", listed)[0]
    html = opened("child", more, **said)
    assert words in html
    assert links_to("unit", html)


def test_who_holds_children_and_has_no_post_has_no_bar_and_no_zero(opened, tmp_path):
    world = council()
    world.rows["post"] = [row for row in world.rows["post"] if row["unit_id"] != "U1"]
    html = opened("unit", build(tmp_path, world), unit="U1")
    row = next(
        row for row in html.split('class="cs-workload"')[1].split("<tr>") if "Worker Of U1" in row
    )
    assert "FTE not known" in row
    assert "cs-bar" not in row and ">0<" not in row


def test_who_may_see_no_names_is_shown_no_worker_s_or_child_s(opened, looks, more):
    looks(may_see_names=False)
    ways = links_to("unit", opened("unit", more, unit="U1"))
    said = next(said for said, _ in ways if "worker" in said)
    html = opened("unit", more, **said)
    assert "Name not shown" in section(html, "held")
    assert not re.search("Nothing Open|Quillfeather|Worker Of", html)
