"""The ways from Agenda into the room, with what is not ready told before one of them is taken."""

from collections.abc import Sequence

from markupsafe import Markup

from data_access.viewer import Act
from meeting.agenda import Agenda
from meeting.readiness import NotReady, not_ready
from metrics.writing import several
from ui.forms import store_of
from ui.pages import PAGES
from ui.session import Page

PRESENT = "Present ▶"
ALL_THE_SAME = "Present all the same ▶"
ON_THE_PROJECTOR = "Present on the projector"
WHY_SIGNED_OUT = (
    "“{}” signs you out here, so that this browser opens the meeting and nothing else, without"
    " names, for {}, even where nobody touches it. Sign in again after the meeting."
)


def ways_to_present(page: Page, agenda: Agenda) -> Markup:
    """Links where all is ready; else what is not, and under it the same links."""
    if not PAGES["room"].is_open_to(page.viewer):
        return Markup("")
    missing = not_ready(store_of(page), page.figures, agenda)
    if not missing:
        return _room_link(page, PRESENT) + _on_the_projector(page)
    return Markup(
        '<details class="cs-present"><summary class="cs-button cs-main">{}</summary>'
        '<div><p><b>{}</b></p><ul class="cs-rules">{}</ul>{}{}</div></details>'
    ).format(
        PRESENT,
        _how_much(missing),
        Markup("").join(_line(page, one) for one in missing),
        _room_link(page, ALL_THE_SAME),
        _on_the_projector(page),
    )


def _how_much(missing: Sequence[NotReady]) -> str:
    return several(len(missing), "thing is not ready:", "things are not ready:")


def _line(page: Page, one: NotReady) -> Markup:
    words = Markup("<li>{}</li>").format(one.words)
    if one.page == "agenda" or not PAGES[one.page].is_open_to(page.viewer):
        return words
    return Markup('<li>{} <a href="{}" target="_self">{}</a></li>').format(
        one.words, page.address.link(one.page), PAGES[one.page].title
    )


def _room_link(page: Page, words: str) -> Markup:
    return Markup('<a class="cs-button cs-main" href="{}" target="_self">{}</a>').format(
        page.address.link("room"), words
    )


def _on_the_projector(page: Page) -> Markup:
    """The room in a session of its own, which outlasts the meeting and opens nothing else."""
    if not may_swap(page):
        return Markup("")
    return Markup(
        '<form method="post" action="./meeting/start"><input type="hidden" name="month" value="{}">'
        '<button class="cs-button" type="submit">{} ▶</button></form>'
    ).format(page.address.view.period.key, ON_THE_PROJECTOR)


def why_signed_out(page: Page) -> Markup:
    """What the projector's way does to whoever takes it; nothing where there is none."""
    if not may_swap(page):
        return Markup("")
    hours = page.live.settings.sessions.meeting_hours
    words = WHY_SIGNED_OUT.format(ON_THE_PROJECTOR, several(hours, "hour"))
    return Markup('<p class="cs-note">{}</p>').format(words)


def may_swap(page: Page) -> bool:
    """Whether the viewer has a session that can be swapped for the meeting's."""
    return page.looking.signed_in is not None and page.may(Act.CHAIR)
