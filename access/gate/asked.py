"""What the gate asks its door of one connection."""

import logging

from starlette.concurrency import run_in_threadpool
from starlette.requests import HTTPConnection

from access.gate.door import Door, Known
from access.gate.places import SIGNED_OUT, WHY
from data_access.problems import Problem

log = logging.getLogger("childstat")


class Asked:
    """One connection, as the door knows it."""

    def __init__(self, door: Door, connection: HTTPConnection) -> None:
        self._door, self._connection = door, connection

    async def known(self, is_activity: bool) -> Known | None:
        """Whose connection it is; a Problem where that can't be found out."""
        return await run_in_threadpool(self._door.known, self._connection, is_activity)

    async def goes_on(self, is_activity: bool) -> Known | None:
        """Whose open websocket it is still; a Problem where that can't be found out."""
        return await run_in_threadpool(self._door.goes_on, self._connection, is_activity)

    async def signed_out(self) -> str:
        """Where its screen goes once its session has ended: with the cause, where it is known."""
        try:
            why = await run_in_threadpool(self._door.why_ended, self._connection)
        except Problem as problem:
            log.error("Why a session has ended can't be read: %s", problem)
            return SIGNED_OUT
        return SIGNED_OUT if why is None else f"{SIGNED_OUT}?{WHY}={why}"
