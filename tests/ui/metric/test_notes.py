"""Writing beside a chart, and beginning new limits, on the page for it."""

import re

import pytest
from streamlit.testing.v1 import AppTest

from data_access.meeting_store.opening import open_store
from data_access.settings import MEETING_STORE_VARIABLE
from meeting.figure_notes import notes_of
from metrics.publication import NoteKind
from tests.ui.conftest import PAGES

ABOUT = {"metric": "sickness", "unit": "U2", "month": "2016-09"}


@pytest.fixture
def store_url(tmp_path, monkeypatch):
    url = f"sqlite:///{tmp_path / 'meeting.sqlite'}"
    monkeypatch.setenv(MEETING_STORE_VARIABLE, url)
    return url


@pytest.fixture
def page(small_council, store_url, monkeypatch):
    """The page, opened for sickness of Unit 2, ready to be written on."""
    monkeypatch.setenv("CHILDSTAT_DATABASE", small_council)

    def run() -> AppTest:
        found = AppTest.from_file(PAGES / "notes.py", default_timeout=30)
        for name, value in ABOUT.items():
            found.query_params[name] = value
        return found.run()

    return run


def html(of: AppTest) -> str:
    return "".join(element.proto.body for element in of.get("html"))


def write(of: AppTest, kind: NoteKind, month: str, words: str) -> AppTest:
    of.radio[0].set_value(of.radio[0].options[list(NoteKind).index(kind)])
    of.selectbox[0].set_value(month)
    of.text_area[0].set_value(words)
    return of.button[0].click().run()


def standing(url: str):
    store = open_store(url)
    found = notes_of(store).get(("sickness", "U2"), ())
    store.dispose()
    return found


def test_a_note_is_written_and_told_on_the_chart_s_page(page, store_url, opened):
    done = write(page(), NoteKind.WORDS, "August 2016", "Two <b>workers</b> away")
    assert "Noted." in html(done)
    (note,) = standing(store_url)
    assert (note.kind, note.words) == (NoteKind.WORDS, "Two <b>workers</b> away")
    shown = opened("metric", **ABOUT)
    assert "Note, August 2016: Two &lt;b&gt;workers&lt;/b&gt; away (Local viewer)." in shown


def test_without_words_nothing_is_written_and_the_page_says_why(page, store_url):
    done = write(page(), NoteKind.NEW_LIMITS, "August 2016", "")
    assert "without a reason nobody can judge it later" in html(done)
    assert not standing(store_url)


def test_new_limits_are_begun_and_withdrawn(page, store_url, opened):
    write(page(), NoteKind.NEW_LIMITS, "June 2016", "The unit took over another")
    assert "since new limits began in June 2016" in opened("metric", **ABOUT)
    of = page()
    of.button[1].click().run()
    assert not standing(store_url)
    assert "new limits began" not in opened("metric", **ABOUT)


def test_only_months_up_to_the_one_shown_can_be_written_beside(page):
    assert page().selectbox[0].options[0] == "September 2016"


def test_metric_leads_to_the_notes_of_its_own_figure(opened):
    shown = opened("metric", **ABOUT)
    assert re.search(r'href="\./notes\?month=2016-09&amp;metric=sickness&amp;unit=U2"', shown)


def test_what_was_done_is_told_on_the_page_as_it_is_then(page):
    done = write(page(), NoteKind.WORDS, "August 2016", "Flu in two units")
    assert "Noted." in html(done)
    assert "Flu in two units" in html(done)
    assert done.text_area[0].value == ""


def test_a_proposal_s_link_fills_in_new_limits_and_their_month(page, monkeypatch):
    monkeypatch.setitem(ABOUT, "limits", "2016-08")
    asked = page()
    assert asked.selectbox[0].value == "August 2016"
    assert asked.radio[0].index == list(NoteKind).index(NoteKind.NEW_LIMITS)
    monkeypatch.setitem(ABOUT, "limits", "2016-13")
    assert "is no month of this chart" in html(page())
