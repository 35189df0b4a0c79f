"""What a figure is made of: its rows added up by what its metric is split by."""

from collections.abc import Sequence

from markupsafe import Markup
from sqlalchemy import Row

from charts.tables import table
from data_access.guard.of_figures import read_parts
from meeting.published.frozen_sums import frozen_parts
from metrics.model import Measure, Metric, Tally
from metrics.rows_behind import rows_behind, sums_by_part
from metrics.sentence import count
from ui.lists import RESTRICTED_PART, SET_APART
from ui.session import Page


def split_table(page: Page) -> Markup:
    """Totals by what the metric is split by, restricted records apart; they hold no person.

    Nothing where there is no row: a table of headings alone says less.
    """
    metric = page.address.metric
    if metric.split.by is None:
        return Markup("")
    parts = sorted(
        _parts(page, metric.split.by),
        key=lambda part: (part.is_closed, metric.split.place(part.part)),
    )
    if not parts:
        return Markup("")
    heading = metric.drill_down.get(metric.split.by, metric.split.by).capitalize()
    shared = "denominator" if metric.split.divides_denominator else "numerator"
    total = sum(getattr(part, shared) or 0 for part in parts)
    rows = [_part_row(metric, part, Tally(getattr(part, shared) or 0, total)) for part in parts]
    sums = metric.words.of_a_table[: 2 if metric.split.divides_denominator else 1]
    headings = (heading, "Rows", *sums, "Of all")
    return Markup("<h2>What it is made of</h2>{}{}").format(table(headings, rows), _apart(parts))


def _parts(page: Page, by: str) -> Sequence[Row]:
    metric, view, store = page.address.metric, page.address.view, page.published.store
    if page.shown and store:
        published = page.shown.publication
        return frozen_parts(store, page.engine, published, metric, view, page.viewer)
    rows = rows_behind(metric, view, page.basis)
    return read_parts(page.engine, rows, page.viewer, lambda seen: sums_by_part(seen, by))


def _part_row(metric: Metric, part: Row, of_all: Tally) -> tuple[object, ...]:
    sums = (
        [part.numerator, part.denominator] if metric.split.divides_denominator else [part.numerator]
    )
    return (
        RESTRICTED_PART if part.is_closed else metric.split.name(part.part),
        part.rows,
        *(count(number or 0) for number in sums),
        Measure.PERCENT.written(Measure.PERCENT.figure(of_all)),
    )


def _apart(parts: Sequence[Row]) -> Markup:
    if not any(part.is_closed for part in parts):
        return Markup("")
    return Markup('<p class="cs-note cs-quiet">{}</p>').format(SET_APART)
