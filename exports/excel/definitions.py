"""What every number in the pack counts, in the metrics' own words."""

from collections.abc import Iterator

from exports.excel.style import SMALL, SUBTITLE, TITLE, Book
from exports.pack import AUDIENCE_WORDS, Pack
from exports.text import height, shown_as
from metrics.council.published import published_of
from metrics.model import Metric, View
from metrics.sentence import written_date
from metrics.stored.history import counted_from
from metrics.targets import aim_of, is_of_the_service_alone

DEFINITIONS = "Definitions"
HEADING_ROW = 2
HEADINGS = ("Definition", "Of", "Says")
WIDTHS = (230, 130, 660)
HIDDEN_RULE = (
    "A figure is hidden if its count, what it is out of, what lies between them, what one that is"
    " part of it leaves, or the number of people behind any of these is 1 to 5,"
    " and with it the figure of the unit that it is paired with, whatever that is, so that neither"
    " can be worked out; more where these add up to little. Of children on their way through a case"
    " (plans, moves, closing and coming back) only the whole service is told, as a unit's figure"
    " could be worked out from others. What is summed to date is told at the ends of quarters, and"
    " hidden where 1 to 5 came to it since it was last"
    " shown. Counts beside the figures are left out."
)


def write_definitions(book: Book, pack: Pack) -> None:
    """One row for each thing said of a metric: it may run over several pages."""
    sheet = book.page(DEFINITIONS, pack, pages_high=0)
    for column, pixels in enumerate(WIDTHS):
        sheet.set_column_pixels(column, column, pixels)
    book.write(sheet, 0, 0, "What each number counts", **TITLE)
    sheet.set_row_pixels(0, 40)
    book.write(sheet, 1, 0, "Rates are divided once and rounded only where shown.", **SUBTITLE)
    sheet.set_row_pixels(1, 28)
    rows = [row for metric in pack.metrics for row in _rows(pack, metric)]
    rows += list(_general(pack))
    for sheet_row, row in enumerate(rows, HEADING_ROW + 1):
        for column, text in enumerate(row):
            book.write(sheet, sheet_row, column, text, **SMALL, text_wrap=True)
        sheet.set_row_pixels(sheet_row, height(row[-1], 12, WIDTHS[-1]))
    last = HEADING_ROW + len(rows)
    place = (HEADING_ROW, 0, last, len(HEADINGS) - 1)
    book.table(sheet, place, "Definitions", "What each measure counts", HEADINGS)
    sheet.print_area(0, 0, last, len(HEADINGS) - 1)
    sheet.repeat_rows(HEADING_ROW)


def _rows(pack: Pack, metric: Metric) -> Iterator[tuple[str, str, str]]:
    name = f"{metric.number} {metric.name}"
    yield name, "Question", metric.question
    yield name, "Counted", metric.words.numerator
    yield name, "Out of", metric.words.denominator
    yield name, "Shown as", shown_as(metric)
    yield from ((name, "Target", words) for words in _targets(pack, metric))
    yield from ((name, "Elsewhere", words) for words in _elsewhere(pack, metric))
    missing = pack.figures.load.not_in_source.get(metric.key)
    if missing:
        yield name, "In this source", f"Not in this source: {missing}"
    elif from_when := counted_from(pack.figures.load, metric):
        yield name, "In this source", from_when
    yield name, "Source", pack.worded(metric.source)
    for rule in metric.edge_cases:
        yield name, "Rule", pack.worded(rule)


def _targets(pack: Pack, metric: Metric) -> Iterator[str]:
    """Each target with its first day; of a relative one from what it is, or what it lacks."""
    for target in pack.figures.settings.targets:
        if target.metric == metric.key:
            since = written_date(target.applies_from)
            value = metric.measure.written(target.value)
            by = f", by {written_date(target.by)}" if target.by else ""
            whose = ", of the whole service" if is_of_the_service_alone(metric) else ""
            yield f"{value} from {since}{by}{whose}. {target.source}."
    if note := aim_of(pack.figures, metric, View(pack.period)).note:
        yield note


def _elsewhere(pack: Pack, metric: Metric) -> Iterator[str]:
    """The council's own comparators, then what was published."""
    for other in pack.figures.settings.comparators:
        if other.metric == metric.key:
            value = metric.measure.written(other.value)
            words = f"{other.place}: {value} ({other.period}; {other.source}). {other.definition}"
            yield f"{words} No target."
    yield from _published(pack, metric)


def _published(pack: Pack, metric: Metric) -> Iterator[str]:
    """What was published of the month's year, or of the last one before it: one line a place."""
    for published in published_of(metric, pack.figures.settings):
        for place, by_year in published.values.items():
            years = [year for year in by_year if year <= pack.period.year]
            if years:
                value, part = published.written(place, max(years)), published.part
                when = f"{published.period} {max(years)}; {published.source}"
                words = f"{place}{f', {part}' if part else ''}: {value} ({when})."
                yield f"{words} {published.definition} No target."


def _general(pack: Pack) -> Iterator[tuple[str, str, str]]:
    as_at = written_date(pack.as_at)
    yield "This pack", "As at", f"{as_at}. A month that ends after that day is provisional."
    yield "This pack", "Missing", "A blank or a dash is missing, never 0."
    if pack.is_invented:
        yield "This pack", "Invented", "Invented data: nothing in it is about anybody."
    if not pack.is_for_the_service:
        yield "This pack", f"For {AUDIENCE_WORDS[pack.audience]}", HIDDEN_RULE
