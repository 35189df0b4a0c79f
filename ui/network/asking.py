"""Linked adults, asked for: by whom and when, from which child, why, and written down first."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

import streamlit as st
from markupsafe import Markup
from sqlalchemy import Row

from access.audit.events import What
from access.audit.networks import REASONS, NetworkLook, note_look, refuse_without_reason
from access.audit.witness import Shown
from access.in_cases import unit_of_child
from charts.tables import link
from data_access.guard.linked import MayAsk, may_ask, read_linked
from data_access.london import today
from data_access.problems import NotAllowed, Problem
from data_access.schema import relationship
from data_access.viewer import names_of_workers
from meeting.address_codes import ADULT, Codes, codes_of
from metrics.network.found import Found, found_from
from metrics.network.steps import names_of
from ui.address import code
from ui.child.led import LED_ELSEWHERE, is_led_by_an_open_unit
from ui.child.parts import chosen_child, of_open_units, read_child
from ui.forms import CHOOSE, form_name
from ui.lists import NAME_HIDDEN
from ui.on_screen import on_screen
from ui.session import Page

FURTHER = "adult"
NO_ASSESSMENT = (
    "Nobody may ask for linked adults yet: the council first makes its data protection impact"
    " assessment, and sets the assessment’s day as dpia_on, under [network], in config.toml."
)
NOT_IN_SOURCE = (
    "Not in this source: no table of adults and their links to children (person, relationship) was"
    " loaded, so nobody can tell whether an adult is linked to another family."
)
ASKED = "You ask which adults of this child’s family are linked to other families."
ASKED_FURTHER = "You ask, from one adult, which adults of the families reached are linked to more."
KEPT = (
    "Before anything is shown it is kept that you ask, why, from which child, and the numbers of"
    " adults and children of whom you are told: the auditor reads it. The picture is kept nowhere."
)
NOT_LINKED = "This adult is not one of those that this child’s family is linked by: ask once more."


@dataclass(frozen=True)
class Answer:
    """What was found, once the look is written down.

    `adults` and `workers` are names by id: of nobody for a viewer who may see no names.
    """

    found: Found
    adults: Mapping[str, str | None]
    workers: Mapping[str, str | None]


def why_not_yet(page: Page) -> str:
    """What has to be there before anybody may ask, in one sentence; empty where all of it is."""
    if not page.live.settings.network.is_open_on(today()):
        return NO_ASSESSMENT
    is_told = page.live.load.tables.get(relationship.name, {}).get("written")
    return "" if is_told else NOT_IN_SOURCE


def child_asked_from(page: Page) -> Row:
    """The address's child, led by a unit that is open to the viewer: to be opened is not enough.

    A restricted child's page says that it is, and not who leads.
    """
    child_id = chosen_child(of_open_units(page))
    shown = Shown(page.name, What.LISTED, unit=unit_of_child(page.engine, child_id, today()))
    known = replace(page, viewer=page.looking.witnessed(shown))
    child = read_child(of_open_units(known), child_id)
    if not child.is_closed and not is_led_by_an_open_unit(page, child_id):
        raise NotAllowed(LED_ELSEWHERE)
    return child


def asking_title(page: Page, child: Row | None) -> Markup:
    """From whom it is asked, and the way back; of nobody while nobody may ask."""
    further = ", one step further" if is_further() else ""
    whose = f": {child.child_name or NAME_HIDDEN}" if child else ""
    back = link(page.address.link("child", **_this_child()), "← back to the child")
    return Markup(
        '<div class="cs-title"><h1>Linked adults{}{}</h1></div><p class="cs-under">{}</p>'
    ).format(further, whose, back if page.address.child else "")


def way_further(page: Page, adult: str) -> Markup:
    """To the question one step further from an adult, who has a code there."""
    parts = {**_this_child(), FURTHER: _codes(page, (adult,)).code_of(adult)}
    return link(page.address.link("network", **parts), "one step further")


def is_further() -> bool:
    """Whether the address asks from one adult, and so one step further."""
    return _further() is not None


def reason_form() -> str | None:
    """The reason, in the run in which it is sent and in no other; empty where none was chosen."""
    with st.form(form_name("network")):
        st.text(f"{ASKED_FURTHER if is_further() else ASKED} {KEPT}")
        reason = st.selectbox("Why you ask", REASONS, index=None, placeholder=CHOOSE)
        sent = st.form_submit_button("Ask", type="primary")
    return (reason or "") if sent else None


def answered(page: Page, child: Row, reason: str) -> Answer | None:
    """What is found, read only with a reason, and given back only once the look is kept.

    Else the page says why nothing is shown.
    """
    try:
        refuse_without_reason(reason)
        return _looked_up(page, child, reason)
    except Problem as problem:
        words = Markup('<p class="cs-trouble" role="alert">Nothing is shown: {}</p>')
        page.draw(words.format(on_screen(problem)))
        return None


def _looked_up(page: Page, child: Row, reason: str) -> Answer:
    leave, signed_in = may_ask(page.viewer), page.looking.signed_in
    assert signed_in is not None, "only who signs in may ask"
    adult = _adult_named(page, child, leave)
    found = found_from(page.engine, child.child_id, page.basis.as_at, leave, adult)
    adults, workers = _names(page, found, leave), _workers(page, found)
    unit = unit_of_child(page.engine, child.child_id, today())
    look = NetworkLook(child.child_id, unit, reason, found.adults, found.children, adult)
    note_look(signed_in.store, signed_in.session, signed_in.roles, look)
    return Answer(found, adults, workers)


def _adult_named(page: Page, child: Row, leave: MayAsk) -> str | None:
    """The adult whom the address's code names, of those whom the first step tells of; or nobody."""
    asked = _further()
    if asked is None:
        return None
    first = found_from(page.engine, child.child_id, page.basis.as_at, leave)
    adult = _codes(page, first.adults).whose(asked)
    if adult is None:
        raise Problem(NOT_LINKED)
    return adult


def _names(page: Page, found: Found, leave: MayAsk) -> Mapping[str, str | None]:
    if not page.viewer.may_see_names:
        return {}
    rows = read_linked(page.engine, names_of(found.adults), leave)
    return {row.person_id: row.name for row in rows}


def _workers(page: Page, found: Found) -> Mapping[str, str | None]:
    leads = (row for facts in (found.families or {}).values() for row in facts.leads)
    ids = [row.worker_id for row in leads if row.worker_id is not None]
    return names_of_workers(page.engine, ids, page.viewer)


def _codes(page: Page, adults: tuple[str, ...]) -> Codes:
    return codes_of(page.published.key, ADULT, adults)


def _further() -> str | None:
    return code(_said(), FURTHER)


def _this_child() -> dict[str, str]:
    """What the address says, but for an adult."""
    return {name: value for name, value in _said().items() if name != FURTHER}


def _said() -> dict[str, str]:
    return st.query_params.to_dict()
