"""Which board Month shows, and the way to the others."""

from markupsafe import Markup

from data_access.settings import Board
from metrics.council.boards import boards_of
from metrics.figures import Figures
from ui.address import Address, WrongAddress


def board_shown(address: Address, figures: Figures) -> Board:
    """The board that the address names, the first where it names none."""
    boards = boards_of(figures.settings)
    for board in boards:
        if address.board in (None, board.key):
            return board
    raise WrongAddress(
        "The address names a board that the settings do not have. These are:",
        {board.name: _way_to(address, board) for board in boards},
    )


def is_first_board(address: Address, figures: Figures) -> bool:
    """Whether the board is the one that Month shows first."""
    return board_shown(address, figures) == boards_of(figures.settings)[0]


def boards_menu(address: Address, figures: Figures) -> Markup:
    """Each board by its name; nothing where there is only one."""
    boards, shown = boards_of(figures.settings), board_shown(address, figures)
    if len(boards) == 1:
        return Markup("")
    links = Markup("").join(_link(address, board, board == shown) for board in boards)
    return Markup('<nav class="cs-boards" aria-label="Boards">{}</nav>').format(links)


def _link(address: Address, board: Board, is_here: bool) -> Markup:
    here = Markup(' aria-current="true"') if is_here else ""
    where = _way_to(address, board)
    return Markup('<a href="{}" target="_self"{}>{}</a>').format(where, here, board.name)


def _way_to(address: Address, board: Board) -> str:
    return address.link("month", board=board.key)
