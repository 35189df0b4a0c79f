"""The gate: every request and every websocket comes through it, before any code of Streamlit's."""

import asyncio
import logging
from collections.abc import Mapping
from time import monotonic
from urllib.parse import quote

from starlette.concurrency import run_in_threadpool
from starlette.requests import HTTPConnection
from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send

from access.gate.answers import (
    by_another_method,
    by_another_name,
    not_now,
    redirected,
    refused,
)
from access.gate.asked import Asked
from access.gate.door import Door, Known
from access.gate.headers import headers_of, with_headers
from access.gate.messages import leave_for
from access.gate.pace import Pace
from access.gate.places import (
    MONITORED,
    NOT_NOW,
    STREAM,
    WRITTEN_BY_A_PAGE,
    Place,
    methods_of,
    place_of,
)
from access.gate.site import Site
from access.gate.sockets import POLICY_VIOLATION, Open, Socket
from access.gate.ticket import ticket_for
from data_access.problems import Problem

OURS = "x-childstat-"
SECONDS_BETWEEN_LOOKS = 2
# What Streamlit's script says when it connects again: its protocol, a token, the tab that it was.
WITH_A_TAB = 3
SIGN_IN_FIRST = "ChildStat does not know who you are: sign in first."
NO_SIGN_IN = (
    "Nobody signs in here, so ChildStat answers only whoever sits at its own machine, and this came"
    " over a network or through a proxy. Whoever looks after ChildStat lets people sign in first:"
    ' [sign_in] method "oidc" or "proxy" (docs/deploying.md).'
)
log = logging.getLogger("childstat")


class Gate:
    """Opens nothing by itself: what is not let through is answered here, in words."""

    def __init__(self, app: ASGIApp, door: Door, site: Site, scripts: tuple[str, ...]) -> None:
        self._app, self._door, self._site = app, door, site
        self._headers = headers_of(site, scripts)
        self._open = Open()
        self._watch: asyncio.Task[None] | None = None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await self._app(scope, receive, send)
            return
        headers = without_ours(scope["headers"])
        if len(headers) < len(scope["headers"]):
            log.warning("A browser sent a header that only the gate may set: it was taken off.")
        scope = {**scope, "headers": headers}
        send = with_headers(send, self._headers, scope["path"])
        if scope["type"] == "websocket":
            await self._websocket(scope, receive, send)
        else:
            await self._http(scope, receive, send)

    async def _http(self, scope: Scope, receive: Receive, send: Send) -> None:
        connection = HTTPConnection(scope)
        is_posted_by_a_page = scope["path"] in WRITTEN_BY_A_PAGE and scope["method"] == "POST"
        answer = self._stranger(connection, is_origin_needed=is_posted_by_a_page)
        try:
            answer = answer or await self._closed(connection)
            await (answer or self._app)(scope, receive, send)
        except Problem as problem:
            # Before any answer: our own addresses read and write the store first.
            log.error("%s was not answered: %s", scope["path"], problem)
            await not_now()(scope, receive, send)

    async def _websocket(self, scope: Scope, receive: Receive, send: Send) -> None:
        connection = HTTPConnection(scope)
        asked = Asked(self._door, connection)
        is_strange = self._stranger(connection, is_origin_needed=True) is not None
        is_ours = scope["path"] == STREAM and not is_strange
        try:
            known = await asked.known(False) if is_ours else None
        except Problem as problem:
            log.error("Nobody is let in: %s", problem)
            await _turn_away(scope, NOT_NOW, receive, send)
            return
        if known is None:
            where = await asked.signed_out() if is_ours else None
            await _turn_away(scope, where, receive, send)
            return
        socket = Socket(known, self._open, Pace(monotonic), asked, receive, send)
        self._open.sockets.add(socket)
        self._keep_watch()
        try:
            await self._app(_ticketed(scope, known), socket.receive, socket.send)
        finally:
            self._open.sockets.discard(socket)

    def _stranger(self, connection: HTTPConnection, is_origin_needed: bool) -> Response | None:
        """The answer to a request that calls us by another name, or comes from another page."""
        host, origin = connection.headers.get("host"), connection.headers.get("origin")
        is_called = self._site.is_called(host) or (
            connection.scope["path"] in MONITORED and self._site.is_called_on_this_machine(host)
        )
        if not is_called:
            log.warning("A request called this server by another name: it was refused.")
            return by_another_name(self._site.address)
        if origin is None and not is_origin_needed:
            return None
        if not self._site.is_asked_by_itself(origin, host):
            log.warning("Another site's page asked for something: it was refused.")
            return refused("Another site's page asked for this: open ChildStat by itself.", 403)
        return None

    async def _closed(self, connection: HTTPConnection) -> Response | None:
        """The answer to a request that is not let through to where it wants; None lets it."""
        path, method = connection.scope["path"], connection.scope["method"]
        place = place_of(path)
        if place is Place.NOWHERE:
            return refused("There is nothing at this address.", 404)
        if method not in methods_of(path):
            return by_another_method(path, is_signed_in_to=self._door.sign_in is not None)
        if place is Place.OPEN:
            return None
        known = await Asked(self._door, connection).known(place is Place.PAGE)
        if known is None:
            return self._unknown(connection, place)
        if place is Place.MEDIA and not self._open.was_offered(known.session, path):
            return refused("This file was made for somebody else: export it again.", 403)
        return None

    def _unknown(self, connection: HTTPConnection, place: Place) -> Response:
        if place is Place.PAGE and self._door.sign_in is not None:
            path, query = (
                connection.scope["path"],
                connection.scope["query_string"].decode("latin-1"),
            )
            wanted = f"{path}?{query}" if query else path
            return redirected(f"{self._door.sign_in}?next={quote(wanted, safe='')}")
        return refused(NO_SIGN_IN if self._door.sign_in is None else SIGN_IN_FIRST, 401)

    def _keep_watch(self) -> None:
        if self._watch is None or self._watch.done():
            self._watch = asyncio.create_task(self._look_again())

    async def _look_again(self) -> None:
        """While somebody is connected, ends what was ended elsewhere."""
        while self._open.sockets:
            await asyncio.sleep(SECONDS_BETWEEN_LOOKS)
            # Whoever comes while they are asked about is not in the answer, and has not ended.
            asked = self._open.sessions
            try:
                still = await run_in_threadpool(self._door.still_open, asked)
            except Problem as problem:
                log.error("Which sessions have ended can't be read: %s", problem)
                continue
            await self._open.end_those(asked, still)


def without_ours(headers: list[tuple[bytes, bytes]]) -> list[tuple[bytes, bytes]]:
    """A client's headers without those that only the gate may set; proxies read "_" as "-"."""
    ours = OURS.encode()
    return [
        (name, value)
        for name, value in headers
        if not name.lower().replace(b"_", b"-").startswith(ours)
    ]


def _ticketed(scope: Scope, known: Known) -> Scope:
    put_on: Mapping[str, str] = ticket_for(known.session)
    added = [(name.encode(), value.encode()) for name, value in put_on.items()]
    return {**scope, "headers": [*scope["headers"], *added]}


async def _turn_away(scope: Scope, leads_to: str | None, receive: Receive, send: Send) -> None:
    """No: and where a page of ours comes back from sleep, it is led away and emptied first.

    Only such a page names the tab that it was. What is refused it would ask for again and
    again, and go on showing what it showed.
    """
    protocols = scope.get("subprotocols", [])
    if leads_to is None or len(protocols) < WITH_A_TAB:
        await _forbid(scope, send)
        return
    await receive()
    await send({"type": "websocket.accept", "subprotocol": protocols[0]})
    await send({"type": "websocket.send", "bytes": leave_for(leads_to)})
    await send({"type": "websocket.close", "code": POLICY_VIOLATION})


async def _forbid(scope: Scope, send: Send) -> None:
    """403 before any page's code. A server that can't say so closes, which browsers see as 403."""
    if "websocket.http.response" not in scope.get("extensions", {}):
        await send({"type": "websocket.close", "code": POLICY_VIOLATION})
        return
    answer = refused("No websocket is open to you here.", 403)
    start = {"type": "websocket.http.response.start", "status": 403}
    await send({**start, "headers": answer.raw_headers})
    await send({"type": "websocket.http.response.body", "body": bytes(answer.body)})
