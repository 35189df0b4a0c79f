"""One thing has one verdict: the same sign and words first on Month, Unit, Metric, room, slides."""

import re
from dataclasses import replace
from html import unescape

import pytest

from charts.marks import FAULT_MARK, icon, marks_of
from exports.text import small_title, three_lines
from metrics.catalogue import CATALOGUE
from metrics.kinds.hidden import FAULT, mark_word
from metrics.model import SERVICE, Scope, Tally, View
from metrics.result import Result
from metrics.sentence import lines_beside, noticed_headline, sentence, sentence_in_two, verdict
from metrics.signs import Sign
from tests.exports.made_up import SEPTEMBER
from tests.metrics.test_agenda_rules import JUMP, STEADY, aims_at, council
from ui.address import read_address
from ui.metric.message import message
from ui.month.items import worth_section
from ui.month.table import month_table

DOUBT = "Too little is recorded: the true figure lies between"


@pytest.fixture(scope="module", params=[STEADY, JUMP], ids=["as usual", "unusual"])
def figures(request):
    """The service misses its target; of Unit 1 most hours are not recorded."""
    made = council({"direct_work": STEADY, "direct_work__U1": request.param}, aims_at(50))
    recorded = ("direct_work.recorded_hours", "U1", SEPTEMBER)
    return replace(made, tallies={**made.tallies, recorded: Tally(40, 400)})


def of_unit(figures, unit_id: str = "U1") -> Result:
    return figures.charted_result(CATALOGUE["direct_work"], View(SEPTEMBER, Scope(unit_id)))


def plain(html: object) -> str:
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", str(html)))).strip()


def test_a_figure_that_a_fault_hides_has_the_fault_s_mark_alone(figures):
    hidden, whole = of_unit(figures), of_unit(figures, SERVICE)
    assert (marks_of(hidden), mark_word(hidden)) == (FAULT_MARK, FAULT)
    assert whole.chart and marks_of(whole) == icon(whole.chart)
    assert mark_word(whole) == "Nothing unusual"


def test_every_sentence_on_it_says_the_fault_before_what_its_chart_says(figures):
    hidden = of_unit(figures)
    assert verdict(hidden).startswith(DOUBT)
    assert sentence_in_two(hidden)[1] == verdict(hidden)
    assert "too little is recorded" in noticed_headline(hidden)
    assert not verdict(of_unit(figures, SERVICE)).startswith(DOUBT)


def test_what_the_sentence_says_is_not_said_again_under_it(figures):
    hidden = of_unit(figures)
    assert DOUBT in sentence(hidden)
    assert not [line for line in lines_beside(hidden) if line.startswith(DOUBT)]
    assert not [line for line in three_lines(hidden, False) if DOUBT in line]


def test_month_s_table_and_the_metric_s_page_and_small_slides_show_the_same_mark(figures):
    address = read_address({"month": "2016-09"}, figures)
    table = plain(month_table(address, figures, {}))
    assert f"{Sign.DATA_FAULT.shape} {FAULT}" in table
    of_metric = {"month": "2016-09", "metric": "direct_work", "unit": "U1"}
    title = plain(message(read_address(of_metric, figures), figures))
    assert f"{Sign.DATA_FAULT.shape} {DOUBT}" in title
    hidden = of_unit(figures)
    assert small_title(hidden, of_unit(figures, SERVICE), False)[0].startswith("◇ Direct work")


def test_as_an_item_it_is_the_same_on_month_on_the_agenda_and_in_the_room(figures):
    only = {place: tally for place, tally in figures.tallies.items() if place[1] == "U1"}
    alone = replace(figures, tallies=only)
    said = plain(worth_section(read_address({"month": "2016-09"}, alone), alone))
    assert f"◇ {FAULT} Direct work, Unit 1" in said
    assert DOUBT in said
