"""Room: the agenda on the projector, one idea a screen, by keys; no name is ever fetched."""

from functools import partial

from ui.learning.lesson_forms import lesson_in_the_room
from ui.meeting.action_forms import note_form
from ui.room.entering import enter
from ui.room.item_clock import clock
from ui.room.screens import back_to_the_item, furnish, item_on_screen, items_by_screen, shown
from ui.session import open_page

with open_page("room") as page:
    furnish()
    room = enter(page)
    room.page.draw(shown(room))
    clock(room, items_by_screen(room))
    if room.place.note is not None:
        back = partial(back_to_the_item, room)
        note_form(room.page, back)
        lesson_in_the_room(room.page, room.agenda, item_on_screen(room), back)
