"""Who looks: asked anew at every run, so that what was withdrawn is closed at the next click."""

import streamlit as st

from access.gate.ticket import session_on
from data_access.problems import NotAllowed
from data_access.settings import Settings
from data_access.viewer import Viewer, local_viewer
from ui.kept import settings_now

NOBODY = Viewer("")


def who_looks(settings: Settings) -> Viewer:
    """The viewer of this run, by the gate's word alone: a page that it did not open stays closed."""
    if session_on(st.context.headers) is None:
        raise NotAllowed(
            "This page was asked for without passing ChildStat's gate, so nothing is shown: start"
            " ChildStat with 'python childstat.py run', in its own folder."
        )
    return local_viewer(settings)


def viewer_again(viewer: Viewer) -> Viewer:  # noqa: ARG001  whose session is asked
    """The same person as of now: files are made by a click, and no page runs for that."""
    return local_viewer(settings_now())
