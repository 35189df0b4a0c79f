"""Concern factors by unit with their months, and the pairs that occur most often."""

from collections.abc import Iterator

from markupsafe import Markup

from charts.spark import sparkline
from charts.tables import table
from metrics.model import SMALLEST_SHOWN, Polarity, Tally
from metrics.patterns.counting import Unit
from metrics.patterns.factors import Factor
from metrics.sentence import count
from metrics.spc.chart_choice import Kind, ValueTraits, chart_of
from metrics.spc.chart_reading import ChartReading
from metrics.spc.charting import ChartRequest
from metrics.spc.limits import Options
from metrics.spc.words import word_of
from metrics.writing import several
from ui.explore.words import framed
from ui.patterns.guarded import told_pairs
from ui.patterns.opening import OneDay, Patterns

PAIRS_SHOWN = 10
SHARES = ValueTraits(Kind.SHARE, Polarity.NEITHER, 100, 0, 100)
# Most children of a month's end are there again at the next, so a run of months says nothing.
OUTSIDE_ALONE = Options(run_length=1000, near_counts_outside=False)
HIDDEN = Markup('<span class="cs-quiet">hidden</span>')
HOW_TO_READ = (
    "In the census’s order, never by size. “hidden”: 1 to 5 children have it, or all but 1 to 5,"
    " or the number stands beside such a one, which could be worked out from it. By month: the"
    " last {months} of {name}, each with the limits of its own number of children (p-chart);"
    " judged alone is what lies outside, as most children of one month are there in the next."
)
PAIRS = (
    "Two factors of one child, most often first: of {name}, with six children or more. A pair is"
    " left out where a number of 1 to 5 could be worked out from it."
)
NO_PAIR = "No two factors are told of six children or more."


def factors_table(on: Patterns) -> Markup:
    """Each line of factors: the service and the units beside each other, and the months of one."""
    rows = [*_covered_rows(on), *(_line(on, line) for line in on.last.counted.lines)]
    headings = ["Factor", *(_heading(on, *one) for one in on.columns.items()), "By month", ""]
    note = HOW_TO_READ.format(months=_months(on), name=on.name)
    return Markup('<h2>Concern factors by unit</h2>{}<p class="cs-note cs-quiet">{}</p>').format(
        framed(table(headings, rows), "Concern factors by unit"), note
    )


def _months(on: Patterns) -> str:
    return several(len(on.days), "month") if len(on.days) > 1 else "month"


def _heading(on: Patterns, unit_id: Unit, name: str) -> Markup:
    """Underlined: whose months and pairs are shown."""
    return Markup("<u>{}</u>").format(name) if unit_id == on.unit_id else Markup("{}").format(name)


def _covered_rows(on: Patterns) -> Iterator[tuple[object, ...]]:
    counted = on.last.counted
    opened = (count(counted.opened[unit_id]) for unit_id in on.columns)
    assessed = (share_cell(counted.covered(unit_id)) for unit_id in on.columns)
    yield "Open children", *opened, "", ""
    yield "Assessed, of those", *assessed, "", ""


def _line(on: Patterns, line: Factor) -> tuple[object, ...]:
    cells = (
        share_cell(tally) if (tally := _told(on.last, unit_id, line)) else HIDDEN
        for unit_id in on.columns
    )
    reading = trend(on, line)
    drawn = sparkline(reading, f"{line.name}, by month")
    name = (
        Markup('<span class="cs-part">{}</span>').format(line.name) if line.part_of else line.name
    )
    return name, *cells, drawn, _said(reading)


def _told(day: OneDay, unit_id: Unit, line: Factor) -> Tally | None:
    """What is told of the line; None where it is hidden, and where nobody is assessed."""
    tally = day.counted.share(unit_id, line.key)
    if (unit_id, line.key) in day.hidden:
        return None
    return tally


def share_cell(tally: Tally) -> Markup:
    """A share, and beside it of how many: "12% 291"; a dash where there is nobody."""
    if not tally.denominator:
        return Markup("–")
    share = 100 * tally.numerator / tally.denominator
    return Markup("{}% <small>{}</small>").format(f"{share:.0f}", count(tally.numerator))


def trend(on: Patterns, line: Factor) -> ChartReading:
    """The line's months of the page's unit: those hidden, or before anybody is assessed, a gap."""
    tallies = [_told(day, on.unit_id, line) for day in on.days.values()]
    request = ChartRequest(Polarity.NEITHER, options=OUTSIDE_ALONE)
    return chart_of(list(on.days), tallies, SHARES, request)


def _said(reading: ChartReading) -> str:
    return word_of(reading) if reading.mark else ""


def pairs_table(on: Patterns) -> Markup:
    """The ten commonest pairs of the page's unit."""
    names = {line.key: line.name for line in on.last.counted.lines}
    order = list(names)
    told = told_pairs(on.last.counted, on.unit_id)
    many = [(n, pair) for pair, n in told.items() if n >= SMALLEST_SHOWN]
    first = sorted(many, key=lambda one: (-one[0], *map(order.index, one[1])))[:PAIRS_SHOWN]
    rows = [
        (f"{names[one]} + {names[other]}", count(n), _share(on, n)) for n, (one, other) in first
    ]
    body = framed(table(("Pair", "Children", "Of those assessed"), rows), "Pairs")
    return Markup(
        '<h2>Which factors come together: {}</h2>{}<p class="cs-note cs-quiet">{}</p>'
    ).format(
        on.name, body if rows else Markup("<p>{}</p>").format(NO_PAIR), PAIRS.format(name=on.name)
    )


def _share(on: Patterns, number: int) -> str:
    return f"{100 * number / on.last.counted.assessed[on.unit_id]:.0f}%"
