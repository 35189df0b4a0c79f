"""The Metric page's parts: message, reading, units compared, what the figure splits into."""

from collections.abc import Sequence

from markupsafe import Markup
from sqlalchemy import Row

from charts.svg import dot_on_line
from charts.tables import csv_text, folded, link, table
from charts.trend import trend
from data_access.database import read
from meeting.comparing import changes, compare, difference
from meeting.frozen import frozen_parts
from metrics.catalogue import CATALOGUE
from metrics.evaluate import Figures, split
from metrics.model import SERVICE, Measure, Metric, Result, Scope, Tally, View
from metrics.sentence import count, reading, sentence, why_no_value
from ui.address import Address, unit_said
from ui.frame import metric_picker, unit_picker
from ui.month import MONTHS_SHOWN, n_words
from ui.published import other_link
from ui.session import Page

TREND_HEADINGS = ("Month", "Value", "Numerator", "Denominator")


def chosen(address: Address, figures: Figures) -> Result:
    return figures.result(address.metric, address.view)


def trend_of(address: Address, figures: Figures, scope: Scope | None = None) -> list[Result]:
    """The months of the chart, oldest first."""
    of = address.view.scope if scope is None else scope
    return figures.trend(address.metric, of, address.view.period, MONTHS_SHOWN)


def chart(address: Address, figures: Figures) -> object:
    """The unit's months on top of the service's."""
    service = [] if address.view.scope.is_service else trend_of(address, figures, Scope())
    return trend(trend_of(address, figures), service)


def message(address: Address, figures: Figures) -> Markup:
    """The title says what the chart shows; the lines under it say how to read the number."""
    result = chosen(address, figures)
    names = {key: metric.name for key, metric in CATALOGUE.items()}
    first, *_ = reading(result)
    dot = Markup(' <span class="cs-quiet">·</span> {}')
    rows = "" if result.not_in_source else dot.format(link("#rows", "The rows behind it ↓"))
    return Markup(
        '<div class="cs-title"><h1>{}</h1><nav aria-label="This page">{}{}</nav></div>'
        '<p class="cs-under">{}{}</p>'
    ).format(
        sentence(result),
        unit_picker("metric", address, figures, metric=address.metric.key),
        metric_picker(address, names),
        first,
        rows,
    )


def question_and_units(address: Address, figures: Figures) -> Markup:
    """Beside the chart: what the meeting asks, and the units compared."""
    return Markup('<p class="cs-question">{}</p>{}').format(
        address.metric.question, units_compared(address, figures)
    )


def reading_lines(address: Address, figures: Figures) -> Markup:
    """What is always told beside the figure: coverage, pairs, target, and the definition."""
    lines = Markup(" ").join(
        Markup("<li>{}</li>").format(line) for line in reading(chosen(address, figures))[1:]
    )
    definition = link(
        f"{address.link('definitions')}#{address.metric.key}",
        f"Definition {address.metric.number}",
    )
    return Markup('<h2>To be read with it</h2><ul class="cs-reading">{} <li>{}</li></ul>').format(
        lines, definition
    )


def units_compared(address: Address, figures: Figures) -> Markup:
    """Each unit's value in the units' own order, the service last and as an upright line."""
    metric, period = address.metric, address.view.period
    results = {
        unit_id: figures.result(metric, View(period, Scope(unit_id))) for unit_id in figures.units
    }
    known = [one.value for one in results.values() if one.value is not None]
    low, high = (min([0, *known]), max(known)) if known else (0.0, 0.0)
    service = results[SERVICE].value
    rows = [
        _compared(address, result, (low, high), service)
        for result in results.values()
        if result.tally is not None
    ]
    return table(("Unit", "Value", "Upright line: service", "n"), rows)


def _compared(
    address: Address, result: Result, ends: tuple[float, float], service: float | None
) -> tuple[object, ...]:
    scope = result.view.scope
    is_chosen = scope == address.view.scope
    where = address.link("metric", metric=address.metric.key, **unit_said(scope.unit_id))
    name = Markup("<b>{}</b>").format(result.unit_name) if is_chosen else result.unit_name
    if result.value is None:
        return link(where, name), "–", why_no_value(result), n_words(result)
    drawn = dot_on_line(result.value, ends[0], ends[1], service, is_chosen, "")
    return link(where, name), result.written, drawn, n_words(result)


def trend_table(address: Address, figures: Figures) -> Markup:
    """The chart's twin in words."""
    shown = [
        (row[0], row[1], *(None if n is None else count(n) for n in row[2:]))
        for row in _trend_rows(address, figures)
    ]
    return folded("The chart as a table", table(TREND_HEADINGS, shown))


def trend_csv(address: Address, figures: Figures) -> str:
    return csv_text(TREND_HEADINGS, _trend_rows(address, figures))


def _trend_rows(address: Address, figures: Figures) -> list[tuple]:
    return [
        (
            str(one.view.period),
            one.written if one.value is not None else f"– {why_no_value(one)}",
            one.tally.numerator if one.tally else None,
            one.tally.denominator if one.tally else None,
        )
        for one in reversed(trend_of(address, figures))
    ]


def split_table(page: Page) -> Markup:
    """What the figure is made of: totals by what the metric is split by; they hold no person."""
    metric = page.address.metric
    if metric.split_by is None:
        return Markup("")
    parts = page.kept_of(split, lambda: _parts(page))
    heading = metric.drill_down.get(metric.split_by, metric.split_by).capitalize()
    total = sum(part.denominator or 0 for part in parts)
    rows = [_part(metric, part, total) for part in _in_order(metric, parts)]
    headings = (heading, "Rows", "Numerator", "Denominator", "of all")
    return Markup("<h2>What it is made of</h2>{}").format(table(headings, rows))


def _parts(page: Page) -> Sequence[Row]:
    metric, view, store = page.address.metric, page.address.view, page.published.store
    if page.shown and store:
        return frozen_parts(store, page.shown.publication, metric, view)
    return read(page.engine, split(metric, view, page.basis))


def compared(page: Page) -> Markup:
    """What has become of a published figure since: nothing for a month that is not published."""
    frozen, store, address = (
        page.published.of(page.address.view.period),
        page.published.store,
        page.address,
    )
    if frozen is None or store is None:
        return Markup("")
    metric, view = address.metric, address.view
    both = compare(frozen, page.live).get((metric.key, view.scope.unit_id))
    if both is None:
        return Markup("")
    changed = page.kept_of(
        changes, lambda: changes(store, frozen.publication, page.engine, page.live, metric, view)
    )
    words = "As published" if address.known_now else "As known now"
    reason = frozen.publication.reason
    corrected = f" Version {frozen.publication.version}: {reason}" if reason else ""
    return Markup('<p class="cs-compared">{} {}{}</p>').format(
        difference(metric, both, changed), other_link("metric", address, words + " →"), corrected
    )


def _in_order(metric: Metric, parts: Sequence[Row]) -> list[Row]:
    order = list(metric.split_names)
    return sorted(
        parts,
        key=lambda part: (
            order.index(part.part) if part.part in order else len(order),
            str(part.part),
        ),
    )


def _part(metric: Metric, part: Row, total: float) -> tuple[object, ...]:
    share = Measure.PERCENT.figure(Tally(part.denominator or 0, total))
    return (
        metric.part_name(part.part),
        part.rows,
        count(part.numerator or 0),
        count(part.denominator or 0),
        Measure.PERCENT.written(share),
    )


def rows_heading(page: Page) -> Markup:
    metric, result = page.address.metric, chosen(page.address, page.figures)
    return Markup('<h2 id="rows">The rows behind {}</h2><p class="cs-quiet cs-note">{}</p>').format(
        result.written if result.value is not None else "it",
        f"One row is {metric.one_row_is}. Num.: {metric.numerator}."
        f" Den.: {metric.denominator}. Rows that add to the numerator come first.",
    )


def file_name(address: Address, what: str) -> str:
    unit = "-".join(address.unit.values()) or "service"
    return f"{address.metric.key}-{unit}-{address.view.period.key}-{what}.csv"
