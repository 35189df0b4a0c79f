"""One attempt to sign in, kept by the browser that began it, sealed so that only we can read it."""

import hmac
import json
from base64 import urlsafe_b64encode
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from secrets import token_urlsafe

from joserfc import jwe
from joserfc.errors import JoseError
from joserfc.jwk import OctKey

TIME_TO_SIGN_IN = timedelta(minutes=10)
LETTERS_OF_A_NAME = 12
HOW = {"alg": "dir", "enc": "A256GCM"}


@dataclass(frozen=True)
class Attempt:
    """What has to come back as it was sent. `verifier` proves that the code is ours (RFC 7636).

    `after_meeting`: the browser showed a meeting, so that the provider has to ask who it is.
    """

    state: str
    nonce: str
    verifier: str
    next: str
    began_at: float
    after_meeting: bool = False

    @property
    def name(self) -> str:
        """Of the cookie that holds it: several tabs may sign in at once."""
        return name_of(self.state)

    @property
    def challenge(self) -> str:
        digest = sha256(self.verifier.encode()).digest()
        return urlsafe_b64encode(digest).decode().rstrip("=")

    def is_over(self, now: datetime) -> bool:
        return not 0 <= now.timestamp() - self.began_at <= TIME_TO_SIGN_IN.total_seconds()


def new_attempt(next: str, now: datetime, after_meeting: bool) -> Attempt:
    return Attempt(
        token_urlsafe(32),
        token_urlsafe(32),
        token_urlsafe(48),
        next,
        now.timestamp(),
        after_meeting,
    )


def name_of(state: str) -> str:
    return "".join(letter for letter in state if letter.isalnum())[:LETTERS_OF_A_NAME]


class Seal:
    """Seals with a key made of the provider's secret: every process of ours can open it."""

    def __init__(self, secret: str) -> None:
        key = hmac.new(secret.encode(), b"childstat attempt to sign in", sha256).digest()
        self._key = OctKey.import_key(key)

    def sealed(self, attempt: Attempt) -> str:
        return jwe.encrypt_compact(HOW, json.dumps(asdict(attempt)), self._key)

    def opened(self, sealed: str) -> Attempt | None:
        """The attempt; None for anything that we did not seal."""
        try:
            text = jwe.decrypt_compact(sealed, self._key, algorithms=list(HOW.values())).plaintext
        except (JoseError, ValueError):
            return None
        return Attempt(**json.loads(text or b"{}"))
