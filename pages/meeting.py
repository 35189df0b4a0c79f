"""Meeting: the agenda on the projector, one idea a screen, by keys; no name is ever fetched."""

from ui.meeting import furnish, shown
from ui.meeting_room import enter
from ui.session import open_page

with open_page("meeting") as page:
    furnish()
    room = enter(page)
    room.page.draw(shown(room))
