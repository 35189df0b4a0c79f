"""What a viewer may open, and the one sentence for what they may not."""

from data_access.guard.acts import OF_ACCOUNTS
from data_access.problems import NotAllowed
from data_access.settings import EVERY_UNIT
from data_access.viewer import Act, Viewer
from metrics.model import View
from ui.acts import ACTS, ASK, may
from ui.address import Address
from ui.pages import PAGES, Figures, RegisteredPage, href, menu_of
from ui.who import Looking

NOTHING_OPEN = (
    "Nothing of ChildStat has been opened to you yet: ask whoever runs it for access, and say"
    " which unit you work in."
)

MEETING_ONLY = (
    "This sign-in is for the meeting’s projector: it shows the meeting and nothing else. Sign out,"
    " and sign in again for yourself."
)


class ClosedUnit(NotAllowed):
    """A unit that is not open to the viewer, by its id."""

    def __init__(self, sentence: str, unit_id: str | None) -> None:
        super().__init__(sentence)
        self.unit_id = unit_id


def sees_rows_of(viewer: Viewer, view: View) -> bool:
    """Whether every row behind the view's figure is open: the list then adds up to it."""
    return viewer.own_children is None and viewer.may_see(view.scope.unit_id)


def refuse_closed_page(name: str, looking: Looking) -> None:
    """Refuses a page that is not open to the viewer: the first thing that any page does."""
    page, viewer = PAGES[name], looking.viewer
    if looking.is_meeting and not page.of_the_meeting:
        raise NotAllowed(MEETING_ONLY)
    if not (viewer.figures or viewer.units or viewer.acts):
        raise NotAllowed(looking.why_no_unit or NOTHING_OPEN)
    if not page.is_open_to(viewer):
        why = looking.why_no_unit if page.rows and not viewer.units else None
        raise NotAllowed(
            why or f"The page {page.title} is not open to you: it {_needs(page, looking)}. {ASK}"
        )


def _needs(page: RegisteredPage, looking: Looking) -> str:
    if page.act:
        nobody = page.act in OF_ACCOUNTS and looking.signed_in is None
        sign_in = ", which needs sign-in" if nobody else ""
        return f"is for those who may {ACTS[page.act]}{sign_in}"
    if page.of_staff:
        return "tells what single workers carry, and is for them and the managers of their unit"
    if page.whole_units:
        return "shows every family of a unit, and no whole unit is open to you"
    if page.rows:
        return "shows children, and no unit’s children are open to you"
    if page.figures is Figures.EVERY:
        return "shows the figures of every unit"
    return "shows figures, and no unit’s figures are open to you"


def refuse_closed_unit(name: str, viewer: Viewer, unit_id: str | None, is_told: bool) -> None:
    """Refuses a unit whose figures are not open, or of which the page shows what is not."""
    if not is_told:
        raise ClosedUnit(f"The figures of this unit are not open to you. {ASK}", unit_id)
    if viewer.opened and PAGES[name].of_a_row:
        return  # The one child who was opened with a reason may be of any unit.
    why = why_closed(name, viewer, unit_id)
    if why:
        raise ClosedUnit(f"{why} {ASK}", unit_id)


def why_closed(name: str, viewer: Viewer, unit_id: str | None) -> str | None:
    """Why a page does not show the viewer this unit, whose figures are open; None where it does.

    A worker who manages nobody has one card of every unit, whichever the address names.
    """
    page = PAGES[name]
    if unit_id == EVERY_UNIT:
        return None
    if page.rows and not viewer.may_see(unit_id):
        return "The children of this unit are not open to you."
    if page.of_staff and viewer.staff and unit_id not in viewer.staff:
        return "What single workers of this unit carry is not open to you: you don’t manage it."
    return None


def kept_open(name: str, address: Address, viewer: Viewer) -> dict[str, str]:
    """What of the address a link to the page keeps, without a unit that it would refuse."""
    kept = address.kept_by(name)
    if why_closed(name, viewer, address.view.scope.unit_id):
        kept.pop("unit", None)
    return kept


def ways_out(looking: Looking) -> dict[str, str]:
    """Where to go from a page that can't be shown: the first of those that open, if any does."""
    return dict(list(open_pages(looking).items())[:1])


def open_pages(looking: Looking) -> dict[str, str]:
    """Every page of the viewer's menu; of a meeting's session the way back to the meeting."""
    menu = menu_of(looking.viewer, looking.is_meeting)
    back = "Back to the meeting" if looking.is_meeting else None
    return {back or page.title: href(page.name) for page in menu}


def closer_look(viewer: Viewer, refusal: NotAllowed) -> dict[str, str]:
    """From a refusal of another unit to a second look at one child, for who may."""
    if not isinstance(refusal, ClosedUnit) or not may(viewer, Act.LOOK_CLOSER):
        return {}
    return {"Look closer, with a reason": href("child")}
