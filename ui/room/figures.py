"""The meeting's screens of figures: one metric's message, chart and question; units by metrics."""

from collections.abc import Sequence

from markupsafe import Markup

from charts.marks import icon, legend
from charts.room import room_chart
from charts.tables import link
from meeting.actions import Action
from meeting.agenda import AgendaItem, ItemKind
from metrics.agenda_rules import has_any_figure
from metrics.catalogue import CATALOGUE
from metrics.model import SERVICE
from metrics.result import Result
from metrics.sentence import direction, reading_sentences, sentence
from metrics.spc.chart_reading import ChartReading
from ui.address import unit_address_parts
from ui.room.entering import Room
from ui.room.frame import Key, Screen
from ui.room.items import message_of, moved_words, note_key, own_screen, question

# What has room beside the chart on the smaller projector; the rest stands over the rows.
LETTERS_A_LINE, LINES_BESIDE = 36, 14
# The question is in larger letters: how many a line has, and how many of the others' lines it is.
LETTERS_ASKED_A_LINE, ASKED_LINE = 24, 1.3
BETWEEN = 0.5
UNITS_ON_A_SCREEN = 7


def worth_screen(room: Room, number: int, item: AgendaItem, screen: int) -> Screen:
    """The message, the chart, the number and how to read it, and the question that it asks."""
    result = room.results.get((item.metric or "", item.unit_id))
    if result is None or result.chart is None:
        return own_screen(room, number, item, screen)
    message, under = message_of(item, result)
    body = Markup(
        '<p class="cs-room-reading">{} {}</p><div class="cs-room-worth"><div>{}</div>{}</div>'
    ).format(
        under,
        reading_sentences(result)[0],
        _chart(room, result, result.chart),
        _aside(room, item, result),
    )
    keys = (rows_key(room, screen, result), note_key(room, screen, item))
    return Screen(message, body, "worth", number, item.minutes, icon(result.chart), keys)


def _agreed_about(room: Room, result: Result) -> list[Action]:
    """The open actions that are meant to change the figure; what was noted last comes first."""
    about = (result.metric.key, result.view.scope.unit_id)
    actions = [
        action
        for action in room.actions.values()
        if action.is_open and (action.metric, action.unit_id) == about
    ]
    return sorted(actions, key=lambda action: action.agreed_at, reverse=True)


def _chart(room: Room, result: Result, chart: ChartReading) -> Markup:
    write, actions = result.metric.measure.written, _agreed_about(room, result)
    return room_chart(chart, write, sentence(result), [action.agreed for action in actions])


def _aside(room: Room, item: AgendaItem, result: Result) -> Markup:
    """Beside the chart: the question, what was agreed, what is always told with it."""
    lines, _ = beside_chart(room, result)
    return Markup('<aside>{}{}<ul class="cs-room-beside">{}</ul></aside>').format(
        question(item),
        Markup("").join(
            Markup('<p class="cs-room-agreed"><b>{}</b> {}</p>').format(*words)
            for words in _agreed_words(room, result)
        ),
        Markup("").join(Markup("<li>{}</li>").format(line) for line in lines),
    )


def _agreed_words(room: Room, result: Result) -> list[tuple[str, str]]:
    """What was agreed about the figure: the newest, whether it has moved since, and the others."""
    agreed = _agreed_about(room, result)
    words = [(f"{action.task}.", moved_words(room, action)) for action in agreed[:1]]
    left = LINES_BESIDE - _question_lines(room, result) - _lines_of_words(words)
    others = [(f"{action.task}.", "") for action in agreed[1:]]
    if left >= _lines_of_words(others):
        return words + others
    return [*words, (f"and {len(others)} more, on Actions", "")]


def _question_lines(room: Room, result: Result) -> float:
    """The lines that the item's question takes beside the chart; none where it has no item."""
    about = (result.metric.key, result.view.scope.unit_id)
    questions = [
        item.question
        for item in room.agenda.items
        if item.kind is ItemKind.WORTH and (item.metric, item.unit_id) == about
    ]
    return sum(-(-len(text) // LETTERS_ASKED_A_LINE) * ASKED_LINE for text in questions[:1])


def _lines_of_words(words: Sequence[tuple[str, str]]) -> float:
    return sum(_lines(" ".join(texts)) + BETWEEN for texts in words)


def beside_chart(room: Room, result: Result) -> tuple[list[str], list[str]]:
    """Of the lines under a figure those that have room beside its chart, and those that have not.

    The first is told under the title; the question and what was agreed come before them.
    """
    reading_lines = reading_sentences(result)
    taken = _question_lines(room, result) + _lines_of_words(_agreed_words(room, result))
    shown: list[str] = []
    for line in reading_lines[1:]:
        taken += _lines(line)
        if taken > LINES_BESIDE:
            break
        shown.append(line)
    return shown, list(reading_lines[1 + len(shown) :])


def _lines(words: str) -> int:
    return -(-len(words) // LETTERS_A_LINE)


def rows_key(room: Room, screen: int, result: Result) -> Key:
    """To the rows behind a figure."""
    words = "the rows" if result.metric.is_of_children else "its parts"
    return Key("l", "L", words, rows_link(room, screen, result))


def rows_link(room: Room, screen: int, result: Result) -> str:
    address_parts = unit_address_parts(result.view.scope.unit_id)
    return room.link(screen=screen, rows=1, metric=result.metric.key, **address_parts)


def unit_screens(room: Room, number: int, item: AgendaItem, screen: int) -> list[Screen]:
    """Units by metrics, so many units a screen; the service stands on each."""
    parts = parts_of_units(room)
    return [
        Screen(
            item.title + (f" ({place} of {len(parts)})" if len(parts) > 1 else ""),
            Markup('{}{}<p class="cs-room-small cs-room-legend">{}</p>').format(
                question(item), _figures_table(room, [*part, SERVICE], screen + place - 1), legend()
            ),
            "figures",
            number,
            item.minutes,
            keys=(_figure_key(room, screen + place - 1), note_key(room, screen + place - 1, item)),
        )
        for place, part in enumerate(parts, start=1)
    ]


def _figure_key(room: Room, screen: int) -> Key:
    """Turns to the table, where Tab goes on; it is a link to the first figure of the service."""
    first = next(iter(CATALOGUE))
    return Key(
        "l", "L", "a figure: Tab, Enter", rows_link(room, screen, room.results[first, SERVICE])
    )


def parts_of_units(room: Room) -> list[list[str | None]]:
    """The units with any figure, as many at once as a screen has room for; one part at least."""
    units = [
        unit_id
        for unit_id in room.figures.units
        if unit_id != SERVICE and has_any_figure(room.figures, unit_id, room.agenda.month)
    ]
    starts = range(0, len(units), UNITS_ON_A_SCREEN)
    return [units[start : start + UNITS_ON_A_SCREEN] for start in starts] or [[]]


def _figures_table(room: Room, units: Sequence[str | None], screen: int) -> Markup:
    head = Markup("").join(
        Markup('<th scope="col">{}<small>{}</small></th>').format(
            link(rows_link(room, screen, room.results[metric.key, SERVICE]), metric.short_name),
            direction(metric),
        )
        for metric in CATALOGUE.values()
    )
    body = Markup("").join(_unit_row(room, unit_id, screen) for unit_id in units)
    return Markup(
        '<table class="cs-room-figures"><thead><tr><th scope="col">Unit</th>{}</tr></thead>'
        "<tbody>{}</tbody></table>"
    ).format(head, body)


def _unit_row(room: Room, unit_id: str | None, screen: int) -> Markup:
    cells = Markup("").join(
        Markup("<td>{}</td>").format(_cell(room, room.results[key, unit_id], screen))
        for key in CATALOGUE
    )
    name = room.figures.units[unit_id]
    return Markup('<tr><th scope="row">{}</th>{}</tr>').format(name, cells)


def _cell(room: Room, result: Result, screen: int) -> Markup:
    if result.value is None or result.chart is None:
        return Markup("– <small>{}</small>").format(_why_none(result))
    where = rows_link(room, screen, result)
    written = Markup("{} {}").format(result.written, icon(result.chart))
    return link(where, written, sentence(result))


def _why_none(result: Result) -> str:
    """Why there is no value, in the few letters that a cell has room for."""
    if result.not_in_source:
        return "no source"
    return "no data" if result.tally is None else "n = 0"
