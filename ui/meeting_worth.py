"""The meeting's screens of figures: one metric's message, chart and question; units by metrics."""

from collections.abc import Sequence

from markupsafe import Markup

from charts.marks import icon
from charts.room import room_chart
from charts.tables import link
from meeting.actions import Action
from meeting.agenda import AgendaItem
from metrics.catalogue import CATALOGUE
from metrics.model import SERVICE, Metric, Result
from metrics.sentence import direction, reading, sentence
from ui.address import unit_said
from ui.meeting_frame import Key, Screen
from ui.meeting_items import message_of, moved, own, question
from ui.meeting_room import Room

# What has room beside the chart on the smaller projector; the rest stands over the rows.
LETTERS_A_LINE, LINES_BESIDE = 38, 8
UNITS_ON_A_SCREEN = 7


def worth(room: Room, number: int, item: AgendaItem, screen: int) -> Screen:
    """The message, the chart, the number and how to read it, and the question that it asks."""
    result = room.told.get((item.metric or "", item.unit_id))
    if result is None or result.chart is None:
        return own(number, item)
    metric, said = result.metric, reading(result)
    message, under = message_of(item, result)
    agreed = [
        one
        for one in room.actions.values()
        if one.is_open and (one.metric, one.unit_id) == (item.metric, item.unit_id)
    ]
    lines = Markup("").join(Markup("<li>{}</li>").format(line) for line in beside_chart(said)[0])
    body = Markup(
        '<p class="cs-room-reading">{} {}</p><div class="cs-room-worth"><div>{}</div>'
        '<aside>{}{}<ul class="cs-room-beside">{}</ul></aside></div>'
    ).format(
        under,
        said[0],
        room_chart(
            result.chart, metric.measure.written, sentence(result), [one.agreed for one in agreed]
        ),
        question(item),
        Markup("").join(_agreed(room, one) for one in agreed[:1]),
        lines,
    )
    keys = (rows_key(room, screen, metric, item.unit_id),)
    return Screen(message, body, "worth", number, item.minutes, icon(result.chart), keys)


def beside_chart(said: Sequence[str]) -> tuple[list[str], list[str]]:
    """Of the lines under a figure those that have room beside its chart, and those that have not.

    The first is told under the title.
    """
    shown: list[str] = []
    taken = 0
    for line in said[1:]:
        taken += -(-len(line) // LETTERS_A_LINE)
        if taken > LINES_BESIDE:
            break
        shown.append(line)
    return shown, list(said[1 + len(shown) :])


def _agreed(room: Room, one: Action) -> Markup:
    """What was agreed about the figure before, and whether it has moved since."""
    words = f"{one.said}."
    return Markup('<p class="cs-room-agreed"><b>{}</b> {}</p>').format(words, moved(room, one))


def rows_key(room: Room, screen: int, metric: Metric, unit_id: str | None) -> Key:
    """To the rows behind a figure."""
    return Key("l", "L", "the rows", rows_link(room, screen, metric, unit_id))


def rows_link(room: Room, screen: int, metric: Metric, unit_id: str | None) -> str:
    return room.link(screen=screen, rows=1, metric=metric.key, **unit_said(unit_id))


def unit_figures(room: Room, number: int, item: AgendaItem, screen: int) -> list[Screen]:
    """Units by metrics, so many units a screen; the service stands on each."""
    parts = parts_of_units(room)
    return [
        Screen(
            item.title + (f" ({at} of {len(parts)})" if len(parts) > 1 else ""),
            Markup("{}{}").format(
                question(item), _figures_table(room, [*part, SERVICE], screen + at - 1)
            ),
            "figures",
            number,
            item.minutes,
        )
        for at, part in enumerate(parts, start=1)
    ]


def parts_of_units(room: Room) -> list[list[str | None]]:
    """The units with any figure, as many at once as a screen has room for; one part at least."""
    units = [one for one in room.figures.units if one != SERVICE and _has_any(room, one)]
    starts = range(0, len(units), UNITS_ON_A_SCREEN)
    return [units[at : at + UNITS_ON_A_SCREEN] for at in starts] or [[]]


def _has_any(room: Room, unit_id: str | None) -> bool:
    month = room.agenda.month
    return any((key, unit_id, month) in room.figures.tallies for key in CATALOGUE)


def _figures_table(room: Room, units: Sequence[str | None], screen: int) -> Markup:
    head = Markup("").join(
        Markup('<th scope="col">{}<small>{}</small></th>').format(one.short_name, direction(one))
        for one in CATALOGUE.values()
    )
    body = Markup("").join(_unit_row(room, unit_id, screen) for unit_id in units)
    return Markup(
        '<table class="cs-room-figures"><thead><tr><th scope="col">Unit</th>{}</tr></thead>'
        "<tbody>{}</tbody></table>"
    ).format(head, body)


def _unit_row(room: Room, unit_id: str | None, screen: int) -> Markup:
    cells = Markup("").join(
        Markup("<td>{}</td>").format(_cell(room, room.told[key, unit_id], screen))
        for key in CATALOGUE
    )
    name = room.figures.units[unit_id]
    return Markup('<tr><th scope="row">{}</th>{}</tr>').format(name, cells)


def _cell(room: Room, result: Result, screen: int) -> Markup:
    if result.value is None or result.chart is None:
        return Markup("– <small>{}</small>").format(_why_none(result))
    metric, unit_id = result.metric, result.view.scope.unit_id
    where = rows_link(room, screen, metric, unit_id)
    shown = Markup("{} {}").format(result.written, icon(result.chart))
    return link(where, shown, sentence(result))


def _why_none(result: Result) -> str:
    """Why there is no value, in the few letters that a cell has room for."""
    if result.not_in_source:
        return "no source"
    return "no data" if result.tally is None else "n = 0"
