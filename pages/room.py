"""Meeting: the agenda on the projector, one idea a screen, by keys; no name is ever fetched."""

from ui.action_forms import note_form
from ui.meeting import first_screens, furnish, shown
from ui.meeting_clock import clock
from ui.meeting_room import enter
from ui.session import open_page

with open_page("meeting") as page:
    furnish()
    room = enter(page)
    room.page.draw(shown(room))
    clock(room, first_screens(room))
    if room.place.note is not None:
        note_form(room.page)
