"""The page Segments in a browser: each part at every width, two clicks from Month to a child."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import until
from tests.browser.test_screens import serious
from tests.browser.test_small_screens import HEIGHTS, overlaps, resized, sideways
from tests.ui.segments.families import built
from ui.segments.opening import PARTS


@pytest.fixture(scope="session")
def cases(served: Callable[[str], str], tmp_path_factory) -> str:
    return served(built(tmp_path_factory.mktemp("cases")))


@pytest.mark.parametrize("part", PARTS)
def test_a_part_fits_every_width_and_is_open_to_all(visiting, cases, part):
    with visiting() as visit:
        page = visit.open(f"{cases}/segments?list={part}")
        for width in HEIGHTS:
            resized(page, width)
            assert sideways(page) == 0, width
            assert overlaps(page) == [], width
        assert serious(page) == []
        assert not visit.faults


def test_from_month_a_family_that_fits_no_unit_is_two_clicks_away(visiting, cases):
    with visiting() as visit:
        page = visit.open(f"{cases}/")
        page.locator(".cs-menu a", has_text="Segments").click()
        visit.turned()
        expect(page.locator("#families tbody tr")).to_have_count(3)
        page.locator("#families tbody a").first.click()
        visit.turned()
        expect(page.locator("h1")).to_contain_text("Zebedee Quillfeather W")


def is_unfolded(box, option) -> bool:
    """Whether it can be chosen; a list folds up again where the page is still being drawn."""
    if box.get_attribute("aria-expanded") != "true":
        box.click()
    return option.is_visible()


def test_what_a_changed_rule_would_move_is_told_at_once(visiting, cases):
    with visiting() as visit:
        page = visit.open(f"{cases}/segments?list=rules")
        box = page.get_by_role("combobox", name="Needs one of (2)")
        option = page.get_by_role("option").filter(has_text=re.compile("^physical abuse$"))
        until(lambda: is_unfolded(box, option))
        option.click()
        expect(page.get_by_text("1 family would be for another unit")).to_be_visible()
        assert not visit.faults
