"""ChildStat as it is really served, asked by hand: what a stranger gets, what one's own cookie."""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from access.gate.ticket import SESSION, TICKET
from access.sessions import begin
from access.sign_in.ways import SECRET_VARIABLE
from access.store.opening import open_access_store
from data_access.access_settings import AccessStore, SessionLimits
from data_access.london import now
from data_access.settings import ACCESS_STORE_VARIABLE, CONFIG_VARIABLE
from tests import COUNCIL, servers
from tests.access.gate.streaming import asked, draw, listening, status_of
from tests.access.people import claims
from tests.ui.small_council import build
from ui.pages import PAGES, href

APP = servers.PROJECT / "app.py"
SIGN_IN = """
[sign_in]
method = "oidc"
address = "http://localhost:{port}"
issuer = "http://127.0.0.1:9"
client_id = "childstat"
"""
FORGED = {SESSION: "local", TICKET: "0" * 64}
# Pages of a script that Streamlit takes for no App: it serves them without the gate.
PLAIN = """
import streamlit as st
st.navigation([st.Page({page!r}, title="Month", default=True)], position="hidden").run()
"""


@dataclass(frozen=True)
class Signing:
    """A served council where people sign in, whose provider is down; and its process."""

    port: int
    store_url: str
    process: int
    database: Path

    @property
    def origin(self) -> str:
        return f"http://localhost:{self.port}"

    def cookie_of(self, subject: str) -> dict[str, str]:
        """What the browser of somebody who has signed in sends."""
        store = open_access_store(AccessStore(self.store_url))
        who = claims("ChildStat.Director", subject=subject)
        token, _ = begin(store, who, SessionLimits(), now())
        store.dispose()
        return {"Cookie": f"childstat={token}"}


@contextmanager
def signing(folder: Path, port: int) -> Iterator[Signing]:
    database = folder / "small.duckdb"
    url = f"duckdb:///{database}" if database.exists() else build(folder)
    file, store = folder / "council.toml", f"sqlite:///{folder / 'access.sqlite'}"
    said = COUNCIL.read_text(encoding="utf-8") + SIGN_IN.format(port=port)
    file.write_text(said, encoding="utf-8")
    known = {CONFIG_VARIABLE: str(file), ACCESS_STORE_VARIABLE: store, SECRET_VARIABLE: "x" * 32}
    with servers.serving(APP, url, port, **known) as (_, process):
        yield Signing(port, store, process.pid, database)


@pytest.fixture(scope="module")
def council(tmp_path_factory) -> Iterator[Signing]:
    with signing(tmp_path_factory.mktemp("signing"), servers.free_port()) as one:
        yield one


def paths() -> list[str]:
    return [href(name).removeprefix(".") for name in PAGES]


def test_without_a_session_no_page_opens_on_a_server_that_has_opened_none(tmp_path):
    with signing(tmp_path, servers.free_port()) as council:
        for path in paths():
            answer = asked(council.port, path)
            assert answer.status == 303, path
            assert (answer.getheader("location") or "").startswith("/sign-in?next=%2F")
            assert status_of(council.port, {}, council.origin) == 403
        assert not is_open(council), "a page's code would have read the case database"
        with listening(council.port, council.cookie_of("ann"), council.origin) as socket:
            assert "Ann Example" in draw(socket, "month").html
        assert is_open(council), "or the check above sees nothing"


def is_open(council: Signing) -> bool:
    """Whether the server holds the case database open, where the system tells (Linux)."""
    held = Path(f"/proc/{council.process}/fd")
    if not held.exists():
        pytest.skip("this system does not tell which files a process has open")
    return council.database in [one.resolve() for one in held.iterdir()]


@pytest.mark.parametrize(
    "origin", ["http://localhost:9999", "http://127.0.0.1:{port}", "https://evil.example", None]
)
def test_with_a_session_another_page_may_not_listen(council, origin):
    said = origin and origin.format(port=council.port)
    assert status_of(council.port, council.cookie_of("ann"), said) == 403
    assert status_of(council.port, council.cookie_of("ann"), council.origin) == 101


def test_a_forged_ticket_is_taken_off_before_a_page_sees_it(council):
    assert status_of(council.port, FORGED, council.origin) == 403
    with listening(council.port, council.cookie_of("ann") | FORGED, council.origin) as socket:
        assert "Ann Example" in draw(socket, "month").html


def test_nobody_takes_up_another_s_tab(council):
    ann, bob = council.cookie_of("ann"), council.cookie_of("bob")
    with listening(council.port, ann, council.origin) as socket:
        tab = draw(socket, "month").tab
        with listening(council.port, bob, council.origin, resumes=tab) as other:
            taken = draw(other, "month")
            assert taken.tab != tab
            assert "Bob Example" in taken.html
            assert "Ann Example" not in taken.html
    with listening(council.port, ann, council.origin, resumes=tab) as again:
        assert draw(again, "month").tab == tab, "one's own is taken up, or nothing was tested"


def test_every_answer_of_the_server_says_what_a_browser_must_not_do(council):
    ann = council.cookie_of("ann")
    for path in (
        *paths(),
        "/_stcore/health",
        "/ready",
        "/nowhere.html",
        "/signed-out",
        "/static/x",
    ):
        for headers in (dict[str, str](), ann):
            answer = asked(council.port, path, **headers)
            assert "default-src 'none'" in (answer.getheader("content-security-policy") or ""), path
            assert answer.getheader("strict-transport-security") is None


@pytest.mark.parametrize("path", ["/_stcore/metrics", "/_stcore/upload_file/a/b", "/component/x"])
def test_what_streamlit_brings_and_no_page_needs_is_closed(council, path):
    for method in ("GET", "PUT", "OPTIONS"):
        assert asked(council.port, path, method, **council.cookie_of("ann")).status == 404


def test_a_restart_ends_no_session(tmp_path):
    port = servers.free_port()
    with signing(tmp_path, port) as council:
        ann = council.cookie_of("ann")
        assert asked(port, "/metric", **ann).status == 200
    with signing(tmp_path, port):
        assert asked(port, "/metric", **ann).status == 200


def test_a_server_without_the_gate_shows_nothing_to_a_forged_ticket(tmp_path):
    plain = tmp_path / "plain.py"
    plain.write_text(PLAIN.format(page=str(servers.PROJECT / "pages" / "month.py")))
    with servers.serving(plain, build(tmp_path)) as (address, _):
        port = int(address.rpartition(":")[2])
        with listening(port, FORGED, f"http://localhost:{port}") as socket:
            html = draw(socket, "month").html
    assert "without passing ChildStat" in html
    assert "Caseload" not in html


def test_without_sign_in_the_server_does_not_start_on_the_network(tmp_path):
    port = servers.free_port()
    command = [sys.executable, "-m", "streamlit", "run", str(APP), f"--server.port={port}"]
    done = subprocess.run(
        [*command, "--server.address=0.0.0.0", "--server.headless=true"],
        check=False,
        capture_output=True,
        text=True,
        timeout=60,
        cwd=servers.PROJECT,
    )
    assert done.returncode != 0
    said = done.stdout + done.stderr
    assert "ChildStat does not start" in said
    assert "anybody who reaches it would see every child" in said
