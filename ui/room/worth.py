"""One figure before the room: its message, its question, its chart as wide as the screen."""

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from charts.marks import marks_of
from charts.room import room_chart
from meeting.actions import Action
from meeting.agenda import AgendaItem, ItemKind
from metrics.result import Result
from metrics.sentence import lines_beside, reading_sentences, sentence
from ui.room.entering import Room
from ui.room.figures import rows_key
from ui.room.frame import Screen
from ui.room.items import message_of, moved_words, note_key, own_screen, question


@dataclass(frozen=True)
class _Type:
    """How many letters a line of the screen has, and how high it is, on the smaller projector."""

    letters: int
    high: int

    def height(self, words: str) -> int:
        return -(-len(words) // self.letters) * self.high


HEAD, READ, ASKED, SMALL = _Type(54, 48), _Type(82, 39), _Type(74, 38), _Type(104, 28)
# Between the screen's first line and its keys, with what was just noted; around the question and a
# thing agreed.
SCREEN, AROUND = 556, 14
# What is agreed is always told, and takes from the chart what no line may take.
CHART_AT_LEAST, CHART_UNDER_ACTIONS = 290, 200


@dataclass(frozen=True)
class _Place:
    """What stands under the chart, what has no room there, and how high that leaves the chart."""

    agreed: list[tuple[str, str]]
    lines: list[str]
    rest: list[str]
    chart: int


def worth_screen(room: Room, number: int, item: AgendaItem, screen: int) -> Screen:
    """The message, how to read it, the question, and the chart over all the width."""
    result = room.results.get((item.metric or "", item.unit_id))
    if result is None or result.chart is None:
        return own_screen(room, number, item, screen)
    message, under = message_of(item, result)
    place = _place(room, result)
    body = Markup('<p class="cs-room-reading">{} {}</p>{}<div class="cs-room-worth">{}</div>{}')
    told = body.format(
        under,
        reading_sentences(result)[0],
        question(item),
        _chart(room, result, place.chart),
        _under_chart(place),
    )
    keys = (rows_key(room, screen, result), note_key(room, screen, item))
    return Screen(message, told, "worth", number, item.minutes, marks_of(result), keys)


def lines_without_room(room: Room, result: Result) -> list[str]:
    """Of the lines that are told with a figure those that have no room under its chart."""
    return _place(room, result).rest


def _chart(room: Room, result: Result, height: int) -> Markup:
    assert result.chart is not None
    write, months = result.metric.measure.written, [a.agreed for a in _agreed_about(room, result)]
    return room_chart(result.chart, write, sentence(result), months, height)


def _under_chart(place: _Place) -> Markup:
    agreed = Markup("").join(
        Markup('<p class="cs-room-agreed"><b>{}</b> {}</p>').format(*words)
        for words in place.agreed
    )
    return agreed + Markup('<ul class="cs-room-beside">{}</ul>').format(
        Markup("").join(Markup("<li>{}</li>").format(line) for line in place.lines)
    )


def _place(room: Room, result: Result) -> _Place:
    """What was agreed comes first, then the lines in their order, as far as there is room."""
    left = SCREEN - _height_above(room, result)
    agreed = _agreed_words(room, result, left - CHART_AT_LEAST)
    left -= sum(map(_agreed_height, agreed))
    lines = lines_beside(result)
    shown: list[str] = []
    for line in lines:
        if left - SMALL.height(line) < CHART_AT_LEAST:
            break
        left -= SMALL.height(line)
        shown.append(line)
    return _Place(agreed, shown, lines[len(shown) :], max(left, CHART_UNDER_ACTIONS))


def _height_above(room: Room, result: Result) -> int:
    """Of the message, how to read it, and the question; of a figure that is no item, its line."""
    item = _item_about(room, result)
    reading = reading_sentences(result)[0]
    if item is None:
        return HEAD.high + READ.height(reading)
    message, under = message_of(item, result)
    asked = ASKED.height(item.question) + AROUND if item.question else 0
    return HEAD.height(message) + READ.height(f"{under} {reading}") + asked


def _item_about(room: Room, result: Result) -> AgendaItem | None:
    about = (result.metric.key, result.view.scope.unit_id)
    of_kind = (item for item in room.agenda.items if item.kind is ItemKind.WORTH)
    return next((item for item in of_kind if (item.metric, item.unit_id) == about), None)


def _agreed_about(room: Room, result: Result) -> list[Action]:
    """The open actions that are meant to change the figure; what was noted last comes first."""
    about = (result.metric.key, result.view.scope.unit_id)
    actions = [
        action
        for action in room.actions.values()
        if action.is_open and (action.metric, action.unit_id) == about
    ]
    return sorted(actions, key=lambda action: action.agreed_at, reverse=True)


def _agreed_words(room: Room, result: Result, room_for: int) -> list[tuple[str, str]]:
    """What was agreed about the figure: the newest, whether it has moved since, and the others."""
    agreed = _agreed_about(room, result)
    words = [(f"{action.task}.", moved_words(room, action)) for action in agreed[:1]]
    others = [(f"{action.task}.", "") for action in agreed[1:]]
    if not others or sum(map(_agreed_height, words + others)) <= room_for:
        return words + others
    return [*words, (f"and {len(others)} more, on Actions", "")]


def _agreed_height(words: Sequence[str]) -> int:
    return SMALL.height(" ".join(words)) + AROUND
