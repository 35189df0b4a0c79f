"""A unit that is not open has no row anywhere; the one that continues it shows its months."""

import csv
import io
import json
import re
from datetime import date
from html import unescape

import pytest
from click.testing import CliRunner
from streamlit.testing.v1 import AppTest

from charts.trend.told import trend
from childstat import main
from data_access.database import connect
from data_access.meeting_store.opening import open_store
from data_access.problems import Problem
from data_access.settings import MEETING_STORE_VARIABLE
from exports.excel.workbook import write_slides
from meeting.agenda import open_agenda
from meeting.figure_notes import write_note
from meeting.published.frozen import as_published
from meeting.published.publishing import publish
from metrics.agenda_rules import worth_the_rooms_time
from metrics.catalogue import CATALOGUE
from metrics.figures import read_figures
from metrics.model import SERVICE, Period, Scope, View
from metrics.publication import NoteKind
from tests.each_metric import case_of
from tests.exports.opened import Opened
from tests.ui import conftest
from tests.ui.small_council import build, council
from tests.worlds import SETTINGS
from ui.address import read_address
from ui.metric.chart import trend_csv, trend_table, why_this_chart

JUNE, JULY, SEPTEMBER = Period(2016, 6), Period(2016, 7), Period(2016, 9)
CHANGED = date(2016, 7, 1)
WORK = CATALOGUE["direct_work"]
SAID = "Months before July 2016 are those of Unit 3, which Unit 9 continues: they are drawn lighter"


def continued():
    """Unit 3 closes when Unit 9 takes over its worker and children; West closes and keeps them."""
    world = council()
    for unit in world.rows["unit"]:
        if unit["unit_id"] in ("U3", "W"):
            unit["closed_on"] = CHANGED
    world.add(
        "unit",
        unit_id="U9",
        name="Unit 9",
        kind="segmented",
        opened_on=CHANGED,
        continues="U3",
    )
    for table in ("allocation", "post"):
        for row in [row for row in world.rows[table] if row["unit_id"] == "U3"]:
            key = f"{table}_id"
            again = {**row, key: f"again-{row[key]}", "unit_id": "U9", "started_on": CHANGED}
            row["ended_on"] = CHANGED
            world.rows[table].append(again)
    for row in world.rows["time_record"]:
        if row["unit_id"] == "U3" and row["worked_on"] >= CHANGED:
            row["unit_id"] = "U9"
    return world


@pytest.fixture(scope="module")
def url(tmp_path_factory):
    return build(tmp_path_factory.mktemp("continued"), continued())


@pytest.fixture(scope="module")
def figures(url):
    engine = connect(url)
    found = read_figures(engine, SETTINGS)
    engine.dispose()
    return found


def words(html: str) -> str:
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", html)))


PAGES = [
    ("month", {}),
    ("export", {}),
    ("recording", {}),
    ("unit", {"unit": "U1"}),
    *(case_of(key, "metric", {"metric": key}) for key in CATALOGUE),
]


@pytest.mark.parametrize(("page", "said"), PAGES)
def test_a_unit_has_no_row_on_a_page_of_a_month_in_which_it_was_not_open(opened, url, page, said):
    after = opened(page, url, month="2016-08", **said).split('id="rows"')[0]
    before = opened(page, url, month="2016-06", **said).split('id="rows"')[0]
    rows_after, rows_before = (
        {unescape(name) for name in re.findall(r">(Unit \d|West area)<", one)}
        for one in (after, before)
    )
    assert not rows_after & {"Unit 3", "West area"}
    assert "Unit 9" not in rows_before


@pytest.mark.parametrize(("page", "field"), [("actions", "Of"), ("cases", "Unit")])
def test_a_form_offers_only_the_units_that_are_open(url, stored, figures, monkeypatch, page, field):
    open_agenda(stored, figures, SEPTEMBER, "Ann")
    monkeypatch.setenv("CHILDSTAT_DATABASE", url)
    run = AppTest.from_file(conftest.PAGES / f"{page}.py", default_timeout=30)
    run.query_params["month"] = "2016-09"
    offered = {box.label: box.options for box in run.run().selectbox}[field]
    assert {"Unit 1", "Unit 9", figures.units[SERVICE]} <= set(offered)
    assert not {"Unit 3", "West area"} & set(offered)


def test_a_closed_unit_is_no_fault_in_the_data(figures):
    worth = worth_the_rooms_time(figures, SEPTEMBER)
    every = [
        *(one for item in (*worth.items, *worth.more) for one in item.results),
        *worth.usual,
        *worth.unjudged,
        *worth.missing,
    ]
    assert {one.view.scope.unit_id for one in every} == {"U1", "U2", "U4", "U9", "E", "F", SERVICE}


def test_what_is_recorded_in_a_closed_unit_is_in_the_service_and_is_told(opened, figures, url):
    """West keeps three children after it has closed: 18 of the service's 21 are in a row."""
    in_rows = [
        tally.numerator
        for unit_id in figures.units
        if unit_id != SERVICE
        and (tally := figures.result(CATALOGUE["caseload"], View(SEPTEMBER, Scope(unit_id))).tally)
    ]
    service = figures.result(CATALOGUE["caseload"], View(SEPTEMBER)).tally
    assert (sum(in_rows), service.numerator) == (18, 21)
    told = "The service holds what is recorded in units that were not open: West area."
    assert told in words(opened("month", url, month="2016-09"))
    assert told not in words(opened("month", url, month="2016-06"))


def test_the_page_of_a_closed_unit_says_so(opened, url):
    html = words(opened("metric", url, month="2016-09", metric="caseload", unit="U3"))
    assert "Caseload, Unit 3: not open in September 2016." in html


def run(url: str, *asked: str):
    return CliRunner().invoke(main, [asked[0], "--database", url, *asked[1:]])


def test_the_command_has_no_row_of_a_closed_unit_and_says_why(url):
    done = run(url, "figures", "--month", "2016-09", "--format", "json")
    units = {row["unit_id"] for row in json.loads(done.stdout)}
    assert units == {"U1", "U2", "U4", "U9", "E", "F", SERVICE}
    assert "2016-09: The service holds what is recorded in units that were not" in done.stderr
    asked = run(url, "figures", "--month", "2016-09", "--unit", "U3", "--format", "json")
    assert json.loads(asked.stdout) == []
    assert "2016-09: Unit 3 was not open." in asked.stderr
    rows = run(url, "rows", "--month", "2016-09", "--unit", "U3", "--metric", "caseload")
    assert rows.exit_code == 1
    assert "Unit 3 was not open in September 2016" in rows.stderr


def test_slides_have_no_closed_unit_and_asking_for_one_is_refused(figures):
    whole = Opened(write_slides(figures, SEPTEMBER, None, "service"))
    names = " ".join(sheet.title for sheet in whole.book)
    assert "Unit 9" in names
    assert not re.search("Unit 3|West area", names)
    with pytest.raises(Problem, match="Unit 3 was not open in September 2016"):
        write_slides(figures, SEPTEMBER, ["U3"], "service")


def test_the_chart_shows_the_older_unit_s_months_told_apart(figures):
    result = figures.compared_result(WORK, View(SEPTEMBER, Scope("U9")))
    chart = result.chart
    own = [point for point in chart.points if chart.is_own(point)]
    older = [point for point in chart.points if not chart.is_own(point)]
    assert (older[0].when, older[-1].when, own[0].when) == (Period(2016, 2), JUNE, JULY)
    of_three = figures.compared_result(WORK, View(JUNE, Scope("U3"))).chart
    assert [point.value for point in older] == [point.value for point in of_three.points]
    drawn = trend(result)
    lines = [one.line.dash for one in drawn.data if one.mode == "lines+markers"]
    assert lines == ["dash", None]
    assert "Unit 3 (dashed)" in [one.text for one in drawn.layout.annotations]


def test_the_sentence_under_the_chart_and_its_twin_say_whose_months_they_are(figures):
    said = {"metric": "direct_work", "unit": "U9", "month": "2016-09"}
    address = read_address(said, figures)
    assert f"{SAID}, and limits begin anew with it." in str(why_this_chart(address, figures))
    rows = list(csv.DictReader(io.StringIO(trend_csv(address, figures).removeprefix("\ufeff"))))
    assert [row["Unit"] for row in rows] == ["Unit 9"] * 3 + ["Unit 3"] * 5
    assert "<td>Unit 3</td>" in trend_table(address, figures)


def test_a_chart_of_a_unit_that_continues_none_has_no_such_column(figures):
    address = read_address({"metric": "direct_work", "unit": "U1", "month": "2016-09"}, figures)
    headings, *_ = trend_csv(address, figures).splitlines()
    assert headings.endswith(",Reading")


@pytest.fixture
def stored(tmp_path, monkeypatch):
    address = f"sqlite:///{tmp_path / 'meeting.sqlite'}"
    monkeypatch.setenv(MEETING_STORE_VARIABLE, address)
    store = open_store(address)
    yield store
    store.dispose()


def test_limits_begin_anew_with_the_change_unless_somebody_decides_that_they_run_on(
    figures, stored
):
    view = View(SEPTEMBER, Scope("U9"))
    assert figures.compared_result(WORK, view).chart.is_rebased
    decided = View(Period(2016, 2), Scope("U9"))
    write_note(stored, NoteKind.NEW_LIMITS, WORK, decided, "The same team under a new name", "Ann")
    chart = as_published(figures, stored).compared_result(WORK, view).chart
    assert chart is not None
    assert not chart.is_rebased
    assert f"{SAID}, and limits run on, as somebody decided." in chart.why


def test_a_published_chart_keeps_whose_months_it_shows(figures, url, stored, tmp_path):
    case = connect(url)
    publish(case, stored, SETTINGS, SEPTEMBER, "Ann")
    case.dispose()
    later = continued()
    later.rows["source_load"][0]["rows_json"] = '{"data_from": "2016-09-01"}'
    case = connect(build(tmp_path, later))
    published = as_published(read_figures(case, SETTINGS), stored)
    case.dispose()
    view = View(SEPTEMBER, Scope("U9"))
    assert published.compared_result(WORK, view).chart == figures.compared_result(WORK, view).chart
    shown = [(one.view, one.tally) for one in published.charted_months(WORK, view)]
    assert shown == [(one.view, one.tally) for one in figures.charted_months(WORK, view)]
    slides = [
        Opened(write_slides(one, SEPTEMBER, ["U9"], audience)).parts["xl/charts/chart10.xml"]
        for one in (as_published(figures, stored), published)
        for audience in ("service",)
    ]
    assert slides[0] == slides[1]


def test_the_unit_s_slide_draws_the_older_unit_s_months_dashed(figures):
    pack = Opened(write_slides(figures, SEPTEMBER, ["U9"], "service"))
    (slide,) = [sheet for sheet in pack.slides if "Unit 9" in sheet.title]
    assert "Unit 3 before it dashed" in str(slide.cell(2, 1).value)
    data = [sheet for sheet in pack.data_sheets if "Direct work, unit before" in _cells(sheet)]
    assert data


def _cells(sheet) -> list[object]:
    return [cell.value for row in sheet.iter_rows() for cell in row]
