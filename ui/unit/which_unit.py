"""Which units' work somebody may open: those whose children they may see."""

from metrics.model import SERVICE
from ui.address import WrongAddress, unit_address_parts
from ui.session import Page


def refuse_no_unit(page: Page) -> None:
    """Refuses an address without a unit, and offers the units."""
    if page.address.view.scope.unit_id == SERVICE:
        raise WrongAddress(
            "Choose a unit: work lists are those of one unit.",
            {
                name: page.address.link("unit", **unit_address_parts(unit_id))
                for unit_id, name in units_with_rows(page).items()
            },
        )


def units_with_rows(page: Page) -> dict[str | None, str]:
    """The units open in the month whose children the viewer may see."""
    return {
        unit_id: name
        for unit_id, name in page.figures.units_open(page.address.view.period).items()
        if unit_id != SERVICE and page.viewer.may_see(unit_id)
    }
