"""After a doubt is noted its form is gone, and what it does to the figure is a click away."""

import pytest
from streamlit.testing.v1 import AppTest

from meeting.disputing import doubted_rows
from metrics.catalogue import CATALOGUE
from tests.ui.addresses import links_to
from tests.ui.conftest import PAGES
from tests.ui.test_signed_writes import html, press

ROWS = {"metric": "visits_out_of_timescale", "month": "2016-09", "unit": "U1"}


@pytest.fixture
def doubted(opened, small_council, monkeypatch, store):
    """The form for the first row that may be doubted, opened; and what its address says."""
    said, _ = links_to("dispute", opened("metric", **ROWS))[0]

    def run() -> AppTest:
        monkeypatch.setenv("CHILDSTAT_DATABASE", small_council)
        page = AppTest.from_file(PAGES / "dispute.py", default_timeout=30)
        for name, value in said.items():
            page.query_params[name] = value
        return page.run()

    return run


def test_a_noted_doubt_has_no_form_and_leads_to_what_it_does_to_the_figure(doubted, opened):
    done = press(doubted(), "Note it")
    assert "Noted." in html(done)
    assert not done.button and not done.text_area and not done.radio
    ways = links_to("metric", html(done))
    said = next(
        said for said, words in ways if words == "What it does to the figure of September 2016 →"
    )
    assert (said["metric"], said["unit"], said["month"]) == tuple(
        ROWS[name] for name in ("metric", "unit", "month")
    )
    assert "1 row is disputed" in opened("metric", **said)


def test_it_is_told_once_and_the_next_who_opens_it_may_settle_it(doubted):
    press(doubted(), "Note it")
    again = doubted()
    assert "Noted." not in html(again)
    assert [one.label for one in again.radio] == ["How it ended"]
    done = press(again, "Note it")
    assert "The dispute is upheld." in html(done)
    assert not done.button


def test_a_form_that_was_open_when_somebody_else_doubted_the_row_settles_nothing(doubted, store):
    form = doubted()
    press(doubted(), "Note it")
    late = press(form, "Note it")
    assert [one.label for one in late.radio] == ["How it ended"]
    assert "The dispute is" not in html(late)
    assert len(doubted_rows(store, CATALOGUE["visits_out_of_timescale"])) == 1
