"""Beside the month on every page: the one before, the one after, and which are published."""

import re
from html import unescape

import pytest

from data_access.database import connect
from data_access.meeting_store.opening import open_store
from data_access.settings import MEETING_STORE_VARIABLE
from meeting.published.publishing import publish
from metrics.model import Period
from tests.ui.test_pages import said_for
from tests.worlds import SETTINGS
from ui.pages import PAGES

STEP = re.compile(r'<(a|span) class="cs-step"([^>]*)>')
MONTH = re.compile(r'<a href="([^"]*)" aria-label="([^"]*)"[^>]*>(\w{3}(?: ✓)?)</a>')


def steps(html: str) -> list[tuple[str, str | None]]:
    """Of each step what is heard of it, and where it leads."""
    found = []
    for _, attributes in STEP.findall(html):
        words = dict(re.findall(r'([\w-]+)="([^"]*)"', unescape(attributes)))
        found.append((words["aria-label"], words.get("href")))
    return found


def test_the_months_before_and_after_are_a_click_away_and_keep_what_the_page_is_about(opened):
    html = opened("metric", month="2016-09", metric="sickness", unit="U1")
    there = "./metric?month={}&metric=sickness&unit=U1"
    assert steps(html) == [
        ("Previous month: August 2016", there.format("2016-08")),
        ("Next month: October 2016", there.format("2016-10")),
    ]


@pytest.mark.parametrize(
    ("month", "place", "said"),
    [("2016-02", 0, "Previous month: none has data"), ("2016-10", 1, "Next month: none has data")],
)
def test_where_the_data_end_it_is_said_and_leads_nowhere(opened, month, place, said):
    html = opened("month", month=month)
    assert steps(html)[place] == (said, None)
    assert html.count('role="link" aria-disabled="true"') == 1


def test_a_page_of_a_row_steps_to_month(opened):
    html = opened("child", **said_for(opened, "child"))
    assert all(there.startswith("./?") for _, there in steps(html) if there)


@pytest.mark.parametrize("page", [page.name for page in PAGES.values() if page.of_a_month])
def test_published_months_are_marked_in_the_list_and_in_the_header(
    opened, small_council, tmp_path, monkeypatch, page
):
    said = said_for(opened, page)
    assert "✓" not in opened(page, **said)
    url = f"sqlite:///{tmp_path / 'meeting.sqlite'}"
    monkeypatch.setenv(MEETING_STORE_VARIABLE, url)
    store, case = open_store(url), connect(small_council)
    publish(case, store, SETTINGS, Period(2016, 9), "Ann")
    html = opened(page, **{**said, "month": "2016-09"})
    marked = [label for _, label, words in MONTH.findall(html) if "✓" in words]
    assert marked == ["September 2016, published"]
    assert "✓ published: frozen" in html
    assert "✓ published: frozen" not in opened(page, **{**said, "month": "2016-08"})
    store.dispose()
    case.dispose()
