"""The meeting on the projector: which screens it has, and which one the address opens."""

from collections.abc import Callable, Mapping
from pathlib import Path
from urllib.parse import parse_qsl, urlsplit

import streamlit as st
from markupsafe import Markup

from meeting.agenda import AgendaItem, ItemKind
from ui.forms import done_line
from ui.room.cases import case_screen, depth_screens, review_screen, row_screen
from ui.room.entering import Room
from ui.room.figures import parts_of_figures, unit_screens
from ui.room.frame import Key, Screen, opened, walk
from ui.room.items import action_screen, overview_screen, own_screen, title_screen, usual_screen
from ui.room.like_this_one import like_screen
from ui.room.rows import rows_screen
from ui.room.worth import worth_screen
from ui.session import unbroken

HERE = Path(__file__).parent
STYLE, SCRIPT = HERE / "room.css", HERE / "room.js"
BEFORE_THE_ITEMS = 2


def furnish() -> None:
    """The room's own look, and its keys: a script without a word of data in it."""
    st.html(STYLE)
    (keys,) = scripts()
    st.html(f"<script>{keys}</script>", unsafe_allow_javascript=True)


def scripts() -> tuple[str, ...]:
    """What stands in a page to be run: the gate lets a browser run these, word by word."""
    return (SCRIPT.read_text(encoding="utf-8"),)


def shown(room: Room) -> Markup:
    """What the address opens. Lines never break between the thousands of a number."""
    return unbroken(_shown(room)).replace("n = ", "n\u00a0=\u00a0")


def _shown(room: Room) -> Markup:
    """The walk through the meeting, or what was opened from it."""
    place = room.place
    if place.note is not None:
        return opened(room, note_screen(room), first_screens(room))
    if place.child is not None:
        return opened(room, row_screen(room), first_screens(room))
    if place.rows is not None:
        return opened(room, rows_screen(room), first_screens(room))
    if place.like is not None:
        return opened(room, like_screen(room), first_screens(room))
    if place.case is not None:
        return opened(room, case_screen(room), first_screens(room))
    return walk(room, screens(room), done_line())


def note_screen(room: Room) -> Screen:
    """Over the form for an action: the way back."""
    back = Key("Escape", "Esc", "back to the item", room.link(screen=room.place.screen))
    return Screen("Note an action", Markup(""), "note", keys=(back,))


def back_to_the_item(room: Room) -> None:
    """Has the address show the item again, from which the form of an action was opened."""
    there = urlsplit(room.link(screen=room.place.screen)).query
    st.query_params.from_dict(dict(parse_qsl(there)))


def screens(room: Room) -> list[Screen]:
    """Every screen of the meeting, in its order."""
    firsts = first_screens(room)
    items = [
        screen
        for number, item in room.numbered
        for screen in _screens_of(room, number, item, firsts[number])
    ]
    last = BEFORE_THE_ITEMS + len(items) + 1
    return [title_screen(room), overview_screen(room, firsts), *items, usual_screen(room, last)]


def first_screens(room: Room) -> dict[int, int]:
    """By an item's number the first of its screens in the walk."""
    firsts, next_screen = {}, BEFORE_THE_ITEMS + 1
    for number, item in room.numbered:
        firsts[number] = next_screen
        next_screen += _number_of_screens(room, item)
    return firsts


def items_by_screen(room: Room) -> dict[int, int]:
    """The number of the item that each screen of the walk is about; those before and after lack."""
    firsts = first_screens(room)
    return {
        screen: number
        for number, item in room.numbered
        for screen in range(firsts[number], firsts[number] + _number_of_screens(room, item))
    }


def item_on_screen(room: Room) -> AgendaItem | None:
    """The item that the address's screen is about; None before the first and after the last."""
    return dict(room.numbered).get(items_by_screen(room).get(room.place.screen, 0))


def _number_of_screens(room: Room, item: AgendaItem) -> int:
    if item.kind is ItemKind.UNIT_FIGURES:
        return len(parts_of_figures(room))
    return 2 if item.kind is ItemKind.CASE_IN_DEPTH and item.kind.value in room.cases else 1


def _screens_of(room: Room, number: int, item: AgendaItem, screen: int) -> list[Screen]:
    """An item's screens, of which the first has this number in the walk."""
    made = SCREENS[item.kind](room, number, item, screen)
    return made if isinstance(made, list) else [made]


SCREENS: Mapping[ItemKind, Callable[[Room, int, AgendaItem, int], Screen | list[Screen]]] = {
    ItemKind.ACTION: action_screen,
    ItemKind.WORTH: worth_screen,
    ItemKind.CASE_REVIEW: review_screen,
    ItemKind.UNIT_FIGURES: unit_screens,
    ItemKind.CASE_IN_DEPTH: depth_screens,
    ItemKind.OWN: own_screen,
}
