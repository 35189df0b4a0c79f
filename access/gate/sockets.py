"""A websocket that is open: who is on it, what may go through it, and when it has to end."""

import logging
from collections import defaultdict
from collections.abc import Collection

from starlette.types import Message, Receive, Send

from access.gate import messages
from access.gate.asked import Asked
from access.gate.door import Known
from access.gate.pace import BYTES_OF_A_MESSAGE, MESSAGES_A_MINUTE, Pace
from access.gate.places import NOT_NOW, TOO_MANY
from data_access.problems import Problem

# RFC 6455, 7.4.1.
PROTOCOL_ERROR, POLICY_VIOLATION, TOO_BIG = 1002, 1008, 1009
FILES_REMEMBERED = 1000
log = logging.getLogger("childstat")


class Open:
    """The websockets of this process, and which files their sessions were offered."""

    def __init__(self) -> None:
        self.sockets: set[Socket] = set()
        self._offered: dict[str, dict[str, None]] = defaultdict(dict)

    @property
    def sessions(self) -> set[str]:
        return {socket.known.session for socket in self.sockets}

    def offer(self, session: str, file: str) -> None:
        """A file by its address or, where it is still to be made, by its id."""
        offered = self._offered[session]
        offered[file] = None
        if len(offered) > FILES_REMEMBERED:
            del offered[next(iter(offered))]

    def was_offered(self, session: str, file: str) -> bool:
        return file in self._offered.get(session, ())

    async def end_those(self, asked: Collection[str], still_open: Collection[str]) -> None:
        """Empties the screens of the sessions asked about that have ended; of no others."""
        ended = set(asked) - set(still_open)
        for socket in [one for one in self.sockets if one.known.session in ended]:
            await socket.sign_out()
        for session in self._offered.keys() - set(still_open) - self.sessions:
            del self._offered[session]


class Socket:
    """Stands between Streamlit and one browser: both speak to it as to each other."""

    def __init__(
        self,
        known: Known,
        around: Open,
        pace: Pace,
        asked: Asked,
        receive: Receive,
        send: Send,
    ) -> None:
        self.known = known
        self._around, self._pace, self._asked = around, pace, asked
        self._receive, self._send = receive, send
        self._has_run = self._has_left = False

    async def receive(self) -> Message:
        """The browser's next message that may pass; its end, where one has ended the session."""
        while True:
            message = await self._receive()
            if message["type"] != "websocket.receive" or self._has_left:
                return message
            if await self._may_pass(message.get("bytes") or b""):
                return message

    async def send(self, message: Message) -> None:
        """What Streamlit says, but nothing more once the browser has been told to leave."""
        if self._has_left:
            return
        offered = messages.file_offered(message.get("bytes") or b"")
        if offered is not None:
            self._around.offer(self.known.session, offered)
        await self._send(message)

    async def sign_out(self) -> None:
        """Leaves for the page that says that the session has ended, and why."""
        await self.leave(await self._asked.signed_out())

    async def leave(self, path: str) -> None:
        """Leaves the page first: where the socket only closes, the page stays as it is."""
        if not self._has_left:
            self._has_left = True
            await self._send({"type": "websocket.send", "bytes": messages.leave_for(path)})
            await self._send({"type": "websocket.close", "code": POLICY_VIOLATION})

    async def _may_pass(self, data: bytes) -> bool:
        if len(data) > BYTES_OF_A_MESSAGE:
            log.warning("A page sent more than %s bytes at once.", BYTES_OF_A_MESSAGE)
            return await self._close(TOO_BIG)
        if self._pace.is_too_fast():
            log.warning("A page sent more than %s messages within a minute.", MESSAGES_A_MINUTE)
            return await self._leave(TOO_MANY)
        try:
            message = messages.read(data)
        except messages.NotUnderstood:
            log.warning("A page sent what is no message of its own.")
            return await self._close(PROTOCOL_ERROR)
        # The first run follows the page's address, which was asked for by itself, or a connection
        # that was lost and came back: neither is a click.
        is_activity = self._has_run and messages.is_by_a_person(message)
        self._has_run = True
        if not await self._goes_on(is_activity):
            return False
        return messages.may_pass(message) and self._may_have(messages.file_wanted(message))

    async def _goes_on(self, is_activity: bool) -> bool:
        """Whether the session does; else the page is left for what says why not."""
        try:
            is_known = await self._asked.goes_on(is_activity) == self.known
        except Problem as problem:
            log.error("Nobody is let in: %s", problem)
            return await self._leave(NOT_NOW)
        if not is_known:
            await self.sign_out()
        return is_known

    def _may_have(self, wanted: str | None) -> bool:
        """Whether a message wants no file, or one that this session was offered."""
        return wanted is None or self._around.was_offered(self.known.session, wanted)

    async def _leave(self, path: str) -> bool:
        await self.leave(path)
        return False

    async def _close(self, code: int) -> bool:
        self._has_left = True
        await self._send({"type": "websocket.close", "code": code})
        return False
