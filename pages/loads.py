"""Loads: what the last hundred loads read, wrote and left out, what changed, who mends what."""

from ui.loads.shown import chosen_report, load_report
from ui.session import open_page

with open_page("loads") as page:
    page.draw(page.header(), load_report(page, chosen_report(page)))
