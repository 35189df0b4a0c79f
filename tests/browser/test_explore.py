"""The next question, answered in at most three clicks from a figure's page: mouse, key, phone."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.test_screens import overflow, serious

UNIT_2 = "month=2016-09&unit=U2"
VISITS = f"/metric?metric=visits_out_of_timescale&{UNIT_2}"


class Asking:
    """A figure's page, and how many clicks one has taken from it."""

    def __init__(self, visit, base: str, metric: str) -> None:
        self.visit, self.clicks = visit, 0
        self.page = visit.open(base + metric)
        self.click("Cut it, compare it →")

    def click(self, words: str, within: str = "body") -> "Asking":
        found = self.page.locator(within).get_by_role("link", name=words, exact=True).first
        where = found.get_attribute("href")
        found.click()
        self.page.wait_for_url(lambda url: (where or "").removeprefix(".") in url)
        self.visit.turned()
        self.page.wait_for_selector(".cs-multiples")
        self.clicks += 1
        return self

    def heading(self) -> str:
        return self.page.locator("h1").inner_text()

    def cells(self, section: str) -> list[list[str]]:
        """The rows of the first table after the heading that begins so."""
        table = self.page.locator(f"h2:has-text('{section}') ~ .cs-frame table").first
        rows = table.locator("tbody tr")
        return [row.locator("th, td").all_inner_texts() for row in rows.all()]


@pytest.fixture
def asking(visiting, base):
    with visiting("1280") as visit:
        yield lambda metric: Asking(visit, base, metric)


def test_which_workers_hold_most_by_children_per_fte_beside_each_other(asking):
    asked = asking("/metric?metric=caseload&month=2016-09").click("worker")
    assert asked.clicks <= 3
    rows = asked.cells("By worker")
    assert [row[0] for row in rows[:2]] == ["Unit 1, Worker Of U1", "Unit 2, Worker Of U2"]
    assert rows[0][1] == "3.0"
    assert asked.page.locator(".cs-bars").count() >= 8


def test_why_visits_got_worse_in_unit_2_in_september_and_who_the_children_are(asking):
    asked = asking(VISITS).click("the month before")
    assert "August 2016: " in asked.page.locator(".cs-verdict").inner_text()
    assert "overdue, nothing recorded" in [row[0] for row in asked.cells("By state")]
    only = asked.page.get_by_role("row", name=re.compile("overdue")).get_by_role("link").first
    where = only.get_attribute("href") or ""
    only.click()
    asked.page.wait_for_url(lambda url: where.removeprefix(".") in url)
    # The third is a restricted child's, of whom nothing is told where a state was asked for.
    expect(asked.page.locator("#rows")).to_contain_text("2 rows behind it")
    expect(asked.page.locator("body")).to_contain_text("1 row is about restricted records")
    assert asked.clicks + 1 <= 3
    assert asked.page.locator("a[href*='/child?']").count() > 0


def test_the_year_by_quarter(asking):
    asked = asking(VISITS).click("quarter")
    assert asked.clicks <= 3
    periods = [row[0] for row in asked.cells("Unit 2, by quarter")]
    assert periods[:2] == ["July to September 2016 (Q2 2016/17)", "April to June 2016 (Q1 2016/17)"]


def test_social_workers_only_and_not_managers(asking):
    asked = asking(f"/metric?metric=sickness&{UNIT_2}").click("social workers only, with its rows")
    assert asked.clicks <= 3
    assert "social workers only" in asked.heading()
    assert [row[0] for row in asked.cells("By role")] == ["social workers", "Together"]


def test_every_unit_over_time_on_one_scale_and_the_address_opens_the_same_again(
    asking, visiting, base
):
    asked = asking("/metric?metric=sickness&month=2016-09").click("rolling twelve months")
    assert asked.clicks <= 3
    asked.click("month")
    assert asked.page.locator(".cs-multiple").count() == 8
    with visiting("1280") as visit:
        assert visit.open(asked.page.url).locator("h1").inner_text() == asked.heading()


@pytest.mark.parametrize("width", [390, 1920])
def test_explore_has_no_serious_fault_and_scrolls_sideways_in_frames_alone(visiting, base, width):
    with visiting() as visit:
        visit.page.set_viewport_size({"width": width, "height": 900})
        page = visit.open(f"{base}/explore?{VISITS.partition('?')[2]}&against=before&rows=1")
        page.wait_for_selector(".cs-multiples")
        assert overflow(page)["across"] == 0
        assert serious(page) == []
        assert not visit.faults
