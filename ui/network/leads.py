"""What is asked of the lead of another family's unit, and what was answered: for who asked."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import streamlit as st
from markupsafe import Markup
from sqlalchemy import Row

from access.agreements import Acting, ask_lead, open_agreed
from access.audit.events import What
from access.audit.witness import Shown
from access.openings import MINUTES, MOST_LETTERS
from access.requests import DAYS, Ask, Request, asked_by, still_of_the_unit
from access.viewers import is_managed
from charts.tables import link
from data_access.london import day_of, now, today
from data_access.problems import Problem
from meeting.address_codes import FAMILY, label_of
from metrics.sentence import written_date
from ui.child.parts import child_name_shown
from ui.codes import children
from ui.forms import CHOOSE, done_or_trouble, form_name
from ui.network.asking import Answer
from ui.session import Page

SENT, OPENED = "asked_of_a_lead", "opened_as_agreed"
BUTTON = "Ask this unit’s lead"
TITLE = "More about another family: ask the lead of its unit"
KEPT = (
    "That you ask is kept before that unit is told: whoever manages it reads your name, the"
    f" children of theirs and why, and the auditor does. Who does not answer in {DAYS} days has"
    " not agreed."
)


@dataclass(frozen=True)
class Choice:
    """One family in one unit that may be asked, and how the form calls the two."""

    asked: Ask
    label: str


def acting(page: Page) -> Acting:
    """Who this page's viewer is to the access store; a Problem where nobody has signed in."""
    signed_in = page.looking.signed_in
    if signed_in is None:
        raise Problem("To ask another unit’s lead, and to answer, people must sign in.")
    return Acting(signed_in.store, page.engine, signed_in.session, page.viewer, signed_in.roles)


def ask_form(page: Page, child: Row, answer: Answer, reason: str) -> None:
    """Below an answer: one choice for each other family and unit that is not open to the viewer."""
    choices = _choices(page, child, answer, reason)
    if not choices:
        return
    which, why = form_name("lead-family"), form_name("lead-why")
    with st.form(form_name("lead")):
        st.subheader(TITLE)
        st.text(KEPT)
        labels = [one.label for one in choices]
        st.selectbox("Family and unit", labels, index=None, placeholder=CHOOSE, key=which)
        st.text_area("Why, in a sentence", max_chars=MOST_LETTERS, key=why)
        st.form_submit_button(BUTTON, on_click=_send, args=(choices, which, why))


def carry_out(page: Page, child: Row) -> None:
    """Does what the last run's form or button sent, though this one may draw neither any more."""
    sent = st.session_state.pop(SENT, None)
    if sent is not None and sent[0] == child.child_id:
        done_or_trouble(page.draw, lambda: _ask(page, sent[1]))
    opened = st.session_state.pop(OPENED, None)
    if opened is not None:
        done_or_trouble(page.draw, lambda: _open(page, opened))


def asked_before(page: Page, child: Row) -> None:
    """What the viewer asked from this family, the answers, and the way to what was agreed."""
    who = acting(page)
    told = asked_by(who.store, page.engine, who.session.person, child.child_id, today())
    if not told:
        return
    page.draw(Markup("<h2>Asked of other units</h2>"))
    for one in told:
        held = still_of_the_unit(page.engine, one, today())
        page.draw(Markup('<p class="cs-note">{}</p>').format(_told(page, one, held)))
        if one.may_be_opened(now()) and held:
            _way_in(page, one, held)


def _send(choices: Sequence[Choice], which: str, why: str) -> None:
    # The form stands below an answer, which the next run does not draw: so it is read before.
    label, words = st.session_state[which], st.session_state[why] or ""
    chosen = next((one.asked for one in choices if one.label == label), None)
    child_id = choices[0].asked.child_id
    st.session_state[SENT] = child_id, None if chosen is None else replace(chosen, words=words)


def _ask(page: Page, asked: Ask | None) -> str:
    if asked is None:
        raise Problem("Choose of which family, and which unit, you ask.")
    who, unit = acting(page), _unit(page, asked.unit)
    ask_lead(who, asked, now())
    if is_managed(who.store, page.engine, page.live.settings, asked.unit, now()):
        return f"Your question to {unit} is kept, and whoever manages it is told."
    to = page.live.settings.network.speak_to
    return (
        f"Your question to {unit} is kept, but nobody who has signed in manages that unit: until"
        f" somebody does nobody is told, so speak to {to}."
    )


def _choices(page: Page, child: Row, answer: Answer, reason: str) -> list[Choice]:
    """Each other family and unit that is told of: by its code, as the table has it."""
    found = answer.found
    return [
        Choice(
            Ask(child.child_id, family, _adults_to(answer, family), unit, held, reason),
            f"{label_of(page.published.key, FAMILY, family)}, {_unit(page, unit)}",
        )
        for family in dict.fromkeys(one.family for one in found.links)
        for unit, held in (found.families or {})[family].held.items()
        if not page.viewer.may_see(unit)
    ]


def _adults_to(answer: Answer, family: str) -> tuple[str, ...]:
    links = (one for one in answer.found.links if one.family == family)
    return tuple(dict.fromkeys(one.person_id for one in links))


def _unit(page: Page, unit_id: str) -> str:
    return page.live.units.get(unit_id) or unit_id


def _told(page: Page, one: Request, held: tuple[str, ...]) -> str:
    family = label_of(page.published.key, FAMILY, one.family)
    asked = f"{family}, {_unit(page, one.unit)}, asked on {written_date(day_of(one.asked_at))}: "
    return asked + _state(page, one) + _no_more_held(page, one, held)


def _no_more_held(page: Page, one: Request, held: tuple[str, ...]) -> str:
    """Why an answer can't come, or opens nothing or not all, while it still could otherwise."""
    unit = _unit(page, one.unit)
    if len(held) == len(one.children) or not (one.waits(now()) or one.may_be_opened(now())):
        return ""
    if held:
        return f" Of these children some are not with {unit} any more: they are not opened."
    then = "nobody there can answer" if one.waits(now()) else "nothing can be opened"
    return f" {unit} holds none of these children any more, so {then}: ask whoever holds them now."


def _state(page: Page, one: Request) -> str:
    to = page.live.settings.network.speak_to
    if one.answered_at is None:
        lapsed = f"lapsed, as nobody answered in {DAYS} days: ask once more, or speak to {to}."
        return lapsed if one.has_lapsed(now()) else "not answered yet."
    by = f"by {one.answerer} on {written_date(day_of(one.answered_at))}"
    if not one.is_agreed:
        return f"not agreed {by}: speak to {to}. “{one.answer}”"
    over = f" It could be opened for {DAYS} days, which are over." if one.has_lapsed(now()) else ""
    return f"agreed {by}. “{one.answer}”{over}"


def _way_in(page: Page, one: Request, held: tuple[str, ...]) -> None:
    """To the children that are open by now, and the button that opens those that are not."""
    open_now = [child for child in held if child in page.viewer.opened]
    listing = replace(page, viewer=page.looking.witnessed(Shown(page.name, What.LISTED)))
    ways = Markup(" · ").join(_to_the_child(listing, child) for child in open_now)
    if len(open_now) == len(held):
        page.draw(Markup("<p>Open to you now: {}</p>").format(ways))
        return
    words, key = f"Open these records for {MINUTES} minutes", form_name(f"open-{one.id}")
    st.button(words, key=key, on_click=_send_opening, args=(one.id,))


def _send_opening(request_id: str) -> None:
    st.session_state[OPENED] = request_id


def _to_the_child(page: Page, child_id: str) -> Markup:
    where = page.address.link("child", **page.address.unit, child=children(page).code_of(child_id))
    return link(where, child_name_shown(page, child_id))


def _open(page: Page, request_id: str) -> str:
    open_agreed(acting(page), request_id, now())
    return f"Open to you for {MINUTES} minutes, in this sign-in alone. That you opened it is kept."
