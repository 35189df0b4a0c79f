"""How much of a unit's lists is shown at once, and the ways on: to the rest, to its cards."""

from collections.abc import Sequence

from markupsafe import Markup
from sqlalchemy import Row

from charts.tables import link
from ui.address import Address
from ui.listing.asked_for import order_kept
from ui.lists import FIRST_ROWS, WHOLE_UP_TO, narrowing_parts
from ui.session import Page


def at_most(address: Address, rows: int) -> int | None:
    """How many of so many rows are shown; None: all of them."""
    return None if address.whole or rows <= WHOLE_UP_TO else FIRST_ROWS


def more(held: Sequence[Row], listed: Sequence[object]) -> str:
    """Workers are read no further than a list shows, so how many more there are is not known."""
    return "more" if len(held) > len(listed) else ""


def rest(page: Page, left_out: str, ways: str = "") -> Markup:
    """What a list leaves out, and the way to it; nothing where it is whole."""
    if not left_out:
        return Markup("")
    show_all = link(page.address.link("unit", **unit_parts(page.address), whole="yes"), "show all")
    return Markup("<p>and {}: {}{}</p>").format(left_out, ways, show_all)


def way_to_cards(page: Page, listed: str) -> Markup:
    """From a list that has rows to the stage cards of its children."""
    where = page.address.link("unit", **unit_parts(page.address), **order_kept(), cards=listed)
    return Markup(" {}").format(link(f"{where}#cards", "stage cards →"))


def list_parts(address: Address) -> dict[str, object]:
    """The same, and whose cards stand open: the lists are put in another order beside them."""
    return {**unit_parts(address), "cards": address.cards}


def unit_parts(address: Address) -> dict[str, object]:
    """How an address says the unit, and what its lists are narrowed to."""
    return {**address.unit, **narrowing_parts(address)}
