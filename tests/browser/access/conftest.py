"""ChildStat served to people who sign in at a real provider, and one who does so in a browser."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Route
from sqlalchemy import Engine

from access.sign_in.cookies import SESSION
from access.sign_in.ways import SECRET_VARIABLE
from access.store.opening import open_access_store
from data_access.access_settings import AccessStore
from data_access.settings import ACCESS_STORE_VARIABLE, CONFIG_VARIABLE, MEETING_STORE_VARIABLE
from tests import COUNCIL, meetings, servers
from tests.browser.conftest import SECONDS_TO_DRAW, SIZES

SECRET = "a secret that only tests know"
ACCOUNTS = {
    "dora": {"name": "Dora Director", "roles": ["ChildStat.Director"]},
    "connie": {"name": "Connie Consultant", "roles": ["ChildStat.Consultant"]},
    "ada": {"name": "Ada Analyst", "roles": ["ChildStat.Analyst"]},
    "mary": {"name": "Mary Many", "_claim_names": {"groups": "src1"}},
}
SIGN_IN = """
[sign_in]
method = "oidc"
address = "{address}"
issuer = "{issuer}"
client_id = "childstat"
"""


@dataclass(frozen=True)
class Council:
    """Where it is served, where people sign in, and its store."""

    address: str
    issuer: str
    store: Engine


@pytest.fixture(scope="package")
def council(tmp_path_factory: pytest.TempPathFactory, providing: Callable) -> Iterator[Council]:
    """A council with a meeting about September; its provider; and its server."""
    folder, port = tmp_path_factory.mktemp("signing"), servers.free_port()
    address, stores = f"http://localhost:{port}", _stores(folder)
    database = meetings.built(folder)
    meetings.hold(database, stores[MEETING_STORE_VARIABLE])
    with providing({"client": _client(address), "accounts": ACCOUNTS}) as issuer:
        file = folder / "council.toml"
        said = SIGN_IN.format(address=address, issuer=issuer)
        file.write_text(COUNCIL.read_text(encoding="utf-8") + said, encoding="utf-8")
        known = {**stores, CONFIG_VARIABLE: str(file), SECRET_VARIABLE: SECRET}
        app = servers.PROJECT / "app.py"
        with servers.serving(app, database, port, **known):
            store = open_access_store(AccessStore(stores[ACCESS_STORE_VARIABLE]))
            yield Council(address, issuer, store)
            store.dispose()


def _stores(folder: Path) -> dict[str, str]:
    return {
        ACCESS_STORE_VARIABLE: f"sqlite:///{folder / 'access.sqlite'}",
        MEETING_STORE_VARIABLE: f"sqlite:///{folder / 'meeting.sqlite'}",
    }


def _client(address: str) -> dict[str, Any]:
    return {
        "client_id": "childstat",
        "client_secret": SECRET,
        "redirect_uris": [f"{address}/sign-in/callback"],
        "post_logout_redirect_uris": [f"{address}/signed-out"],
        "backchannel_logout_uri": f"{address}/sign-in/ended",
        "backchannel_logout_session_required": True,
    }


@dataclass(frozen=True)
class Somebody:
    """One browser, with as many tabs as it opens."""

    council: Council
    context: BrowserContext

    def opens(self, path: str) -> Page:
        """A new tab at a path, wherever that leads."""
        tab = self.context.new_page()
        tab.goto(self.council.address + path)
        return tab

    def signs_in(self, who: str, path: str) -> Page:
        """At the provider, from the address of a page; returns when that page is drawn."""
        tab = self.opens(path)
        tab.fill("input[name=login]", who)
        tab.fill("input[name=password]", "any")
        tab.click("button[type=submit]")
        return drawn(tab)

    @property
    def token(self) -> str:
        """What the browser holds of its session."""
        held = {one["name"]: one["value"] for one in self.context.cookies()}
        return held[SESSION]


@pytest.fixture
def somebody(browser: Browser, council: Council) -> Callable[[], Any]:
    """A new browser, which knows nobody: `with somebody() as ann`."""

    @contextmanager
    def one() -> Iterator[Somebody]:
        context = browser.new_context(viewport=SIZES["1280"])
        # The provider's own page asks a stranger for its letters.
        context.route(lambda url: "://localhost:" not in url and "://127.0.0.1:" not in url, _stop)
        yield Somebody(council, context)
        context.close()

    return one


def _stop(route: Route) -> None:
    route.abort()


def drawn(tab: Page) -> Page:
    tab.wait_for_selector("[data-server-ms]", timeout=SECONDS_TO_DRAW * 1000)
    return tab
