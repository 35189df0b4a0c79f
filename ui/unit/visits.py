"""Visits to be made: the unit's three work lists as they stand today."""

from collections.abc import Sequence

from markupsafe import Markup
from sqlalchemy import Row

from charts.tables import link, table
from data_access.guard.asked import Asked
from data_access.viewer import read_sums
from metrics.catalogue import work_list_metric
from metrics.lists.work_lists import counted_by_state
from metrics.sentence import count
from ui.listing.asked_for import Lists, nothing_found
from ui.listing.intervals import clock_words
from ui.lists import WORKLISTS, Listing, child_link, work_of, worklist
from ui.metric.disputes import LOOKS_WRONG, Doubted, doubt_link, doubted_on
from ui.not_in_source import why_no_work
from ui.session import Page
from ui.unit.length import at_most, list_parts, rest, way_to_cards
from ui.unit.today_and_month import beside_narrowed_work, beside_work_today

HEADINGS = {
    "overdue": ("Overdue", "due date and recording standard passed, nothing recorded"),
    "no_record_yet": ("No record yet", "due date passed, still within the recording standard"),
    "due_soon": ("Due in the next 10 working days", "from today on"),
}
DAYS = {
    "overdue": "Working days over",
    "no_record_yet": "Working days over",
    "due_soon": "Working days left",
}
# The columns of a list, those first that a telephone has to show, each with what it is ordered by;
# the one without words counts days.
LISTED = {
    "Child": "child_name",
    "": "days",
    "Due (this child’s interval)": "due_on",
    "Last seen": "last_seen_on",
    "Worker": "worker_name",
    "Plan": "kind",
    "To be seen (standard unless agreed)": None,
    "Tried": "attempts",
    LOOKS_WRONG: None,
}
COLUMNS = tuple(filter(None, LISTED.values()))


def lists_of(page: Page, *more_columns: str) -> Lists:
    """The lists of the page, to be put in order by its headings."""
    return Lists(page, (*COLUMNS, *more_columns), list_parts(page.address))


def work_lists(page: Page, held: Sequence[Row], asked: Asked) -> Markup:
    """How many stand in each work list, and the lists; or why nobody can tell."""
    reason = why_no_work(page)
    if reason:
        return Markup("<h2>Visits to be made</h2>{}").format(reason)
    work = work_of(page, held)
    rows = read_sums(page.engine, work, page.viewer, counted_by_state)
    numbers = {row.state: row.rows for row in rows}
    doubted = doubted_on(page, work_list_metric())
    is_narrowed = page.address.worker is not None or page.address.plan is not None
    beside = page.cached(beside_narrowed_work) if is_narrowed else page.cached(beside_work_today)
    shown = Markup("").join(
        _list_section(page, worklist(page, name, work), numbers.get(name, 0), doubted, asked)
        for name in WORKLISTS
    )
    return Markup('<p class="cs-counts">{}</p>{}<div class="cs-stack">{}</div>').format(
        _counts(numbers), beside, shown
    )


def _counts(numbers: dict[str, int]) -> Markup:
    return Markup("").join(
        Markup("<span><b>{}</b>{}</span>").format(
            numbers.get(name, 0), link(f"#{name}", HEADINGS[name][0].lower())
        )
        for name in WORKLISTS
    )


def _list_section(
    page: Page, listing: Listing, number: int, doubted: Doubted, asked: Asked
) -> Markup:
    """One row per child and plan."""
    name = str(listing.address_parts["list"])
    heading, says = HEADINGS[name]
    most = at_most(page.address, number)
    rows = listing.rows(page, most, asked=asked) if number else ()
    return Markup(
        '<section id="{}"><h2>{} <small class="cs-quiet">{}{}</small></h2>{}</section>'
    ).format(
        name,
        heading,
        says,
        way_to_cards(page, name) if rows else "",
        _body(page, listing, rows, number, doubted, asked),
    )


def _body(
    page: Page,
    listing: Listing,
    rows: Sequence[Row],
    number: int,
    doubted: Doubted,
    asked: Asked,
) -> Markup:
    if not rows:
        return nothing_found(asked) if number and asked.words else Markup("<p>None.</p>")
    shown = [
        (
            child_link(page, listing.address_parts, row),
            *_clock_cells(row),
            doubt_link(page, work_list_metric(), doubted, listing.address_parts, row, place),
        )
        for place, row in enumerate(rows, start=1)
    ]
    lists, days = lists_of(page), DAYS[str(listing.address_parts["list"])]
    headings = [lists.heading(words or days, by, asked) for words, by in LISTED.items()]
    unseen = left_out(number, len(shown), at_most(page.address, number), asked)
    more = rest(page, unseen, "choose a worker or a plan, or ")
    return table(headings, shown) + more


def left_out(number: int, shown: int, most: int | None, asked: Asked) -> str:
    """How many more there are; of what is found nobody has counted them."""
    if asked.words:
        return "perhaps more" if shown == most else ""
    return f"{count(number - shown)} more" if number > shown else ""


def _clock_cells(row: Row) -> tuple[object, ...]:
    if row.is_closed:
        return (*[None] * 3, row.worker_name, *[None] * 3)
    return (
        row.days,
        row.due_on,
        row.last_seen_on,
        row.worker_name,
        row.kind,
        clock_words(row),
        row.attempts or None,
    )
