"""Who looks: asked anew at every run, so that what was withdrawn is closed at the next click."""

from dataclasses import dataclass, replace

import streamlit as st
from sqlalchemy import Engine

from access.audit.events import Event, What, note
from access.audit.witness import Shown, witness_of
from access.gate.door import LOCAL
from access.gate.ticket import session_on
from access.sessions import Session, open_session
from access.store.opening import shared_access_store
from access.viewers import standing_of
from data_access.london import now
from data_access.problems import NotAllowed
from data_access.settings import Settings
from data_access.viewer import Viewer, local_viewer
from ui.kept import case_database, settings_now

NO_SIGN_IN = "none"
NO_GATE = (
    "This page was asked for without passing ChildStat’s gate, so nothing is shown: start ChildStat"
    " with 'python childstat.py run', in its own folder."
)
STARTED_OTHERWISE = (
    "How people sign in was changed in config.toml while ChildStat was serving: nothing is shown"
    " until it is started again."
)


@dataclass(frozen=True)
class SignedIn:
    """The session behind a viewer: where it is kept, and what it was given."""

    store: Engine
    session: Session
    roles: str | None
    first_page: str | None
    why_no_unit: str | None

    def note(self, what: What, page: str, **said: object) -> None:
        """Writes an event of this session; a Problem where it can't be kept."""
        known = {"person": self.session.person, "session": self.session.id, "role": self.roles}
        note(self.store, Event(what, page=page, **known, **said))  # type: ignore[arg-type]


@dataclass(frozen=True)
class Looking:
    """One run's viewer; `signed_in` is None where nobody signs in, and nothing is audited."""

    viewer: Viewer
    signed_in: SignedIn | None = None

    @property
    def is_meeting(self) -> bool:
        return self.signed_in is not None and self.signed_in.session.is_meeting

    @property
    def first_page(self) -> str | None:
        return self.signed_in.first_page if self.signed_in else None

    @property
    def why_no_unit(self) -> str | None:
        return self.signed_in.why_no_unit if self.signed_in else None

    def note(self, what: What, page: str, **said: object) -> None:
        """Writes an event, where people sign in."""
        if self.signed_in:
            self.signed_in.note(what, page, **said)

    def witnessed(self, shown: Shown) -> Viewer:
        """The viewer whose reads of records are written down before any is shown."""
        if self.signed_in is None:
            return self.viewer
        known = self.signed_in
        witness = witness_of(known.store, known.session, shown, known.roles)
        return replace(self.viewer, witness=witness)


NOBODY = Looking(Viewer(""))


def who_looks(settings: Settings) -> Looking:
    """Who looks at this run, by the gate's word: a page that it did not open stays closed."""
    session = session_on(st.context.headers)
    if session is None:
        raise NotAllowed(NO_GATE)
    return _looking(settings, session)


def who_still_looks(looking: Looking) -> Looking:
    """The same person as of now: a file is made by a click, and no page runs for that."""
    known = looking.signed_in
    return _looking(settings_now(), known.session.id if known else LOCAL)


def _looking(settings: Settings, session_id: str) -> Looking:
    # The gate is of the way that the server was started with: a file that was changed since must
    # not make the local viewer of somebody who signed in.
    if (session_id == LOCAL) != (settings.sign_in.method == NO_SIGN_IN):
        raise NotAllowed(STARTED_OTHERWISE)
    if session_id == LOCAL:
        return Looking(local_viewer(settings))
    store, moment = shared_access_store(settings.access_store), now()
    session = open_session(store, session_id, settings.sessions, moment)
    if session is None:
        raise NotAllowed("Your session has ended: sign in again.")
    standing = standing_of(store, case_database(settings), settings, session, moment)
    about = (standing.role_names, standing.first_page, standing.why_no_unit)
    return Looking(standing.viewer, SignedIn(store, session, *about))
