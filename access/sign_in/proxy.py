"""What a proxy says of who somebody is, and whether it is really the proxy that says it."""

import hmac
import logging
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
log = logging.getLogger("childstat")


class Proxy(Protocol):
    """A way in which a proxy proves itself. Where a request came from proves nothing."""

    def says(self, connection: HTTPConnection, now: datetime) -> Claims | None:
        """Who somebody is; None where it is not the proxy that says it."""


@dataclass(frozen=True)
class SigningProxy:
    """Passes on a token that somebody's provider, or the proxy itself, has signed."""

    header: str
    tokens: Tokens
    settings: SignIn

    def says(self, connection: HTTPConnection, now: datetime) -> Claims | None:
        token = one_header(connection, self.header)
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

    def says(self, connection: HTTPConnection, now: datetime) -> Claims | None:  # noqa: ARG002
        sent = one_header(connection, self.header) or ""
        if not hmac.compare_digest(sent.encode(), self.secret.encode()):
            return None
        said = {name: connection.headers.getlist(name) for name in SAID}
        wrong = [name for name, values in said.items() if len(values) != 1]
        if wrong:
            log.warning("The proxy's word was refused: it has to send %s, once", wrong[0])
            return None
        user, email, called, groups = (values[0].strip() for values in said.values())
        if not user:
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
