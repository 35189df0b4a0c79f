"""Publishing from the page Export: frozen, refused, corrected with a reason."""

import re

import pytest
from streamlit.testing.v1 import AppTest

from data_access.database import connect
from data_access.meeting_store.notes import figure_month, raise_dispute
from data_access.meeting_store.opening import open_store
from data_access.settings import MEETING_STORE_VARIABLE
from meeting.published.frozen import newest_publications
from metrics.catalogue import CATALOGUE
from metrics.figures import read_figures
from metrics.model import Period
from tests.ui.conftest import PAGES
from tests.worlds import SETTINGS

SEPTEMBER = Period(2016, 9)


@pytest.fixture
def page(small_council, tmp_path, monkeypatch):
    monkeypatch.setenv("CHILDSTAT_DATABASE", small_council)
    monkeypatch.setenv(MEETING_STORE_VARIABLE, f"sqlite:///{tmp_path / 'meeting.sqlite'}")

    def run(month: str = "2016-09") -> AppTest:
        found = AppTest.from_file(PAGES / "export.py", default_timeout=30)
        found.query_params["month"] = month
        return found.run()

    return run


@pytest.fixture(scope="module")
def measures(small_council) -> int:
    """How many metrics the small council's September has figures of."""
    figures = read_figures(connect(small_council), SETTINGS)
    keys = {key for key, _, month in figures.tallies if month == SEPTEMBER}
    return len(keys & CATALOGUE.keys())


@pytest.fixture
def versions(tmp_path):
    def found() -> dict[Period, int]:
        store = open_store(f"sqlite:///{tmp_path / 'meeting.sqlite'}")
        known = {month: one.version for month, one in newest_publications(store).items()}
        store.dispose()
        return known

    return found


def html(of: AppTest) -> str:
    return "".join(element.proto.body for element in of.get("html"))


def press(of: AppTest, begins: str) -> AppTest:
    next(one for one in of.button if one.label.startswith(begins)).click()
    return of.run()


def freeze(of: AppTest) -> AppTest:
    """Asked for, then answered: the first press alone writes nothing."""
    return press(of if of.button[0].label.startswith("Freeze") else press(of, "Publish"), "Freeze")


def test_a_month_is_frozen_by_whoever_looks_and_nobody_types_a_name(page, versions):
    asked = press(page(), "Publish September 2016")
    assert not asked.text_input
    assert "Noted as Local viewer" in [text.value for text in asked.text]
    done = freeze(asked)
    assert "September 2016 is published as version 1" in html(done)
    assert "(version 1) by Local viewer" in html(done)
    assert versions() == {SEPTEMBER: 1}


def test_without_a_name_nothing_is_frozen(page, versions, looks):
    looks(name=" ")
    done = freeze(page())
    assert "Say who does this" in html(done)
    assert versions() == {}


def test_a_frozen_month_is_frozen_again_only_when_something_has_changed(page, versions):
    freeze(page())
    again = press(page(), "Publish a correction of September 2016")
    again.text_input[0].set_value("to be sure")
    assert "has changed since version 1" in html(freeze(again))
    assert versions() == {SEPTEMBER: 1}


def test_a_month_that_is_not_over_has_no_such_form(page):
    assert not page("2016-10").button


def test_the_first_press_asks_and_freezes_nothing_and_says_what_would_be_frozen(
    page, versions, measures
):
    asked = press(page(), "Publish September 2016")
    assert "It freezes " in html(asked)
    assert f"figures ({measures} measures, 7 units and the service), of September" in html(asked)
    assert versions() == {}
    left = press(asked, "Not now")
    assert "It freezes" not in html(left)
    assert versions() == {}


def test_as_many_figures_are_told_after_it_is_published_as_before(page, measures):
    counted = re.compile(rf"\d+ figures \({measures} measures, 7 units and the service\)")
    before = counted.findall(html(press(page(), "Publish September 2016")))
    after = counted.findall(html(freeze(page())))
    assert len(set(before)) == 1
    assert set(after) == set(before)


def test_what_is_doubtful_is_told_before_it_is_frozen(page, tmp_path, change_settings):
    assert "settings have changed" not in html(press(page(), "Publish")).casefold()
    store = open_store(f"sqlite:///{tmp_path / 'meeting.sqlite'}")
    raise_dispute(
        store,
        figure_month("visits_out_of_timescale", "U2", SEPTEMBER.start),
        {"child_id": "KID-U2-0"},
        "made, not entered",
        "Unit 2",
    )
    change_settings("working_days = 2", "working_days = 3")
    told = html(press(page(), "Publish"))
    assert "Out-of-timescale visits: 1 row is said to be wrong, and not settled." in told
    assert "working days" in told.casefold() or "working_days" in told
