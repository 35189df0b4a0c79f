"""The bench's pages of other tools state the figures that ours do, and its page says how long."""

import json
import re
from html import unescape
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from bench.beside import tools
from bench.beside.handed import METRIC, hand_over, month_handed
from bench.browser import TO_METRIC, TO_MONTH
from bench.report import CROWD_CLICKED, CROWD_OPENED, Scale, Timing, page_text
from bench.report_browser import browser_parts
from data_access.database import connect
from metrics.catalogue import CATALOGUE
from metrics.figures import read_figures
from tests.exports.made_up import figures
from tests.ui.small_council import build
from tests.worlds import SETTINGS
from ui.address import read_address
from ui.month.table import month_table

APP = Path(tools.__file__).parent / "streamlit_app.py"


@pytest.fixture(scope="module")
def handed_file(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("handed")
    engine = connect(build(folder))
    hand_over(engine, read_figures(engine, SETTINGS), folder / "handed.json")
    engine.dispose()
    return folder / "handed.json"


def browsed(**changes: dict[str, list[float]]) -> dict[str, dict[str, list[float]]]:
    """Half a second for an empty page; ours takes as long, others four times."""
    clicks = {TO_METRIC: [0.1], TO_MONTH: [0.1]}
    ours = {tools.MONTH: [0.5], tools.METRIC_PAGE: [0.5], tools.CLOSER: [1.0], **clicks}
    theirs = {tools.MONTH: [2.0], tools.METRIC_PAGE: [2.0], **clicks}
    return {
        tools.EMPTY: {tools.EMPTY: [0.5]},
        tools.EMPTY_CHART: {tools.EMPTY_CHART: [1.0]},
        tools.OURS: ours,
        tools.DASH: theirs,
        tools.PANEL: theirs,
    } | changes


def test_what_is_handed_over_is_what_month_states():
    made_up = figures()
    html = unescape(str(month_table(read_address({"month": "2016-09"}, made_up), made_up, {})))
    handed = month_handed(made_up)
    told = [cell["written"] for unit in handed["units"] for cell in unit["cells"]]
    assert told == re.findall(r"<b>(.*?)</b>", html)
    assert set(told) != {"–"}
    drawn = [cell for unit in handed["units"] for cell in unit["cells"] if cell["months"]]
    assert len(drawn) == html.count("cs-spark")


def test_the_metric_handed_over_has_its_months_and_the_rows_that_add_up_to_it(handed_file):
    metric = json.loads(handed_file.read_text())["metric"]
    assert METRIC in CATALOGUE
    assert metric["name"].endswith(metric["months"][-1]["written"])
    assert metric["units"][-1][1] == metric["months"][-1]["written"]
    assert all(len(row) == len(metric["headings"]) for row in metric["rows"])


@pytest.mark.parametrize("way", ["own", "plotly"])
def test_the_page_in_streamlit_states_every_figure_handed_over(handed_file, monkeypatch, way):
    monkeypatch.setenv("CHILDSTAT_BENCH_HANDED", str(handed_file))
    monkeypatch.setenv("CHILDSTAT_BENCH_WAY", way)
    run = AppTest.from_file(APP, default_timeout=30).run()
    assert not run.exception
    units = json.loads(handed_file.read_text())["units"]
    assert [one.value for one in run.metric] == [c["written"] for u in units for c in u["cells"]]


def test_the_page_has_each_tool_beside_ours_with_what_is_to_be_reached():
    ours, beside = browser_parts(browsed())
    assert "| Month | 0.50 | 0.50 | 1.0, at most 1.4 |" in ours
    assert "| Dash | 2.00 (4.0 times, at least 3) | 2.00 (4.0 times, at least 1.9) |" in beside
    assert "| ChildStat | 0.50 | 0.50 | 0.10 (5.0 times, at least 3) |" in beside
    assert "not reached" not in ours + beside


def test_what_is_not_reached_is_said():
    slow = {tools.MONTH: [2.0], tools.METRIC_PAGE: [0.5], tools.CLOSER: [1.0]}
    slow |= {TO_METRIC: [0.4], TO_MONTH: [0.1]}
    ours, beside = browser_parts(browsed(**{tools.OURS: slow}))
    assert "4.0, at most 1.4: **not reached**" in ours
    assert "2.00 (1.0 times, at least 3: **not reached**)" in beside
    assert "0.40 (1.2 times, at least 3: **not reached**, slower than Dash's)" in beside


def test_a_tool_that_is_not_installed_is_left_out_of_the_table():
    without = {name: those for name, those in browsed().items() if name != tools.DASH}
    assert "| Dash" not in browser_parts(without)[1]


def test_the_page_tells_what_fifty_people_wait_for_and_leads_to_the_notes():
    scale = Scale(1, database_mb=1)
    scale.add(CROWD_OPENED, Timing([0.2]))
    scale.add(CROWD_CLICKED, Timing([0.01, 0.03, 0.09]))
    page = page_text([scale], {}, "")
    assert "| a click | 3 | 30 | 90 | 90 |" in page
    assert "(performance-notes.md)" in page
