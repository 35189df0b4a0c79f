"""Signing in by OpenID Connect: authorization code, with PKCE, state and nonce."""

import logging
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from logging import ERROR, WARNING
from typing import Any, TypeVar

from anyio import CapacityLimiter, to_thread
from starlette.requests import Request
from starlette.responses import Response

from access.ending_sessions import end_of_provider_session
from access.gate.answers import SIGN_IN_AGAIN, redirected, told
from access.gate.places import CALLBACK, SIGNED_OUT
from access.gate.seldom import Seldom
from access.people import Claims
from access.sign_in.asking import (
    ANEW,
    OR_AS_BEFORE,
    asked_at,
    is_asked_since_meeting,
    is_asked_within,
)
from access.sign_in.attempts import Attempt, Seal, new_attempt
from access.sign_in.claims import claims_of
from access.sign_in.doors import Sessions
from access.sign_in.fetching import ProviderRefused, ProviderSilent
from access.sign_in.forms import form_of
from access.sign_in.next_page import next_page
from access.sign_in.provider import Provider
from access.sign_in.starting import signed_in
from access.sign_in.tokens import SECONDS_OF_SKEW, TokenRefused, UsedTokens
from data_access.access_settings import SignIn

# Whoever waits for a provider keeps nobody's page waiting.
AT_ONCE = 8
LOGGED_OUT = "http://schemas.openid.net/event/backchannel-logout"
CANCELLED = "access_denied"
log = logging.getLogger("childstat")
Given = TypeVar("Given")
Answered = Callable[[Request], Awaitable[Response]]


class NotSignedIn(Exception):
    """Why somebody did not come in, for the person and nobody else to read."""


class NotAsked(NotSignedIn):
    """The provider knew somebody still, where it has to ask who they are."""


@dataclass(frozen=True)
class OpenId:
    """The three addresses of a sign-in at a provider."""

    provider: Provider
    settings: SignIn
    sessions: Sessions
    seal: Seal
    limiter: CapacityLimiter
    seldom: Seldom
    used: UsedTokens

    @property
    def _redirect(self) -> str:
        return f"{self.settings.address}{CALLBACK}"

    async def start(self, request: Request) -> Response:
        """Sends a browser to the provider, with an attempt in its pocket."""
        asked, now = request.query_params, self.sessions.now()
        after_meeting = await self._has_shown_meeting(request)
        attempt = new_attempt(next_page(asked.get("next")), now, after_meeting)
        how = ANEW if "again" in asked or after_meeting else OR_AS_BEFORE
        try:
            address = await self._waited(partial(self._address, attempt, how))
        except ProviderSilent as silent:
            return self._silent(silent)
        answer = redirected(address)
        self.sessions.cookies.give_attempt(request, answer, attempt, self.seal)
        return answer

    async def back(self, request: Request) -> Response:
        """Takes a browser back from the provider, and lets in whom the provider names."""
        state = request.query_params.get("state", "")
        try:
            attempt = self._begun(request, state)
            must_ask = attempt.after_meeting or await self._has_shown_meeting(request)
            ask = partial(self._claims, request.query_params, attempt, must_ask)
            claims = await self._waited(ask)
            answer = await signed_in(self.sessions, request, claims, attempt.next)
            self.sessions.cookies.unmark_meeting(answer)
        except NotSignedIn as why:
            answer = told("You are not signed in", str(why), SIGN_IN_AGAIN, 400)
            if isinstance(why, NotAsked):
                self.sessions.cookies.mark_meeting(answer)
        except ProviderSilent as silent:
            answer = self._silent(silent)
        self.sessions.cookies.take_attempt(answer, state)
        return answer

    async def ended(self, request: Request) -> Response:
        """The provider says, to us and by no browser, that a sign-in has ended there."""
        form = await form_of(request)
        try:
            await self._waited(partial(self._end, form.get("logout_token", "")))
        except TokenRefused as wrong:
            self.seldom.say(WARNING, "A token that ends sessions was refused: %s", wrong)
            return Response("the token was refused\n", 400)
        return Response()

    async def way_out(self) -> str | None:
        """Where somebody ends their sign-in at the provider, too; None while that is not known."""
        back = f"{self.settings.address}{SIGNED_OUT}"
        try:
            return await self._waited(partial(self.provider.way_out, back))
        except ProviderSilent:
            return None

    def _address(self, attempt: Attempt, how: Mapping[str, str]) -> str:
        asked = {
            "redirect_uri": self._redirect,
            "state": attempt.state,
            "nonce": attempt.nonce,
            "code_challenge": attempt.challenge,
            "code_challenge_method": "S256",
        }
        return self.provider.door({**asked, **how})

    def _begun(self, request: Request, state: str) -> Attempt:
        attempt = self.sessions.cookies.attempt(request, state, self.seal)
        if attempt is None:
            raise NotSignedIn(
                "This browser did not begin this sign-in, or it has been used already."
            )
        if attempt.is_over(self.sessions.now()):
            raise NotSignedIn("Signing in took more than ten minutes: begin again.")
        return attempt

    def _claims(self, came_back: Mapping[str, str], attempt: Attempt, must_ask: bool) -> Claims:
        if came_back.get("error"):
            raise NotSignedIn(_refusal(came_back["error"]))
        # RFC 9207: the answer may be another provider's.
        if came_back.get("iss", self.provider.issuer) != self.provider.issuer:
            raise NotSignedIn("Another provider than this council's answered.")
        payload = self._said(came_back, attempt)
        claims, at = claims_of(payload, self.settings), asked_at(payload)
        if must_ask and not is_asked_within(attempt, at):
            raise _not_asked(at)
        if not is_asked_since_meeting(self.sessions.store, claims, at, self.sessions.now()):
            raise _not_asked(at)
        return claims

    def _said(self, came_back: Mapping[str, str], attempt: Attempt) -> Mapping[str, Any]:
        try:
            code = came_back.get("code", "")
            token = self.provider.id_token(code, attempt.verifier, self._redirect)
            wanted = {"nonce": attempt.nonce, "sub": None}
            return self.provider.tokens.read(token, self.sessions.now(), **wanted)
        except (TokenRefused, ProviderRefused) as wrong:
            self.seldom.say(WARNING, "A sign-in was refused: %s", wrong)
            raise NotSignedIn(
                "What the provider said of you could not be checked, so nobody was let in. If it"
                " goes on so, tell whoever looks after ChildStat: its log says why."
            ) from None

    def _end(self, token: str) -> None:
        payload = self.provider.tokens.read(token, self.sessions.now(), iat=None)
        is_about_it = isinstance(payload.get("events"), dict) and LOGGED_OUT in payload["events"]
        subject, session = _text(payload, "sub"), _text(payload, "sid")
        if not is_about_it or "nonce" in payload or not (subject or session):
            raise TokenRefused("it is no token that ends a session")
        if self.used.has(payload):
            raise TokenRefused("it has been used already")
        here, now = self.sessions, self.sessions.now()
        # What began since was not meant: whoever has kept a token could end it again and again.
        begun_by = _moment(payload["iat"], now) + timedelta(seconds=SECONDS_OF_SKEW)
        whose = (self.provider.issuer, session, subject)
        count = end_of_provider_session(here.store, *whose, begun_by, now)
        self.used.keep(payload, now)
        log.info("The provider ended %s sessions", count)

    def _silent(self, silent: ProviderSilent) -> Response:
        self.seldom.say(ERROR, "Nobody can sign in: %s", silent)
        return told(
            "Nobody can sign in just now",
            "The provider that signs people in does not answer. Whoever is signed in can go on;"
            " try again in a minute.",
            SIGN_IN_AGAIN,
            503,
        )

    async def _has_shown_meeting(self, request: Request) -> bool:
        return await to_thread.run_sync(self.sessions.has_shown_meeting, request)

    async def _waited(self, ask: Callable[[], Given]) -> Given:
        return await to_thread.run_sync(ask, limiter=self.limiter)


def open_id(
    provider: Provider,
    settings: SignIn,
    sessions: Sessions,
    secret: str,
    seconds: Callable[[], float],
) -> OpenId:
    limiter, seldom = CapacityLimiter(AT_ONCE), Seldom(seconds)
    return OpenId(provider, settings, sessions, Seal(secret), limiter, seldom, UsedTokens())


def _refusal(error: str) -> str:
    if error == CANCELLED:
        return "You cancelled, or your provider does not let you use ChildStat."
    word = "".join(letter for letter in error if letter.isalpha() or letter == "_")[:40]
    return f"Your provider did not sign you in; its word for why is {word or 'missing'}."


def _not_asked(at: float | None) -> NotAsked:
    said = "does not say when (auth_time)" if at is None else "did so before the meeting"
    log.warning("A sign-in after a meeting was refused: the provider has to ask, and %s", said)
    return NotAsked(
        "A meeting was shown in this browser or in your name, so your provider has to ask who you"
        " are once more. If it goes on so, tell whoever looks after ChildStat: its log says why."
    )


def _moment(second: float, now: datetime) -> datetime:
    try:
        return datetime.fromtimestamp(second, now.tzinfo)
    except (OverflowError, ValueError, OSError):
        raise TokenRefused("it was made at no time that there is") from None


def _text(payload: Mapping[str, Any], name: str) -> str | None:
    value = payload.get(name)
    return value if isinstance(value, str) and value else None
