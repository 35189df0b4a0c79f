"""Lessons: what meetings learnt, by metric, unit and word."""

from ui.forms import done_line, needs_store
from ui.learning.lessons import found, lessons_list, lessons_title, lessons_told, words_typed
from ui.session import open_page

with open_page("lessons") as page:
    needs_store(page)
    told = lessons_told(page)
    page.draw(page.header(), done_line(), lessons_title(page, told))
    words = words_typed(page)
    page.draw(lessons_list(page, found(page, told, words), bool(told)))
