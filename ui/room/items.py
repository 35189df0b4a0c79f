"""The meeting's screens that are no chart and no case: title, agenda, items in words, the end."""

from collections.abc import Mapping, Sequence

from markupsafe import Markup

from charts.marks import marks_of
from charts.tables import link
from meeting.actions import Action, figure_words
from meeting.agenda import AgendaItem, ItemKind
from metrics.agenda_rules import Worth, worth_the_rooms_time
from metrics.result import Result
from metrics.sentence import noticed_headline, sentence, verdict, written_date
from metrics.writing import several
from ui.address import unit_address_parts
from ui.room.entering import Room, nothing, standing_words
from ui.room.frame import Key, Screen

LISTED_AT_MOST = 16
LISTED_IN_ONE_COLUMN = 9
UNUSUAL_LISTED = 5


def title_screen(room: Room) -> Screen:
    """Which month, as at which day, frozen by whom, how much there is to do."""
    agenda, figures = room.agenda, room.figures
    stamp = figures.stamps.get(agenda.month)
    frozen = (
        f"frozen {written_date(stamp.frozen_on)}, version {stamp.version}, by {stamp.by}"
        if stamp and standing_words(room) == "frozen"
        else f"{standing_words(room)}: its figures can still change"
    )
    held = [f"held on {written_date(agenda.held_on)}"] if agenda.held_on else []
    lines = (
        *held,
        f"as at {written_date(figures.as_at(agenda.month))} · {frozen}",
        f"{_items(len(agenda.items))} · {several(agenda.minutes, 'minute')}",
        "Children are named by codes that hold for this meeting only.",
    )
    return Screen(f"ChildStat · {agenda.month}", in_lines(lines), "title")


def in_lines(lines: Sequence[object]) -> Markup:
    body = Markup("").join(Markup("<p>{}</p>").format(line) for line in lines)
    return Markup('<div class="cs-room-lines">{}</div>').format(body)


def _items(number: int) -> str:
    return several(number, "item")


def overview_screen(room: Room, first_screens: Mapping[int, int]) -> Screen:
    """The agenda: an item a line, each a link that its number opens too."""
    listed = room.numbered
    lines = Markup("").join(
        _line(room, number, item, first_screens[number]) for number, item in listed[:LISTED_AT_MOST]
    )
    more = len(listed) - LISTED_AT_MOST
    if more > 0:
        lines += Markup("<li>… and {} more, by → from the last one here</li>").format(more)
    css = " cs-room-two" if len(listed) > LISTED_IN_ONE_COLUMN else ""
    body = Markup('<ol class="cs-room-agenda{}">{}</ol>').format(css, lines)
    return Screen(
        f"{_items(len(listed))}, {several(room.agenda.minutes, 'minute')}",
        body if listed else nothing("The agenda has no item: the analyst adds them on Agenda."),
        "overview",
    )


def _line(room: Room, number: int, item: AgendaItem, screen: int) -> Markup:
    return Markup(
        '<li><a href="{}" data-number="{}" data-to="{}" target="_self"><b>{}</b>'
        "<span>{}</span><i>{} min</i></a></li>"
    ).format(
        room.link(screen=screen), number, screen, number, _short_title(room, item), item.minutes
    )


def _short_title(room: Room, item: AgendaItem) -> object:
    """An item in a line: of one about a figure its shape and its message."""
    result = room.results.get((item.metric or "", item.unit_id))
    if item.kind is not ItemKind.WORTH or result is None or result.chart is None:
        return item.title
    return Markup("{} {}").format(marks_of(result), message_of(item, result)[0])


def own_screen(room: Room, number: int, item: AgendaItem, screen: int) -> Screen:
    """An item of the analyst's own: its words and its question."""
    keys = (note_key(room, screen, item),)
    return Screen(item.title, question(item), "own", number, item.minutes, keys=keys)


def note_key(room: Room, screen: int, item: AgendaItem) -> Key:
    """To the form for an action, about the item's figure where it has one."""
    about = {"metric": item.metric, **unit_address_parts(item.unit_id)} if item.metric else {}
    return Key("a", "A", "note an action", room.link(screen=screen, note=1, **about))


def message_of(item: AgendaItem, result: Result) -> tuple[str, str]:
    """The title and the line under it: the rule's sentence in two, or the analyst's title whole."""
    whole = sentence(result)
    if item.title.startswith(whole):
        return noticed_headline(result), f"{verdict(result)}{item.title.removeprefix(whole)}"
    return item.title, verdict(result)


def question(item: AgendaItem) -> Markup:
    paragraph = Markup('<p class="cs-room-question">{}</p>').format(item.question)
    return paragraph if item.question else Markup("")


def usual_screen(room: Room, screen: int) -> Screen:
    """The last screen: what else the rules found, how much is usual, and what can't be judged."""
    worth = worth_the_rooms_time(room.figures, room.agenda.month)
    on_it = {
        (item.metric, item.unit_id) for item in room.agenda.items if item.kind is ItemKind.WORTH
    }
    rest = [
        result
        for item in (*worth.items, *worth.more)
        if (item.metric.key, item.unit_ids[0]) not in on_it
        for result in item.every
        if (item.metric.key, result.view.scope.unit_id) not in on_it
    ]
    lines = (
        *_counted(worth),
        *(_unusual(room, result, screen) for result in rest[:UNUSUAL_LISTED]),
        *([f"… and {len(rest) - UNUSUAL_LISTED} more"] if rest[UNUSUAL_LISTED:] else []),
    )
    title = f"All else: {len(worth.usual)} of usual variation, {len(worth.unjudged)} not judged yet"
    if rest:
        title = f"Not on this agenda: {len(rest)} worth a look, found by the same rules"
    return Screen(title, in_lines(lines), "usual")


def _counted(worth: Worth) -> list[str]:
    small = f"{len(worth.small)} unusual, and too small for the room’s time."
    return [
        f"{len(worth.usual)} of usual variation: nothing to explain.",
        *([small] if worth.small else []),
        f"{len(worth.unjudged)} not judged yet, and {len(worth.missing)} without a value.",
    ]


def _unusual(room: Room, result: Result, screen: int) -> Markup:
    """One figure that is unusual, with its shape: a link to its rows."""
    address_parts = {"metric": result.metric.key, **unit_address_parts(result.view.scope.unit_id)}
    where = room.link(screen=screen, rows=1, **address_parts)
    return Markup("{} {}").format(
        marks_of(result), link(where, noticed_headline(result), sentence(result))
    )


def action_screen(room: Room, number: int, item: AgendaItem, screen: int) -> Screen:
    """What was agreed, who does it by when, what it was meant to change, and whether it has."""
    action = room.actions.get(item.action_id or "")
    if action is None:
        return own_screen(room, number, item, screen)
    overdue = " · overdue" if action.is_due(room.figures.as_at(room.agenda.month)) else ""
    facts = {
        "Agreed": f"in {action.meeting}",
        "Who": action.owner,
        "Due": f"{written_date(action.due_on)}{overdue}",
        "To change": _to_change(room, action),
        "Look at it": str(action.look) if action.look else "not said",
        "Has it moved?": moved_words(room, action),
    }
    body = Markup("").join(
        Markup("<dt>{}</dt><dd>{}</dd>").format(name, words) for name, words in facts.items()
    )
    facts_and_question = Markup('<dl class="cs-room-facts">{}</dl>{}').format(body, question(item))
    keys = (note_key(room, screen, item),)
    return Screen(item.title, facts_and_question, "action", number, item.minutes, keys=keys)


def _to_change(room: Room, action: Action) -> str:
    """The figure and what is expected of it, as far as anybody said."""
    parts = (figure_words(action, room.figures.units), action.effect)
    return ": ".join(filter(None, parts)) or "not said"


def moved_words(room: Room, action: Action) -> str:
    """Whether the figure that an action was meant to change has changed since."""
    verdict = room.verdicts.get(action.id)
    return verdict.words if verdict else "No figure was named to see it by."
