"""A pack of chosen boards: their figures and no others, and nothing more for outsiders to find."""

from io import BytesIO

import pytest
from pptx import Presentation
from pypdf import PdfReader

from data_access.problems import Problem
from data_access.settings import MOST_ON_A_BOARD, Board
from exports.excel.workbook import write_slides
from exports.pack import NOTHING_PLANNED, pack
from exports.pdf.slides import write_pdf
from exports.powerpoint.deck import write_deck
from metrics.catalogue import CATALOGUE
from metrics.council.boards import boards_of
from metrics.model import View
from metrics.sentence import sentence
from tests.exports.made_up import SEPTEMBER, figures, settings
from tests.exports.opened import Opened

BOARDS = tuple(board for board in boards_of(settings()) if not board.on_slides)
AUDIENCES = ("service", "partners", "public")


def of_boards(audience: str, *boards: str):
    return pack(figures(), SEPTEMBER, ["U2"], audience, NOTHING_PLANNED, boards)


def test_there_are_boards_that_are_on_no_slide_unless_somebody_chooses_them():
    assert BOARDS


@pytest.mark.parametrize("audience", AUDIENCES)
def test_a_pack_tells_the_chosen_boards_figures_in_the_council_s_order(audience):
    first, second, *_ = BOARDS
    content = of_boards(audience, second.key, first.name)
    assert [one.key for one in content.metrics] == [*first.metrics, *second.metrics]
    (named,) = [line for line in content.without_slides if line.startswith("On Month")]
    assert [one for one in content.metrics if f" {one.short_name};" in named] == []
    assert CATALOGUE["caseload"].short_name in named


@pytest.mark.parametrize("audience", ["partners", "public"])
def test_what_outsiders_may_not_see_is_the_same_whichever_boards_are_chosen(audience):
    whole = pack(figures(), SEPTEMBER, None, audience)
    assert {of_boards(audience, board.key).hidden for board in BOARDS} == {whole.hidden}
    assert not [board for board in BOARDS if of_boards(audience, board.key).worth.items]


@pytest.mark.parametrize("asked", [("Nonsense",), ()])
def test_a_board_that_is_not_there_is_one_sentence_and_so_is_none(asked):
    with pytest.raises(Problem, match="the boards are scorecard, "):
        of_boards("service", *asked)


@pytest.mark.parametrize("board", BOARDS, ids=lambda board: board.key)
def test_every_figure_of_a_chosen_board_has_its_slide_in_each_program(board):
    made = figures(months=3)
    asked = (made, SEPTEMBER, ["U2"], "service", NOTHING_PLANNED, (board.key,))
    told = {
        sentence(made.compared_result(CATALOGUE[key], View(SEPTEMBER))) for key in board.metrics
    }
    deck = Presentation(BytesIO(write_deck(*asked)))
    assert told <= {slide.shapes.title.text_frame.text for slide in deck.slides}
    assert told <= {str(sheet["A1"].value) for sheet in Opened(write_slides(*asked)).book}
    pages = PdfReader(BytesIO(write_pdf(*asked))).pages
    read = " ".join(" ".join(page.extract_text().split()) for page in pages)
    assert [key for key in board.metrics if CATALOGUE[key].name not in read] == []


def test_a_board_may_be_one_that_the_settings_do_not_name():
    made = figures(boards=(Board("Card", tuple([*CATALOGUE][:MOST_ON_A_BOARD])),))
    content = pack(made, SEPTEMBER, ["U2"], "service", NOTHING_PLANNED, ["other-figures"])
    rest = [*CATALOGUE][MOST_ON_A_BOARD:]
    assert [one.key for one in content.metrics] == rest[:MOST_ON_A_BOARD]
