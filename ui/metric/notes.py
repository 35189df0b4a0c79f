"""Notes on a chart and new limits: what stands, and writing or withdrawing one."""

from collections.abc import Mapping

from markupsafe import Markup
from sqlalchemy import Engine

from charts.tables import link, table
from data_access.problems import NotAllowed
from data_access.viewer import Act
from meeting.figure_notes import withdraw, write_note
from metrics.model import Period, View
from metrics.publication import Note, NoteKind
from metrics.sentence import written_date
from ui.address import WrongAddress
from ui.forms import write
from ui.session import Page

WHAT = {
    "A note beside a month": NoteKind.WORDS,
    "New limits from a month on: the service itself changed then": NoteKind.NEW_LIMITS,
}
ABOUT_LIMITS = (
    "New limits are a decision about the service, not about the figures: something was changed"
    " that is meant to last, and nobody expects the months before to come back. Until 13 months"
    " have passed the chart says that there are too few. A published month keeps the chart that"
    " it was published with."
)
NOT_HERE = (
    "Notes and new limits are written by those to whom every row behind the chart is open: a unit’s"
    " by who sees its children, the service’s by who sees every unit’s."
)


def not_here(page: Page) -> bool:
    """Whether the chart is not the viewer's to write on: then it says so in the form's place."""
    if page.shows_every_row:
        return False
    page.draw(Markup('<p class="cs-note cs-quiet">{}</p>').format(NOT_HERE))
    return True


def _refuse_unless_here(page: Page) -> None:
    if not page.shows_every_row:
        raise NotAllowed(NOT_HERE)


def chart_notes(page: Page) -> list[Note]:
    """What stands beside the months up to the address's."""
    return page.live.notes_on(page.address.metric, page.address.view)


def months_by_name(page: Page) -> dict[str, Period]:
    """The months that something can be written beside, the latest first."""
    known = [month for month in page.figures.months if month <= page.address.view.period]
    return {str(month): month for month in reversed(known)}


def month_asked(page: Page, query: Mapping[str, str]) -> Period | None:
    """The month with which the address asks for new limits: a chart's proposal, to be decided."""
    if "limits" not in query:
        return None
    months = months_by_name(page).values()
    found = [month for month in months if month.key == query["limits"]]
    if not found:
        raise WrongAddress("The address’s “limits” is no month of this chart: write it as 2016-09.")
    return found[0]


def standing_notes(page: Page) -> Markup:
    """The page's title, and every note with who wrote it and when."""
    metric, unit = page.address.metric, page.figures.units[page.address.view.scope.unit_id]
    rows = [
        (
            str(Period.of(note.month)),
            note.kind.value,
            note.words,
            note.by,
            written_date(note.written_at.date()),
        )
        for note in chart_notes(page)
    ]
    headings = ("Month", "What", "Words", "By", "Written")
    listed = table(headings, rows) if rows else Markup("<p>Nothing is written yet.</p>")
    return Markup(
        '<div class="cs-title"><h1>Notes and limits: {}, {}</h1></div>{}<p class="cs-note">{}</p>{}'
    ).format(metric.name, unit, listed, ABOUT_LIMITS, _back_to_chart(page))


def _back_to_chart(page: Page) -> Markup:
    metric = page.address.metric.key
    return Markup("<p>{}</p>").format(
        link(page.address.link("metric", metric=metric, **page.address.unit), "← back to the chart")
    )


def write_chart_note(page: Page, kind: NoteKind, month: Period, words: str) -> None:
    """Writes it; says what was done, or why it could not be."""
    view = View(month, page.address.view.scope)
    metric = page.address.metric

    def work(store: Engine) -> str:
        _refuse_unless_here(page)
        write_note(store, kind, metric, view, words, page.viewer.name)
        return "Noted."

    write(page, Act.NOTE, work)


def withdraw_limits(page: Page, note: Note) -> None:
    """Withdraws new limits; says what was done, or why it could not be."""

    def work(store: Engine) -> str:
        _refuse_unless_here(page)
        withdraw(store, note, page.viewer.name)
        return "Withdrawn; both stay on record."

    write(page, Act.NOTE, work)
