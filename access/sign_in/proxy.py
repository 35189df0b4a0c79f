"""What a proxy says of who somebody is, and whether it is really the proxy that says it."""

import hmac
import logging
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from starlette.requests import HTTPConnection

from access.people import Claims
from access.sign_in.claims import claims_of
from access.sign_in.tokens import TokenRefused, Tokens
from data_access.access_settings import SignIn

BEARER = "Bearer "
# As oauth2-proxy names them, with pass_user_headers.
USER, EMAIL, GROUPS = "x-forwarded-user", "x-forwarded-email", "x-forwarded-groups"
CALLED = "x-forwarded-preferred-username"
SAID = (USER, EMAIL, CALLED, GROUPS)
REFUSED = "The proxy was not believed: its header %s %s."
log = logging.getLogger("childstat")


class Proxy(Protocol):
    """A way in which a proxy proves itself. Where a request came from proves nothing."""

    def says(self, connection: HTTPConnection, now: datetime, /) -> Claims | None:
        """Who somebody is; None where it is not the proxy that says it."""


@dataclass(frozen=True)
class SigningProxy:
    """Passes on a token that somebody's provider, or the proxy itself, has signed."""

    header: str
    tokens: Tokens
    settings: SignIn

    def says(self, connection: HTTPConnection, now: datetime) -> Claims | None:
        token = needed_header(connection, self.header)
        if token is None:
            return None
        try:
            payload = self.tokens.read(token.removeprefix(BEARER), now)
            return claims_of(payload, self.settings) if payload.get("sub") else None
        except TokenRefused as wrong:
            log.warning("A token of the proxy's was refused: %s", wrong)
            return None


@dataclass(frozen=True)
class SecretProxy:
    """Sends a secret with what it says, which it takes out of what browsers send.

    It has to send every header, once, if only empty: one that it leaves out is a browser's to send.
    """

    header: str
    secret: str

    def says(self, connection: HTTPConnection, _now: datetime) -> Claims | None:
        sent = needed_header(connection, self.header)
        if sent is None:
            return None
        if not hmac.compare_digest(sent.encode(), self.secret.encode()):
            log.warning(REFUSED, self.header, "has another secret")
            return None
        said = {name: connection.headers.getlist(name) for name in SAID}
        if any(_is_not_one(name, values) for name, values in said.items()):
            return None
        user, email, called, groups = (values[0].strip() for values in said.values())
        if not user:
            log.warning(REFUSED, USER, "is empty")
            return None
        return Claims(
            issuer="the proxy",
            subject=user,
            name=called or email or user,
            email=email or None,
            roles=tuple(group.strip() for group in groups.split(",") if group.strip()),
        )


def one_header(connection: HTTPConnection, name: str) -> str | None:
    """A header's value; None where there is none, or more than one, of which one is a browser's."""
    values = connection.headers.getlist(name)
    return values[0] if len(values) == 1 and values[0] else None


def needed_header(connection: HTTPConnection, name: str) -> str | None:
    """As `one_header`; the log says which it was where there is not one."""
    value = one_header(connection, name)
    if value is None and not _is_not_one(name, connection.headers.getlist(name)):
        log.warning(REFUSED, name, "is empty")
    return value


def _is_not_one(name: str, values: Sequence[str]) -> bool:
    """Whether a header is missing or comes twice, which the log says."""
    if len(values) != 1:
        log.warning(REFUSED, name, "comes more than once" if values else "is missing")
    return len(values) != 1
