"""The council's way of signing in, checked before anything is served: a door, and its addresses."""

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from time import monotonic
from urllib.parse import urlsplit

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from access.gate.answers import refused
from access.gate.door import Door, NoSignIn, is_this_machine, refuse_the_network
from access.gate.places import CALLBACK, ENDED, MEETING, SIGN_IN, SIGN_OUT, SIGNED_OUT
from access.sign_in.cookies import Cookies
from access.sign_in.doors import CookieDoor, ProxyDoor, Sessions
from access.sign_in.fetching import Fetch, fetch
from access.sign_in.keys import Keys
from access.sign_in.leaving import Leaving, room
from access.sign_in.next_page import next_page
from access.sign_in.oidc import open_id
from access.sign_in.provider import Provider
from access.sign_in.proxy import Proxy, SecretProxy, SigningProxy
from access.sign_in.starting import signed_in
from access.sign_in.tokens import Tokens
from access.store.opening import shared_access_store
from data_access.london import now as london_now
from data_access.problems import Problem
from data_access.settings import Settings

SECRET_VARIABLE = "CHILDSTAT_SIGN_IN_SECRET"  # noqa: S105  where the secret is, not what it is
LETTERS_OF_A_SECRET = 16
AFTER_A_MEETING = (
    "This browser showed a meeting, and the proxy would let whoever sits at it in as the chair."
    " Sign out at the proxy, close every window of this browser, then open ChildStat anew."
)


@dataclass(frozen=True)
class Way:
    """A way of signing in: how the gate asks it, and the addresses that it answers."""

    door: Door
    routes: tuple[BaseRoute, ...]


@dataclass(frozen=True)
class Around:
    """What a way needs of the world outside: the time, a clock that only goes on, the network."""

    now: Callable[[], datetime] = london_now
    seconds: Callable[[], float] = monotonic
    fetch: Fetch = fetch


def way_of(settings: Settings, listens_on: str | None, around: Around) -> Way:
    """The way that the settings name; a Problem in one sentence where it would not hold."""
    return WAYS[settings.sign_in.method](settings, listens_on, around)


def _none(_settings: Settings, listens_on: str | None, _around: Around) -> Way:
    refuse_the_network(listens_on)
    return Way(NoSignIn(), (Route(MEETING, _to_the_room, methods=["POST"]),))


async def _to_the_room(_request: Request) -> Response:
    return room("")


def _oidc(settings: Settings, _listens_on: str | None, around: Around) -> Way:
    _needed(settings, "address", "issuer", "client_id")
    sign_in, secret = settings.sign_in, _secret()
    client = (str(sign_in.client_id), secret)
    provider = Provider(str(sign_in.issuer), client, around.fetch, around.seconds)
    sessions = _sessions(settings, around)
    ways = open_id(provider, sign_in, sessions, secret, around.seconds)
    routes = (
        Route(SIGN_IN, ways.start),
        Route(CALLBACK, ways.back),
        Route(ENDED, ways.ended, methods=["POST"]),
        *_leaving(Leaving(sessions, settings, ways.way_out)),
    )
    return Way(CookieDoor(sessions), routes)


def _proxy(settings: Settings, _listens_on: str | None, around: Around) -> Way:
    _needed(settings, "address")
    sessions, proxy = _sessions(settings, around), _proxy_of(settings, around)

    async def start(request: Request) -> Response:
        claims = proxy.says(request, around.now())
        if claims is None:
            return refused("The proxy that signs people in did not say who you are.", 401)
        if await run_in_threadpool(sessions.has_shown_meeting, request):
            return refused(AFTER_A_MEETING, 403)
        next = next_page(request.query_params.get("next"))
        return await signed_in(sessions, request, claims, next)

    async def way_out() -> None:
        """A proxy has no address for it that we could know."""

    leaving = _leaving(Leaving(sessions, settings, way_out))
    return Way(ProxyDoor(sessions, proxy), (Route(SIGN_IN, start), *leaving))


WAYS: Mapping[str, Callable[[Settings, str | None, Around], Way]] = {
    "none": _none,
    "oidc": _oidc,
    "proxy": _proxy,
}


def _leaving(leaving: Leaving) -> tuple[BaseRoute, ...]:
    return (
        Route(SIGN_OUT, leaving.sign_out, methods=["POST"]),
        Route(SIGNED_OUT, leaving.signed_out),
        Route(MEETING, leaving.start_meeting, methods=["POST"]),
    )


def _sessions(settings: Settings, around: Around) -> Sessions:
    address = str(settings.sign_in.address)
    parts = urlsplit(address)
    is_https = parts.scheme == "https"
    is_here = parts.scheme == "http" and is_this_machine(parts.hostname or "")
    if not (is_https or is_here) or f"{parts.scheme}://{parts.netloc}" != address:
        raise Problem(
            f'[sign_in] address is "{address}": write the address that people type, as'
            ' "https://childstat.example.gov.uk", with nothing after the name. Without https'
            " whoever listens on the way reads what is shown; only this machine's own, as"
            ' "http://localhost:8501", may do without, to try it.'
        )
    opened = partial(shared_access_store, settings.access_store)
    return Sessions(opened, Cookies(is_https), settings.sessions, around.now)


def _proxy_of(settings: Settings, around: Around) -> Proxy:
    sign_in = settings.sign_in
    if sign_in.proxy_header:
        _needed(settings, "proxy_keys", "issuer", "client_id")
        keys = Keys(lambda: str(sign_in.proxy_keys), around.fetch, around.seconds)
        tokens = Tokens(str(sign_in.issuer), str(sign_in.client_id), keys)
        return SigningProxy(sign_in.proxy_header, tokens, sign_in)
    _needed(settings, "proxy_secret_header")
    return SecretProxy(str(sign_in.proxy_secret_header), _secret())


def _needed(settings: Settings, *keys: str) -> None:
    sign_in = settings.sign_in
    missing = [key for key in keys if not getattr(sign_in, key)]
    if missing:
        raise Problem(
            f'[sign_in] method is "{sign_in.method}" and {missing[0]} is not set: set it in'
            " config.toml (docs/deploying.md)."
        )


def _secret() -> str:
    secret = os.environ.get(SECRET_VARIABLE, "")
    if len(secret) < LETTERS_OF_A_SECRET:
        raise Problem(
            f"The environment variable {SECRET_VARIABLE} is"
            f" {'not set' if not secret else f'shorter than {LETTERS_OF_A_SECRET} letters'}: give"
            " ChildStat the secret of the provider, or of the proxy (docs/deploying.md)."
        )
    return secret
