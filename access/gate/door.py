"""Who stands at the gate: what each way of signing in has to answer, and the way without any."""

from collections.abc import Collection
from dataclasses import dataclass
from ipaddress import ip_address
from typing import Protocol

from starlette.requests import HTTPConnection

from data_access.problems import Problem

LOCAL = "local"
NAMES_OF_THIS_MACHINE = ("localhost",)
UNIX_SOCKET = "unix://"
# What a proxy on this machine adds for those it lets through; none that is asked directly has any.
BY_A_PROXY = ("forwarded", "via", "x-real-ip", "x-client-ip", "x-cluster-client-ip")
BY_A_PROXY_BEGIN = ("x-forwarded-", "x-original-", "x-arr-", "x-envoy-", "true-client-", "cf-")


@dataclass(frozen=True)
class Known:
    """Whose connection it is: the id of a session. What that opens is the pages' to ask."""

    session: str


class Door(Protocol):
    """A way of signing in, as the gate asks it. Every question may read a store."""

    # Where somebody without a session is sent; None where nobody can be let in that way.
    sign_in: str | None

    def known(self, connection: HTTPConnection, is_activity: bool, /) -> Known | None:
        """Whose request this is, or whose websocket that is to be opened; None is nobody's."""

    def goes_on(self, connection: HTTPConnection, is_activity: bool, /) -> Known | None:
        """Whose websocket this is still, that was opened before."""

    def still_open(self, sessions: Collection[str]) -> Collection[str]:
        """Those of the sessions that have not ended."""

    def why_ended(self, connection: HTTPConnection) -> str | None:
        """Why this connection's session has ended, in a word; None where that is not known."""

    def is_ready(self) -> bool:
        """Whether it can tell who somebody is; where it can't, nobody is let in."""


class NoSignIn:
    """Whoever sits at this machine, and nobody else."""

    sign_in: str | None = None

    def known(self, connection: HTTPConnection, _is_activity: bool) -> Known | None:
        # Where the server really listens: its settings can be walked round (uvicorn app:app).
        server = connection.scope.get("server")
        is_here = server is not None and is_this_machine(server[0])
        return Known(LOCAL) if is_here and not came_through_a_proxy(connection) else None

    goes_on = known

    def still_open(self, sessions: Collection[str]) -> Collection[str]:
        return sessions

    def why_ended(self, connection: HTTPConnection) -> str | None:
        """No session ends here, as there is none."""

    def is_ready(self) -> bool:
        return True


def came_through_a_proxy(connection: HTTPConnection) -> bool:
    """Whether a proxy says that it asks for somebody else, who may sit anywhere."""
    names = [name.lower().replace("_", "-") for name in connection.headers]
    return any(name in BY_A_PROXY or name.startswith(BY_A_PROXY_BEGIN) for name in names)


def refuse_the_network(address: str | None) -> None:
    """Without sign-in whoever reaches the server is its one viewer: nobody else may reach it."""
    if address is None or not is_this_machine(address):
        where = address or "every address"
        raise Problem(
            f'[sign_in] method is "none", and the server would listen on {where}:'
            " anybody who reaches it would see every child. Let it listen on 127.0.0.1"
            ' (.streamlit/config.toml, server.address), or set method to "oidc" or "proxy"'
            " (docs/deploying.md)."
        )


def is_this_machine(address: str) -> bool:
    """Whether nobody but this machine can connect to an address."""
    if address in NAMES_OF_THIS_MACHINE or address.startswith((UNIX_SOCKET, "/")):
        return True
    try:
        return ip_address(address).is_loopback
    except ValueError:
        return False
