"""What the page Patterns is about: the month, whose children, and what is known of them."""

from dataclasses import dataclass
from datetime import date
from functools import cached_property

import streamlit as st
from markupsafe import Markup

from data_access.database import read
from metrics.model import SERVICE, Period
from metrics.patterns.counting import FactorsOnADay, Unit, counted
from metrics.segments.open_families import factors_of_the_open
from metrics.sentence import count, written_date
from metrics.writing import several
from ui import kept
from ui.frame import unit_picker
from ui.pages import PAGES
from ui.patterns.guarded import Hidden, hidden_factors
from ui.session import Page

MONTHS = 13
PURPOSE = "What to learn, and whom to work with: what families bring to each unit."
ABOUT = (
    "Factors are those of the latest authorised assessment, as they are recorded."
    " A child with several counts in each, so a column adds up to more than 100%. Restricted"
    " records are in nothing here."
)
NO_FACTORS = (
    "No assessment in these data has a factor, so there is nothing to see: where the source has"
    " none, that is no finding about families."
)


@dataclass(frozen=True)
class OneDay:
    """What is counted at a month's end, and which of its numbers are not told."""

    counted: FactorsOnADay
    hidden: Hidden


@dataclass(frozen=True)
class Patterns:
    """The page's place, and its months: at most thirteen, oldest first, with the last looked at."""

    page: Page
    days: dict[Period, OneDay]

    @property
    def unit_id(self) -> Unit:
        """Whose pairs and months are shown: a unit's, or "*" for the whole service's."""
        return self.page.address.view.scope.unit_id

    @property
    def name(self) -> str:
        return self.page.live.units[self.unit_id]

    @property
    def last(self) -> OneDay:
        return self.days[self.page.address.view.period]

    @cached_property
    def columns(self) -> dict[Unit, str]:
        """The service and the units open to the viewer that have an open child, in their order."""
        opened = self.last.counted.opened
        known = self.page.live.units
        own = {unit: name for unit, name in known.items() if unit != SERVICE and unit in opened}
        return {SERVICE: "Service", **own}


def patterns(page: Page) -> Patterns:
    """What the page shows; where no assessment has a factor it says so and ends."""
    months = page.address.view.period.run_up(MONTHS)
    days = {month: _day(page, month) for month in months if month in page.live.months}
    found = Patterns(page, days)
    page.draw(page.header(), _title(found))
    if not any(day.counted.lines for day in days.values()):
        page.draw(Markup("<p>{}</p>").format(NO_FACTORS))
        st.stop()
    return found


def _day(page: Page, month: Period) -> OneDay:
    """Counted once for a load, and for everybody: it holds numbers of units alone."""

    def made() -> OneDay:
        found = counted(read(page.engine, factors_of_the_open(_end_of(page, month))))
        return OneDay(found, hidden_factors(found))

    return kept.made_once(f"factors {month.key}", page.loaded, made)


def _end_of(page: Page, month: Period) -> date:
    """Its last day; the last that the data cover where they end before."""
    return min(month.last_day, page.live.load.as_at)


def _title(found: Patterns) -> Markup:
    page = found.page
    whose = "the whole service" if found.unit_id == SERVICE else found.name
    return Markup(
        '<div class="cs-title"><h1>Patterns: {} on {}</h1>'
        '<nav aria-label="This page">{}{}</nav></div>'
        '<p class="cs-lead">{}</p><p class="cs-note">{} {}</p>'
    ).format(
        whose,
        written_date(_end_of(page, page.address.view.period)),
        unit_picker("patterns", page.address, _choices(found)),
        _ways(page),
        PURPOSE,
        _covered(found),
        ABOUT,
    )


def _choices(found: Patterns) -> dict[Unit, str]:
    return {**found.columns, SERVICE: "The whole service"}


def _ways(page: Page) -> Markup:
    """To the proposals that rest on the same factors, and to the figures cut."""
    names = [name for name in ("segments", "explore") if PAGES[name].is_open_to(page.viewer)]
    return Markup(" ").join(
        Markup('<a class="cs-button" href="{}">{}</a>').format(
            page.address.link(name, **page.address.unit), PAGES[name].title
        )
        for name in names
    )


def _covered(found: Patterns) -> str:
    """Of whom nothing here speaks."""
    counted = found.last.counted
    covered = counted.covered(found.unit_id)
    without = covered.denominator - covered.numerator
    led = several(covered.denominator, "open child", "open children")
    told = (
        f"Open and led by a unit: {led}. With an authorised assessment: {count(covered.numerator)};"
        f" without, and so in nothing below: {count(without)}."
    )
    return f"{told} Led by no unit, and in nothing here: {count(counted.no_unit)}."
