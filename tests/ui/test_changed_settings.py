"""What pages say where a setting has changed since their figures were counted."""

import re

import pytest
from sqlalchemy import text

from data_access.database import changing, connect
from meeting.published.publishing import publish
from tests.ui.conftest import PAGES
from tests.ui.small_council import build
from tests.ui.test_published_months import SEPTEMBER, said_for
from tests.worlds import SETTINGS

NAMES = sorted(page.stem for page in PAGES.glob("*.py"))
SAID = (
    "Settings have changed since the figures were counted, so run &#39;python childstat.py"
    " derive&#39;: [[recording_standard]] from 2000-01-01 is 3 working days now and was 2 working"
    " days."
)


@pytest.mark.parametrize("page", NAMES)
def test_every_page_says_once_which_setting_changed_and_what_to_do(opened, change_settings, page):
    change_settings("working_days = 2", "working_days = 3")
    assert opened(page, **said_for(opened, page)).count(SAID) == 1


@pytest.mark.parametrize("page", NAMES)
def test_no_page_says_so_where_none_changed(opened, page):
    html = opened(page, **said_for(opened, page))
    assert "Settings have changed" not in html
    assert "which settings" not in html


def test_a_change_of_what_no_figure_rests_on_is_in_force_at_once_and_not_told(
    opened, change_settings
):
    where = {"metric": "direct_work", "month": "2016-09"}
    assert "50%" in opened("metric", **where)
    change_settings("value = 50\n", "value = 47\n")
    html = opened("metric", **where)
    assert "47%" in html
    assert "Settings have changed" not in html


def test_beside_a_published_month_it_is_said_of_what_is_not_published(
    opened, change_settings, small_council, store
):
    case = connect(small_council)
    publish(case, store, SETTINGS, SEPTEMBER, "Ann")
    case.dispose()
    change_settings("working_days = 2", "working_days = 3")
    html = opened("month", month="2016-09")
    assert (
        "Settings have changed since September 2016 was published, and move nothing:"
        " [[recording_standard]] from 2000-01-01 is 3 working days now and was 2 working days."
        " Settings have changed since figures that are not published were counted, so run"
    ) in html
    assert SAID in opened("month", month="2016-08")
    assert SAID in opened("month", month="2016-09", known="now")


def test_a_database_from_before_says_that_it_is_not_known(opened, tmp_path):
    url = build(tmp_path)
    with changing(url) as connection:
        connection.execute(text("DROP TABLE derived_with"))
    html = opened("month", url, month="2016-09")
    assert "It is not known with which settings the figures were counted" in html


def test_definitions_say_the_standards_and_shares_of_the_settings(opened, change_settings):
    change_settings(
        "[visits]\n",
        '[[recording_standard]]\nworking_days = 1\napplies_from = 2016-04-01\nsource = "New"\n\n'
        "[visits]\n",
    )
    html = opened("definitions")
    assert "within 1 working day, and before 1 April 2016 within 2 working days" in html
    table = re.sub(r"<[^>]+>", "|", html[html.index('id="standards"') :])
    assert table.index("within 1 working day") < table.index("within 2 working days")
    change_settings("coverage_floor = 0.8", "coverage_floor = 0.7")
    assert "Below 70% coverage" in opened("definitions")
