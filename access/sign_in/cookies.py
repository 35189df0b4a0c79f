"""The cookies: a browser's session, a sign-in that it has begun, and that it showed a meeting."""

from dataclasses import dataclass

from starlette.requests import HTTPConnection
from starlette.responses import Response

from access.sign_in.attempts import TIME_TO_SIGN_IN, Attempt, Seal, name_of

# Browsers take a cookie of this name by https only, for one host and all of it, from nobody else.
HOST_ONLY = "__Host-"
# nginx takes 8,192 bytes in a line, in which the session's and other cookies of the host go too.
BYTES_OF_ATTEMPTS = 5000
SESSION, ATTEMPT, MEETING = "childstat", "childstat-attempt-", "childstat-meeting"


@dataclass(frozen=True)
class Cookies:
    """How cookies are named and kept. Without https the settings allow this machine alone."""

    is_https: bool

    def token(self, connection: HTTPConnection) -> str | None:
        """The session's token, as the browser sent it."""
        return connection.cookies.get(self._named(SESSION))

    def give_token(self, answer: Response, token: str) -> None:
        """Kept until the browser is closed, at most."""
        self._give(answer, SESSION, token, None)

    def take_token(self, answer: Response) -> None:
        self._take(answer, SESSION)

    def has_shown_meeting(self, connection: HTTPConnection) -> bool:
        return self._named(MEETING) in connection.cookies

    def mark_meeting(self, answer: Response) -> None:
        """Stays when the meeting's session ends. It opens nothing, so it is not signed."""
        self._give(answer, MEETING, "shown", None)

    def unmark_meeting(self, answer: Response) -> None:
        self._take(answer, MEETING)

    def attempt(self, connection: HTTPConnection, state: str, seal: Seal) -> Attempt | None:
        """The attempt of this state that this very browser began; None where it began none."""
        held = connection.cookies.get(self._named(ATTEMPT + name_of(state)), "")
        found = seal.opened(held) if held else None
        return found if found is not None and found.state == state else None

    def give_attempt(
        self, connection: HTTPConnection, answer: Response, attempt: Attempt, seal: Seal
    ) -> None:
        """Gives the attempt its cookie, and takes the oldest of others from a full pocket.

        Each tab that a browser opens anew in the morning begins an attempt of its own.
        """
        seconds, sealed = int(TIME_TO_SIGN_IN.total_seconds()), seal.sealed(attempt)
        self._give(answer, ATTEMPT + attempt.name, sealed, seconds)
        room = BYTES_OF_ATTEMPTS - len(sealed)
        # Browsers send what was given first before what came later (RFC 6265, 5.4).
        for name, held in reversed(connection.cookies.items()):
            if name.startswith(self._named(ATTEMPT)):
                room -= len(name) + len(held)
                if room < 0:
                    self._take(answer, name.removeprefix(HOST_ONLY))

    def take_attempt(self, answer: Response, state: str) -> None:
        self._take(answer, ATTEMPT + name_of(state))

    def _give(self, answer: Response, name: str, value: str, seconds: int | None) -> None:
        answer.set_cookie(
            self._named(name),
            value,
            max_age=seconds,
            path="/",
            secure=self.is_https,
            httponly=True,
            samesite="lax",
        )

    def _take(self, answer: Response, name: str) -> None:
        answer.delete_cookie(
            self._named(name), path="/", secure=self.is_https, httponly=True, samesite="lax"
        )

    def _named(self, name: str) -> str:
        return HOST_ONLY + name if self.is_https else name
