"""Slides of every kind of figure: what is joined, what stands side by side, what has no chart."""

from io import BytesIO

import pytest
from pptx import Presentation
from pptx.enum.chart import XL_CHART_TYPE
from pypdf import PdfReader

from data_access.settings import MOST_ON_A_BOARD, Board
from exports.chart_titles import ONE_VALUE
from exports.excel.workbook import write_slides
from exports.pack import pack
from exports.pdf.slides import write_pdf
from exports.powerpoint.deck import write_deck
from exports.text import number_format, numbers_told
from metrics.catalogue import CATALOGUE
from metrics.model import Measure, Scope, View
from metrics.sentence import sentence
from tests.exports.made_up import SEPTEMBER, figures, on_slides
from tests.exports.opened import Opened
from tests.kinds import KINDS, OF, kinds_of_figures

pytestmark = pytest.mark.usefixtures("kinds")


@pytest.fixture
def book(kinds):
    return Opened(write_slides(kinds_of_figures(), SEPTEMBER, ["U2"]))


@pytest.fixture
def deck(kinds):
    return Presentation(BytesIO(write_deck(kinds_of_figures(), SEPTEMBER, ["U2"])))


def slide_of(deck, name: str):
    return next(one for one in deck.slides if one.shapes.title.text_frame.text.startswith(name))


def lines(slide) -> list:
    """The series of the chart of months; none where there is none: bars are of units."""
    return [
        series
        for shape in slide.shapes
        if shape.has_chart and shape.chart.chart_type is not XL_CHART_TYPE.BAR_CLUSTERED
        for series in shape.chart.plots[0].series
    ]


def test_a_deck_joins_months_where_the_kind_allows_it(deck):
    """A series says of its line that it is not filled before it says anything of its marker."""
    joined = {
        metric.key: "noFill" not in series._element.xml.split("<c:marker>")[0]
        for metric in KINDS
        for series in lines(slide_of(deck, metric.name))
        if series.name == "Value"
    }
    assert joined == {one.key: one.kind.has_limits for one in KINDS if one.kind.is_drawn}


def test_a_unit_s_slides_hold_six_figures_each_and_leave_none_out(deck):
    told = "\n".join(
        shape.text_frame.text
        for slide in deck.slides
        for shape in slide.shapes
        if shape.has_text_frame and slide.shapes.title.text_frame.text.startswith("Unit 2:")
    )
    assert [metric.name for metric in on_slides() if metric.short_name not in told] == []
    assert ONE_VALUE in told


def test_a_workbook_has_a_slide_for_each_and_every_month_in_its_own_row(book):
    names = [sheet.title for sheet in book.slides]
    assert len(names) == len(on_slides()) + 1
    heading = OF["made_rolling"].short_name
    (data, column), *_ = [
        (sheet, cell.column)
        for sheet in book.data_sheets
        for cell in sheet[5]
        if cell.value == heading
    ]
    known = {
        data.cell(row, 1).value.date(): data.cell(row, column).value
        for row in range(6, 6 + 36)
        if data.cell(row, column).value is not None
    }
    result = kinds_of_figures()
    assert known == {
        one.view.period.start: pytest.approx(one.value)
        for one in result.trend(OF["made_rolling"], Scope("U2"), SEPTEMBER)
    }
    assert len(known) == 3


def test_the_pdf_tells_every_figure_and_why_one_has_no_months(kinds):
    pages = PdfReader(BytesIO(write_pdf(kinds_of_figures(), SEPTEMBER, ["U2"]))).pages
    told = " ".join(" ".join(page.extract_text().split()) for page in pages)
    assert [metric.name for metric in KINDS if metric.name not in told] == []
    assert ONE_VALUE in told


def test_what_the_boards_leave_off_is_named_on_the_cover(kinds):
    content = pack(kinds_of_figures(), SEPTEMBER, ["U2"], "service")
    assert content.metrics == [*on_slides()]
    left_off = [one for one in CATALOGUE.values() if one not in content.metrics]
    (named,) = content.without_slides
    assert left_off and [one.name for one in left_off if one.short_name not in named] == []


@pytest.mark.thorough
@pytest.mark.parametrize("first", range(0, len(CATALOGUE), MOST_ON_A_BOARD))
def test_every_metric_has_slides_where_its_board_is_on_slides(first):
    board = Board("Any", tuple([*CATALOGUE][first : first + MOST_ON_A_BOARD]))
    rest = Board("Rest", tuple(key for key in CATALOGUE if key not in board.metrics), False)
    made = figures(boards=(board, rest))
    told = [
        sentence(made.compared_result(CATALOGUE[key], View(SEPTEMBER))) for key in board.metrics
    ]
    deck = Presentation(BytesIO(write_deck(made, SEPTEMBER, ["U2"])))
    assert set(told) <= {slide.shapes.title.text_frame.text for slide in deck.slides}
    book = Opened(write_slides(made, SEPTEMBER, ["U2"])).book
    assert set(told) <= {str(sheet["A1"].value) for sheet in book}
    pages = PdfReader(BytesIO(write_pdf(made, SEPTEMBER, ["U2"]))).pages
    read = " ".join(" ".join(page.extract_text().split()) for page in pages)
    assert [key for key in board.metrics if CATALOGUE[key].name not in read] == []


def test_days_are_written_in_excel_s_spelling_without_its_codes_for_dates():
    assert number_format(Measure.DAYS) == '0" days";"−"0" days";0" days"'
    assert number_format(Measure.PERCENT) == '0"%";"−"0"%";0"%"'


def test_numbers_of_definitions_are_told_as_ranges():
    assert numbers_told(KINDS) == "901 to 909"
    assert numbers_told([KINDS[0], KINDS[2], KINDS[3]]) == "901, 903 to 904"
