"""Pages of a published month: what was published, what is known now, and who froze it."""

import re
from datetime import UTC, date, datetime, timedelta

import pytest
import streamlit as st

from data_access.database import connect
from data_access.meeting_store.opening import open_store
from data_access.settings import MEETING_STORE_VARIABLE
from meeting.published.publishing import publish
from metrics.model import Period, View
from tests.each_metric import each_key
from tests.servers import free_port
from tests.ui.addresses import links_to, said_of_row
from tests.ui.small_council import HIDDEN, build, council, counted_of
from tests.worlds import SETTINGS
from ui.pages import PAGES as REGISTER
from ui.pages import Figures

NAMES = sorted(page.name for page in REGISTER.values() if page.figures is not Figures.NONE)
SEPTEMBER = Period(2016, 9)
VISITS = {"metric": "visits_out_of_timescale", "month": "2016-09", "unit": "U2"}
BY = "Ann <b>Analyst</b>"


def said_for(opened, page: str) -> dict[str, str]:
    if page in ("child", "dispute"):
        return said_of_row(opened, page, VISITS)
    return {"unit": {"unit": "U2"}, "metric": VISITS}.get(page, {})


def known_later():
    """The council after visits of September that nobody had recorded were entered, in time."""
    world = council()
    for number in range(3):
        for day in (date(2016, 8, 25), date(2016, 9, 12)):
            world.add(
                "visit",
                child_id=f"KID-U2-{number}",
                kind="CIN",
                visited_on=day + timedelta(number),
                seen=True,
                recorded_on=date(2016, 10, 14),
            )
    return world


@pytest.fixture(scope="module")
def later_council(tmp_path_factory):
    return build(tmp_path_factory.mktemp("later"), known_later())


@pytest.fixture(scope="module")
def published_in(tmp_path_factory, small_council):
    """The address of a store in which the small council's September is published."""
    url = f"sqlite:///{tmp_path_factory.mktemp('published') / 'meeting.sqlite'}"
    store, case = open_store(url), connect(small_council)
    publish(case, store, SETTINGS, SEPTEMBER, BY)
    store.dispose()
    case.dispose()
    return url


@pytest.fixture
def frozen(opened, published_in, later_council, monkeypatch):
    """A page over a case database that knows more than was published."""
    monkeypatch.setenv(MEETING_STORE_VARIABLE, published_in)

    def html(page: str, database: str = later_council, **said: str) -> str:
        return opened(page, database, **said)

    return html


def headline(html: str) -> str:
    found = re.search(r"<h1>(.*?)</h1>", html)
    assert found
    return found[1]


def test_a_published_month_is_shown_as_published_with_current_figures_a_link_away(frozen, opened):
    as_published, now = frozen("metric", **VISITS), frozen("metric", **VISITS, known="now")
    assert (
        headline(as_published) == "Out-of-timescale visits, Unit 2: 100% so far in September 2016."
    )
    assert headline(now) != headline(as_published)
    today = f"{datetime.now(UTC).day} {datetime.now(UTC):%B %Y}"
    assert f"frozen {today} (version 1) by Ann &lt;b&gt;Analyst&lt;/b&gt;" in as_published
    assert "known=now" in as_published
    assert "as known now · <a" in now
    there = re.search(r'href="([^"]*)"[^>]*>as published<', now)
    assert there and "known=now" not in there[1]


def test_the_metric_page_says_what_has_become_of_the_published_figure(frozen):
    for known in ({}, {"known": "now"}):
        html = frozen("metric", **VISITS, **known)
        said = re.search(r'cs-compared">([^<]*)<', html)
        assert said
        assert said[1].startswith("As published 100%, as known now ")
        assert "now in time, entered late" in said[1]


def test_the_rows_and_parts_are_those_that_were_published(frozen, opened, small_council):
    as_published = frozen("metric", **VISITS)
    rows = as_published.split('id="rows"')[1]
    assert "overdue, nothing recorded" in rows
    live = opened("metric", small_council, **VISITS, known="now").split('id="rows"')[1]
    assert sorted(_cells(rows)) == sorted(_cells(live))
    assert sorted(_cells(rows)) != sorted(
        _cells(frozen("metric", **VISITS, known="now").split('id="rows"')[1])
    )
    made_of = as_published.split("What it is made of")[1].split("</table>")[0]
    assert "in time, entered late" not in made_of


def _cells(html: str) -> list[str]:
    """Each row's cells without the row's number and the addresses of links."""
    rows = re.findall(r"<tr>(.*?)</tr>", html)
    return [re.sub(r"<[^>]*>", "|", row.split("</th>", 1)[1]) for row in rows[1:]]


def test_every_cell_of_a_published_month_stays_within_it(frozen):
    html = frozen("month", month="2016-09")
    cells = re.findall(r'href="(\./metric\?[^"]*)"', html)
    assert cells
    assert not any("known" in one for one in cells)
    now = frozen("month", month="2016-09", known="now")
    cells = re.findall(r'href="(\./metric\?[^"]*)"', now)
    assert all("known=now" in one for one in cells)


def test_a_child_of_a_frozen_row_is_the_child_that_the_list_names_there(frozen):
    html = frozen("metric", **VISITS)
    links = links_to("child", html)
    assert links
    for said, name in links:
        child = frozen("child", **said)
        assert headline(child) == name
        assert HIDDEN not in child


@pytest.mark.parametrize("page", NAMES)
def test_no_address_on_a_page_of_a_published_month_holds_a_person(frozen, page):
    links = " ".join(re.findall(r'href="([^"]*)"', frozen(page, **said_for(frozen, page))))
    assert links
    assert not re.search(r"KID|WORKER|FAM|Quill|Otto|Peregrine|O'Hara|Ann", links)


def test_other_months_are_as_known_now(frozen):
    assert "provisional: not published" in frozen("month", month="2016-08")


def test_published_words_are_shown_and_not_made_again(frozen, monkeypatch):
    monkeypatch.setattr("metrics.sentence._n_line", lambda result: "n = made again.")
    html = frozen("metric", **VISITS)
    assert "made again" not in html


def test_a_wrong_word_for_known_is_told(frozen):
    assert "is “now” or a day" in frozen("month", month="2016-09", known="then")


def test_a_month_is_frozen_at_once_without_a_restart(opened, small_council, tmp_path, monkeypatch):
    url = f"sqlite:///{tmp_path / 'meeting.sqlite'}"
    monkeypatch.setenv(MEETING_STORE_VARIABLE, url)
    assert "provisional: not published" in opened("month", month="2016-09")
    store, case = open_store(url), connect(small_council)
    publish(case, store, SETTINGS, SEPTEMBER, "Ann")
    assert "(version 1) by Ann" in opened("month", month="2016-09")
    store.dispose()
    case.dispose()


def no_folder(folder) -> str:
    return f"sqlite:///{folder / 'nowhere' / 'meeting.sqlite'}"


def garbage(folder) -> str:
    (folder / "meeting.sqlite").write_bytes(b"not a database" * 1000)
    return f"sqlite:///{folder / 'meeting.sqlite'}"


def nobody_answers(_folder) -> str:
    return f"postgresql+psycopg://nobody:secret@127.0.0.1:{free_port()}/nothing"


# A row is doubted only where there is a store.
@pytest.mark.parametrize("page", [page for page in NAMES if page != "dispute"])
@pytest.mark.parametrize("store", [no_folder, garbage, nobody_answers])
def test_a_store_that_cannot_be_read_is_told_once_and_the_page_is_shown(
    opened, tmp_path, monkeypatch, store, page
):
    monkeypatch.setenv(MEETING_STORE_VARIABLE, store(tmp_path))
    html = opened(page, **said_for(opened, page))
    assert "This cannot be shown" not in html
    assert html.count("Shown as known now, not as published.") == 1
    assert "secret" not in html
    assert "not published" not in html


@each_key
def test_every_metric_of_a_published_month_can_be_opened_both_ways(frozen, key):
    for known in ({}, {"known": "now"}):
        html = frozen("metric", metric=key, month="2016-09", **known)
        assert "cs-compared" in html
        assert "This cannot be shown" not in html


@each_key
def test_the_file_of_published_rows_is_that_of_the_same_rows_live(
    frozen, small_council, monkeypatch, key
):
    made = {}
    monkeypatch.setattr(
        st, "download_button", lambda label, make, *_how, **_more: made.update({label: make()})
    )

    def lines(**known: str) -> tuple[str, list[str]]:
        frozen("metric", small_council, metric=key, month="2016-09", **known)
        first, *others = made.pop("Rows as CSV").splitlines()
        return first, sorted(others)

    as_published = lines()
    assert as_published[1] or key not in counted_of(small_council, View(SEPTEMBER))
    assert as_published == lines(known="now")


def test_a_restricted_row_stands_last_among_the_published_too(frozen):
    rows = frozen("metric", metric="visits_out_of_timescale", month="2016-09", unit="U2")
    names = [words for _, words in links_to("child", rows.split('id="rows"')[1])]
    hidden = [words == "Restricted record" for words in names]
    assert any(hidden) and not all(hidden)
    assert hidden == sorted(hidden)
