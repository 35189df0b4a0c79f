"""What nobody supplied is said on every page in a sentence, and never shown as none."""

import re

import pytest
from streamlit.testing.v1 import AppTest

from data_access.database import connect
from data_access.load_info import read_load
from loading.loads import load
from loading.sources.annex_a.workbook import read_annex_a
from loading.sources.csv_folder import read_csv_folder
from metrics.catalogue import CATALOGUE
from metrics.stored.history import NOT_ENOUGH
from tests.each_metric import case_of
from tests.loading import dirty
from tests.ui.addresses import links_to
from tests.ui.conftest import PAGES
from tests.ui.small_council import build, council
from tests.worlds import SETTINGS
from ui.not_in_source import why_not

LATEST_ONLY = "Not in this source: Annex A holds only each child&#39;s latest visit"
NO_VISITS = "Not in this source: Nothing that was loaded has rows of visit: add visit.csv."
ASKED = [
    *(("recording", {"list": name}) for name in ("entered_late", "by_worker", "no_visit")),
    *(case_of(key, page, {"metric": key}) for page in ("metric", "explore") for key in CATALOGUE),
    *((page, {}) for page in ("month", "unit", "definitions", "agenda", "actions", "export")),
]


@pytest.fixture(scope="module")
def annex_a(tmp_path_factory) -> str:
    """An Annex A workbook: children, plans, who holds whom, and each child's latest visit."""
    folder = tmp_path_factory.mktemp("annex")
    url = f"duckdb:///{folder / 'case.duckdb'}"
    load(url, [read_annex_a([dirty.good_workbook(folder)])], SETTINGS)
    return url


@pytest.fixture(scope="module")
def no_visits(tmp_path_factory) -> str:
    """A folder without visits, time, absence and scores."""
    folder = tmp_path_factory.mktemp("folder")
    url = f"duckdb:///{folder / 'case.duckdb'}"
    left_out = ("visit", "time_record", "absence", "scale_score")
    content = {name: rows for name, rows in dirty.tables().items() if name not in left_out}
    for child in content["child"]:
        child["restricted"] = "no"
    load(url, read_csv_folder(dirty.csv_folder(folder / "extract", content)), SETTINGS)
    return url


@pytest.mark.parametrize(("page", "said"), ASKED, ids=str)
@pytest.mark.parametrize("council", ["annex_a", "no_visits"])
def test_no_table_has_headings_only(opened, request, council, page, said):
    unit = {"unit": "east-team" if council == "annex_a" else "U1"} if page == "unit" else {}
    html = opened(page, request.getfixturevalue(council), **said, **unit)
    assert "This cannot be shown" not in html
    assert "<tbody></tbody>" not in html


def buttons_and_html(database: str, monkeypatch) -> tuple[int, str]:
    monkeypatch.setenv("CHILDSTAT_DATABASE", database)
    run = AppTest.from_file(PAGES / "recording.py", default_timeout=30).run()
    html = "".join(element.proto.body for element in run.get("html"))
    return len(run.get("download_button")), html


def test_recording_offers_the_working_days_only_where_there_are_some(
    annex_a, small_council, monkeypatch
):
    number, html = buttons_and_html(annex_a, monkeypatch)
    assert (number, "each drawing covers" in html, "Half within" in html) == (0, False, False)
    number, html = buttons_and_html(small_council, monkeypatch)
    assert (number, "each drawing covers" in html, "Half within" in html) == (1, True, True)


@pytest.mark.parametrize("name", ["entered_late", "by_worker"])
def test_what_was_entered_late_is_not_none_where_nothing_says_when(opened, annex_a, name):
    html = opened("recording", annex_a, list=name)
    assert html.count(LATEST_ONLY) == 2 and "<p>None.</p>" not in html


def test_who_was_never_seen_is_counted_from_the_latest_visits_and_not_without_any(
    opened, annex_a, no_visits
):
    html = opened("recording", annex_a, list="no_visit")
    assert "0 of 4" in html and "<p>None.</p>" in html
    html = opened("recording", no_visits, list="no_visit")
    assert "0 of" not in html and "<p>None.</p>" not in html and NO_VISITS in html


def test_nobody_is_overdue_where_no_visit_was_supplied(opened, annex_a, no_visits):
    html = opened("unit", no_visits, unit="U2")
    assert NO_VISITS in html and "overdue" not in html and "<p>None.</p>" not in html
    visits, reviews = opened("unit", annex_a, unit="east-team").split('<section id="reviews">')
    assert "Not in this source" not in visits and "Due in the next 10 working days" in visits
    assert "Not in this source" in reviews and "overdue" not in reviews.split("</section>")[0]


def test_a_child_has_missed_no_visit_that_the_source_could_not_show(opened, annex_a, no_visits):
    rows = opened("metric", no_visits, metric="caseload", unit="U2")
    html = opened("child", no_visits, **links_to("child", rows)[0][0])
    assert "To be seen next" in html and NO_VISITS in html
    assert ">Missed<" not in html and "no plan is open" not in html
    listed = opened("unit", annex_a, unit="east-team")
    html = opened("child", annex_a, **links_to("child", listed)[0][0])
    assert "Next due" in html and ">Missed<" not in html


def test_month_names_what_is_not_looked_at(opened, no_visits, small_council):
    words = re.sub("<[^>]+>", "", opened("month", no_visits))
    missing = read_load(connect(no_visits)).not_in_source
    assert missing.keys() > {"direct_work", "sickness", "visits_out_of_timescale"}
    names = ", ".join(metric.name for key, metric in CATALOGUE.items() if key in missing)
    assert f"Not in this source, so nothing is said of it: {names}." in words
    assert "nothing is said of it" not in opened("month", small_council)


def test_a_source_with_visits_and_no_recording_dates_keeps_what_was_seen(opened, tmp_path):
    world = council()
    for visit in world.rows["visit"]:
        visit["recorded_on"] = None
    why = "No visit has a recording date."
    world.rows["source_load"][0]["rows_json"] = (
        f'{{"data_from": "2016-02-01", "not_in_source": {{"recorded_in_time": "{why}"}}}}'
    )
    html = opened("recording", build(tmp_path, world), month="2016-08")
    assert ">Seen in time<" in html and ">Recorded in time<" not in html
    assert html.count(f"Not in this source: {why}") == 1
    assert "Entered late, as loads tell" in html


def test_what_is_held_for_too_short_a_time_is_not_called_missing():
    missing, too_early = "No visits.", f"{NOT_ENOUGH}: October 2016 needs 6 months."
    assert why_not(too_early) == f'<p class="cs-note">{too_early}</p>'
    both = f'<p class="cs-note">Not in this source: {missing} {too_early}</p>'
    assert why_not(too_early, missing, None, missing) == both
    assert why_not(None) == ""
