"""How somebody arrives at the page and the unit that are theirs, and what is kept of a refusal."""

from collections.abc import Collection, Mapping

import streamlit as st

from access.audit.events import What
from access.gate.door import LOCAL
from data_access.problems import NotAllowed, Problem
from data_access.settings import EVERY_UNIT
from data_access.viewer import Viewer
from ui.address import unit_named
from ui.guard import ClosedUnit
from ui.pages import HOME, PAGES
from ui.who import Looking

UNIT = "unit"
REMEMBERED = 1000


def go_to_first_page(name: str, looking: Looking) -> None:
    """From an address that says nothing to the page of the person's first role, if it is open."""
    first = looking.first_page
    if name != HOME or st.query_params or first in (None, HOME) or looking.is_meeting:
        return
    if first in PAGES and PAGES[first].is_open_to(looking.viewer):
        st.switch_page(f"pages/{first}.py", query_params=_own_unit(first, looking))


def _own_unit(page: str, looking: Looking) -> dict[str, str]:
    """The person's unit, where the page is one of a unit's children and they have one."""
    own = own_unit(looking.viewer)
    return {"unit": own} if PAGES[page].rows and own else {}


def own_unit(viewer: Viewer) -> str | None:
    """The one unit whose children are open to the viewer; None where there is none, or several."""
    return next(iter(viewer.units)) if len(viewer.units - {EVERY_UNIT}) == 1 else None


def with_unit(
    name: str, query: Mapping[str, str], looking: Looking, units: Collection[str | None]
) -> Mapping[str, str]:
    """What the address says; of Unit, where it names none, with the viewer's own or their last.

    Before the guard looks at it, as if the address had named it.
    """
    if name != UNIT or "unit" in query:
        return query
    chosen = own_unit(looking.viewer) or _choices_of(_who(looking)).get(UNIT)
    named = None if chosen is None else unit_named({"unit": chosen})
    known = chosen is not None and named in units and looking.viewer.may_see(named)
    return {**query, "unit": str(chosen)} if known else query


def remember_unit(unit: str, looking: Looking) -> None:
    """The unit whose work this person opened last, as addresses name it.

    Kept by the server for one sign-in, or for the machine where nobody signs in: in no cookie,
    and in no address that somebody else could be sent. A restart forgets it.
    """
    _choices_of(_who(looking))[UNIT] = unit


def forget_units() -> None:
    """Whatever anybody has chosen."""
    _choices_of.clear()


def _who(looking: Looking) -> str:
    known = looking.signed_in
    return f"{known.session.id if known else LOCAL} {looking.viewer.name}"


@st.cache_resource(max_entries=REMEMBERED, show_spinner=False)
def _choices_of(who: str) -> dict[str, str]:  # noqa: ARG001  the key
    return {}


def refused(name: str, looking: Looking, refusal: NotAllowed) -> str:
    """What is said of a refusal, once it is written down."""
    try:
        unit_id = refusal.unit_id if isinstance(refusal, ClosedUnit) else None
        looking.note(What.REFUSED, name, unit=unit_id, reason=str(refusal))
    except Problem as problem:
        return f"{refusal} {problem}"
    return str(refusal)
