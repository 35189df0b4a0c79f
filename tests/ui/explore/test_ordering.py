"""The order of Explore's parts: by name, and another only where its reader asks for it."""

import re

import pytest

from tests.ui.explore.test_explore import HELD, VISITS, row, text
from tests.ui.small_council import build, council
from tests.ui.test_who_sees_what import is_refused

BY_WORKER = {**HELD, "cut": "worker_id"}


@pytest.fixture(scope="module")
def unlike(tmp_path_factory) -> str:
    """Unit 4's worker holds two children, Unit 2's one, all others three."""
    world = council()
    gone = {"KID-U4-0", "KID-U2-0", "KID-U2-2"}
    world.rows["allocation"] = [
        one for one in world.rows["allocation"] if one["child_id"] not in gone
    ]
    return build(tmp_path_factory.mktemp("unlike"), world)


def workers(html: str) -> list[str]:
    return re.findall(r"^(.*), Worker Of", text(html), re.M)


def heading(html: str, words: str) -> dict[str, str]:
    """What the address of a heading of the table of parts says."""
    found = re.search(rf'<th[^>]*><a [^>]*href="\./explore\?([^"#]*)"[^>]*>{words}', html)
    assert found, words
    return dict(one.split("=", 1) for one in found[1].replace("&amp;", "&").split("&"))


def test_a_heading_puts_the_largest_first_then_the_smallest_then_names(opened, unlike):
    html = opened("explore", unlike, **BY_WORKER)
    by_name = workers(html)
    assert by_name[:4] == ["Unit 1", "Unit 2", "Unit 3", "Unit 4"]
    assert "in no order of merit" in html
    most = opened("explore", unlike, **heading(html, "Value"))
    assert workers(most)[-2:] == ["Unit 4", "Unit 2"] and workers(most)[0] == "Unit 1"
    assert "in no order of merit" not in most and "In the order that you asked for" in most
    least = opened("explore", unlike, **heading(most, "Value"))
    assert workers(least)[:2] == ["Unit 2", "Unit 4"]
    assert workers(opened("explore", unlike, **heading(least, "Value"))) == by_name
    assert workers(opened("explore", unlike, **heading(least, "Worker"))) == by_name


def test_all_parts_together_stay_the_last_row(opened, unlike):
    html = opened("explore", unlike, **BY_WORKER, order="-counted")
    assert row(html, "Together")[2] == "18"
    assert text(html).index("Together|") > text(html).index("Worker Of U2|")


def test_parts_beside_another_are_ordered_by_their_own_value(opened):
    html = opened("explore", **VISITS, unit="U2", cut="state", order="value", against="before")
    # The smallest first: the next click on the heading undoes it.
    assert "order" not in heading(html, "September 2016")


def test_an_order_that_is_none_is_told_with_a_way_out(opened):
    html = opened("explore", **BY_WORKER, order="shoe_size")
    assert is_refused(html) and "nothing that the parts can be put in order by" in text(html)
