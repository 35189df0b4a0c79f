"""What app.py puts around the pages: the gate, for this council's way of signing in."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import BaseRoute, Route

from access.gate.answers import not_now, too_many
from access.gate.door import Door
from access.gate.front import front_page, routes_of
from access.gate.gate import Gate
from access.gate.places import NOT_NOW, READY, TOO_MANY
from access.gate.site import Site
from access.gate.ticket import SESSION
from access.sign_in.ways import Around, way_of
from data_access.problems import Problem
from data_access.settings import Settings
from data_access.settings_file.reading import read_settings

# Streamlit lets a browser take up a page that was lost, by an id that it sends: only where the
# session is the same, which this tells it.
TOLD_TO_STREAMLIT = {SESSION: "session"}
Option = Callable[[str], Any]


@dataclass(frozen=True)
class Served:
    """What an App is given: the gate, and the addresses that are no pages."""

    middleware: tuple[Middleware, ...]
    routes: tuple[BaseRoute, ...]


@dataclass(frozen=True)
class Front:
    """What of ours a browser is given: scripts within a page, and of its document.

    `script` runs first in the document that the addresses of `pages` are answered with, and which
    says what of them is coming; between those of them that `turn` a click stays within the session.
    """

    scripts: tuple[str, ...] = ()
    script: str = ""
    pages: Mapping[str, str] = field(default_factory=dict)
    turn: tuple[str, ...] = ()


def served_or_exit(option: Option, front: Front) -> Served:
    """As `served`, by config.toml; a server that would not hold ends before it listens."""
    try:
        settings = read_settings()
        made = served(settings, option, front)
    except Problem as problem:
        raise SystemExit(f"ChildStat does not start: {problem}") from None
    print(f"ChildStat is at {address_of(settings, option)}", flush=True)  # noqa: T201
    return made


def address_of(settings: Settings, option: Option) -> str:
    """What people type: the address in the settings, else where the server listens."""
    if settings.sign_in.method != "none":
        return str(settings.sign_in.address)
    scheme = "https" if option("server.sslCertFile") else "http"
    return f"{scheme}://{option('server.address')}:{option('server.port')}"


def served(
    settings: Settings, option: Option, front: Front, around: Around | None = None
) -> Served:
    """The gate for the server that Streamlit's options describe; a Problem where it won't hold."""
    _refuse_other_options(option)
    way = way_of(settings, option("server.address"), around or Around())
    scripts = (*front.scripts, front.script)
    gate = Middleware(Gate, door=way.door, site=_site(settings, option), scripts=scripts)
    pages = routes_of(front.pages, front_page(front.turn, front.script))
    routes = (*way.routes, *_left_for(), Route(READY, _ready(way.door)), *pages)
    return Served((gate,), routes)


def _left_for() -> tuple[BaseRoute, ...]:
    return (Route(TOO_MANY, too_many), Route(NOT_NOW, not_now))


def _site(settings: Settings, option: Option) -> Site:
    names = tuple(option("server.allowedHosts"))
    address = settings.sign_in.address if settings.sign_in.method != "none" else None
    name = urlsplit(address).hostname if address else None
    if name and name not in names:
        raise Problem(
            f'Streamlit does not answer to "{name}", the name in [sign_in] address: add it to'
            " allowedHosts in .streamlit/config.toml."
        )
    return Site(names, address, bool(option("server.sslCertFile")))


def _refuse_other_options(option: Option) -> None:
    wanted: Mapping[str, object] = {"server.trustedUserHeaders": TOLD_TO_STREAMLIT}
    for name, value in wanted.items():
        if option(name) != value:
            raise Problem(
                f"Streamlit's {name} is {option(name)!r} and has to be {value!r}: without it one"
                " person could take up another's page. Give back .streamlit/config.toml, and start"
                " ChildStat in its own folder."
            )


def _ready(door: Door) -> Callable[[Request], Response]:
    def ready(_request: Request) -> Response:
        if door.is_ready():
            return PlainTextResponse("ready\n")
        return PlainTextResponse("not ready: who may look can't be read\n", 503)

    return ready
