"""What the page Segments is about: the day, the rules, which of its parts, and what is amiss."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import streamlit as st
from markupsafe import Markup
from sqlalchemy import Row, inspect

from charts.tables import link
from data_access.database import read
from data_access.derived_with import changes_told, rules_changed_since, settings_counted_with
from data_access.guard.open_rows import Restricted
from data_access.schema import assessment_factor, segment_proposal
from data_access.settings import EVERY_UNIT
from data_access.viewer import read_sums
from metrics.segments.judging import Outcome
from metrics.segments.listed import counted_by_class, is_elsewhere, last_day, of_every_day
from metrics.segments.ruled_units import not_there_told
from metrics.segments.rules import Rules, rules_on
from metrics.segments.words import unit_told
from metrics.sentence import count, written_date
from ui.address import WrongAddress, unit_address_parts
from ui.pages import PAGES
from ui.segments.proposed_here import ProposedHere, proposed_here, proposed_here_line
from ui.segments.ruled import not_there_on
from ui.session import Page

QUEUE, PROPOSALS, ELSEWHERE, RULES = "queue", "proposals", "elsewhere", "rules"
PARTS = {
    QUEUE: "Who fits no unit",
    PROPOSALS: "Proposals",
    ELSEWHERE: "Held elsewhere than proposed",
    RULES: "Rules, and what if",
}
# Under one unit, in the part of those held elsewhere: who is for it, and held by another.
HERE = "here"
ABOUT = (
    "Which unit each open family is for, by the rules alone: what authorised assessments found on"
    " {day}. A proposal moves no case. Families with a restricted child are in no list and no"
    " number here, unless you may see restricted records."
)
NO_FILE = (
    "There are no rules: no segments.toml stands beside the file of settings, so nothing is"
    " proposed. docs/settings.md says what it holds."
)
NOT_DERIVED = (
    "Of no open family anything was proposed when these data were derived: where there are open"
    " cases and rules in force, run 'python childstat.py derive'."
)
NONE_IN_FORCE = (
    "No rule of segments.toml is in force on {day}, the last day of these data: the first applies"
    " from {first}. Correct applies_from there, or load later data."
)
NO_FACTORS = (
    "No assessment in these data has a factor, so nothing can be proposed and no family is counted:"
    " factors are not in this source, which is no finding about families."
)


@dataclass(frozen=True)
class Segmented:
    """The page's day and rules, and how many families of each day, outcome and class there are.

    `not_there` says of a unit that has a rule why no family can go there. `here` are families of
    other units who are proposed for the one that is looked at: they are not among those counted.
    """

    page: Page
    day: date
    rules: Rules
    counted: list[Row]
    not_there: Mapping[str, str]
    here: ProposedHere | None = None

    @property
    def units(self) -> Mapping[str, str]:
        """Units by name."""
        known = self.page.live.units.items()
        return {unit_id: name for unit_id, name in known if unit_id is not None}

    def proposed(self, unit_id: str) -> str:
        """A unit of the rules by name, and why no family can go there, if none can."""
        return unit_told(unit_id, self.units, self.not_there)

    @property
    def today(self) -> list[Row]:
        """Of the day alone."""
        return [row for row in self.counted if row.as_on == self.day]

    @property
    def ruled(self) -> frozenset[str]:
        """The units that have a rule."""
        return frozenset(rule.unit for rule in self.rules.rules)

    def families(self, *outcomes: Outcome) -> int:
        """How many families of the day are of these outcomes."""
        return sum(row.families for row in self.today if row.outcome in outcomes)

    @property
    def elsewhere(self) -> int:
        """How many are held by another unit than the rules say, both ways."""
        return sum(row.families for row in self.today if is_elsewhere(row, self.ruled))

    def number_of(self, part: str) -> int:
        """How many families a part has; of the rules, how many rules."""
        return {
            QUEUE: self.families(Outcome.NO_FIT),
            PROPOSALS: self.families(*Outcome),
            ELSEWHERE: self.elsewhere,
            HERE: self.here.open if self.here else 0,
            RULES: len(self.rules.rules),
        }[part]


def part_named(page: Page) -> str:
    """The part that the address names; who fits no unit unless it says."""
    name = page.address.worklist or QUEUE
    if name not in PARTS:
        raise WrongAddress(f"There is no list of this name here; there are {', '.join(PARTS)}.")
    return name


def segmented(page: Page) -> Segmented:
    """What the page is made of; where there is nothing, it says why and ends."""
    page.draw(page.header(), _title(page))
    settings = page.live.settings
    if not settings.segments.rules:
        _end(page, NO_FILE)
    day = _last_day(page)
    if not settings.segments.on(day):
        first = min(rule.applies_from for rule in settings.segments.rules)
        _end(page, NONE_IN_FORCE.format(day=written_date(day), first=written_date(first)))
    if _lacks_factors(page) and part_named(page) != RULES:
        _end(page, NO_FACTORS)
    rows = of_every_day(page.address.view.scope)
    counted = read_sums(
        page.engine, rows, page.viewer, counted_by_class, restricted=Restricted.LEFT_OUT
    )
    rules = rules_on(settings.segments, day)
    here = proposed_here(page, day, {rule.unit for rule in rules.rules})
    return Segmented(page, day, rules, list(counted), not_there_on(page, day), here)


def _title(page: Page) -> Markup:
    """With the way to Patterns, for whoever sees figures."""
    there = PAGES["patterns"]
    where = page.address.link("patterns", **page.address.unit)
    way = Markup('<a class="cs-button" href="{}">{}</a>').format(where, there.title)
    return Markup(
        '<div class="cs-title"><h1>Segments</h1><nav aria-label="This page">{}</nav></div>'
    ).format(way if there.is_open_to(page.viewer) else "")


def _last_day(page: Page) -> date:
    """The last day of which anything is proposed; without one the page ends."""
    has_table = inspect(page.engine).has_table(segment_proposal.name)
    day = read(page.engine, last_day())[0].as_on if has_table else None
    if day is None:
        _end(page, NOT_DERIVED)
    assert day is not None, "else the page has ended"
    return day


def _end(page: Page, sentence: str) -> None:
    page.draw(Markup("<p>{}</p>").format(sentence))
    st.stop()


def segments_title(on: Segmented, part: str) -> Markup:
    """The four parts with how many families each has, and what is to be known of all of them."""
    about = ABOUT.format(day=written_date(on.day))
    return Markup('<p class="cs-counts">{}</p>{}{}<p class="cs-note">{}</p>{}').format(
        _parts(on, part),
        proposed_here_line(on.page, on.here, ELSEWHERE),
        _units(on.page, part),
        about,
        _amiss(on),
    )


def _parts(on: Segmented, part: str) -> Markup:
    shown = []
    for name, words in PARTS.items():
        where = on.page.address.link("segments", list=name, **on.page.address.unit)
        said = Markup("<strong>{}</strong>").format(words) if name == part else link(where, words)
        shown.append(Markup("<span><b>{}</b>{}</span>").format(count(on.number_of(name)), said))
    return Markup("").join(shown)


def _units(page: Page, part: str) -> Markup:
    """Ways to one unit's families, of the units that are open to the viewer."""
    chosen = page.address.view.scope.unit_id
    named = [
        (unit_id, "Every unit that is open to you" if unit_id == EVERY_UNIT else name)
        for unit_id, name in page.live.units.items()
        if unit_id == EVERY_UNIT or page.viewer.may_see(unit_id)
    ]
    ways = [
        Markup("<b>{}</b>").format(name)
        if unit_id == chosen
        else link(page.address.link("segments", list=part, **unit_address_parts(unit_id)), name)
        for unit_id, name in named
    ]
    return Markup("<p>{}</p>").format(Markup(" · ").join(ways))


def _lacks_factors(page: Page) -> bool:
    """Whether no source brought any: then every family who is assessed would fit no unit."""
    written = page.live.load.tables
    return bool(written) and not written.get(assessment_factor.name, {}).get("written")


def _amiss(on: Segmented) -> Markup:
    page = on.page
    changed = rules_changed_since(settings_counted_with(page.engine), page.live.settings)
    sentences = [
        changes_told(changed, "proposals"),
        not_there_told(on.not_there, on.units),
        NO_FACTORS if _lacks_factors(page) else None,
    ]
    told = (Markup('<p class="cs-trouble">{}</p>').format(one) for one in sentences if one)
    return Markup("").join(told)
