"""The list of the weekly transfer meeting: to transfer, co-worked since, still assessed."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace
from typing import Any

from markupsafe import Markup

from charts.tables import table
from data_access.guard.asked import Asked
from data_access.guard.listed import Listed
from data_access.viewer import bear_witness
from metrics.handing_on.waiting import BEING_ASSESSED, CO_WORKED, TO_TRANSFER
from metrics.model import SERVICE
from metrics.segments.listed import other_children
from metrics.sentence import count, written_date
from ui.frame import unit_picker
from ui.listing.asked_for import Lists, nothing_found
from ui.listing.proposed import closed_and_proposed, has_proposals
from ui.lists import NONE_OPEN, ROWS_SHOWN, child_link, no_rows, query_list
from ui.not_in_source import why_not
from ui.segments.proposed_here import closed_words
from ui.segments.ruled import not_there_on
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
        "referred, no assessment of this case authorised, and no unit has led on the child yet;"
        " what is proposed rests on an earlier case, or on a brother or sister",
    ),
}
PROPOSED = "proposed_for"
# Where words are looked for, beside names and the unit that holds the child.
FOUND_BESIDES = (PROPOSED, "with_unit")
FOUND_BY = "a unit"
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
        PROPOSED: "Proposed for",
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
    BEING_ASSESSED: {
        "days": "Days since",
        PROPOSED: "Proposed for",
        "since": "Referred",
        **_WAITS,
    },
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
    asked = replace(asked, among=(*asked.among, *FOUND_BESIDES))
    return Markup('<div class="cs-stack">{}</div>').format(
        Markup("").join(_section(page, name, asked) for name in HEADINGS)
    )


def _section(page: Page, name: str, asked: Asked) -> Markup:
    heading, says = HEADINGS[name]
    listing, closed = query_list(page, name), _closed(page, name)
    rows = listing.rows(page, ROWS_SHOWN, asked=asked)
    if rows:
        body = _table(page, name, asked, listing.address_parts, rows)
    else:
        none = Markup("<p>{}</p>").format(NONE_OPEN) if closed else no_rows(page)
        body = nothing_found(asked) if asked.words else none
    return Markup(
        '<section id="{}"><h2>{} <small class="cs-quiet">{}: {}</small></h2>{}{}</section>'
    ).format(name, heading, _number(rows, asked), says, _of_the_unit(page, name, closed), body)


def _number(rows: Listed[Any], asked: Asked) -> str:
    """How many are listed: with words, how many have them."""
    number = f"{count(len(rows))}{' found' if asked.words else ''}"
    return f"{number}, the first {count(ROWS_SHOWN)}" if rows.has_more else number


def _closed(page: Page, name: str) -> str | None:
    """What is said of who waits in a closed unit and is for this one; nothing without a rule."""
    if not _is_proposed(page, name):
        return None
    return closed_words(closed_and_proposed(page, name))


def _is_proposed(page: Page, name: str) -> bool:
    """Whether the rules may propose the address's unit for who waits so."""
    in_force = page.live.settings.segments.on(page.live.load.as_at)
    is_ruled = page.address.view.scope.unit_id in {rule.unit for rule in in_force}
    return is_ruled and has_proposals(page, name)


def _of_the_unit(page: Page, name: str, closed: str | None) -> Markup:
    """Who is listed under a unit that has a rule, and how many are not, being closed."""
    if not _is_proposed(page, name):
        return Markup("")
    unit_id = page.address.view.scope.unit_id
    unit, more = page.live.units.get(unit_id, unit_id), f"; {closed}" if closed else ""
    said = "Held by {0}, or waiting elsewhere and proposed for {0} by the rules of Segments{1}."
    return Markup('<p class="cs-note">{}</p>').format(said.format(unit, more))


def _table(
    page: Page, name: str, asked: Asked, parts: Mapping[str, object], rows: Listed[Any]
) -> Markup:
    shown, lists = dict(SHOWN[name]), lists_of(page)
    if PROPOSED in shown and not has_proposals(page, name):
        del shown[PROPOSED]
    not_there: Mapping[str, str] = {}
    if PROPOSED in shown:
        not_there = not_there_on(page, page.live.load.as_at)
        bear_witness(page.viewer, list(other_children(row for row in rows if row.child_ids)))
    columns = {"child_name": "Child", **shown}
    headings = [lists.heading(words, by, asked) for by, words in columns.items()]
    cells = (
        (child_link(page, parts, row), *_told(row, shown, not_there), Markup("")) for row in rows
    )
    return table([*headings, DECIDED], cells)


def _told(row: Any, shown: Collection[str], not_there: Mapping[str, str]) -> Iterator[object]:
    """The row's columns, nothing of a closed one; of a unit that none can go to, that too."""
    for column in shown:
        told = None if row.is_closed else getattr(row, column)
        why_not = told and column == PROPOSED and not_there.get(row.proposed_unit)
        yield f"{told}, {why_not}" if why_not else told
