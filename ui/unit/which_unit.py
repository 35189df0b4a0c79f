"""Which unit's work somebody opens, where neither the address nor they themselves say one."""

from markupsafe import Markup

from charts.tables import link
from metrics.model import SERVICE, Period
from ui.address import unit_address_parts
from ui.arriving import remember_unit
from ui.guard import kept_open
from ui.pages import PAGES
from ui.session import Page

NONE_OPEN = "No unit whose children are open to you was open in {}: choose another month."
SAYS = "Unit opens on the one that you choose until you sign out or choose another."


def is_to_be_chosen(page: Page) -> bool:
    """Whether no unit is said: work lists are those of one unit."""
    return page.address.view.scope.unit_id == SERVICE


def remember(page: Page) -> None:
    """So that the page opens on this unit again."""
    remember_unit(page.address.unit["unit"], page.looking)


def chooser(page: Page) -> Markup:
    """The units whose work may be opened, as links in their own order."""
    units = units_with_rows(page)
    links = Markup("").join(
        Markup("<li>{}</li>").format(
            link(page.address.link("unit", **unit_address_parts(unit_id)), name)
        )
        for unit_id, name in units.items()
    )
    says = SAYS if units else NONE_OPEN.format(page.address.view.period)
    return Markup(
        '<div class="cs-title"><h1>Which unit?</h1><nav aria-label="This page">{}</nav></div>'
        '<p>{}</p><ul class="cs-units">{}</ul>'
    ).format(way_to_search(page), says, links)


def way_to_search(page: Page) -> Markup:
    """To a child or a worker by name or number."""
    where = page.address.link("search")
    return Markup('<a class="cs-button" href="{}">Find a child or worker</a>').format(where)


def way_to_unit(page: Page) -> Markup:
    """To the work of the address's unit, where any unit's is open to the viewer."""
    if not PAGES["unit"].is_open_to(page.viewer):
        return Markup("")
    where = page.address.link("unit", **kept_open("unit", page.address, page.viewer))
    return Markup('<a class="cs-button" href="{}">Unit</a>').format(where)


def way_to_the_meeting(page: Page) -> Markup:
    """To the list of the transfer meeting, of the same unit."""
    where = page.address.link("transfers", **page.address.unit)
    return Markup('<a class="cs-button" href="{}">Transfer meeting</a>').format(where)


def way_to_practice(page: Page) -> Markup:
    """To what workers carry: for a worker, and for who manages the unit's; nothing for others."""
    viewer = page.viewer
    if viewer.worker is None and page.address.view.scope.unit_id not in viewer.staff:
        return Markup("")
    where = page.address.link("practice", **kept_open("practice", page.address, viewer))
    return Markup('<a class="cs-button" href="{}">Practice</a>').format(where)


def way_to_education(page: Page) -> Markup:
    """To what schools, early help and services say of open children; for who may see figures."""
    if not PAGES["education"].is_open_to(page.viewer):
        return Markup("")
    where = page.address.link("education", **page.address.unit)
    return Markup('<a class="cs-button" href="{}">Education</a>').format(where)


def units_with_rows(page: Page) -> dict[str | None, str]:
    """The units whose children the viewer may see, open in the month; today, on a page of today."""
    has_months = PAGES[page.name].has_months
    month = page.address.view.period if has_months else Period.of(page.basis.as_at)
    return {
        unit_id: name
        for unit_id, name in page.figures.units_open(month).items()
        if unit_id != SERVICE and page.viewer.may_see(unit_id)
    }
