"""Shares of open children by unit and by school, and how much of each table was matched."""

from collections.abc import Iterator

from markupsafe import Markup

from charts.tables import table
from data_access.settings import EVERY_UNIT
from data_access.viewer import Act
from metrics.model import SMALLEST_SHOWN, Tally
from metrics.others.counting import LINES, OF_SCHOOLS, OTHER_SCHOOLS, LineOfOthers, Part
from metrics.others.held import CALLED, matched_rows
from metrics.others.told import MONTHS_BACK, NOT_IN_SOURCE
from metrics.sentence import count
from ui.education.guarded import Hidden
from ui.education.opening import Education

HIDDEN = Markup('<span class="cs-quiet">hidden</span>')
LACKING = Markup('<span class="cs-quiet">{}</span>').format(NOT_IN_SOURCE)
NOT_COUNTED = "held; no load counted its rows"
NOBODY = Markup("–")
HOW_TO_READ = (
    "A share, and in small how many children. It is of those of whom it is known: who is not"
    " matched with a school is in no share of special needs or exclusions, who has no sessions in"
    " none of absence. Early help and services are shares of all: what is not recorded may have"
    " been. Persistently absent: a tenth or more of the possible sessions missed, in periods that"
    f" ended in the {MONTHS_BACK} months before (DfE). “hidden”: 1 to 5 children, or a number from"
    " which such a one could be worked out."
)
NOT_FOR_ALL = "By school is told of the whole service, to those who see every unit’s figures."
NO_SCHOOL = "No open child is matched with a school whose roll it is on."
UNMATCHED = (
    "A row is matched by the child’s or the family’s id. What was not matched is left out, counted"
    " here, and in no share above."
)
WHERE_THEY_ARE = " Each is told by 'python childstat.py check'; many of one table as one."


def units_table(told: Education) -> Markup:
    """Each line for the service and its units, or the address's unit, beside each other."""
    opened = (count(told.counted.units.opened[part]) for part in told.columns)
    first = [("An open case", *opened)] if told.held else []
    rows = [*first, *(_line(told, line) for line in LINES)]
    return Markup('<h2>By unit</h2>{}<p class="cs-note cs-quiet">{}</p>').format(
        table(("Children with", *told.columns.values()), rows), HOW_TO_READ
    )


def _line(told: Education, line: LineOfOthers) -> tuple[object, ...]:
    if line.table not in told.held:
        return line.name, LACKING, *("" for _ in list(told.columns)[1:])
    counted, hidden = told.counted.units, told.counted.hidden_of_units
    return line.name, *(
        cell(hidden, part, line, counted.share(part, line.key)) for part in told.columns
    )


def cell(hidden: Hidden, part: Part, line: LineOfOthers, tally: Tally) -> Markup:
    """A share; hidden before all else, as that nobody is known would tell of a unit beside it."""
    if (part, line.key) in hidden:
        return HIDDEN
    if not tally.denominator:
        return NOBODY
    share = 100 * tally.numerator / tally.denominator
    return Markup("{}% <small>{}</small>").format(f"{share:.0f}", count(tally.numerator))


def schools_table(told: Education) -> Markup:
    """Each school of six children or more; the others are one line together."""
    heading = Markup('<h2>By school <small class="cs-quiet">the whole service</small></h2>{}')
    if EVERY_UNIT not in told.page.viewer.figures:
        return heading.format(Markup("<p>{}</p>").format(NOT_FOR_ALL))
    rows = list(_school_rows(told))
    if not rows:
        return heading.format(Markup("<p>{}</p>").format(NO_SCHOOL))
    headings = ("School", "Open children", *(line.name for line in _held_of_schools(told)))
    return heading.format(table(headings, rows))


def _school_rows(told: Education) -> Iterator[tuple[object, ...]]:
    counted, hidden = told.counted.schools, told.counted.hidden_of_schools
    named = sorted(counted.parts, key=lambda part: (part == OTHER_SCHOOLS, part or ""))
    for school in named:
        if counted.opened[school] < SMALLEST_SHOWN:
            continue
        cells = (
            cell(hidden, school, line, counted.share(school, line.key))
            for line in _held_of_schools(told)
        )
        yield school, count(counted.opened[school]), *cells


def _held_of_schools(told: Education) -> list[LineOfOthers]:
    """What no source has is said once, of the units."""
    return [line for line in OF_SCHOOLS if line.table in told.held]


def matches_table(told: Education) -> Markup:
    """Of each table how many rows were given, and how many name a child or family here."""
    matches = {one.table: one for one in matched_rows(told.page.live.load.tables)}
    rows: list[tuple[object, ...]] = []
    for name, called in CALLED.items():
        one = matches.get(name)
        if one is None:
            rows.append(
                (called.capitalize(), NOT_COUNTED if name in told.held else LACKING, "", "", "")
            )
            continue
        share = f"{100 * one.matched / one.given:.0f}%"
        rows.append((
            called.capitalize(), count(one.given), count(one.matched), share, count(one.unmatched)
        ))  # fmt: skip
    says = UNMATCHED + (WHERE_THEY_ARE if told.page.may(Act.LOAD) else "")
    headings = ("Rows", "Given", "Matched", "Share", "Not matched, and left out")
    return Markup(
        '<h2>What was matched <small class="cs-quiet">of all that was loaded</small></h2>{}'
        '<p class="cs-note cs-quiet">{}</p>'
    ).format(table(headings, rows), says)
