"""Month: what is worth the room's time, and every unit's figures, on one screen."""

from ui.month.items import the_rest, worth_section
from ui.month.table import footer, month_table
from ui.session import open_page

with open_page("month") as page:
    page.draw(
        page.header(),
        page.cached(worth_section),
        page.cached(month_table),
        page.cached(the_rest),
        page.cached(footer),
    )
