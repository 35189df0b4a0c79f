"""The meeting's cases, by code: the list to review, one in depth, and any child behind a row."""

from collections.abc import Sequence
from dataclasses import replace

from markupsafe import Markup
from sqlalchemy import Row

from charts.tables import link, table
from charts.words import number_words
from meeting.agenda import AgendaItem, ItemKind
from meeting.drawing import Case
from metrics.sentence import written_date
from metrics.writing import several
from ui.address import WrongAddress
from ui.child.journey import STATUS_WORDS, Story
from ui.child.parts import child_if_open, read_story
from ui.meeting.case_words import draw_words
from ui.not_in_source import why_no_work
from ui.pages import PAGES
from ui.room.child_time import PARTS, picture
from ui.room.entering import Room, nothing
from ui.room.frame import Key, Screen
from ui.room.items import note_key, question
from ui.room.like_this_one import like_key
from ui.room.rows import rows_page_link

CASES_ON_A_SCREEN = 8
NOBODY_YET = Markup("No child has been drawn yet: the analyst draws on {}.")
RESTRICTED = "This record is restricted: it counts in the figures, and its story stays closed."
NOT_OPEN = "This child is held by no unit that is open to this room."
HEADINGS = ("", "Age", "Status", "Held by", "Last seen", "Last score")


def _nobody_yet(room: Room) -> Markup:
    """With the way to where children are drawn, for whoever may go there."""
    page = room.page
    may = not page.looking.is_meeting and PAGES["cases"].is_open_to(page.viewer)
    where = link(page.address.link("cases"), "Cases") if may else "Cases"
    return NOBODY_YET.format(where)


def review_screen(room: Room, number: int, item: AgendaItem, screen: int) -> Screen:
    """The children to review, each by its code, which leads to its timeline."""
    cases = room.cases.get(ItemKind.CASE_REVIEW.value, ())[:CASES_ON_A_SCREEN]
    rows = [_line(room, case, screen) for case in cases]
    listing = table(HEADINGS, rows) if rows else nothing(_nobody_yet(room))
    body = Markup("{}{}{}").format(question(item), _frame(room, cases), listing)
    to_first = [_case_link(room, screen, case.child_id) for case in cases[:1]]
    first = [Key("l", "L", "the first case", where) for where in to_first]
    keys = (*first, note_key(room, screen, item))
    return Screen(item.title, body, "review", number, item.minutes, keys=keys)


def depth_screens(room: Room, number: int, item: AgendaItem, screen: int) -> list[Screen]:
    """The item's question and whom it is about; then that child's time."""
    cases = room.cases.get(ItemKind.CASE_IN_DEPTH.value, ())
    key = note_key(room, screen, item)
    if not cases:
        body = question(item) + nothing(_nobody_yet(room))
        return [Screen(item.title, body, "depth", number, item.minutes, keys=(key,))]
    child = cases[0].child_id
    title = f"{item.title}: {room.child_words(child)}"
    body = question(item) + _frame(room, cases)
    return [
        Screen(title, body, "depth", number, item.minutes, keys=(like_key(room, screen), key)),
        replace(
            _opened(room, child, (like_key(room, screen + 1), key)),
            number=number,
            minutes=item.minutes,
        ),
    ]


def case_screen(room: Room) -> Screen:
    """A case of the review, by its child's code, with the ways to those beside it."""
    ids = [case.child_id for case in room.cases.get(ItemKind.CASE_REVIEW.value, ())]
    number = next((at for at, id in enumerate(ids) if room.address_code(id) == room.place.case), -1)
    if number < 0:
        raise WrongAddress("The review has no such case now: open the agenda again.")
    back = Key("Escape", "Esc", "back", room.link(screen=room.place.screen))
    steps = [
        Key(pressed, sign, words, _case_link(room, room.place.screen, ids[to]))
        for pressed, sign, words, to in (
            ("ArrowLeft PageUp", "←", "case before", number - 1),
            ("ArrowRight PageDown", "→", "next case", number + 1),
        )
        if 0 <= to < len(ids)
    ]
    return _opened(room, ids[number], (*steps, back))


def _case_link(room: Room, screen: int, child_id: str) -> str:
    return room.link(screen=screen, case=room.address_code(child_id))


def row_screen(room: Room) -> Screen:
    """The child of the row that the address points at."""
    back = Key("Escape", "Esc", "back to the rows", rows_page_link(room, room.place.rows or 1))
    return _opened(room, room.child_in_address(), (back,))


def _opened(room: Room, child_id: str, keys: Sequence[Key]) -> Screen:
    title = f"{room.child_words(child_id)}, up to {written_date(room.page.basis.as_at)}"
    return Screen(title, _life(room, child_id), "depth", keys=tuple(keys))


def _child(room: Room, child_id: str) -> Row | None:
    return child_if_open(room.page, child_id)


def _life(room: Room, child_id: str) -> Markup:
    child = _child(room, child_id)
    if child is None:
        return nothing(NOT_OPEN)
    if child.is_closed:
        return nothing(RESTRICTED)
    child_story, basis = read_story(room.page, child, PARTS), room.page.basis
    settings = basis.settings
    facts = " · ".join((_years(child), _status(child_story), _held_by(child_story)))
    return Markup('<p class="cs-room-reading">{}</p>{}').format(
        facts, picture(child_story, basis.as_at, settings.scale, settings.rater)
    )


def _years(child: Row) -> str:
    return "age not known" if child.age is None else several(child.age, "year old", "years old")


def _status(child_story: Story) -> str:
    now = [row for row in child_story["statuses"] if row.ended_on is None]
    if not now:
        return "no open status"
    return f"{STATUS_WORDS[now[-1].status]} since {written_date(now[-1].started_on)}"


def _held_by(child_story: Story) -> str:
    now = [row for row in child_story["allocations"] if row.lead and row.ended_on is None]
    return f"held by {now[-1].held_by or 'no unit'}" if now else "held by nobody"


def _line(room: Room, of: Case, screen: int) -> tuple[object, ...]:
    words, child = room.child_words(of.child_id), _child(room, of.child_id)
    if child is None or child.is_closed:
        closed = "not open here" if child is None else "restricted record"
        return (words, closed, *[None] * (len(HEADINGS) - 2))
    child_story = read_story(room.page, child, ("statuses", "allocations", "visits", "scores"))
    seen = [row.visited_on for row in child_story["visits"] if row.was_seen]
    return (
        link(_case_link(room, screen, of.child_id), words),
        _years(child).removesuffix(" old"),
        _status(child_story).partition(" since")[0],
        _held_by(child_story).removeprefix("held by "),
        max(seen) if seen else _no_visit(room),
        _score(room, child_story),
    )


def _no_visit(room: Room) -> str:
    return "not in this source" if why_no_work(room.page) else "no visit recorded"


def _score(room: Room, child_story: Story) -> str:
    settings = room.page.basis.settings
    own = [
        row
        for row in child_story["scores"]
        if (row.scale, row.rater) == (settings.scale, settings.rater)
    ]
    if not own:
        return "no scale score"
    last = own[-1]
    return f"{number_words(last.score)} on {written_date(last.scored_on)}"


def _frame(room: Room, cases: Sequence[Case]) -> Markup:
    if not cases:
        return Markup("")
    return Markup('<p class="cs-room-small">{}</p>').format(draw_words(cases, room.figures))
