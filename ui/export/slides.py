"""The Export page's parts: what goes into the slides, and the file itself."""

from collections.abc import Sequence

from markupsafe import Markup

from data_access.problems import NotAllowed
from data_access.settings import EVERY_UNIT
from exports.pack import AUDIENCE_WORDS
from meeting.follow_up import PlannedMeeting, planned_meeting
from metrics.council.boards import boards_of, boards_on_slides
from metrics.figures import Figures
from metrics.model import SERVICE, Period
from ui.address import Address
from ui.meeting.told import items_told, those_told
from ui.session import Page

AUDIENCES = {
    "The service itself: small numbers are shown, so keep the file inside it": "service",
    "Partners: counts of 1 to 5 are left out, and what would give them away": "partners",
    "The public: the same as for partners": "public",
}
OFFICE = "application/vnd.openxmlformats-officedocument."
EXCEL = f"{OFFICE}spreadsheetml.sheet"
POWERPOINT = f"{OFFICE}presentationml.presentation"
PDF = "application/pdf"
BOARDS = "Boards: a slide for each of their figures"
NO_BOARD = Markup('<p class="cs-note">Choose a board: slides without one tell no figure.</p>')


def slides_title(address: Address) -> Markup:
    return Markup(
        '<div class="cs-title"><h1>The slides of {}</h1></div>'
        "<p>In Excel one slide a sheet, with charts that can be changed, every definition and the"
        " data; in PowerPoint and PDF the same slides, with what each number counts in a line. No"
        " slide names a child or a worker, unless somebody wrote the name into the agenda or an"
        " action: those are in the service’s own file only.</p>"
    ).format(address.view.period)


def choices(figures: Figures, period: Period) -> dict[str, str | None]:
    """Units open in the month by name, as the file may hold them; the service is always in it."""
    units = figures.units_open(period)
    return {name: unit_id for unit_id, name in units.items() if unit_id != SERVICE}


def boards_to_choose(figures: Figures) -> tuple[dict[str, str], list[str]]:
    """Every board's key by its name, and the names that are chosen unless somebody says else."""
    by_name = {board.name: board.key for board in boards_of(figures.settings)}
    return by_name, [board.name for board in boards_on_slides(figures.settings)]


def board_needed(names: Sequence[str]) -> Markup:
    """Where no board is chosen, that one has to be; else nothing."""
    return Markup("") if names else NO_BOARD


def audiences(page: Page) -> list[str]:
    """Who a file may be for. What gives a small number away is known only among all units."""
    whole = EVERY_UNIT in page.viewer.figures
    return [words for words, audience in AUDIENCES.items() if whole or audience == "service"]


def slides(page: Page, names: Sequence[str], audience: str, boards: Sequence[str]) -> bytes:
    """The workbook for the units named, in the units' own order."""
    # The libraries are loaded by whoever makes a file, not by whoever opens a page.
    from exports.excel.workbook import write_slides

    return write_slides(*_slide_contents(page, names, audience, boards))


def deck(page: Page, names: Sequence[str], audience: str, boards: Sequence[str]) -> bytes:
    """The same as a PowerPoint deck."""
    from exports.powerpoint.deck import write_deck

    return write_deck(*_slide_contents(page, names, audience, boards))


def document(page: Page, names: Sequence[str], audience: str, boards: Sequence[str]) -> bytes:
    """The same as a PDF."""
    from exports.pdf.slides import write_pdf

    return write_pdf(*_slide_contents(page, names, audience, boards))


def _slide_contents(
    page: Page, names: Sequence[str], audience: str, boards: Sequence[str]
) -> tuple[Figures, Period, list[str | None], str, PlannedMeeting, list[str]]:
    """What the slides are made of; without the store, without what the meeting has before it."""
    figures, period, store = page.figures, page.address.view.period, page.published.store
    if audience not in audiences(page):
        raise NotAllowed("A file for partners needs the figures of every unit to be open to you.")
    chosen = [unit_id for name, unit_id in choices(figures, period).items() if name in names]
    planned = planned_meeting(store, figures, period) if store else PlannedMeeting()
    planned = PlannedMeeting(
        tuple(items_told(page, planned.items)), tuple(those_told(page, planned.actions))
    )
    by_name, _ = boards_to_choose(figures)
    keys = [key for name, key in by_name.items() if name in boards]
    return figures, period, chosen, AUDIENCES[audience], planned, keys


# What a file is made with, its ending and its kind.
PROGRAMS = (
    ("Excel", slides, "xlsx", EXCEL),
    ("PowerPoint", deck, "pptx", POWERPOINT),
    ("PDF", document, "pdf", PDF),
)


def readers(audience: str) -> str:
    """Who will read the file, in a few words."""
    return AUDIENCE_WORDS[AUDIENCES[audience]]


def file_name(address: Address, audience: str, ending: str) -> str:
    return f"childstat-{address.view.period.key}-{AUDIENCES[audience]}.{ending}"
