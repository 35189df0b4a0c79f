"""Search: a child or a worker by name or number, among whom the viewer may see."""

from ui.search.found import TITLE, found, words_typed
from ui.session import open_page

with open_page("search") as page:
    page.draw(page.header(), TITLE)
    page.draw(found(page, words_typed(page)))
