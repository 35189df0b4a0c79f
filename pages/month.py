"""Month: what is worth the room's time, and every unit's figures, on one screen."""

from ui.month.boards import boards_menu
from ui.month.items import the_rest, worth_section
from ui.month.open_actions import open_actions_of
from ui.month.table import footer, month_table
from ui.session import open_page

with open_page("month") as page:
    agreed = open_actions_of(page)
    page.draw(
        page.header(),
        page.cached(boards_menu),
        page.cached(worth_section),
        page.cached_as(
            month_table,
            lambda: month_table(page.address, page.figures, agreed),
            sorted(agreed.items(), key=repr),
        ),
        page.cached(the_rest),
        page.cached(footer),
    )
