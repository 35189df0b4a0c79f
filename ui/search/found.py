"""Whom a search has found, as far as the viewer may see: nothing of it stands in an address."""

from collections.abc import Sequence

import streamlit as st
from markupsafe import Markup
from sqlalchemy import Row

from charts.tables import link, table
from data_access.guard.asked import Asked
from data_access.guard.finding import ids_found
from data_access.guard.listed import Listed
from data_access.viewer import read_records
from metrics.lists.search import every_child
from metrics.lists.work_lists import held_by_worker
from metrics.model import SERVICE, Scope
from metrics.writing import count
from ui.address import unit_address_parts
from ui.codes import children, workers_of
from ui.listing.asked_for import MOST_LETTERS
from ui.lists import NAME_HIDDEN, SEARCHED
from ui.session import Page

FEWEST_LETTERS, SHOWN = 2, 25
OF_NUMBERS = ("child_id",)
TITLE = Markup('<div class="cs-title"><h1>Find a child or a worker</h1></div>')
BY_NAME = "A child’s or a worker’s name, or a child’s whole number"
BY_NUMBER = "A child’s whole number in the case system: names are not shown to you"
NOBODY = "Nobody who is open to you has “{}” as a name or a number."
TOO_FEW = "Type two letters or more, or a child’s whole number."
MORE = "There are more: type more of the name."
SO_MANY_MORE = "{} more: type more of the name."


def words_typed(page: Page) -> str:
    """What is looked for: kept by this visit alone, cut to what a name may need."""
    label = BY_NAME if page.viewer.may_see_names else BY_NUMBER
    typed = st.text_input(label, max_chars=MOST_LETTERS, key="search")
    return " ".join(typed.split())[:MOST_LETTERS]


def found(page: Page, words: str) -> Markup:
    """The children and the workers who have all the words; one sentence where nobody has."""
    if not words:
        return Markup("")
    with page.witnessed_together():
        (of_children, more), of_workers = _children(page, words), _workers(page, words)
    if not of_children and not of_workers:
        if len(words) < FEWEST_LETTERS:
            return Markup('<p class="cs-note">{}</p>').format(TOO_FEW)
        return Markup('<p role="status">{}</p>').format(NOBODY.format(words))
    return _children_table(page, of_children, more) + _workers_table(page, of_workers)


def _children(page: Page, words: str) -> tuple[list[Row], int]:
    """Each child once, through whichever of their units is open; of restricted ones nothing.

    The first who are found, and how many more there are: of those nothing is read, and nobody is
    written down as seen. Of one letter, the child of this number.
    """
    among = OF_NUMBERS if len(words) < FEWEST_LETTERS else ("child_name", *OF_NUMBERS)
    query, order = every_child(page.basis), ("not_held", "child_name", "child_id")
    asked = Asked(words=words, among=among)
    first = ids_found(page.engine, query, page.viewer, order, asked, SHOWN)
    shown = query.where(query.selected_columns.child_id.in_(first.ids))
    rows = read_records(page.engine, shown, page.viewer, order)
    once = {row.child_id: row for row in rows}
    return list(once.values()), first.more


def _workers(page: Page, words: str) -> Listed[Row]:
    """Those who hold a child today, once for each unit; nobody for who sees no names."""
    if len(words) < FEWEST_LETTERS:
        return Listed([])
    query = held_by_worker(page.basis, Scope(SERVICE))
    asked = Asked(words=words, among=("worker_name",))
    return read_records(
        page.engine, query, page.viewer, ("worker_name", "unit_id"), SHOWN, asked=asked
    )


def _children_table(page: Page, rows: Sequence[Row], more: int) -> Markup:
    if not rows:
        return Markup("")
    shown = [
        (_to_the_child(page, row), row.born_on, row.held_in or "no unit today", row.worker_name)
        for row in rows
    ]
    headings = ("Child", "Born", "Held today by", "Worker")
    return Markup("<section><h2>Children</h2>{}{}</section>").format(
        table(headings, shown), _note(SO_MANY_MORE.format(count(more)) if more else "")
    )


def _to_the_child(page: Page, row: Row) -> Markup:
    code = children(page).code_of(row.child_id)
    where = page.address.link("child", list=SEARCHED, child=code)
    return link(where, row.child_name or NAME_HIDDEN)


def _workers_table(page: Page, rows: Listed[Row]) -> Markup:
    if not rows:
        return Markup("")
    shown = [
        (_to_the_worker(page, row), page.figures.units.get(row.unit_id, "no unit"), row.children)
        for row in rows
    ]
    return Markup("<section><h2>Workers who hold a child today</h2>{}{}</section>").format(
        table(("Worker", "Unit", "Children"), shown), _note(MORE if rows.has_more else "")
    )


def _to_the_worker(page: Page, row: Row) -> Markup:
    code = workers_of(page, [row.worker_id]).code_of(row.worker_id)
    where = page.address.link("unit", **unit_address_parts(row.unit_id), worker=code)
    return link(f"{where}#held", row.worker_name)


def _note(words: str) -> Markup:
    return Markup('<p class="cs-note">{}</p>').format(words) if words else Markup("")
