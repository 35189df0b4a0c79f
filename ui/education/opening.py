"""What the page Education and services is about: the day, the children, and what is known."""

from dataclasses import dataclass

from markupsafe import Markup

from data_access.guard.of_figures import read_parts
from metrics.model import SERVICE, SMALLEST_SHOWN
from metrics.others.children import alike, children_of, open_children
from metrics.others.counting import CountedOfOthers, Part, by_school, by_unit
from metrics.sentence import count, written_date
from metrics.writing import several
from ui import kept
from ui.education.guarded import Hidden, hidden_lines
from ui.education.held import held_in
from ui.frame import unit_picker
from ui.session import Page
from ui.unit.which_unit import way_to_unit

NONE_HELD = (
    "Nothing of this is in these data, so there is nothing to see: that is no finding about"
    " children. docs/loading.md says which files bring it."
)
LEAD = (
    "What schools, early help and services say of the children who have an open case, without"
    " restricted records."
)


@dataclass(frozen=True)
class CountedOnADay:
    """Sums of the open children, of nobody, and which of them are not told."""

    units: CountedOfOthers
    schools: CountedOfOthers
    hidden_of_units: Hidden
    hidden_of_schools: Hidden


@dataclass(frozen=True)
class Education:
    """The page, what was counted on the data's last day, and the tables that have a row."""

    page: Page
    counted: CountedOnADay
    held: frozenset[str]

    @property
    def unit_id(self) -> Part:
        """Whose the page is: a unit, or "*" for the whole service."""
        return self.page.address.view.scope.unit_id

    @property
    def units(self) -> dict[Part, str]:
        """The units open to the viewer that have an open child."""
        known, opened = self.page.live.units, self.counted.units.opened
        return {unit: name for unit, name in known.items() if unit != SERVICE and unit in opened}

    @property
    def columns(self) -> dict[Part, str]:
        """The service, and beside it the unit that the address names; else every unit."""
        known = self.page.live.units
        beside = self.units if self.unit_id == SERVICE else {self.unit_id: known[self.unit_id]}
        return {SERVICE: "Service", **beside}


def education(page: Page) -> Education:
    """Counted once for a load, and for everybody."""
    held, day = held_in(page), page.live.load.as_at

    def made() -> CountedOnADay:
        asked = (page.engine, open_children(day), page.viewer, alike)
        children = list(children_of(read_parts(*asked))) if held else []
        units, schools = by_unit(children), by_school(children)
        hidden = hidden_lines(units), hidden_lines(schools, beside=units)
        return CountedOnADay(units, schools, *hidden)

    return Education(page, kept.made_once(f"education {day}", page.loaded, made), held)


def education_title(told: Education) -> Markup:
    """Which day this is, of whom it speaks, and of whom it can't."""
    page = told.page
    whose = "the whole service" if told.unit_id == SERVICE else told.columns[told.unit_id]
    return Markup(
        '<div class="cs-title"><h1>Education and services: {} on {}</h1>'
        '<nav aria-label="This page">{}{}</nav></div>'
        '<p class="cs-lead">{}</p><p class="cs-note">{}</p>'
    ).format(
        whose,
        written_date(page.live.load.as_at),
        unit_picker("education", page.address, {**told.units, SERVICE: "The whole service"}),
        way_to_unit(page),
        LEAD,
        _of(told),
    )


def _of(told: Education) -> str:
    if not told.held:
        return NONE_HELD
    counted = told.counted.units
    led = several(counted.opened[SERVICE], "open child", "open children")
    few = 0 < counted.no_unit < SMALLEST_SHOWN
    without = f"under {SMALLEST_SHOWN}" if few else count(counted.no_unit)
    return (
        f"{led} led by a unit in the whole service. Led by no unit, and in nothing here: {without}."
    )
