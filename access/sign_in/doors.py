"""How the gate tells who somebody is where people sign in: by the session of their cookie."""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Engine
from starlette.requests import HTTPConnection

from access.ended_sessions import why_ended
from access.gate.door import Known
from access.gate.places import SIGN_IN
from access.people import person_of
from access.sessions import Session, find, still_open
from access.sign_in.cookies import Cookies
from access.sign_in.proxy import Proxy
from data_access.access_settings import SessionLimits
from data_access.problems import Problem


@dataclass(frozen=True)
class Sessions:
    """The sessions of the store, as this server's browsers have them."""

    opened_store: Callable[[], Engine]
    cookies: Cookies
    limits: SessionLimits
    now: Callable[[], datetime]

    @property
    def store(self) -> Engine:
        """Opened, and made, when it is first asked for."""
        return self.opened_store()

    def of(self, connection: HTTPConnection, is_activity: bool) -> Session | None:
        token = self.cookies.token(connection)
        if not token:
            return None
        return find(self.store, token, self.limits, self.now(), is_activity)

    def has_shown_meeting(self, connection: HTTPConnection) -> bool:
        """Whether the browser shows a meeting, or did since it was opened."""
        if self.cookies.has_shown_meeting(connection):
            return True
        session = self.of(connection, False)
        return session is not None and session.is_meeting


class CookieDoor:
    """Whoever holds the cookie of an open session."""

    sign_in: str | None = SIGN_IN

    def __init__(self, sessions: Sessions) -> None:
        self._sessions = sessions

    def known(self, connection: HTTPConnection, is_activity: bool) -> Known | None:
        session = self._sessions.of(connection, is_activity)
        return None if session is None else Known(session.id)

    goes_on = known

    def still_open(self, sessions: Collection[str]) -> Collection[str]:
        here = self._sessions
        return still_open(here.store, sessions, here.limits, here.now())

    def why_ended(self, connection: HTTPConnection) -> str | None:
        here = self._sessions
        token = here.cookies.token(connection)
        why = why_ended(here.store, token, here.limits, here.now()) if token else None
        return why.value if why else None

    def is_ready(self) -> bool:
        try:
            return not self.still_open(["nobody"])
        except Problem:
            return False


class ProxyDoor(CookieDoor):
    """The same, for whom the proxy answers at each request: a cookie alone opens nothing.

    What the proxy says is not read again at each message of a page that is open: its tokens end
    sooner than sessions do.
    """

    def __init__(self, sessions: Sessions, proxy: Proxy) -> None:
        super().__init__(sessions)
        self._proxy = proxy

    def known(self, connection: HTTPConnection, is_activity: bool) -> Known | None:
        claims = self._proxy.says(connection, self._sessions.now())
        session = None if claims is None else self._sessions.of(connection, is_activity)
        if claims is None or session is None:
            return None
        # Another person at the same browser, whom the proxy has signed in since.
        if person_of(self._sessions.store, claims) != session.person:
            return None
        return Known(session.id)
