"""Hears everything that a server sends to a tab: pages, scripts, and what comes by websocket."""

from collections.abc import Iterable
from datetime import date
from html import unescape
from urllib.parse import unquote

from playwright.sync_api import Page, Request, WebSocket

SHORTEST_PART = 4


class Heard:
    """All that a tab was sent, as bytes."""

    def __init__(self, page: Page) -> None:
        self.sent: list[bytes] = []
        self.files: dict[str, bytes] = {}
        page.on("websocket", self._websocket)
        page.on("requestfinished", self._http)

    def _websocket(self, socket: WebSocket) -> None:
        socket.on("framereceived", lambda frame: self.sent.append(_bytes(frame)))

    def _http(self, request: Request) -> None:
        # Streamlit's own files have their content in their names: heard once, they stay so.
        answer = None if request.url in self.files else request.response()
        if answer is None or not answer.ok:
            return
        if "/static/" in request.url:
            self.files[request.url] = answer.body()
        else:
            self.sent.append(answer.body())

    def of(self, secrets: Iterable[str]) -> set[str]:
        """Which of the secrets were sent, as they are or as an address or a page spells them."""
        text = "\n".join(one.decode("utf-8", "replace") for one in self.sent)
        files = b"\n".join(self.files.values())
        return searched(text, secrets) | {one for one in secrets if one.encode() in files}


def searched(text: str, secrets: Iterable[str]) -> set[str]:
    """Which of the secrets stand in a text, as they are or as an address or a page spells them."""
    spelt = "\n".join((text, unescape(text), unquote(text), unescape(unquote(text)))).lower()
    return {secret for secret in secrets if secret.lower() in spelt}


def _bytes(frame: str | bytes) -> bytes:
    return frame.encode() if isinstance(frame, str) else frame


def parts(name: str) -> set[str]:
    """A name, and each part of it that is long enough to be nothing else."""
    return {name, *(part for part in name.split() if len(part) >= SHORTEST_PART)}


def spellings(day: date) -> set[str]:
    """A date as data and as people write it."""
    return {
        day.isoformat(),
        f"{day:%d/%m/%Y}",
        f"{day.day} {day:%B} {day.year}",
        f"{day.day} {day:%b} {day.year}",
        f"{day:%B} {day.year}",
    }
