"""The rows behind a number, for the room: children by their codes, workers not at all."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from markupsafe import Markup

from charts.tables import link, table
from metrics.model import Metric
from metrics.sentence import headline
from ui.lists import figure_list
from ui.metric.rows import value_words
from ui.room.entering import Room, nothing
from ui.room.frame import Key, Screen
from ui.room.row_sums import sums
from ui.room.staff import sums_screen
from ui.room.worth import lines_without_room

ROWS_ON_A_SCREEN = 7
# Of a list that goes on, the first screen has sums, and its rows begin on the second.
SUMS_FIRST = 2
CHILDREN_AFTER = "Sums first; → the children, by their codes."
# Written by people in a record, who may name somebody; or too many for a room to read.
NOT_IN_THE_ROOM = frozenset({"authorised_by", "reason"})
COLUMNS_AT_MOST = 5


def rows_screen(room: Room) -> Screen:
    """A few rows; each child leads to its timeline. Of rows about people who work, sums alone."""
    page, page_number = room.page, room.place.rows or 1
    if not page.address.metric.is_of_children:
        return sums_screen(room)
    metric = page.address.metric
    result = room.figures.compared_result(metric, page.address.view)
    before = max(0, page_number - SUMS_FIRST) * ROWS_ON_A_SCREEN
    # Where the sums are shown first, no child is read.
    shows_sums = page_number == 1 and figure_list(page).rows(page, 0, ROWS_ON_A_SCREEN).has_more
    rows_read = figure_list(page).rows(page, 0 if shows_sums else ROWS_ON_A_SCREEN, before)
    has_more = shows_sums or rows_read.has_more
    rest = lines_without_room(room, result) if page_number == 1 else []
    says = f"One row is {metric.words.one_row_is}; those that count first."
    says += f" {metric.words.counted_out_of}"
    body = _table(room, metric, rows_read, before)
    if shows_sums:
        says, body = f"{CHILDREN_AFTER} One row is {metric.words.one_row_is}.", sums(room, result)
    elif not rows_read:
        body = nothing("There is no row behind it.")
    about = Markup('<p class="cs-room-small">{}</p>').format(" ".join((says, *rest)))
    keys = tuple(_keys(room, page_number, has_more))
    return Screen(headline(result), about + body, "rows", keys=keys)


def _keys(room: Room, page_number: int, has_more: bool) -> list[Key]:
    keys = []
    if page_number > 1:
        words = "rows before" if page_number > SUMS_FIRST else "the sums"
        keys.append(Key("ArrowLeft PageUp", "←", words, rows_page_link(room, page_number - 1)))
    if has_more:
        words = "more rows" if page_number > 1 else "the children"
        keys.append(Key("ArrowRight PageDown", "→", words, rows_page_link(room, page_number + 1)))
    return [*keys, Key("Escape", "Esc", "back", room.link(screen=room.place.screen))]


def rows_page_link(room: Room, page_number: int) -> str:
    """To a screen of the same figure's rows."""
    address = room.page.address
    address_parts = {"metric": address.metric.key, **address.unit}
    return room.link(screen=room.place.screen, rows=page_number, **address_parts)


def _table(room: Room, metric: Metric, table_rows: Sequence[Any], before: int) -> Markup:
    names = [name for name in metric.drill_down if _is_shown(metric, name)][:COLUMNS_AT_MOST]
    headings = ("", *(metric.drill_down[name] for name in names), "Counted", "Out of")
    cells = [
        (
            _child(room, row, before + number),
            *(_value(metric, name, row) for name in names),
            row.numerator,
            row.denominator,
        )
        for number, row in enumerate(table_rows, start=1)
    ]
    return table(headings, cells)


def _is_shown(metric: Metric, name: str) -> bool:
    return name not in NOT_IN_THE_ROOM and name not in metric.only_in_files


def _child(room: Room, row: Any, position: int) -> object:
    """The child's code as a link to its timeline; a row that is about no child has its position."""
    if row.child_id is None:
        return f"Row {position}"
    address = room.page.address
    address_parts = {"metric": address.metric.key, **address.unit}
    code = room.address_code(row.child_id)
    where = room.link(screen=room.place.screen, rows=room.place.rows, child=code, **address_parts)
    return link(where, room.child_words(row.child_id))


def _value(metric: Metric, name: str, row: Any) -> object:
    return None if row.is_closed else _short_value(value_words(metric, name, getattr(row, name)))


def _short_value(value: object) -> object:
    """A day in few letters, so that a row stays a line."""
    return f"{value.day} {value:%b %Y}" if isinstance(value, date) else value
