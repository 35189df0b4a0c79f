"""Ten closed cases like the case in depth, by codes and without a date; read when asked for."""

from collections.abc import Iterator

from markupsafe import Markup

from charts.level_strips import Strip, level_strips
from data_access.code_sets.children import NEED
from meeting.agenda import ItemKind
from meeting.drawing import Case
from metrics.compare.cohort import Cell
from metrics.levels.levels import NAMES
from metrics.lists.like_this_one import TEN, Course, LikeThisOne, like_this_one
from metrics.model import SMALLEST_SHOWN, round_half_up
from metrics.writing import count, several
from ui.address import WrongAddress
from ui.child.parts import child_if_open
from ui.room.entering import Room, nothing
from ui.room.frame import Key, Screen

DAYS_OF_A_MONTH = 365.25 / 12
NEEDS = {one.code: one.means for one in NEED.codes}
SAID_OF_TEN = (
    "Ten are no statistic: they show what can happen, not how often. Cases that go on are not"
    " among them."
)
NO_LEVEL = "No case of this child is open now: there is nothing to set others beside."
NOT_ON_RECORD = (
    "Its need or its date of birth is not on record, so nobody can say which cases are like it."
)
TOO_FEW = (
    "Fewer than {} closed cases that are open to this room are like this one: so few could tell"
    " who they are, so none is shown."
)
NOT_OPEN = "This child’s record is not open to this room, and no other is set beside it."


def like_key(room: Room, screen: int) -> Key:
    """To the ten, from a screen of the case in depth."""
    return Key("t", "T", "ten like it", room.link(screen=screen, like=1))


def like_screen(room: Room) -> Screen:
    """The case in depth, and under it ten closed cases like it."""
    cases = room.cases.get(ItemKind.CASE_IN_DEPTH.value, ())
    if not cases:
        raise WrongAddress("The meeting has no case in depth now: open the agenda again.")
    back = Key("Escape", "Esc", "back", room.link(screen=room.place.screen))
    child = room.child_words(cases[0].child_id)
    return Screen(f"Closed cases like {child}’s", _body(room, cases[0]), "like", keys=(back,))


def _body(room: Room, of: Case) -> Markup:
    child = child_if_open(room.page, of.child_id)
    if child is None or child.is_closed:
        return nothing(NOT_OPEN)
    page = room.page
    found = like_this_one(page.engine, page.viewer, of.child_id, of.lot, page.basis, SMALLEST_SHOWN)
    if found.own is None or found.cell is None:
        return nothing(NO_LEVEL if found.own is None else NOT_ON_RECORD)
    if not found.courses:
        return _line("reading", alike_words(found.cell)) + nothing(TOO_FEW.format(SMALLEST_SHOWN))
    return Markup("{}{}{}{}").format(
        _line("reading", alike_words(found.cell)),
        _line("small", drawn_words(found, of.lot)),
        _drawn(room, found.own, found),
        _line("small", f"{back_words(found)} {SAID_OF_TEN}"),
    )


def _line(kind: str, words: str) -> Markup:
    return Markup('<p class="cs-room-{}">{}</p>').format(kind, words)


def alike_words(cell: Cell) -> str:
    """What is alike: need, level, age."""
    need = NEEDS.get(cell.need, cell.need)
    return f"Alike: {need} · {NAMES[cell.level]} · aged {cell.age} as that began."


def drawn_words(found: LikeThisOne, lot: str) -> str:
    """Among how many chance drew them, and by which seed."""
    closed = f"{several(found.alike, 'such case')} closed a year ago or more, open to this room"
    if found.alike <= TEN:
        return f"All {closed}."
    return f"{TEN} drawn from {closed}. Draw number {lot}."


def back_words(found: LikeThisOne) -> str:
    """Of all that are alike how many were referred again; a share of no fewer than ten."""
    did, could = int(found.back.numerator), int(found.back.denominator)
    share = f" ({round_half_up(100 * did / could)}%)" if could >= TEN else ""
    return (
        f"Of all {count(found.alike)}, {count(could)} could come back: {count(did)} did within a"
        f" year{share}."
    )


def _drawn(room: Room, own: Course, found: LikeThisOne) -> Markup:
    own_strip, *strips = (
        Strip(room.child_words(one.child_id), one) for one in (own, *found.courses)
    )
    says = " ".join(course_words(one.name, one.course) for one in (own_strip, *strips))
    return level_strips(own_strip, strips, says)


def course_words(name: str, course: Course) -> str:
    """A strip in words, for who hears the screen."""
    levels = ", then ".join(
        f"{NAMES[one.level]} for {_months(one.end - one.first)}" for one in course.levels
    )
    return f"{name}: {levels}{''.join(_end_words(course))}."


def _end_words(course: Course) -> Iterator[str]:
    if course.closed is None:
        yield "; it goes on"
        return
    yield ", closed"
    if course.back is not None:
        yield f", referred again {_months(course.back - course.closed)} later"


def _months(days: int) -> str:
    months = int(round_half_up(days / DAYS_OF_A_MONTH))
    return several(months, "month") if months else "days"
