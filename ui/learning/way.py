"""From any page to Remarks."""

from markupsafe import Markup

from charts.tables import link
from ui.address import Address
from ui.pages import PAGES
from ui.who import Looking


def way_to_remarks(page: str, address: Address, looking: Looking) -> Markup:
    """The way to say something of this page, of which a child's code is no part."""
    if looking.is_meeting or not PAGES["remarks"].is_open_to(looking.viewer):
        return Markup("")
    figure = {"metric": address.metric.key} if address.names_metric else {}
    return link(address.link("remarks", about=page, **figure, **address.unit), "Remarks")
