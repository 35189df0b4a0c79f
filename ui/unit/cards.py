"""The stage cards of the children of one of a unit's lists: what matters now of each."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from markupsafe import Markup
from sqlalchemy import Row

from access.audit.events import What
from access.audit.witness import Shown
from charts.tables import link
from data_access.guard.asked import Asked
from data_access.guard.listed import Listed
from data_access.words.agreeing import agreeing
from metrics.cards.known import Known
from metrics.lists.opened import Opened
from metrics.writing import count, several
from ui.address import WrongAddress
from ui.child.card import card_body, staged
from ui.child.known import OF_A_JOURNEY, known_of
from ui.child.parts import read_stories
from ui.child.prompts import Prompted, prompted
from ui.listing.asked_for import nothing_found, order_kept
from ui.lists import (
    REVIEW_LISTS,
    WORKLISTS,
    Listing,
    child_link,
    review_list,
    work_of,
    worklist,
)
from ui.session import Page
from ui.unit.children import HELD, held_list
from ui.unit.length import unit_parts
from ui.unit.reviews import HEADINGS as OF_REVIEWS
from ui.unit.visits import HEADINGS as OF_VISITS

CARDS_AT_ONCE = 25
LISTS = (HELD, *WORKLISTS, *REVIEW_LISTS)
NO_SUCH_LIST = "No list of Unit has the name whose stage cards the address asks for. These have:"
NO_WORKER_CHOSEN = "Choose a worker on Unit first: the cards are of all whom one worker holds."


def stage_cards(page: Page, held: Sequence[Row], asked: Asked) -> Markup:
    """The cards of the list that the address names, some at once; nothing where it names none."""
    name = page.address.cards
    if name is None:
        return Markup("")
    listing = _list_named(page, name, held)
    offset = (page.address.rows_page - 1) * CARDS_AT_ONCE
    rows = listing.rows(page, CARDS_AT_ONCE, offset, asked)
    return Markup(
        '<section id="cards"><h2>Stage cards: {} <small class="cs-quiet">{} · {}</small></h2>'
        "{}{}</section>"
    ).format(
        _heading(name),
        _how_many(page, rows),
        link(page.address.link("unit", **unit_parts(page.address), **order_kept()), "close them"),
        _cards(page, listing, rows) if rows else _none(asked),
        _ways_on(page, name, rows),
    )


def refuse_a_wrong_list(page: Page) -> None:
    """Says that no list is called so, with the ways to those that are, before anything is drawn."""
    name, address = page.address.cards, page.address
    if name == HELD and address.worker is None:
        unit = address.link("unit", **unit_parts(address))
        raise WrongAddress(NO_WORKER_CHOSEN, {"The unit": unit})
    if name not in (None, *LISTS):
        lists = {_heading(one): one for one in LISTS if one != HELD}
        ways = {
            words: f"{address.link('unit', **unit_parts(address), cards=one)}#cards"
            for words, one in lists.items()
        }
        raise WrongAddress(NO_SUCH_LIST, ways)


def _list_named(page: Page, name: str, held: Sequence[Row]) -> Listing:
    if name == HELD:
        return held_list(page, held)
    if name in REVIEW_LISTS:
        return review_list(page, name, held)
    return worklist(page, name, work_of(page, held))


def _none(asked: Asked) -> Markup:
    return nothing_found(asked) if asked.words else Markup("<p>None.</p>")


def _heading(name: str) -> str:
    if name == HELD:
        return "every child held"
    heading, _ = OF_REVIEWS[REVIEW_LISTS[name]] if name in REVIEW_LISTS else OF_VISITS[name]
    return heading[:1].lower() + heading[1:]


def _how_many(page: Page, rows: Listed[Row]) -> str:
    """Children, and where in the list they stand if that is longer."""
    number = several(len(_children(rows)), "child", "children")
    is_part = rows.has_more or page.address.rows_page > 1
    return f"{number}, part {count(page.address.rows_page)} of the list" if is_part else number


def _children(rows: Sequence[Row]) -> Mapping[str, Row]:
    """One row a child, the first: a child of two plans stands in a list twice."""
    return {row.child_id: row for row in reversed(rows)}


def _cards(page: Page, listing: Listing, rows: Sequence[Row]) -> Markup:
    first = _children(rows)
    open_ids = tuple(dict.fromkeys(row.child_id for row in rows if not row.is_closed))
    known = _known(page, open_ids)
    prompts = prompted(page, known)
    parts = {**listing.address_parts, "cards": page.address.cards}
    drawn = Markup("").join(
        _card(page, child_link(page, parts, first[id]), known[id], prompts[id])
        for id in open_ids
        if id in known
    )
    return Markup("{}{}").format(drawn, _without(len(first) - len(open_ids), open_ids, known))


def _known(page: Page, open_ids: tuple[str, ...]) -> Mapping[str, Known]:
    """Read as on Child, of all at once: each is written down as opened, as a card tells a record.

    Brothers and sisters are written down with the page's lists.
    """
    unit_id = page.address.view.scope.unit_id
    shown = Shown(page.name, What.OPENED_CHILD, unit=unit_id)
    opening = replace(page, viewer=page.looking.witnessed(shown))
    with opening.witnessed_together():
        stories = read_stories(opening, Opened(open_ids, unit_id), OF_A_JOURNEY)
        return known_of(opening, stories, unit_id, page.viewer)


def _card(page: Page, child: object, known: Known, prompts: Prompted) -> Markup:
    return Markup(
        '<section class="cs-card" aria-label="Stage card"><h3>{} · {}</h3>{}</section>'
    ).format(child, staged(known), card_body(page, known, prompts))


def _without(restricted: int, open_ids: Sequence[str], known: Mapping[str, Known]) -> Markup:
    """Of whom there is no card, and why."""
    closed = len(open_ids) - len(known)
    said = []
    if restricted:
        has = agreeing(restricted, "has", "have")
        said.append(f"{several(restricted, 'restricted record')} {has} no card for you")
    if closed:
        said.append(f"{several(closed, 'child', 'children')} with no open case")
    return Markup('<p class="cs-note">{}.</p>').format("; ".join(said)) if said else Markup("")


def _ways_on(page: Page, name: str, rows: Listed[Row]) -> Markup:
    """To the part before and the part after of a list that is longer than is shown at once."""
    place, address = page.address.rows_page, page.address
    parts = {**unit_parts(address), **order_kept(), "cards": name}
    ways = [(place - 1, "← before", place > 1), (place + 1, "next →", rows.has_more)]
    links = [
        link(f"{address.link('unit', **parts, rows=to)}#cards", words)
        for to, words, is_there in ways
        if is_there
    ]
    return Markup("<p>{}</p>").format(Markup(" · ").join(links)) if links else Markup("")
