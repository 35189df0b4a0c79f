"""Families for whom the rules propose the unit that is looked at, and whom another one holds."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from markupsafe import Markup

from charts.tables import link
from data_access.guard.of_figures import how_many_closed, how_many_open
from metrics.compare.few import few_or_count
from metrics.segments.listed import proposed_for
from metrics.writing import several
from ui.arriving import own_unit
from ui.session import Page

PLACE = "proposed-here"
NOT_COUNTED = "those in units that are not open to you are not counted"
CLOSED = "in units that are not open to you, or in none, {}"


@dataclass(frozen=True)
class ProposedHere:
    """The unit, and how many such families are open to the viewer; of closed units see `closed`.

    None where those are not told to the viewer.
    """

    unit_id: str
    name: str
    open: int
    closed: int | None

    @property
    def closed_words(self) -> str | None:
        """What is said of families of units that are not open; nothing where there is none."""
        return closed_words(self.closed)


def closed_words(closed: int | None) -> str | None:
    """Of 1 to 5 that they are fewer than six: their records are not the viewer's."""
    if closed is None:
        return NOT_COUNTED
    return CLOSED.format(few_or_count(closed)) if closed else None


def proposed_here(page: Page, day: date, ruled: Collection[str]) -> ProposedHere | None:
    """Of the unit that the address names, or the only one that is open; None without a rule."""
    scope = page.address.view.scope
    unit_id = own_unit(page.viewer) if scope.is_service else scope.unit_id
    if unit_id is None or unit_id not in ruled:
        return None
    rows, name = proposed_for(day, unit_id), page.live.units.get(unit_id, unit_id)
    return ProposedHere(
        unit_id,
        name,
        how_many_open(page.engine, rows, page.viewer),
        how_many_closed(page.engine, rows, page.viewer),
    )


def proposed_here_line(page: Page, here: ProposedHere | None, part: str) -> Markup:
    """How many there are, and the way to their list in the `part`: they add to no number."""
    if here is None:
        return Markup("")
    where = f"{page.address.link('segments', list=part, **page.address.unit)}#{PLACE}"
    none = "no family" if here.closed == 0 else "no family that is open to you"
    number = several(here.open, "family", "families") if here.open else none
    said = f"; {here.closed_words}" if here.closed_words else ""
    return Markup("<p>Proposed for {} and held elsewhere: {}{}. {}</p>").format(
        here.name,
        link(where, number) if here.open else number,
        said,
        "They are in none of the numbers above." if here.open or here.closed else "",
    )
