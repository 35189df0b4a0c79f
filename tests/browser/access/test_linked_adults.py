"""What of linked adults reaches a tab: all that it was sent is searched; and what a kill leaves."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from playwright._impl._api_structures import SetCookieParam
from playwright.sync_api import Browser, Page

from access.agreements import Acting, ask_lead
from access.audit.networks import REASONS
from access.matches import confirm
from access.requests import Ask
from access.sessions import begin
from access.sign_in.ways import SECRET_VARIABLE
from access.store.opening import open_access_store
from access.store.reading import read
from access.store.tables import event
from data_access.access_settings import AccessStore, SessionLimits
from data_access.database import connect
from data_access.london import now
from data_access.meeting_store.address_key import key_of_addresses
from data_access.meeting_store.opening import open_store
from data_access.settings import ACCESS_STORE_VARIABLE, CONFIG_VARIABLE, MEETING_STORE_VARIABLE
from data_access.viewer import Act, Viewer
from meeting.address_codes import ADULT, CHILD, FAMILY, codes_of, label_of
from tests import COUNCIL, servers
from tests.access.gate.test_served import SIGN_IN
from tests.access.people import claims
from tests.browser.access.conftest import drawn
from tests.browser.listening import Heard, parts
from tests.ui.network.families import (
    ADULTS,
    ASSESSED,
    MANAGER,
    ROLES,
    SECRET,
    VERIFIED,
    build_linked,
)
from tests.ui.small_council import HIDDEN, registration_of

CHILD_ASKED_FROM = "KID-U1-0"
WIDTHS = {1920: 1080, 1280: 720, 768: 1024, 390: 844}


@dataclass(frozen=True)
class Linked:
    """A served council with linked adults, and the folder that it writes in."""

    folder: Path
    port: int
    process: servers.Process

    @property
    def database(self) -> str:
        return f"duckdb:///{self.folder / 'small.duckdb'}"

    @property
    def store_url(self) -> str:
        return f"sqlite:///{self.folder / 'access.sqlite'}"

    @property
    def key(self) -> bytes:
        """What codes are made with."""
        engine = open_store(f"sqlite:///{self.folder / 'meeting.sqlite'}")
        key = key_of_addresses(engine)
        engine.dispose()
        return key

    @property
    def child(self) -> str:
        """What the address says of the child who is asked from."""
        return f"child={codes_of(self.key, CHILD, [CHILD_ASKED_FROM]).code_of(CHILD_ASKED_FROM)}"

    def cookie_of(self, role: str) -> SetCookieParam:
        store = open_access_store(AccessStore(self.store_url))
        token, _ = begin(store, claims(role, subject=role), SessionLimits(), now())
        store.dispose()
        return {"name": "childstat", "value": token, "url": self.address}

    @property
    def address(self) -> str:
        return f"http://localhost:{self.port}"


@contextmanager
def linked(folder: Path) -> Iterator[Linked]:
    port, file = servers.free_port(), folder / "council.toml"
    said = (
        COUNCIL.read_text(encoding="utf-8") + SIGN_IN.format(port=port) + ROLES + MANAGER + ASSESSED
    )
    file.write_text(said, encoding="utf-8")
    known = {
        CONFIG_VARIABLE: str(file),
        ACCESS_STORE_VARIABLE: f"sqlite:///{folder / 'access.sqlite'}",
        MEETING_STORE_VARIABLE: f"sqlite:///{folder / 'meeting.sqlite'}",
        SECRET_VARIABLE: "x" * 32,
    }
    app = servers.PROJECT / "app.py"
    with servers.serving(app, build_linked(folder), port, **known) as (_, process):
        yield Linked(folder, port, process)


@contextmanager
def tab_of(
    browser: Browser, council: Linked, role: str, unit: str = "U1"
) -> Iterator[tuple[Page, Heard]]:
    context = browser.new_context(viewport={"width": 1280, "height": 720})
    context.add_cookies([council.cookie_of(role)])
    tab = context.new_page()
    heard = Heard(tab)
    drawn_at(tab, f"{council.address}/unit?unit={unit}")
    yield tab, heard
    context.close()


def drawn_at(tab: Page, address: str) -> Page:
    tab.goto(address)
    drawn(tab)
    tab.wait_for_selector("[data-test-script-state='notRunning']", state="attached")
    return tab


def asks(tab: Page, council: Linked) -> None:
    """Opens the page and asks with a reason: returns when the answer is drawn."""
    tab.get_by_role("combobox").click()
    tab.get_by_role("option").nth(2).click()
    tab.get_by_role("button", name="Ask", exact=True).click()
    tab.wait_for_selector(".cs-network-picture")


def of_the_network(key: bytes, ids: dict[str, str]) -> set[str]:
    """How the adults and the families that they lead to can be spelt."""
    names = {part for name in ids.values() for part in parts(name)}
    labels = {label_of(key, ADULT, id).split()[1] for id in ids}
    return names | labels | {*ids, "green ledger"}


def family_code(key: bytes, unit: str) -> str:
    return label_of(key, FAMILY, f"family FAM-{unit}").split()[1]


def test_no_byte_of_linked_adults_reaches_a_tab_without_the_right_and_a_reason(browser, tmp_path):
    with linked(tmp_path) as council:
        with tab_of(browser, council, "other") as (tab, heard):
            for page in ("child", "network"):
                drawn_at(tab, f"{council.address}/{page}?{council.child}")
            secrets = of_the_network(council.key, ADULTS)
            codes = {family_code(council.key, unit) for unit in ("U2", "U3", "U4", "E")}
            assert heard.of(secrets | codes) == set()
        with tab_of(browser, council, "asker of all") as (tab, heard):
            drawn_at(tab, f"{council.address}/network?{council.child}")
            assert heard.of(secrets | codes) == set()
            asks(tab, council)
            assert heard.of({VERIFIED, family_code(council.key, "U3")}), "or nothing was searched"
            hidden = of_the_network(council.key, {"PERSON-4": SECRET}) - {"green ledger"}
            assert heard.of(hidden | {HIDDEN, family_code(council.key, "U2")}) == set()
            for width, height in WIDTHS.items():
                tab.set_viewport_size({"width": width, "height": height})
                assert sideways(tab) == 0, width


def sideways(tab: Page) -> int:
    return tab.evaluate(
        "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"
    )


@pytest.mark.thorough
def test_no_byte_of_what_was_asked_of_a_lead_reaches_who_does_not_manage_the_unit(
    browser, tmp_path
):
    with linked(tmp_path) as council:
        secrets = asked_of_unit_3(council)
        for role, is_told in (("asker of all", False), ("other", False), ("manager", True)):
            with tab_of(browser, council, role, "U3") as (tab, heard):
                drawn_at(tab, f"{council.address}/unit?unit=U3")
                if not is_told:
                    drawn_at(tab, f"{council.address}/network?{council.child}")
                assert heard.of(secrets) == (secrets if is_told else set()), role
                for width, height in WIDTHS.items():
                    tab.set_viewport_size({"width": width, "height": height})
                    assert sideways(tab) == 0, width


def asked_of_unit_3(council: Linked) -> set[str]:
    """Asks as somebody of Unit 1, and makes a manager of Unit 3: the words of what was asked."""
    store = open_access_store(AccessStore(council.store_url))
    _, asker = begin(store, claims("asker", subject="quentin"), SessionLimits(), now())
    acts = frozenset({Act.SEE_NETWORK})
    viewer = Viewer("Quentin", frozenset({"U1"}), acts=acts, session=asker.id)
    ask = Ask(CHILD_ASKED_FROM, "family FAM-U3", ("PERSON-1",), "U3", ("KID-U3-0",), REASONS[1])
    who = Acting(store, connect(council.database), asker, viewer)
    ask_lead(who, replace(ask, words="Xylophone lodger moved"), now())
    who.engine.dispose()
    _, manager = begin(store, claims("manager", subject="manager"), SessionLimits(), now())
    confirm(store, manager.person, registration_of("U3"), "admin", now())
    store.dispose()
    return {"Quentin", "Xylophone"}


@pytest.mark.thorough
def test_killed_while_a_network_is_shown_it_leaves_the_look_and_no_name(browser, tmp_path):
    with linked(tmp_path) as council:
        with tab_of(browser, council, "asker of all") as (tab, _):
            drawn_at(tab, f"{council.address}/network?{council.child}")
            asks(tab, council)
            council.process.kill()
            council.process.wait()
    left = [file for file in tmp_path.rglob("*") if file.is_file() and file.suffix != ".duckdb"]
    assert {"access.sqlite", "meeting.sqlite"} <= {file.name for file in left}
    names = [part.encode() for name in ADULTS.values() for part in parts(name)]
    assert not [file.name for file in left for name in names if name in file.read_bytes()]
    store = open_access_store(AccessStore(council.store_url))
    assert "asked for linked adults" in [row.what for row in read(store, event.select())]
    store.dispose()
