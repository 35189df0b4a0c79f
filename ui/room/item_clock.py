"""How long the room spends on each item, kept on the day of the meeting only."""

from collections.abc import Mapping
from contextlib import suppress

import streamlit as st

from access.audit.events import What
from data_access.database import read
from data_access.london import today
from data_access.meeting_store.agendas import end_item, items_of, start_item
from data_access.problems import Problem
from data_access.viewer import Act
from ui.address import position
from ui.room.entering import Room
from ui.who import who_still_looks

TURNED_TO = "turned_to"


@st.fragment
def clock(room: Room, items_by_screen: Mapping[int, int]) -> None:
    """Writes down when the room turns to an item and when it leaves it.

    The screen's script presses a button that nobody sees, one for each item and 0 for none, and has
    written the screen into the address before.
    Whoever looks through the agenda on another day, to prepare, writes nothing.
    """
    if room.agenda.held_on != today() or not _still_leads(room):
        return
    with st.container(key="turned"):
        for number in range(len(room.agenda.items) + 1):
            st.button(f"Item {number}", key=f"turned-{number}")
    # Of two presses that come in one only the address, which goes before each, tells the later.
    screen = position(st.query_params.to_dict(), "screen") or room.place.screen
    _turn(room, items_by_screen.get(screen, 0))


def _still_leads(room: Room) -> bool:
    """Asked at every turn: these are not runs of the page, which would ask."""
    with suppress(Problem):
        return Act.CHAIR in who_still_looks(room.page.looking).viewer.acts
    return False


def _note_shown(room: Room, number: int) -> None:
    """Which item stands before the room; its children were written down when they were read."""
    if number:
        room.page.note(What.MEETING_SHOWN, reason=f"item {number} of {room.agenda.month}")


def _turn(room: Room, number: int) -> None:
    item = room.agenda.items[number - 1].id if number else None
    before, by = st.session_state.get(TURNED_TO), room.page.viewer.name
    if item == before:
        return
    st.session_state[TURNED_TO] = item
    _note_shown(room, number)
    # Where the store can't be written to, the room goes on: the time is not worth a message.
    with suppress(Problem):
        for left in _left(room, before, item):
            end_item(room.store, left, by)
        if item:
            start_item(room.store, item, by)


def _left(room: Room, before: str | None, item: str | None) -> set[str]:
    """What the room turns from: also what another page's run of this meeting had turned to.

    A row or a child opens as a page of its own, which knows of no turn before it.
    """
    rows = read(room.store, items_of(room.agenda.meeting_id))
    unended = {row.id for row in rows if row.started_at and not row.ended_at}
    return (unended | ({before} if before else set())) - {item}
