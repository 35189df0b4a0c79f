"""An OpenID provider: what it says of itself, and a code exchanged for what it says of somebody."""

from base64 import b64encode
from collections.abc import Callable, Mapping
from threading import Lock
from urllib.parse import quote, urlencode

from access.sign_in.fetching import Fetch, Json, ProviderSilent
from access.sign_in.keys import Keys
from access.sign_in.tokens import Tokens

WELL_KNOWN = "/.well-known/openid-configuration"
NEEDED = ("authorization_endpoint", "token_endpoint", "jwks_uri")
SECONDS_KEPT = 3600
# A provider that is down is not waited for by each who wants in.
SECONDS_BEFORE_ASKING_AGAIN = 10
SCOPE = "openid profile email"
BASIC, POST = "client_secret_basic", "client_secret_post"


class Provider:
    """One issuer, as one client of it."""

    def __init__(
        self,
        issuer: str,
        client: tuple[str, str],
        fetch: Fetch,
        seconds: Callable[[], float],
    ) -> None:
        self.issuer = issuer
        self.client_id, self._secret = client
        self._fetch, self._seconds = fetch, seconds
        self._said: Json | None = None
        self._asked_at, self._was_silent = 0.0, ""
        self._lock = Lock()
        keys = Keys(lambda: str(self.said()["jwks_uri"]), fetch, seconds)
        self.tokens = Tokens(issuer, self.client_id, keys)

    def said(self) -> Json:
        """What the provider says of itself, asked once an hour; raises where it is silent."""
        with self._lock:
            age = self._seconds() - self._asked_at
            if self._said is not None and age < SECONDS_KEPT:
                return self._said
            if self._was_silent and age < SECONDS_BEFORE_ASKING_AGAIN:
                raise ProviderSilent(self._was_silent)
            return self._ask()

    def _ask(self) -> Json:
        self._asked_at = self._seconds()
        try:
            said = self._fetch(self.issuer.rstrip("/") + WELL_KNOWN, None, {})
            self._refuse_another(said)
        except ProviderSilent as silent:
            self._was_silent = str(silent)
            raise
        self._said, self._was_silent = said, ""
        return said

    def _refuse_another(self, said: Json) -> None:
        if said.get("issuer") != self.issuer:
            raise ProviderSilent("it calls itself another issuer than [sign_in] issuer")
        missing = [name for name in NEEDED if not isinstance(said.get(name), str)]
        if missing:
            raise ProviderSilent(f"it does not say its {missing[0]}")

    def door(self, asked: Mapping[str, str]) -> str:
        """The address at the provider where somebody signs in."""
        said = {"client_id": self.client_id, "response_type": "code", "scope": SCOPE, **asked}
        address = str(self.said()["authorization_endpoint"])
        return f"{address}{'&' if '?' in address else '?'}{urlencode(said)}"

    def way_out(self, back: str) -> str | None:
        """The address that ends the sign-in at the provider, too; None where it has none."""
        address = self.said().get("end_session_endpoint")
        asked = urlencode({"client_id": self.client_id, "post_logout_redirect_uri": back})
        return f"{address}?{asked}" if isinstance(address, str) else None

    def id_token(self, code: str, verifier: str, redirect: str) -> str:
        """The token that says who signed in, in exchange for the code, which is good once."""
        form = {
            "grant_type": "authorization_code",
            "code": code,
            "code_verifier": verifier,
            "redirect_uri": redirect,
        }
        more, headers = self._who_asks()
        answer = self._fetch(str(self.said()["token_endpoint"]), {**form, **more}, headers)
        return str(answer.get("id_token", ""))

    def _who_asks(self) -> tuple[Mapping[str, str], Mapping[str, str]]:
        """Our id and secret, as this provider wants them: in the form, or in a header."""
        ways = self.said().get("token_endpoint_auth_methods_supported", [BASIC])
        if BASIC not in ways and POST in ways:
            return {"client_id": self.client_id, "client_secret": self._secret}, {}
        # RFC 6749, 2.3.1: both are written as in a form before they are joined.
        both = f"{quote(self.client_id, safe='')}:{quote(self._secret, safe='')}"
        return {}, {"Authorization": f"Basic {b64encode(both.encode()).decode()}"}
