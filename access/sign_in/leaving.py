"""Signing out, and what is said after it; the swap of a session for the meeting's."""

import re
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from access.audit.events import Event, What, note
from access.ended_sessions import Ended, ended_of, ended_words
from access.ending_sessions import MEETING_BEGAN, end
from access.ending_sessions import SIGNED_OUT as WHY_SIGNED_OUT
from access.gate import answers, places
from access.grants import grants_of
from access.roles import roles_held
from access.sessions import Session, begin_meeting
from access.sign_in.doors import Sessions
from access.sign_in.forms import form_of
from data_access.settings import Settings
from data_access.viewer import Act

A_MONTH = re.compile(r"\d{4}-\d{2}")
# Not "cookies": those of the council's other sites on this domain would go, too.
FORGET = {"Clear-Site-Data": '"cache", "storage"'}
SHARED = " At a shared computer, sign out of the provider too, or the next person comes in as you."
WITH_A_SESSION = {
    Ended.MEETING: {"Back to the meeting": "/room"},
    Ended.ANEW: answers.MONTH,
}


@dataclass(frozen=True)
class Leaving:
    """`way_out` gives the address that signs somebody out of the provider, where it has one."""

    sessions: Sessions
    settings: Settings
    way_out: Callable[[], Awaitable[str | None]]

    async def sign_out(self, request: Request) -> Response:
        """Ends the session in every tab and process; a copy of its cookie opens nothing more."""
        session = await run_in_threadpool(self.sessions.of, request, False)
        if session is not None:
            here = self.sessions
            left = (here.store, session.id, session.person, WHY_SIGNED_OUT, here.now())
            await run_in_threadpool(end, *left)
        answer = answers.redirected(f"{places.SIGNED_OUT}?{places.WHY}={Ended.SIGNED_OUT.value}")
        answer.headers.update(FORGET)
        self.sessions.cookies.take_token(answer)
        return answer

    async def signed_out(self, request: Request) -> Response:
        """Where screens of ended sessions go: it says nothing of whose they were."""
        ended = ended_of(request.query_params.get(places.WHY))
        sentence = ended_words(ended, self.settings.sessions)
        for cause, links in WITH_A_SESSION.items():
            if ended is cause:
                return answers.told("This session has ended", sentence, links)
        way_out = await self.way_out()
        if way_out:
            sentence += SHARED
        first = {"Sign out of the provider, too": way_out} if way_out else {}
        return answers.told("You are signed out", sentence, first | answers.SIGN_IN_AGAIN)

    async def start_meeting(self, request: Request) -> Response:
        """Swaps the chair's session for one that shows the room only, and lasts the meeting."""
        month = (await form_of(request)).get("month", "")
        session = await run_in_threadpool(self.sessions.of, request, True)
        if session is None:
            return answers.refused("ChildStat does not know who you are: sign in first.", 401)
        if not await run_in_threadpool(self._may_chair, session):
            return answers.refused(
                "Your role does not chair the meeting, so it can't put it on the projector.", 403
            )
        token = await run_in_threadpool(self._swapped, session)
        answer = room(month)
        self.sessions.cookies.give_token(answer, token)
        self.sessions.cookies.mark_meeting(answer)
        return answer

    def _may_chair(self, session: Session) -> bool:
        store = self.sessions.store
        granted = grants_of(store, session.person).roles
        roles = roles_held(self.settings, session.roles, granted)
        may = not session.is_meeting and any(Act.CHAIR in role.acts for role in roles)
        if not may:
            at, who = self.sessions.now(), session.person
            note(store, Event(What.REFUSED, who, session.id, page="room", at=at))
        return may

    def _swapped(self, session: Session) -> str:
        here, now = self.sessions, self.sessions.now()
        token, _ = begin_meeting(here.store, session, here.limits, now)
        end(here.store, session.id, session.person, MEETING_BEGAN, now)
        return token


def room(month: str) -> Response:
    """On to the projector's page: of the month that was asked for, if it is one."""
    return answers.redirected(f"/room?month={month}" if A_MONTH.fullmatch(month) else "/room")
