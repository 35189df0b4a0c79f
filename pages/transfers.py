"""Transfers: who is to be passed to a unit, for the weekly transfer meeting, on paper or screen."""

from ui.listing.asked_for import find_box
from ui.lists import rows_left_out
from ui.session import open_page
from ui.transfers.lists import FOUND_BY, lists_of, transfer_lists, transfers_title

with open_page("transfers") as page:
    asked = lists_of(page).asked()
    page.draw(page.header(), transfers_title(page), rows_left_out(page))
    asked = find_box(page, asked, FOUND_BY)
    with page.witnessed_together():
        shown = transfer_lists(page, asked)
    page.draw(shown)
