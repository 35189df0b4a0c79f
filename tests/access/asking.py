"""A browser without a screen: asks an ASGI application, and keeps what cookies it is given."""

import asyncio
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.cookies import SimpleCookie
from typing import Any
from urllib.parse import urlencode, urlsplit

STREAM = "/_stcore/stream"
ADDRESS = "https://childstat.example"


@dataclass
class Answer:
    status: int
    headers: list[tuple[str, str]]
    body: str

    def header(self, name: str) -> str | None:
        return next((value for key, value in self.headers if key == name), None)

    @property
    def goes_to(self) -> str:
        return self.header("location") or ""


@dataclass
class Asker:
    """Asks on one event loop, as one process serves."""

    app: Any
    runner: asyncio.Runner
    address: str = ADDRESS
    listens_on: str = "127.0.0.1"
    cookies: dict[str, str] = field(default_factory=dict)
    sends: dict[str, str] = field(default_factory=dict)
    subprotocols: list[str] = field(default_factory=lambda: ["streamlit"])

    def another(self) -> "Asker":
        """Another browser."""
        return Asker(self.app, self.runner, self.address, self.listens_on)

    def get(self, path: str, **headers: str) -> Answer:
        return self.ask("GET", path, headers)

    def post(self, path: str, form: Mapping[str, str] | None = None, **headers: str) -> Answer:
        """As a form of our own page does it, unless the headers say another origin."""
        own = {"origin": self.address} | headers
        return self.ask("POST", path, own, urlencode(form or {}).encode())

    def ask(self, method: str, path: str, headers: Mapping[str, str], body: bytes = b"") -> Answer:
        named = {name.replace("_", "-"): value for name, value in headers.items() if value}
        answer = self.runner.run(self._ask(self.scope("http", path, named, method), body))
        self._keep(answer)
        return answer

    def scope(
        self, kind: str, path: str, headers: Mapping[str, str], method: str = "GET"
    ) -> dict[str, Any]:
        parts, (name, _, query) = urlsplit(self.address), path.partition("?")
        cookie = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        said = {"host": parts.netloc, **({"cookie": cookie} if cookie else {}), **self.sends}
        return {
            "type": kind,
            "method": method,
            "scheme": parts.scheme,
            "path": name,
            "query_string": query.encode(),
            "headers": [(k.lower().encode(), v.encode()) for k, v in {**said, **headers}.items()],
            "server": (self.listens_on, 8501),
            "client": ("127.0.0.1", 50_000),
            "root_path": "",
            "subprotocols": self.subprotocols,
        }

    async def _ask(self, scope: dict[str, Any], body: bytes) -> Answer:
        sent: list[dict[str, Any]] = []

        async def receive() -> dict[str, Any]:
            return {"type": "http.request", "body": body, "more_body": False}

        async def send(message: dict[str, Any]) -> None:
            sent.append(message)

        await self.app(scope, receive, send)
        headers = [(key.decode(), value.decode()) for key, value in sent[0]["headers"]]
        text = b"".join(part.get("body", b"") for part in sent[1:]).decode()
        return Answer(sent[0]["status"], headers, text)

    def listen(self, *says: bytes, path: str = STREAM, **headers: str) -> list[dict[str, Any]]:
        """Opens a websocket as our own page does, says so much, and leaves; what it was sent."""
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        own = {"origin": self.address} | named
        scope = self.scope("websocket", path, {k: v for k, v in own.items() if v})
        return self.runner.run(self._listen(scope, says))

    async def _listen(self, scope: dict[str, Any], says: Sequence[bytes]) -> list[dict[str, Any]]:
        sent: list[dict[str, Any]] = []
        coming: list[dict[str, Any]] = [{"type": "websocket.connect"}]
        coming += [{"type": "websocket.receive", "bytes": one} for one in says]

        async def receive() -> dict[str, Any]:
            # As servers do: once the application has closed, its browser is gone.
            is_closed = bool(sent) and sent[-1]["type"] == "websocket.close"
            if is_closed or not coming:
                return {"type": "websocket.disconnect", "code": 1000}
            return coming.pop(0)

        async def send(message: dict[str, Any]) -> None:
            sent.append(message)

        await self.app(scope, receive, send)
        return sent

    def _keep(self, answer: Answer) -> None:
        for name, value in answer.headers:
            if name == "set-cookie":
                for key, held in SimpleCookie(value).items():
                    self.cookies.pop(key, None)
                    if held.value and held["max-age"] != "0":
                        self.cookies[key] = held.value


@contextmanager
def asker(app: Any, **said: Any) -> Iterator[Asker]:
    with asyncio.Runner() as runner:
        yield Asker(app, runner, **said)
