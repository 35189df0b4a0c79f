"""What stands around each screen of the meeting: the line on top, the keys, which one is shown."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from markupsafe import Markup

from metrics.figures import Figures
from metrics.model import Period
from metrics.sentence import written_date
from metrics.writing import several
from ui.frame import INVENTED
from ui.room.entering import Room, standing_words

# The line on top has room for no more; the agenda's page names the settings.
NOT_AS_SET = "settings changed"
NOT_KNOWN = "settings not known"
SHRUNK = "fewer rows loaded"


@dataclass(frozen=True)
class Key:
    """A link that a key opens too: `pressed` as browsers name keys, `sign` as the room reads it.

    `screen` is where it leads within the walk, which needs no server.
    """

    pressed: str
    sign: str
    words: str
    href: str
    screen: int | None = None


@dataclass(frozen=True)
class Screen:
    """One idea: its message, what is shown under it, and what more can be opened from it."""

    title: str
    body: Markup
    name: str
    number: int | None = None
    minutes: int | None = None
    icon: Markup = Markup("")
    keys: tuple[Key, ...] = field(default_factory=tuple)


def walk(room: Room, screens: Sequence[Screen], done: Markup) -> Markup:
    """Every screen of the meeting; the one that the address names is shown.

    On that one stands what was `done` last, which the whole room sees.
    """
    shown_number = min(room.place.screen, len(screens))
    drawn = Markup("").join(
        _section(
            room,
            replace(screen, body=screen.body + done) if number == shown_number else screen,
            number,
            number == shown_number,
            [*screen.keys, *_steps(room, number, len(screens))],
        )
        for number, screen in enumerate(screens, start=1)
    )
    return Markup('<div class="cs-room">{}</div>').format(drawn)


def opened(room: Room, screen: Screen, first_screens: Mapping[int, int]) -> Markup:
    """One screen that was opened from the walk: Escape leads back, numbers lead to other items."""
    section = _section(room, screen, room.place.screen, True, screen.keys)
    numbers = Markup("").join(
        Markup('<a href="{}" data-number="{}" target="_self">{}</a>').format(
            room.link(screen=first_screen), number, number
        )
        for number, first_screen in first_screens.items()
    )
    return Markup('<div class="cs-room">{}<nav hidden>{}</nav></div>').format(section, numbers)


def _section(
    room: Room, screen: Screen, number: int, is_shown: bool, keys: Sequence[Key]
) -> Markup:
    return Markup(
        '<section class="cs-room-screen cs-room-screen-{}" data-at="{}" data-item="{}"'
        ' tabindex="-1"{}>'
        '<p class="cs-room-top"><span>{}</span><span>{}</span></p>'
        "<h1>{}{}</h1>{}<footer>{}</footer></section>"
    ).format(
        screen.name,
        number,
        screen.number or 0,
        "" if is_shown else Markup(" hidden"),
        _where(room, screen),
        _standing(room),
        screen.icon,
        screen.title,
        screen.body,
        Markup("").join(_key(key) for key in keys) + BLANK + _sign_out(room, number),
    )


def _where(room: Room, screen: Screen) -> str:
    parts = [str(room.agenda.month)]
    if screen.number:
        parts.append(f"item {screen.number} of {len(room.agenda.items)}")
    if screen.minutes:
        parts.append(several(screen.minutes, "minute"))
    return " · ".join(parts)


def _standing(room: Room) -> Markup:
    day = written_date(room.figures.as_at(room.agenda.month))
    # What makes the figures doubtful goes before what is true of every screen.
    first = _doubt_words(room.figures, room.agenda.month) or "names hidden"
    banner = f"{first} · as at {day} · {standing_words(room)}"
    if not room.figures.load.invented:
        return Markup("{}").format(banner)
    return Markup("<b>{}</b> · {}").format(INVENTED, banner)


def _doubt_words(figures: Figures, month: Period) -> str | None:
    """In few words why the figures may be wrong: settings changed, or rows lost; else None."""
    if not figures.doubts(month):
        return None
    stamp = figures.stamps.get(month)
    changes = stamp.changed_settings if stamp else figures.changed_settings
    if changes is None:
        return NOT_KNOWN
    return NOT_AS_SET if changes else SHRUNK


def _steps(room: Room, number: int, last: int) -> Iterator[Key]:
    if number > 1:
        words = "back" if number > OVERVIEW else "title"
        yield _step(room, "ArrowLeft PageUp", "←", words, number - 1)
    if number < last:
        yield _step(room, "ArrowRight PageDown", "→", "next", number + 1)
    if number != OVERVIEW:
        yield _step(room, "Escape", "Esc", "agenda", OVERVIEW)
    elif not room.page.looking.is_meeting:
        yield Key("Escape", "Esc", "leave", room.page.address.link("agenda"))


OVERVIEW = 2
SIGN_OUT = Markup(
    '<form method="post" action="./sign-out">'
    '<button class="cs-key" type="submit">Sign out</button></form>'
)
BLANK = Markup('<button type="button" class="cs-key" data-key="b"><b>B</b> blank</button>')


def _sign_out(room: Room, number: int) -> Markup:
    """The way out of a meeting's session, which may not go back to Agenda; no key signs out."""
    if number != OVERVIEW or not room.page.looking.is_meeting:
        return Markup("")
    return SIGN_OUT


def _step(room: Room, pressed: str, sign: str, words: str, screen: int) -> Key:
    return Key(pressed, sign, words, room.link(screen=screen), screen)


def _key(key: Key) -> Markup:
    to = Markup(' data-to="{}"').format(key.screen) if key.screen else ""
    return Markup(
        '<a class="cs-key" href="{}" data-key="{}"{} target="_self"><b>{}</b> {}</a>'
    ).format(key.href, key.pressed, to, key.sign, key.words)
