"""How somebody arrives at the page that is theirs, and what is kept of a refusal."""

import streamlit as st

from access.audit.events import What
from data_access.problems import NotAllowed, Problem
from data_access.settings import EVERY_UNIT
from ui.guard import ClosedUnit
from ui.pages import HOME, PAGES
from ui.who import Looking


def go_to_first_page(name: str, looking: Looking) -> None:
    """From an address that says nothing to the page of the person's first role, if it is open."""
    first = looking.first_page
    if name != HOME or st.query_params or first in (None, HOME) or looking.is_meeting:
        return
    if first in PAGES and PAGES[first].is_open_to(looking.viewer):
        st.switch_page(f"pages/{first}.py", query_params=_own_unit(first, looking))


def _own_unit(page: str, looking: Looking) -> dict[str, str]:
    """The person's unit, where the page is one of a unit's children and they have one or more."""
    own = sorted(looking.viewer.units - {EVERY_UNIT})
    return {"unit": own[0]} if PAGES[page].rows and own else {}


def refused(name: str, looking: Looking, refusal: NotAllowed) -> str:
    """What is said of a refusal, once it is written down."""
    try:
        unit_id = refusal.unit_id if isinstance(refusal, ClosedUnit) else None
        looking.note(What.REFUSED, name, unit=unit_id, reason=str(refusal))
    except Problem as problem:
        return f"{refusal} {problem}"
    return str(refusal)
