"""The ticket that this process's gate puts on a connection: without one no page runs.

Streamlit serves the pages without the gate where it does not find the App in app.py. A header that
anybody can send would then be the door, so it is sealed with a secret that no other process knows.
"""

import hmac
from collections.abc import Mapping
from hashlib import sha256
from secrets import token_bytes

SESSION, TICKET = "x-childstat-session", "x-childstat-ticket"
_SECRET = token_bytes(32)


def ticket_for(session: str) -> Mapping[str, str]:
    """The headers that say whose connection this is, and that the gate has said so."""
    return {SESSION: session, TICKET: _seal(session)}


def session_on(headers: Mapping[str, str]) -> str | None:
    """The id of the session whose connection this is; None where the gate has not said so."""
    session, seal = headers.get(SESSION), headers.get(TICKET)
    if not session or not seal:
        return None
    # Bytes, as text that is not ASCII is refused with an exception.
    fits = hmac.compare_digest(seal.encode(), _seal(session).encode())
    return session if fits else None


def _seal(session: str) -> str:
    return hmac.new(_SECRET, session.encode(), sha256).hexdigest()
