"""The Export page's parts: what goes into the slides, and the file itself."""

from collections.abc import Sequence

from markupsafe import Markup

from metrics.evaluate import Figures
from metrics.model import SERVICE
from ui.address import Address

AUDIENCES = {
    "The service itself: small numbers are shown, so keep the file inside it": "service",
    "Partners: counts of 1 to 5 are left out, and what would give them away": "partners",
    "The public: the same as for partners": "public",
}
OFFICE = "application/vnd.openxmlformats-officedocument."
EXCEL = f"{OFFICE}spreadsheetml.sheet"
POWERPOINT = f"{OFFICE}presentationml.presentation"


def title(address: Address) -> Markup:
    return Markup(
        '<div class="cs-title"><h1>The slides of {}</h1></div>'
        "<p>In Excel one slide a sheet, with charts that can be changed, definitions and data; in"
        " PowerPoint the same slides. No slide names a child or a worker.</p>"
    ).format(address.view.period)


def choices(figures: Figures) -> dict[str, str | None]:
    """Units by name, as the file may hold them; the service is always in it."""
    return {name: unit_id for unit_id, name in figures.units.items() if unit_id != SERVICE}


def slides(address: Address, figures: Figures, names: Sequence[str], audience: str) -> bytes:
    """The workbook for the units named, in the units' own order."""
    # The libraries are loaded by whoever makes a file, not by whoever opens a page.
    from exports.workbook import write_slides

    return write_slides(figures, address.view.period, _chosen(figures, names), AUDIENCES[audience])


def deck(address: Address, figures: Figures, names: Sequence[str], audience: str) -> bytes:
    """The same as a PowerPoint deck."""
    from exports.deck import write_deck

    return write_deck(figures, address.view.period, _chosen(figures, names), AUDIENCES[audience])


def _chosen(figures: Figures, names: Sequence[str]) -> list[str | None]:
    return [unit_id for name, unit_id in choices(figures).items() if name in names]


def file_name(address: Address, audience: str, ending: str) -> str:
    return f"childstat-{address.view.period.key}-{AUDIENCES[audience]}.{ending}"
