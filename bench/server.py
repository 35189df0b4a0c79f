"""What a page costs the server: from the browser's request to the end of the page's script.

Asked over the websocket that a browser uses, without a browser: so it holds the script, the
reading, and all that is sent, and nothing of the drawing.
"""

import asyncio
import re
import socket
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.Element_pb2 import Element
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.asyncio.client import ClientConnection, connect

from bench.measure import MEGABYTE

SECONDS_TO_ANSWER = 120


@dataclass(frozen=True)
class Answer:
    """One page, once: how long, and how much was sent."""

    seconds: float
    sent_bytes: int


class PageFailed(Exception):
    """The server answered with a fault in place of the page."""


def answers_when_opened(base: str, addresses: Sequence[str]) -> list[Answer]:
    """Each address opened as a link is: in a session of its own."""
    return asyncio.run(_answers_when_opened(base, addresses))


def answers_when_moved_to(base: str, addresses: Sequence[str]) -> list[Answer]:
    """Each address in turn within one session."""
    return asyncio.run(_answers_when_moved_to(base, addresses))


async def _answers_when_opened(base: str, addresses: Sequence[str]) -> list[Answer]:
    answers = []
    for address in addresses:
        async with session(base) as connection:
            answers.append(await answer(connection, address))
    return answers


async def _answers_when_moved_to(base: str, addresses: Sequence[str]) -> list[Answer]:
    async with session(base) as connection:
        return [await answer(connection, address) for address in addresses]


def session(base: str) -> connect:
    """A browser's socket: a session of its own."""
    # "streamlit" is the protocol that the server expects a browser to name.
    return connect(
        f"{base.replace('http', 'ws', 1)}/_stcore/stream",
        subprotocols=["streamlit"],  # type: ignore[list-item]
        origin=base,  # type: ignore[arg-type]
        max_size=None,
    )


async def answer(connection: ClientConnection, address: str) -> Answer:
    """The page at the address, asked within the session."""
    return await _answered(connection, _wanted(address), address)


def answers_when_typed(base: str, address: str, words: Sequence[str]) -> list[Answer]:
    """Each of the words typed in turn into the page's one field, within one session."""
    return asyncio.run(_answers_when_typed(base, address, words))


async def _answers_when_typed(base: str, address: str, words: Sequence[str]) -> list[Answer]:
    fields: list[str] = []

    def note_fields(message: ForwardMsg) -> None:
        if message.delta.new_element.HasField("text_input"):
            fields.append(message.delta.new_element.text_input.id)

    async with session(base) as connection:
        await _answered(connection, _wanted(address), address, note_fields)
        return [
            await _answered(connection, _wanted(address, {fields[0]: word}), address, note_fields)
            for word in words
        ]


def _wanted(address: str, typed: Mapping[str, str] | None = None) -> BackMsg:
    """What a browser asks for a page, with what stands in its fields."""
    page, _, query = address.partition("?")
    wanted = BackMsg()
    wanted.rerun_script.page_name = page
    wanted.rerun_script.query_string = query
    for field, words in (typed or {}).items():
        wanted.rerun_script.widget_states.widgets.add(id=field, string_value=words)
    return wanted


async def _answered(
    connection: ClientConnection,
    wanted: BackMsg,
    address: str,
    note: Callable[[ForwardMsg], None] | None = None,
) -> Answer:
    started = perf_counter()
    await connection.send(wanted.SerializeToString())
    sent = 0
    while True:
        _acknowledge_at_once(connection)
        message = await asyncio.wait_for(connection.recv(decode=False), SECONDS_TO_ANSWER)
        sent += len(message)
        read = ForwardMsg.FromString(message)
        if note:
            note(read)
        if _is_the_end(read, address):
            return Answer(perf_counter() - started, sent)


def _acknowledge_at_once(connection: ClientConnection) -> None:
    """Keeps Linux from holding its acknowledgements back, for which the server would wait 40 ms.

    Streamlit's server leaves Nagle's algorithm on: without this, an empty page takes 48 ms, of
    which it works 6. That time is the network's, and the page is not to blame for it.
    """
    if hasattr(socket, "TCP_QUICKACK"):
        plain = connection.transport.get_extra_info("socket")
        plain.setsockopt(socket.IPPROTO_TCP, socket.TCP_QUICKACK, 1)


def _is_the_end(message: ForwardMsg, address: str) -> bool:
    if message.WhichOneof("type") == "delta":
        _refuse_faults(message.delta.new_element, address)
    if message.WhichOneof("type") != "script_finished":
        return False
    if message.script_finished not in (
        ForwardMsg.FINISHED_SUCCESSFULLY,
        ForwardMsg.FINISHED_EARLY_FOR_RERUN,
    ):
        raise PageFailed(f"{address}: the script ended with {message.script_finished}")
    return message.script_finished == ForwardMsg.FINISHED_SUCCESSFULLY


def _refuse_faults(element: Element, address: str) -> None:
    """A page that only tells what is wrong is quick, and would flatter the figures."""
    if element.HasField("exception"):
        raise PageFailed(f"{address}: {element.exception.message}")
    if element.HasField("html") and 'class="cs cs-page-fault"' in element.html.body:
        raise PageFailed(f"{address}: {element.html.body[-300:]}")


def peak_mb(process_id: int) -> float | None:
    """The most memory that the process has held, where the system tells (Linux)."""
    status = Path(f"/proc/{process_id}/status")
    if not status.exists():
        return None
    peak = re.search(r"VmHWM:\s+(\d+) kB", status.read_text())
    return int(peak.group(1)) * 1024 / MEGABYTE if peak else None
