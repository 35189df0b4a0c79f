"""A council that signs people in, in this process, and a provider that says what a test wants."""

import hmac
import json
from base64 import urlsafe_b64encode
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from joserfc import jwt
from joserfc.jwk import RSAKey
from sqlalchemy import Engine
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.routing import Route

from access.gate.serving import TOLD_TO_STREAMLIT, Front, served
from access.gate.ticket import session_on
from access.sign_in.fetching import ProviderSilent
from access.sign_in.ways import SECRET_VARIABLE, Around
from access.store.opening import open_access_store
from data_access.access_settings import AccessStore, SignIn
from data_access.settings import Settings
from tests.access.asking import ADDRESS, Asker, asker
from tests.access.people import NOON, WITH_ROLES

ISSUER = "https://issuer.example"
CLIENT = "childstat"
SECRET = "a secret that only tests know"
OPENID = SignIn("oidc", ADDRESS, ISSUER, CLIENT)
OPTIONS = {
    "server.address": "127.0.0.1",
    "server.allowedHosts": ["127.0.0.1", "localhost", "childstat.example"],
    "server.sslCertFile": None,
    "server.trustedUserHeaders": TOLD_TO_STREAMLIT,
}
KEY = RSAKey.generate_key(2048, {"kid": "one", "use": "sig"})
NEW_KEY = RSAKey.generate_key(2048, {"kid": "two", "use": "sig"})


@dataclass
class World:
    """The provider, the time, and what was asked of either."""

    now: datetime = NOON
    keys: tuple[RSAKey, ...] = (KEY,)
    says: dict[str, Any] = field(default_factory=dict)
    signs: Any = None
    algorithm: str = "RS256"
    is_down: bool = False
    has_way_out: bool = False
    asked: list[str] = field(default_factory=list)
    nonce: str = ""

    @property
    def around(self) -> Around:
        return Around(lambda: self.now, lambda: self.now.timestamp(), self.fetch)

    def later(self, **by: float) -> None:
        self.now += timedelta(**by)

    def fetch(self, address: str, form: Mapping[str, str] | None, _headers: object) -> Any:
        self.asked.append(address)
        if self.is_down:
            raise ProviderSilent("it is down")
        if address.endswith("/token"):
            assert form is not None
            return {"id_token": self.token()}
        if address.endswith("/keys"):
            return {"keys": [key.as_dict(private=False) for key in self.keys]}
        named = {"token_endpoint": "/token", "jwks_uri": "/keys", "authorization_endpoint": "/auth"}
        if self.has_way_out:
            named["end_session_endpoint"] = "/end"
        return {"issuer": ISSUER, **{name: ISSUER + path for name, path in named.items()}}

    def token(self, **instead: Any) -> str:
        """An ID token as it ought to be, but for what the test says; None leaves a claim out."""
        second = int(self.now.timestamp())
        right = {
            "iss": ISSUER,
            "sub": "ann",
            "aud": CLIENT,
            "iat": second,
            "exp": second + 300,
            "nonce": self.nonce,
            "name": "Ann Example",
            "roles": ["ChildStat.Director"],
        }
        claims = {k: v for k, v in {**right, **self.says, **instead}.items() if v is not None}
        key = self.signs or self.keys[-1]
        if self.algorithm in ("none", "HS256"):
            return _by_hand(self.algorithm, claims)
        header = {"alg": self.algorithm, "kid": getattr(key, "kid", None) or "one"}
        return jwt.encode(header, claims, key, algorithms=[self.algorithm])


def _by_hand(algorithm: str, claims: Mapping[str, Any]) -> str:
    """What no library writes: unsigned, or signed with the public key as if it were a secret."""
    text = f"{_part({'alg': algorithm, 'kid': 'one'})}.{_part(claims)}"
    if algorithm == "none":
        return f"{text}."
    signed = hmac.digest(KEY.as_pem(private=False), text.encode(), "sha256")
    return f"{text}.{urlsafe_b64encode(signed).decode().rstrip('=')}"


def _part(of: Mapping[str, Any]) -> str:
    return urlsafe_b64encode(json.dumps(of).encode()).decode().rstrip("=")


@pytest.fixture
def world() -> World:
    return World()


@pytest.fixture
def settings(tmp_path) -> Settings:
    store = AccessStore(f"sqlite:///{tmp_path / 'access.sqlite'}")
    return replace(WITH_ROLES, sign_in=OPENID, access_store=store)


@pytest.fixture
def store(settings: Settings) -> Iterator[Engine]:
    engine = open_access_store(settings.access_store)
    yield engine
    engine.dispose()


@pytest.fixture
def browser(settings: Settings, world: World, monkeypatch) -> Iterator[Asker]:
    """A browser at the council, which has a page at every address that says whose it is."""
    monkeypatch.setenv(SECRET_VARIABLE, SECRET)
    gate = served(settings, OPTIONS.__getitem__, Front(), world.around)
    pages = Route("/{page:path}", _page)
    app = Starlette(routes=[*gate.routes, pages], middleware=list(gate.middleware))
    with asker(app) as asking:
        yield asking


def _page(request: Request) -> PlainTextResponse:
    return PlainTextResponse(f"page {request.url.path}, ticket {session_on(request.headers)}")


def begun(browser: Asker, world: World, path: str = "/sign-in") -> dict[str, str]:
    """Begins a sign-in; what the provider was asked."""
    answer = browser.get(path)
    asked = {k: v for k, (v,) in parse_qs(urlsplit(answer.goes_to).query).items()}
    world.nonce = asked["nonce"]
    return asked


def come_back(browser: Asker, asked: Mapping[str, str], **said: str) -> Any:
    given = {"code": "a-code", "state": asked["state"]} | said
    return browser.get("/sign-in/callback?" + "&".join(f"{k}={v}" for k, v in given.items()))


def sign_in(browser: Asker, world: World, path: str = "/sign-in") -> Any:
    return come_back(browser, begun(browser, world, path))
