"""Month: every unit's figures on one screen."""

from ui.month import footer, month_table, sentences
from ui.session import open_page

with open_page("month") as page:
    page.draw(page.header(), page.kept(sentences), page.kept(month_table), page.kept(footer))
