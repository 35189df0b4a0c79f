"""The meeting's screens of figures: one metric's message, chart and question; units by metrics."""

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from charts.marks import legend, marks_of
from charts.tables import link
from meeting.agenda import AgendaItem
from metrics.agenda_rules import has_a_row
from metrics.catalogue import CATALOGUE
from metrics.council.boards import boards_on_slides
from metrics.kinds.small_numbers import two_numbers
from metrics.model import SERVICE
from metrics.result import Result
from metrics.sentence import direction, sentence
from ui.address import unit_address_parts
from ui.room.entering import Room
from ui.room.frame import Key, Screen
from ui.room.items import note_key, question

UNITS_ON_A_SCREEN = 7


def rows_key(room: Room, screen: int, result: Result) -> Key:
    """To the rows behind a figure."""
    words = "the rows" if result.metric.is_of_children else "its parts"
    return Key("l", "L", words, rows_link(room, screen, result))


def rows_link(room: Room, screen: int, result: Result) -> str:
    address_parts = unit_address_parts(result.view.scope.unit_id)
    return room.link(screen=screen, rows=1, metric=result.metric.key, **address_parts)


def unit_screens(room: Room, number: int, item: AgendaItem, screen: int) -> list[Screen]:
    """Units by a board's metrics, so many units a screen; the service stands on each."""
    parts = parts_of_figures(room)
    return [
        Screen(
            item.title + (f" ({place} of {len(parts)})" if len(parts) > 1 else ""),
            Markup('{}{}<p class="cs-room-small cs-room-legend">{}</p>').format(
                question(item), _figures_table(room, part, screen + place - 1), legend()
            ),
            "figures",
            number,
            item.minutes,
            keys=(
                _figure_key(room, part, screen + place - 1),
                note_key(room, screen + place - 1, item),
            ),
        )
        for place, part in enumerate(parts, start=1)
    ]


@dataclass(frozen=True)
class Part:
    """What stands on one screen: some units, the figures of one board."""

    units: Sequence[str | None]
    metrics: Sequence[str]


def parts_of_figures(room: Room) -> list[Part]:
    """The boards that the settings have on slides, each with all units."""
    return [
        Part([*units, SERVICE], board.metrics)
        for board in boards_on_slides(room.figures.settings)
        for units in parts_of_units(room, board.metrics)
    ]


def _figure_key(room: Room, part: Part, screen: int) -> Key:
    """Turns to the table, where Tab goes on; it is a link to the first figure of the service."""
    first = room.results[part.metrics[0], SERVICE]
    return Key("l", "L", "a figure: Tab, Enter", rows_link(room, screen, first))


def parts_of_units(room: Room, metrics: Sequence[str]) -> list[list[str | None]]:
    """The units with a row of these, as many at once as a screen holds; one part at least."""
    units = [
        unit_id
        for unit_id in room.figures.units
        if unit_id != SERVICE and has_a_row(room.figures, unit_id, room.agenda.month, metrics)
    ]
    starts = range(0, len(units), UNITS_ON_A_SCREEN)
    return [units[start : start + UNITS_ON_A_SCREEN] for start in starts] or [[]]


def _figures_table(room: Room, part: Part, screen: int) -> Markup:
    head = Markup("").join(
        Markup('<th scope="col">{}<small>{}</small></th>').format(
            link(rows_link(room, screen, room.results[metric.key, SERVICE]), metric.short_name),
            direction(metric),
        )
        for metric in (CATALOGUE[key] for key in part.metrics)
    )
    body = Markup("").join(_unit_row(room, unit_id, part, screen) for unit_id in part.units)
    return Markup(
        '<table class="cs-room-figures"><thead><tr><th scope="col">Unit</th>{}</tr></thead>'
        "<tbody>{}</tbody></table>"
    ).format(head, body)


def _unit_row(room: Room, unit_id: str | None, part: Part, screen: int) -> Markup:
    cells = Markup("").join(
        Markup("<td>{}</td>").format(_cell(room, room.results[key, unit_id], screen))
        for key in part.metrics
    )
    name = room.figures.units[unit_id]
    return Markup('<tr><th scope="row">{}</th>{}</tr>').format(name, cells)


def _cell(room: Room, result: Result, screen: int) -> Markup:
    if result.value is None or result.chart is None:
        return Markup("– <small>{}</small>").format(_why_none(result))
    where = rows_link(room, screen, result)
    written = Markup("{} {}").format(result.written, marks_of(result))
    return link(where, written, sentence(result))


def _why_none(result: Result) -> str:
    """Why there is no value, in the few letters that a cell has room for."""
    if result.not_in_source:
        return "no source"
    if result.not_yet:
        return "no history"
    if result.tally is not None:
        return two_numbers(result) if result.is_too_few else "n = 0"
    return "no data"
