"""What is overdue today and in a month are two numbers: both pages say what theirs counts."""

import re
from datetime import date

import pytest
from markupsafe import Markup

from tests.ui.small_council import STARTED, build, council


def _child(world, name: str, started_on: date = STARTED, ended_on: date | None = None) -> None:
    """A child of Unit 1 on a CIN plan that nobody has visited: due 28 days after its start."""
    child_id = f"KID-{name}"
    world.add("child", child_id=child_id, name=name, restricted=False)
    world.add("plan", child_id=child_id, kind="CIN", started_on=started_on, ended_on=ended_on)
    world.add(
        "allocation",
        child_id=child_id,
        worker_id="WORKER-U1",
        unit_id="U1",
        lead=True,
        started_on=STARTED,
    )


@pytest.fixture(scope="module")
def both_ways(tmp_path_factory) -> str:
    """Unit 1 on 14 October 2016: one overdue since May, one due in October on a plan now ended."""
    world = council()
    _child(world, "Since May", date(2016, 4, 20))
    _child(world, "Ended Plan", date(2016, 9, 6), date(2016, 10, 12))
    _child(world, "Both Ways", date(2016, 9, 7))
    return build(tmp_path_factory.mktemp("both"), world)


def text(html: str) -> str:
    return re.sub(r"\s+", " ", Markup(html).striptags())


def number(pattern: str, html: str) -> int:
    (found,) = re.findall(pattern, text(html))
    return int(found)


def test_unit_says_beside_its_number_what_the_month_counts_and_metric_the_same(opened, both_ways):
    said = {"unit": "U1", "month": "2016-10"}
    unit = opened("unit", both_ways, **said)
    metric = opened("metric", both_ways, metric="visits_out_of_timescale", **said)
    of_the_month = number(r"Out-of-timescale visits counts (\d+) overdue", unit)
    assert of_the_month == number(r"(\d+) overdue with nothing recorded", metric)
    assert "visits due in October 2016, by who held the child on the due date" in text(unit)
    assert "open plans of children held now, whenever the visit fell due" in text(unit)
    assert "visits due in October 2016, by who held the child on the due date" in text(metric)
    assert "open plans of children held now, whenever the visit fell due" in text(metric)


def test_the_words_say_why_the_two_numbers_differ(opened, both_ways, small_council):
    """One more today, due in May; one more in the month, whose plan has ended."""

    def numbers(database: str) -> tuple[int, int]:
        html = opened("unit", database, unit="U1", month="2016-10")
        return (number(r"(\d+)overdue", html), number(r"counts (\d+) overdue", html))

    (today, month), (today_before, month_before) = numbers(both_ways), numbers(small_council)
    assert (today - today_before, month - month_before) == (2, 2)
    html = opened("unit", both_ways, unit="U1", month="2016-05")
    assert number(r"(\d+)overdue", html) == today
    assert number(r"counts (\d+) overdue", html) == 1


def test_where_the_source_has_no_figure_unit_says_only_what_it_counts(opened, tmp_path):
    world = council(invented=False)
    world.rows["source_load"][0]["rows_json"] = (
        '{"not_in_source": {"visits_out_of_timescale": "only the latest visit of each child"}}'
    )
    html = text(opened("unit", build(tmp_path, world), unit="U1"))
    assert "Counted here: open plans of children held now, whenever the visit fell due." in html
    assert "Out-of-timescale visits counts" not in html


def test_beside_one_worker_s_or_plan_s_work_the_figure_is_said_to_be_the_whole_unit_s(
    opened, both_ways
):
    said = {"unit": "U1", "month": "2016-10"}
    whole = opened("unit", both_ways, **said)
    worker = re.search(r"worker=([a-z0-9]+)", whole)
    assert worker
    assert "in the whole unit" not in text(whole)
    for narrowed in ({"worker": worker[1]}, {"plan": "CP"}):
        html = opened("unit", both_ways, **said, **narrowed)
        assert re.search(
            r"counts \d+ overdue and \d+ not recorded yet in the whole unit", text(html)
        )
        assert "of the worker or plan that is chosen" in text(html)


def _held(world, name: str, *worker_ids: str) -> None:
    child_id = f"KID-{name}"
    world.add("child", child_id=child_id, name=name, restricted=False)
    for worker_id in worker_ids:
        world.add(
            "allocation",
            child_id=child_id,
            worker_id=worker_id,
            unit_id="U1",
            lead=True,
            started_on=STARTED,
        )


def test_unit_says_of_which_parts_the_caseload_is_made_that_its_own_sum_is_not(opened, tmp_path):
    """Three children of the unit, one more with two lead workers, one more held without FTE."""
    world = council()
    for worker_id in ("SECOND", "NO-POST"):
        world.add("worker", worker_id=worker_id, name=f"Worker {worker_id}")
    post = next(row for row in world.rows["post"] if row["worker_id"] == "WORKER-U1")
    others = {key: value for key, value in post.items() if key not in ("post_id", "worker_id")}
    world.add("post", worker_id="SECOND", **others)
    _held(world, "Two Leads", "WORKER-U1", "SECOND")
    _held(world, "No Fte", "NO-POST")
    database = build(tmp_path, world)
    said = {"unit": "U1", "month": "2016-10"}
    unit = text(opened("unit", database, **said))
    assert "whose allocation began last, 5 in all. The figure Caseload counts 5 in October" in unit
    assert "1 child it counts again with a second lead worker." in unit
    assert "1 it leaves out: the lead worker has no post with FTE." in unit
    metric = text(opened("metric", database, metric="caseload", **said))
    assert "1 of the children held is counted with a second lead worker as well." in metric
    assert "5 of 6 children held have a lead worker whose post and FTE are known" in metric


def test_where_every_child_has_one_lead_worker_with_fte_no_part_is_named(opened):
    unit = text(opened("unit", unit="U1", month="2016-10"))
    assert "counts 3 in October 2016, by the unit of the worker’s post." in unit
    assert "second lead worker" not in unit and "leaves out" not in unit
