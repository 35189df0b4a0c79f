"""Practice: what each worker carries, for the worker and the managers of the unit alone."""

from ui.practice.opening import practice_of
from ui.practice.shown import of_the_units, own_card, practice_title, what_it_is
from ui.session import open_page

with open_page("practice") as page:
    on = practice_of(page)
    page.draw(page.header(), practice_title(on), own_card(on), of_the_units(on), what_it_is())
