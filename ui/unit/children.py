"""Every child whom one worker holds, due or not: with plan, last seen, next due and state."""

from collections.abc import Mapping, Sequence
from datetime import date

from markupsafe import Markup
from sqlalchemy import Row

from charts.tables import table
from data_access.guard.asked import Asked
from metrics.lists.held_children import LISTED_BY, held_children
from metrics.lists.work_lists import of_plan
from metrics.sentence import count
from ui.child.journey import STATUS_WORDS
from ui.child.next_visit import state_words
from ui.codes import worker_words
from ui.listing.asked_for import Lists, nothing_found
from ui.lists import Listing, child_link, narrowing_parts, worker_named
from ui.not_in_source import why_no_work
from ui.session import Page
from ui.unit.length import list_parts, way_to_cards

HELD = "held"
LISTED = {
    "Child": "child_name",
    "State": "past_by",
    "Next due": "due_on",
    "Plan": "kind",
    "Last seen": "last_seen_on",
    "Status": "status",
}
# What a source without visits or plans can't tell.
OF_VISITS = ("State", "Next due", "Plan", "Last seen")
COLUMNS = tuple(LISTED.values())


def children_of_worker(page: Page, held: Sequence[Row], asked: Asked) -> Markup:
    """The worker's children, who is due first first; nothing where no worker is chosen."""
    if page.address.worker is None:
        return Markup("")
    worker, listing = worker_named(page, held), held_list(page, held)
    rows = listing.rows(page, None, asked=asked)
    heading = f"Every child that {worker_words(page, worker)} holds"
    if worker.worker_id is None:
        heading = "Every child of the unit whom no worker holds"
    return Markup(
        '<section id="held"><h2>{} <small class="cs-quiet">{}{}</small></h2>{}</section>'
    ).format(
        heading,
        _how_many(rows, worker),
        way_to_cards(page, HELD) if rows else "",
        _listed(page, listing.address_parts, rows, asked),
    )


def held_list(page: Page, held: Sequence[Row]) -> Listing:
    """The children of the worker whom the address names, who is due first first."""
    worker, address = worker_named(page, held), page.address
    query = held_children(page.basis, address.view.scope, worker.worker_id)
    address_parts = {"list": HELD, **address.unit, **narrowing_parts(address)}
    return Listing(of_plan(query, address.plan), LISTED_BY, address_parts)


def _how_many(rows: Sequence[Row], worker: Row) -> str:
    shown, every = count(len(rows)), count(worker.children)
    number = every if len(rows) == worker.children else f"{shown} of {every}"
    return f"{number}: the visit that is due first, whether it is due soon or not"


def _listed(page: Page, parts: Mapping[str, object], rows: Sequence[Row], asked: Asked) -> Markup:
    if not rows:
        return nothing_found(asked) if asked.words else Markup("<p>None.</p>")
    reason, lists = why_no_work(page), Lists(page, COLUMNS, list_parts(page.address), "#held")
    places = [place for place, words in enumerate(LISTED) if not (reason and words in OF_VISITS)]
    named = list(LISTED.items())
    headings = [lists.heading(*named[place], asked) for place in places]
    today = page.live.load.as_at
    cells = [(child_link(page, parts, row), *_cells(row, today)) for row in rows]
    return reason + table(headings, [[row[place] for place in places] for row in cells])


def _cells(row: Row, today: date) -> tuple[object, ...]:
    if row.is_closed:
        return (None,) * 5
    status = STATUS_WORDS.get(row.status, "nothing open")
    return state_words(row, today), row.due_on, row.kind, row.last_seen_on, status
