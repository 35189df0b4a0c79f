"""Which open websockets are ended, where sessions end elsewhere: those that were asked about."""

import asyncio
import queue
from collections.abc import Collection
from dataclasses import dataclass, field
from typing import Any

import pytest

import access.gate.gate as looking
from access.gate.door import Known
from tests.access.asking import STREAM, Asker
from tests.access.gate.conftest import ADDRESS, Guard

SECONDS = 30


@dataclass
class Tab:
    """A websocket that stays open until it is left: what it was sent is kept."""

    sent: list[dict[str, Any]] = field(default_factory=list)
    is_in: asyncio.Event = field(default_factory=asyncio.Event)
    leaves: asyncio.Event = field(default_factory=asyncio.Event)

    async def open(self, browser: Asker) -> None:
        coming = [{"type": "websocket.connect"}]

        async def receive() -> dict[str, Any]:
            if coming:
                return coming.pop()
            await self.leaves.wait()
            return {"type": "websocket.disconnect", "code": 1000}

        async def send(message: dict[str, Any]) -> None:
            self.sent.append(message)
            self.is_in.set()

        await browser.app(browser.scope("websocket", STREAM, {"origin": ADDRESS}), receive, send)

    @property
    def is_ended(self) -> bool:
        return any(message["type"] == "websocket.close" for message in self.sent)


@pytest.fixture
def asked(guard, monkeypatch):
    """What the store is asked, and its answers, which come when the test gives them."""
    monkeypatch.setattr(looking, "SECONDS_BETWEEN_LOOKS", 0)
    asks: queue.Queue[set[str]] = queue.Queue()
    answers: queue.Queue[set[str]] = queue.Queue()

    def still_open(sessions: Collection[str]) -> Collection[str]:
        asks.put(set(sessions))
        return answers.get(timeout=SECONDS)

    guard.still_open = still_open
    return asks, answers


def test_who_comes_while_the_store_is_asked_stays_and_who_has_ended_leaves(
    browser: Asker, guard: Guard, asked
):
    asks, answers = asked

    async def asked_about() -> set[str]:
        return await asyncio.to_thread(asks.get, timeout=SECONDS)

    async def meanwhile() -> tuple[bool, bool]:
        ann, bob = Tab(), Tab()
        tabs = [asyncio.create_task(ann.open(browser))]
        assert await asked_about() == {"one"}
        guard.knows = Known("two")
        tabs.append(asyncio.create_task(bob.open(browser)))
        await asyncio.wait_for(bob.is_in.wait(), SECONDS)
        answers.put(set())
        # What is asked next is asked once the first answer has been acted on.
        assert await asked_about() == {"one", "two"}
        ended = ann.is_ended, bob.is_ended
        for tab in (ann, bob):
            tab.leaves.set()
        await asyncio.gather(*tabs)
        answers.put({"one", "two"})
        return ended

    assert browser.runner.run(meanwhile()) == (True, False)
