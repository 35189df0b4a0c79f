"""A month has one value at a time, wherever it is shown: as published, else as known now."""

import csv
import io
import json
import re

import pytest
from sqlalchemy import text

from data_access.database import connect
from data_access.meeting_store.opening import open_store
from data_access.settings import MEETING_STORE_VARIABLE
from exports.pack import pack
from exports.trend_data import trend_columns
from meeting.published.frozen import as_published
from meeting.published.publishing import publish
from metrics.catalogue import CATALOGUE
from metrics.figures import Figures, read_figures
from metrics.model import SERVICE, Metric, Period, Scope, View
from tests.commands.test_childstat import run
from tests.ui.small_council import build
from tests.worlds import SETTINGS
from ui.address import read_address, unit_address_parts
from ui.metric.chart import trend_csv, trend_table
from ui.month.boards import board_shown
from ui.month.table import month_table

COUNCILS = ["small council", pytest.param("demonstration council", marks=pytest.mark.thorough)]
# Two months with one between them that is not published.
PUBLISHED = (Period(2016, 6), Period(2016, 8))
MONTH_WRITTEN, CELL = (
    re.compile(r"<tr[^>]*>(.*?)</tr>", re.S),
    re.compile(r"<td[^>]*>(.*?)</td>", re.S),
)
BOLD = re.compile(r"<b>(.*?)</b>")


@pytest.fixture(scope="module", params=COUNCILS)
def council(request, tmp_path_factory) -> tuple[str, str]:
    """A case database that has changed since two months of it were published; and the store."""
    folder = tmp_path_factory.mktemp("history")
    store_url, url = f"sqlite:///{folder / 'meeting.sqlite'}", f"duckdb:///{folder / 'it.duckdb'}"
    if request.param == "small council":
        url = build(folder)
    else:
        assert run("demo", "--into", url).exit_code == 0
    case, store = connect(url, read_only=False), open_store(store_url)
    for month in PUBLISHED:
        publish(case, store, SETTINGS, month, "Ann")
    with case.begin() as connection:
        connection.execute(text("UPDATE figure SET numerator = numerator + 1"))
    store.dispose()
    case.dispose()
    return url, store_url


@pytest.fixture(scope="module")
def shown(council) -> Figures:
    """What the screens show."""
    url, store_url = council
    case, store = connect(url), open_store(store_url)
    figures = as_published(read_figures(case, SETTINGS), store)
    case.dispose()
    store.dispose()
    return figures


def every(figures: Figures):
    """Every metric and unit."""
    return ((metric, unit_id) for metric in CATALOGUE.values() for unit_id in figures.units)


def value(figures: Figures, metric: Metric, unit_id: str | None, month: Period) -> float | None:
    return figures.result(metric, View(month, Scope(unit_id))).value


def address(figures: Figures, metric: Metric, unit_id: str | None, month: Period):
    said = {"metric": metric.key, "month": month.key, **unit_address_parts(unit_id)}
    return read_address(said, figures)


def later_and_not_published(figures: Figures) -> list[Period]:
    """A published month's own chart is kept as it was; every other draws what is now."""
    return [month for month in figures.months if month not in PUBLISHED]


def test_what_is_published_is_not_what_is_known_now_here(shown):
    live = shown.live
    assert live is not None
    for month in PUBLISHED:
        tallies = [
            (figures.tallies["caseload", SERVICE, month].numerator) for figures in (shown, live)
        ]
        assert tallies[0] + 1 == tallies[1]


def test_each_month_is_a_point_of_one_value_on_its_own_chart_and_on_every_later_one(shown):
    points = 0
    for metric, unit_id in every(shown):
        own = {month: value(shown, metric, unit_id, month) for month in shown.months}
        for month in later_and_not_published(shown):
            reading = shown.reading(metric, View(month, Scope(unit_id)))
            drawn = {point.when: point.value for point in reading.points if reading.is_own(point)}
            assert drawn == {when: own[when] for when in drawn}
            points += len(drawn)
        for month in PUBLISHED:
            last = shown.reading(metric, View(month, Scope(unit_id))).last
            assert last is not None
            assert last.value == own[month]
    assert points > 100


def test_each_cell_of_month_says_what_the_month_is(shown):
    for month in shown.months:
        place = read_address({"month": month.key}, shown)
        board = board_shown(place, shown).metrics
        html = str(month_table(place, shown, {}))
        body = html.split("<tbody")[1].split("</tbody>")[0]
        for row in MONTH_WRITTEN.findall(body):
            name = re.sub(r"<[^>]+>", "", row.split("</th>")[0])
            unit_id = next(one for one, known in shown.units.items() if known == name)
            cells = [BOLD.findall(cell)[0] for cell in CELL.findall(row)]
            told = [shown.result(CATALOGUE[key], View(month, Scope(unit_id))) for key in board]
            assert cells == [one.written if one.value is not None else "–" for one in told]


def test_the_chart_as_a_table_and_as_a_file_say_what_the_months_are(shown):
    for metric, unit_id in every(shown):
        month = shown.latest
        own = {str(at): value(shown, metric, unit_id, at) for at in shown.months}
        at = address(shown, metric, unit_id, month)
        rows = list(csv.DictReader(io.StringIO(trend_csv(at, shown).lstrip("\ufeff"))))
        table = re.sub(r"(<[^>]+>)+", " ", str(trend_table(at, shown)))
        for row in rows:
            if row.get("Unit", shown.units[unit_id]) != shown.units[unit_id]:
                continue
            known = own[row["Month"]]
            assert row["Value"].startswith("–") if known is None else float(row["Value"]) == known
            written = metric.measure.written(known) if known is not None else "–"
            assert f" {row['Month']} {written} " in table


def test_the_sheet_behind_a_slide_says_what_the_months_are(shown):
    content = pack(shown, shown.latest, None, "service")
    for metric in CATALOGUE.values():
        columns = {column.heading: column.values for column in trend_columns(content, metric)}
        for day, charted in zip(columns["Month"], columns["Value"], strict=True):
            assert charted == value(shown, metric, SERVICE, Period.of(day))  # type: ignore[arg-type]


def test_the_command_prints_what_the_months_are(council, shown, monkeypatch):
    url, store_url = council
    monkeypatch.setenv(MEETING_STORE_VARIABLE, store_url)
    months = ("--month", shown.months[-1].key, "--months", str(len(shown.months)))
    done = run("figures", "--database", url, *months, "--format", "json")
    rows = json.loads(done.stdout)
    assert {row["month"] for row in rows} == {month.key for month in shown.months}
    for row in rows:
        own = value(shown, CATALOGUE[row["metric"]], row["unit_id"], Period.parse(row["month"]))
        assert row["value"] == own
