"""Letting somebody in: a new session, and its cookie; the browser's old one ends."""

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from access.ending_sessions import SIGNED_IN_ANEW, end
from access.gate.answers import redirected
from access.people import Claims
from access.sessions import begin
from access.sign_in.doors import Sessions


async def signed_in(sessions: Sessions, request: Request, claims: Claims, next: str) -> Response:
    """Sends a browser on, as whom `claims` name."""
    token = await run_in_threadpool(_token, sessions, request, claims)
    answer = redirected(next)
    sessions.cookies.give_token(answer, token)
    return answer


def _token(sessions: Sessions, request: Request, claims: Claims) -> str:
    now = sessions.now()
    before = sessions.of(request, False)
    token, session = begin(sessions.store, claims, sessions.limits, now)
    if before is not None:
        end(sessions.store, before.id, session.person, SIGNED_IN_ANEW, now)
    return token
