"""The Child page's parts: the journey as a picture and as tables, and how often to be seen."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from markupsafe import Markup
from sqlalchemy import Row, Select

from charts.tables import folded, link, table
from data_access.guard.open_rows import Restricted
from data_access.london import today
from data_access.viewer import Act, read_records
from metrics.catalogue import work_list_metric
from metrics.handing_on.waiting import TRANSFER_LISTS
from metrics.lists.child_story import PARTS, about
from metrics.lists.opened import Opened, by_child
from metrics.lists.recording_lists import RECORDING_LISTS
from ui.address import WrongAddress
from ui.child.first import said_first
from ui.child.journey import STATUS_WORDS, Story, listed_words
from ui.child.led import is_led_by_an_open_unit
from ui.codes import child_named, nowhere
from ui.lists import (
    NAME_HIDDEN,
    RESTRICTED,
    SEARCHED,
    narrowing_parts,
)
from ui.not_in_source import why_no_work
from ui.session import Page


def chosen_child(page: Page) -> str:
    """The id of the child that the address's code names; it never leaves the server."""
    if page.address.child is None:
        raise WrongAddress(
            "A child is opened from a row: choose a number on Month, or a list on Unit."
        )
    return child_named(page, page.address.child)


def read_child(page: Page, child_id: str) -> Row:
    """What is known of the child itself; nothing of a child whom the viewer may not see."""
    child = child_if_open(page, child_id)
    if child is None:
        raise nowhere(page)
    return child


def child_if_open(page: Page, child_id: str) -> Row | None:
    """The child, of whom nothing is read but that the record is restricted where it is closed.

    None to whom no record at all is open: what else stands on the page is theirs all the same.
    """
    if not (page.viewer.units or page.viewer.opened):
        return None
    query, hidden = about(child_id, page.basis), Restricted.COUNTED
    rows = read_records(page.engine, query, page.viewer, ("unit_id",), restricted=hidden)
    return rows[0] if rows else None


def read_story(page: Page, child: Row, parts: Iterable[str] = PARTS) -> Story:
    """The parts of the journey of the child that `read_child` has opened: see `read_stories`."""
    return read_stories(page, Opened((child.child_id,), child.unit_id), parts)[child.child_id]


def read_stories(page: Page, opened: Opened, parts: Iterable[str]) -> dict[str, Story]:
    """The parts of the journey of each child that was opened, oldest first.

    Of data that lack visits only the clocks that run since a visit that is there: by the others
    what is lacking would be missed.
    """
    told = {name: _read(page, PARTS[name](opened, page.basis)) for name in parts}
    if "clocks" in told and work_list_metric().key in page.live.load.not_in_source:
        unsure = why_no_work(page)
        told["clocks"] = [row for row in told["clocks"] if row.is_running and not unsure]
    of = {name: by_child(rows) for name, rows in told.items()}
    return {id: {name: of[name].get(id, ()) for name in told} for id in opened.child_ids}


def _read(page: Page, query: Select) -> Sequence[Row]:
    first_day = query.selected_columns.keys()[2]
    return read_records(page.engine, query, page.viewer, (first_day,))


def restricted_page(page: Page) -> Markup:
    return Markup(
        '<div class="cs-title"><h1>{}</h1></div><p>This child’s record is restricted. It counts in'
        " the figures; its story is open only to those who have been given it.</p>{}"
    ).format(RESTRICTED, back_from_child(page))


def child_title(page: Page, child: Row, story: Story) -> Markup:
    """Whose journey this is, what is to be known of it first, and the ways from here."""
    return Markup('<div class="cs-title"><h1>{}</h1></div>{}<p class="cs-under">{}{}</p>').format(
        child.child_name or NAME_HIDDEN,
        said_first(page, child, story),
        back_from_child(page),
        _ways_on(page, child),
    )


def _ways_on(page: Page, child: Row) -> Markup:
    """To what the viewer may do about this child."""
    ways = (
        (page.may(Act.CHAIR), "actions", "Note an action"),
        (page.may(Act.DRAW_CASES), "cases", "Take to the meeting"),
        (_may_ask_for_linked_adults(page, child), "network", "Linked adults"),
    )
    return Markup("").join(
        Markup(" · {}").format(_with_this_child(page, where, words))
        for is_open, where, words in ways
        if is_open
    )


def _with_this_child(page: Page, where: str, words: str) -> Markup:
    """To a page about this child, who is told by the row as here."""
    address = page.address
    row = {"list": address.worklist, "child": address.child}
    figure = {} if address.worklist else {"metric": address.metric.key}
    address_parts = {**figure, **row, **address.unit, **narrowing_parts(address)}
    return link(address.link(where, **address_parts), words)


def of_open_units(page: Page) -> Page:
    """This page without the children who were opened to the viewer for a time, with a reason."""
    return replace(page, viewer=replace(page.viewer, opened=frozenset()))


def _may_ask_for_linked_adults(page: Page, child: Row) -> bool:
    """Whether the page Linked adults opens to the viewer from this child."""
    if not (page.may(Act.SEE_NETWORK) and page.live.settings.network.is_open_on(today())):
        return False
    known = child_if_open(of_open_units(page), child.child_id)
    is_read = known is not None and not known.is_closed
    return is_read and is_led_by_an_open_unit(page, child.child_id)


def child_name_shown(page: Page, child_id: str) -> str:
    """The child's name as far as the viewer may see it, else what can be said instead."""
    child = child_if_open(page, child_id)
    if child is None:
        return "a child of a unit that is not open to you"
    return RESTRICTED if child.is_closed else child.child_name or NAME_HIDDEN


def back_from_child(page: Page) -> Markup:
    """To the list that the child was opened from."""
    address = page.address
    if address.worklist == SEARCHED:
        return link(address.link("search"), "← another search")
    if address.worklist in RECORDING_LISTS:
        where = address.link("recording", list=address.worklist, **address.unit)
        return link(f"{where}#rows", "← back to the list")
    if address.worklist in TRANSFER_LISTS:
        return link(address.link("transfers", **address.unit), "← back to the list")
    if address.cards:
        parts = {**address.unit, **narrowing_parts(address), "cards": address.cards}
        return link(f"{address.link('unit', **parts)}#cards", "← back to the stage cards")
    if address.worklist:
        return link(address.link("unit", **address.unit), "← back to the unit’s lists")
    where = address.link("metric", metric=address.metric.key, **address.unit)
    return link(f"{where}#rows", "← back to the rows")


TABLES: Mapping[str, tuple[str, Mapping[str, str]]] = {
    "visits": (
        "Visits and attempts",
        {
            "visited_on": "Day",
            "recorded_on": "Recorded",
            "kind": "Kind",
            "seen": "Seen",
            "seen_alone": "Alone",
            "worker_name": "Worker",
        },
    ),
    "statuses": ("Status", {"started_on": "From", "ended_on": "Until", "status": "Status"}),
    "allocations": (
        "Allocations",
        {
            "started_on": "From",
            "ended_on": "Until",
            "held_by": "Unit",
            "worker_name": "Worker",
            "lead": "Lead",
        },
    ),
    "placements": (
        "Placements",
        {"started_on": "From", "ended_on": "Until", "kind": "Kind", "long_term": "Long term"},
    ),
    "missing_episodes": (
        "Missing episodes",
        {"started_on": "From", "ended_on": "Found or back", "kind": "Kind"},
    ),
    "scores": (
        "Scale scores",
        {
            "scored_on": "Day",
            "scale": "Scale",
            "rater": "Scored by",
            "score": "Score",
            "best": "Safe end",
        },
    ),
}


def listed_overdue(story: Story) -> Markup:
    """Each visit that was made in time and stood in lists as overdue until it was entered."""
    clocks = [row for row in story["clocks"] if row.listed_from]
    if not clocks:
        return Markup("")
    rows = [(row.kind, row.due_on, row.recorded_on, listed_words(row)) for row in reversed(clocks)]
    headings = ("Plan", "Due", "Recorded", "What the lists said")
    return Markup(
        '<section tabindex="0" aria-label="Listed as overdue">'
        "<h2>Made in time, and listed as overdue until it was entered</h2>{}</section>"
    ).format(table(headings, rows))


def journey_tables(story: Story) -> Markup:
    """The same journey as tables, the latest first."""
    return Markup("").join(
        folded(
            f"{heading}: {len(story[part])}",
            table(
                list(columns.values()),
                [
                    [_value_words(getattr(row, name)) for name in columns]
                    for row in reversed(story[part])
                ],
            ),
        )
        for part, (heading, columns) in TABLES.items()
        if story[part]
    )


def _value_words(value: object) -> object:
    if isinstance(value, str) and value in STATUS_WORDS:
        return STATUS_WORDS[value]
    return value.replace("_", " ") if isinstance(value, str) and value.islower() else value
