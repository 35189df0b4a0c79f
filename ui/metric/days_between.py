"""On Metric, under the chart of a rare count: the days from one to the next, which say more."""

from markupsafe import Markup

from charts.spark import sparkline
from data_access.database import read
from metrics.kinds.days_between import days_it_happened, gaps_reading, gaps_sentence, is_told
from ui.metric.chart import chosen_result
from ui.session import Page

SECTION = Markup("<h2>Days from one to the next</h2><p>{}</p>")
NOT_TOLD = "Not told to you: some of them are about restricted records."


def days_between_section(page: Page) -> Markup:
    """A sentence and a line; nothing where months say enough, or as a month was published.

    A published month keeps its figures and no days: those of now might be others.
    """
    address = page.address
    metric, view = address.metric, address.view
    if page.shown or not is_told(metric, chosen_result(address, page.figures).chart):
        return Markup("")
    query = days_it_happened(metric, view, page.basis)
    rows = page.cached_as(days_it_happened, lambda: list(read(page.engine, query)))
    # Of few things a day tells which: left out, it would make two gaps one.
    if any(row.restricted for row in rows) and not page.viewer.may_see_restricted:
        return SECTION.format(NOT_TOLD)
    days = [row.day for row in rows]
    reading = gaps_reading(metric, days)
    if reading is None:
        return Markup("")
    known_to = min(view.period.last_day, page.live.load.as_at)
    said = gaps_sentence(reading, days, known_to)
    drawn = Markup('{}</p>{}<p class="cs-note">{}').format(
        said, sparkline(reading, said), reading.why
    )
    return SECTION.format(drawn)
