"""Which boards the page Export offers: every one, the settings' own chosen at first."""

from data_access.settings import Board
from metrics.council.boards import boards_of
from tests.exports.made_up import figures
from ui.export.slides import boards_to_choose


def test_every_board_is_offered_by_its_name_and_those_on_slides_are_chosen():
    own = (Board("Card", ("caseload",)), Board("In time?", ("icpc_in_15_days",), on_slides=False))
    made = figures(boards=own)
    by_name, chosen = boards_to_choose(made)
    assert list(by_name) == [board.name for board in boards_of(made.settings)]
    assert (by_name["In time?"], chosen[0]) == ("in-time", "Card")
    assert "In time?" not in chosen
