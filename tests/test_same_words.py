"""One figure says the same in every place: on pages, in a table, on a slide, in a command."""

import json
import re
from dataclasses import replace
from datetime import date
from html import unescape

from hypothesis import given, settings
from hypothesis import strategies as st
from markupsafe import Markup

from data_access.settings import Board
from exports.excel.workbook import write_slides
from metrics.catalogue import CATALOGUE
from metrics.figures import Figures
from metrics.model import SERVICE, Period, Scope, Tally, View
from metrics.publication import PublishedWords
from metrics.sentence import reading_sentences, sentence, verdict
from metrics.spc.chart_details import chart_details
from metrics.spc.charting import ChartRequest, without_gaps, xmr_reading
from metrics.spc.words import chart_words, shape_of
from tests.exports.made_up import LOAD, SEPTEMBER, UNITS
from tests.exports.made_up import settings as made_up_settings
from tests.exports.opened import Opened
from tests.worlds import LONG_HELD
from ui.address import read_address
from ui.metric.chart import trend_table
from ui.metric.message import message
from ui.month.table import month_table
from ui.unit.work import figures_of_the_unit

MONTH = st.one_of(
    st.none(), st.integers(0, 40).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n)))
)
MONTHS = st.lists(MONTH, min_size=1, max_size=30)
KEYS = sorted(key for key, metric in CATALOGUE.items() if metric.kind.has_limits)


@st.composite
def councils(draw) -> tuple[Figures, str]:
    """Any months of a metric, and of others, for the service and one unit: gaps, few, none at all.

    The metric is on a board of its own, the first, and on the only slide.
    """
    tallies: dict[tuple[str, str | None, Period], Tally] = {}
    asked = draw(st.sampled_from(KEYS))
    for key in sorted({asked, "caseload", "sickness"}):
        for unit_id in (SERVICE, "U1"):
            for at, one in enumerate(draw(MONTHS)):
                if one is not None:
                    tallies[key, unit_id, SEPTEMBER.shift(-at)] = Tally(*one)
    tallies["caseload", SERVICE, SEPTEMBER] = Tally(40, 2)
    rest = Board("Rest", tuple(key for key in CATALOGUE if key != asked), on_slides=False)
    council = made_up_settings(boards=(Board("Asked", (asked,)), rest))
    load = replace(LOAD, covers_from=dict.fromkeys(LONG_HELD, date(2010, 1, 1)))
    return Figures(load, council, tallies, {**UNITS, SERVICE: "Service"}), asked


def plain(html: Markup) -> str:
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", str(html)))).strip()


def on_metric(figures: Figures, key: str, unit_id: str) -> str:
    address = read_address({"metric": key, "unit": unit_id, "month": "2016-09"}, figures)
    return plain(message(address, figures))


@settings(max_examples=12, deadline=None)
@given(council=councils())
def test_a_figure_has_one_sentence_and_one_icon_on_pages_tables_slides_and_once_published(
    council,
):
    figures, key = council
    view = View(SEPTEMBER, Scope(SERVICE))
    told = figures.compared_result(CATALOGUE[key], view)
    words, chart = sentence(told), told.chart
    assert chart is not None

    shown = on_metric(figures, key, SERVICE)
    for part in filter(None, (verdict(told), words.partition(f" {SEPTEMBER}. ")[0])):
        assert part in shown

    address = read_address({"month": "2016-09", "metric": key}, figures)
    month = str(month_table(address, figures, {}))
    if told.value is not None:
        assert f'aria-label="{Markup.escape(words)}' in month
        latest = plain(trend_table(address, figures)).partition(f"{SEPTEMBER} ")[2]
        assert shape_of(chart.mark) in latest[:120]
        of_unit = read_address({"month": "2016-09", "unit": SERVICE}, figures)
        icon = chart_words(chart, told.metric.measure.written)
        assert f"{icon.shape} {icon.word}" in plain(figures_of_the_unit(of_unit, figures))

    pack = Opened(write_slides(figures, SEPTEMBER, [], "service"))
    (slide,) = pack.slides
    assert slide["A1"].value == words
    if told.value is not None:
        assert pack.rows_of("Data 1")[-1]["Reading"].startswith(shape_of(chart.mark))

    kept = json.loads(json.dumps(chart_details(chart)))
    frozen = PublishedWords(words, tuple(reading_sentences(told)), told.not_in_source, kept)
    again = replace(figures, published_words={(key, SERVICE, SEPTEMBER): frozen}).compared_result(
        CATALOGUE[key], view
    )
    assert again.chart == chart
    assert sentence(again) == words


@given(values=st.lists(st.integers(0, 100), min_size=1, max_size=30))
def test_the_command_and_the_page_judge_the_same_numbers_alike(values):
    """The command judges any values by an XmR chart; a figure whose months are as large does so."""
    metric = CATALOGUE["sickness"]
    months = SEPTEMBER.run_up(len(values))
    tallies: dict[tuple[str, str | None, Period], Tally] = {
        (metric.key, SERVICE, month): Tally(value, 100)
        for month, value in zip(months, values, strict=True)
    }
    figures = Figures(LOAD, made_up_settings(), tallies, {SERVICE: "Service"})
    page = figures.compared_result(metric, View(SEPTEMBER)).chart
    assert page is not None
    run = without_gaps({month: 1.0 * value for month, value in zip(months, values, strict=True)})
    command = xmr_reading(run, ChartRequest(metric.polarity))
    write = metric.measure.written
    assert chart_words(page, write) == chart_words(replace(command, floor=0, ceiling=100), write)
    assert [one.mark for one in page.points] == [one.mark for one in command.points]
