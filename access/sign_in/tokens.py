"""Whether a token is what it says: signed by the provider, for us, now."""

from collections.abc import Mapping
from datetime import datetime
from threading import Lock
from typing import Any

from joserfc import jws, jwt
from joserfc.errors import JoseError

from access.sign_in.keys import Keys

# Those that a public key checks: with "none" nobody signs, with HS256 whoever knows the public key.
ALGORITHMS = ("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512")
SECONDS_OF_SKEW = 60
BYTES_OF_A_TOKEN = 64_000


class TokenRefused(Exception):
    """What is wrong with a token, in words that hold nothing of it."""


class UsedTokens:
    """The names of tokens that were acted on by this process, kept until they are over."""

    def __init__(self) -> None:
        self._until: dict[str, float] = {}
        self._lock = Lock()

    def has(self, claims: Mapping[str, Any]) -> bool:
        return claims.get("jti") in self._until

    def keep(self, claims: Mapping[str, Any], now: datetime) -> None:
        since = now.timestamp() - SECONDS_OF_SKEW
        with self._lock:
            held = {name: until for name, until in self._until.items() if until > since}
            self._until = held | ({claims["jti"]: claims["exp"]} if "jti" in claims else {})


class Tokens:
    """Checks tokens of one issuer, made for one client."""

    def __init__(self, issuer: str, client_id: str, keys: Keys) -> None:
        self.issuer = issuer
        self._client_id, self._keys = client_id, keys

    def read(self, token: str, now: datetime, **wanted: Any) -> Mapping[str, Any]:
        """The claims of a token that is right; `wanted` are claims that it must have as well.

        One that is wanted as None may say anything but nothing.
        """
        if len(token) > BYTES_OF_A_TOKEN:
            raise TokenRefused("it is too long")
        try:
            claims = self._signed(token)
            self._rules(now, wanted).validate(dict(claims))
        except (JoseError, ValueError) as wrong:
            # The library's own words may hold a value of the token.
            where = getattr(wrong, "claim", "")
            raise TokenRefused(f"{type(wrong).__name__} {where}".strip()) from None
        self._refuse_another_party(claims)
        return claims

    def _signed(self, token: str) -> Mapping[str, Any]:
        header = jws.extract_compact(token.encode()).headers()
        key = self._keys.named(header.get("kid"))
        if key is None:
            raise TokenRefused("it names a key that is not known")
        return jwt.decode(token, key, algorithms=list(ALGORITHMS)).claims

    def _rules(self, now: datetime, wanted: Mapping[str, Any]) -> jwt.JWTClaimsRegistry:
        needed = {
            name: {"essential": True, "allow_blank": False, "value": value}
            for name, value in wanted.items()
        }
        rules: dict[str, Any] = {
            "iss": {"essential": True, "value": self.issuer},
            "aud": {"essential": True, "value": self._client_id},
            "exp": {"essential": True},
            **needed,
        }
        return jwt.JWTClaimsRegistry(int(now.timestamp()), SECONDS_OF_SKEW, **rules)

    def _refuse_another_party(self, claims: Mapping[str, Any]) -> None:
        """OpenID Connect Core 1.0, 3.1.3.7: of several audiences, the one that it was issued to."""
        party = claims.get("azp")
        several = isinstance(claims["aud"], list) and len(claims["aud"]) > 1
        if party != self._client_id and (party is not None or several):
            raise TokenRefused("it was issued to somebody else")
