"""The sheet for one worker's supervision: what is carried, the last sessions, each child held."""

from collections.abc import Sequence

from markupsafe import Markup
from sqlalchemy import Row

from charts.tables import table
from data_access.guard.of_staff import read_of_staff
from data_access.guard.open_rows import Restricted
from data_access.viewer import read_records
from metrics.practice.staff import Staff, members
from metrics.practice.supervised import (
    CHILDREN_LISTED_BY,
    SESSIONS_LISTED_BY,
    WEEKS_LISTED,
    children_of,
    sessions_of,
)
from metrics.writing import count, several
from ui.child.journey import STATUS_WORDS
from ui.codes import worker_words
from ui.lists import SEARCHED, child_link
from ui.practice.opening import OfStaff, Practice
from ui.practice.shown import lines, title
from ui.practice.words import NONE_RECORDED, NOT_IN_SOURCE, TOLD_ELSEWHERE, weeks_ago
from ui.session import Page

KINDS = {"one_to_one": "one to one", "group": "in a group"}
# What is written by hand in the session: on paper only.
AGREED = "Agreed"
SAYS = "who was talked about longest ago first, and who never was before all"
TAKE_CARE = "It names children and a worker: keep it as the case record is kept."


def sheet(on: Practice, of: OfStaff) -> Markup:
    """All of it, to be printed: only for who is given that worker's line as well."""
    (worker,) = of.workers.values()
    page = on.page
    return Markup('<div class="cs-stack cs-sheet">{}{}{}{}<p class="cs-note">{}</p></div>').format(
        title(page, f"Supervision of {worker_words(page, worker)}", _way_back(page)),
        lines(on, of),
        _children(on, worker),
        _sessions(on, worker),
        TAKE_CARE,
    )


def _way_back(page: Page) -> Markup:
    where = page.address.link("practice", **page.address.unit)
    return Markup('<a class="cs-button" href="{}">Practice</a>').format(where)


def _sessions(on: Practice, worker: Staff) -> Markup:
    heading = f"Sessions of the last {several(WEEKS_LISTED, 'week')}"
    if not on.recorded.sessions:
        return _section("sessions", heading, Markup("<p>{}</p>").format(NOT_IN_SOURCE.capitalize()))
    rows = _read_sessions(on, worker)
    cells = [(row.held_on, KINDS[row.kind], row.supervised_by, row.discussed) for row in rows]
    if not worker.is_own:
        return _section(
            "sessions", heading, Markup("<p>{}</p>").format(TOLD_ELSEWHERE.capitalize())
        )
    body = table(("Held", "How", "By", "Children talked about"), cells)
    return _section("sessions", heading, body if cells else Markup("<p>None recorded.</p>"))


def _read_sessions(on: Practice, worker: Staff) -> Sequence[Row]:
    """The last first; each once, though it stands in both units of a worker of two."""
    page = on.page
    query = sessions_of(worker.worker_id, members(page.basis), page.basis)
    rows = read_of_staff(page.engine, query, page.viewer, SESSIONS_LISTED_BY)
    return list({row.supervision_id: row for row in reversed(rows)}.values())


def _children(on: Practice, worker: Staff) -> Markup:
    rows = _read_children(on, worker)
    cells = [
        (
            child_link(on.page, {"list": SEARCHED}, row),
            *_told(on, row),
            Markup(""),
        )
        for row in rows
    ]
    headings = ("Child", "Status", "Held since", "Talked about", AGREED)
    body = table(headings, cells) if cells else Markup("<p>None.</p>")
    heading = Markup('{} held <small class="cs-quiet">{}</small>').format(count(len(rows)), SAYS)
    return _section("children", heading, body)


def _told(on: Practice, row: Row) -> tuple[object, ...]:
    if row.is_closed:
        return (None, None, None)
    when = weeks_ago(on, row.last_discussed_on) if on.recorded.talks else NOT_IN_SOURCE
    status = STATUS_WORDS.get(row.status, "nothing open")
    return (status, row.allocated_on, when if when != NONE_RECORDED else "never recorded")


def _read_children(on: Practice, worker: Staff) -> Sequence[Row]:
    """Of the units of the worker's line alone, as a grant opens no more of a worker than that."""
    page = on.page
    query = children_of(worker.worker_id, page.basis, on.has_sessions)
    unit_id, places = query.selected_columns.unit_id, [one.unit_id for one in worker.places]
    of_line = query.where(unit_id.in_([one for one in places if one is not None]))
    return read_records(
        page.engine, of_line, page.viewer, CHILDREN_LISTED_BY, restricted=Restricted.COUNTED
    )


def _section(name: str, heading: object, body: Markup) -> Markup:
    return Markup('<section id="{}"><h2>{}</h2>{}</section>').format(name, heading, body)
