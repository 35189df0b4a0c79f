"""What was typed or chosen at one address is not there at the next, though the session goes on."""

import streamlit as st

from ui.pages import ROOM

TURN, PLACE = "forms_sent", "place"


def turned_to(page: str) -> None:
    """Called as a page opens: at another address than before every form and field is a new one.

    The room's addresses change with each screen, and it is always opened anew.
    """
    place = (page, st.query_params.to_dict())
    if st.session_state.setdefault(PLACE, place) != place and page != ROOM:
        anew()
    st.session_state[PLACE] = place


def anew() -> None:
    """Every form and field is a new one from the next that is drawn."""
    st.session_state[TURN] = st.session_state.get(TURN, 0) + 1


def form_name(name: str) -> str:
    """The key of a form, or of a field that stands in none: another once it was sent or left."""
    return f"{name}-{st.session_state.get(TURN, 0)}"
