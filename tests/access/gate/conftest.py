"""The gate of a machine without sign-in, before pages that say what reached them."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route, WebSocketRoute
from starlette.websockets import WebSocket
from streamlit.proto.BackMsg_pb2 import BackMsg

from access.gate.door import Known
from access.gate.gate import Gate
from access.gate.site import Site
from tests.access.asking import Asker, asker

ADDRESS = "http://localhost:8501"
SCRIPT = "a script of ours"


@dataclass
class Guard:
    """A door that knows whom the test says, and remembers what counted as activity."""

    knows: Known | None = field(default_factory=lambda: Known("one"))
    sign_in: str | None = "/sign-in"
    activity: list[bool] = field(default_factory=list)
    ended: set[str] = field(default_factory=set)
    why: str | None = None

    def known(self, _connection: object, is_activity: bool) -> Known | None:
        self.activity.append(is_activity)
        return None if self.knows is None or self.knows.session in self.ended else self.knows

    goes_on = known

    def still_open(self, sessions: Collection[str]) -> Collection[str]:
        return set(sessions) - self.ended

    def why_ended(self, _connection: object) -> str | None:
        return self.why

    def is_ready(self) -> bool:
        return True


@dataclass
class Reached:
    """What came through the gate to the pages' websocket, and what they say to it."""

    headers: dict[str, str] = field(default_factory=dict)
    messages: list[BackMsg] = field(default_factory=list)
    says: list[bytes] = field(default_factory=list)
    runs: int = 0


@pytest.fixture
def guard() -> Guard:
    return Guard()


@pytest.fixture
def reached() -> Reached:
    return Reached()


@pytest.fixture
def browser(guard: Guard, reached: Reached) -> Iterator[Asker]:
    async def page(request: Request) -> JSONResponse:
        return JSONResponse(dict(request.headers))

    async def stream(socket: WebSocket) -> None:
        reached.runs += 1
        reached.headers = dict(socket.headers)
        await socket.accept()
        for said in reached.says:
            await socket.send_bytes(said)
        async for data in socket.iter_bytes():
            reached.messages.append(BackMsg.FromString(data))

    app: Any = Starlette(
        routes=[WebSocketRoute("/{path:path}", stream), Route("/{path:path}", page)],
    )
    gate = Gate(app, guard, Site(("localhost", "127.0.0.1")), (SCRIPT,))
    with asker(gate, address=ADDRESS) as asking:
        yield asking
