"""Month: what is worth the room's time, and every unit's figures, on one screen."""

from ui.month import footer, month_table
from ui.session import open_page
from ui.worth import the_rest, worth

with open_page("month") as page:
    page.draw(
        page.header(),
        page.kept(worth),
        page.kept(month_table),
        page.kept(the_rest),
        page.kept(footer),
    )
