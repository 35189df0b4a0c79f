"""How a page's lists are asked for: their order by the address, words by what is typed."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace

import streamlit as st
from markupsafe import Markup

from charts.tables import Heading
from data_access.guard.asked import Asked
from data_access.viewer import NAMES
from ui.address import WrongAddress
from ui.session import Page

SORT, DESCENDING = "sort", "-"
# What is typed is kept by the browser's own session and by nothing else: it may be a name.
FIND = "find"
MOST_LETTERS = 60
KEPT = (SORT, "cards")
AMONG = ("child_name", "worker_name", "unit_name", "kind", "status", "state", "child_id")


@dataclass(frozen=True)
class Lists:
    """The lists of a page, of whichever columns they can be put in order by.

    `address_parts` are what the page's own address says, and `place` where on it the lists are.
    """

    page: Page
    columns: Collection[str]
    address_parts: Mapping[str, object]
    place: str = ""

    def asked(self) -> Asked:
        """The order that the address asks for."""
        written = st.query_params.get(SORT, "")
        by = written.removeprefix(DESCENDING)
        if by and by not in self._open_columns():
            raise WrongAddress(
                "The lists of this page can’t be put in the order that the address says: choose"
                " the heading of a column.",
                {"The lists": self._where(None)},
            )
        return Asked(by or None, written.startswith(DESCENDING), among=AMONG)

    def heading(self, words: str, column: str | None, asked: Asked) -> str | Heading:
        """A column's heading: the first click sorts, the second turns it, the third undoes it."""
        if column not in self._open_columns():
            return words
        if asked.by != column:
            return Heading(words, self._where(column))
        turned = None if asked.descending else f"{DESCENDING}{column}"
        return Heading(
            words, self._where(turned), "descending" if asked.descending else "ascending"
        )

    def _open_columns(self) -> set[str]:
        """Without names where none is shown: such an order would be none."""
        return {*self.columns} - (set() if self.page.viewer.may_see_names else NAMES)

    def _where(self, sort: str | None) -> str:
        parts = {**self.address_parts, SORT: sort}
        return self.page.address.link(self.page.name, **parts) + self.place


def order_kept() -> dict[str, object]:
    """What an address says to keep the order in which the lists stand."""
    return {SORT: st.query_params.get(SORT)}


def find_box(page: Page, asked: Asked, besides: str = "a plan") -> Asked:
    """Asks for words, which never stand in an address; the lists then have what has them all.

    `besides` is what else than a name or a number can be found in them.
    """
    names = f"a name, {besides}" if page.viewer.may_see_names else besides
    label = f"Find in the list: {names}, a child’s whole number"
    words = st.text_input(label, max_chars=MOST_LETTERS, key=_of_these_lists(page))
    return replace(asked, words=words.strip())


def _of_these_lists(page: Page) -> str:
    """The key of the field: new for another list.

    Kept while a list is put in another order, and while its stage cards are opened and closed.
    """
    place = {name: said for name, said in st.query_params.to_dict().items() if name not in KEPT}
    return f"{FIND} {page.name} {sorted(place.items())}"


def nothing_found(asked: Asked) -> Markup:
    """In place of a list that has no row with the words."""
    return Markup("<p>No row of this list that is open to you has “{}”.</p>").format(asked.words)
