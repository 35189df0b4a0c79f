"""The list of the weekly transfer meeting: to transfer, co-worked since, still assessed."""

from collections.abc import Mapping
from typing import Any

from markupsafe import Markup

from charts.tables import table
from data_access.guard.asked import Asked
from metrics.handing_on.waiting import BEING_ASSESSED, CO_WORKED, TO_TRANSFER
from metrics.model import SERVICE
from metrics.sentence import count, written_date
from ui.frame import unit_picker
from ui.listing.asked_for import Lists, nothing_found
from ui.lists import ROWS_SHOWN, child_link, no_rows, query_list
from ui.not_in_source import why_not
from ui.session import Page
from ui.unit.which_unit import units_with_rows, way_to_unit

HEADINGS = {
    TO_TRANSFER: (
        "To transfer",
        "an assessment of this case is authorised, and no unit has led on the child yet; the"
        " longest wait first. Segments goes by the last authorised one, of an earlier case too",
    ),
    CO_WORKED: (
        "Co-worked",
        "a worker of one unit works with a child whom another unit leads on",
    ),
    BEING_ASSESSED: (
        "Still being assessed",
        "referred, no assessment of this case authorised, and no unit has led on the child yet",
    ),
}
# The columns of each list, those first that a telephone has to show, by what they are called.
_WAITS = {
    "worker_name": "Worker",
    "unit_name": "With",
    "with_unit": "Co-worked by",
    "with_since": "Co-worked since",
}
SHOWN: Mapping[str, Mapping[str, str]] = {
    TO_TRANSFER: {
        "days": "Days since",
        "since": "Authorised",
        "received_on": "Referred",
        **_WAITS,
    },
    CO_WORKED: {
        "days": "Days since",
        "since": "Co-worked since",
        "unit_name": "Co-worked by",
        "worker_name": "Co-worker",
        "with_unit": "Led by",
    },
    BEING_ASSESSED: {"days": "Days since", "since": "Referred", **_WAITS},
}
# What the room writes by hand: on paper only.
DECIDED = "Decided"
NEEDS = "door_to_unit"


def lists_of(page: Page) -> Lists:
    """The lists of the page, to be put in order by their headings."""
    columns = {name for shown in SHOWN.values() for name in shown}
    return Lists(page, ("child_name", *columns), page.address.unit)


def transfers_title(page: Page) -> Markup:
    """Whose list this is, of which day, and the ways to one unit's and to Unit."""
    scope, units = page.address.view.scope, units_with_rows(page)
    is_of_all = scope.unit_id == SERVICE
    whose = "Every unit open to you" if is_of_all else page.figures.units[scope.unit_id]
    return Markup(
        '<div class="cs-title"><h1>Transfer meeting: {} as at {}</h1>'
        '<nav aria-label="This page">{}{}</nav></div>'
    ).format(
        whose,
        written_date(page.live.load.as_at),
        unit_picker("transfers", page.address, {**units, SERVICE: "Every unit"}),
        way_to_unit(page),
    )


def transfer_lists(page: Page, asked: Asked) -> Markup:
    """The three lists; or why nobody can tell who waits."""
    missing = page.live.load.not_in_source.get(NEEDS)
    if missing:
        return why_not(missing)
    return Markup('<div class="cs-stack">{}</div>').format(
        Markup("").join(_section(page, name, asked) for name in HEADINGS)
    )


def _section(page: Page, name: str, asked: Asked) -> Markup:
    heading, says = HEADINGS[name]
    listing = query_list(page, name)
    rows = listing.rows(page, ROWS_SHOWN, asked=asked)
    if not rows:
        body = nothing_found(asked) if asked.words else no_rows(page)
    else:
        cells = [_cells(page, name, listing.address_parts, row) for row in rows]
        body = table(_headings(page, name, asked), cells)
    more = f", the first {count(ROWS_SHOWN)}" if rows.has_more else ""
    return Markup(
        '<section id="{}"><h2>{} <small class="cs-quiet">{}{}: {}</small></h2>{}</section>'
    ).format(name, heading, count(len(rows)), more, says, body)


def _headings(page: Page, name: str, asked: Asked) -> list[Any]:
    lists = lists_of(page)
    columns = {"child_name": "Child", **SHOWN[name]}
    return [*(lists.heading(words, by, asked) for by, words in columns.items()), DECIDED]


def _cells(page: Page, name: str, parts: Mapping[str, object], row: Any) -> tuple[object, ...]:
    told = [None if row.is_closed else getattr(row, column) for column in SHOWN[name]]
    return (child_link(page, parts, row), *told, Markup(""))
