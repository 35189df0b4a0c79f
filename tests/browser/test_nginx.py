"""ChildStat behind nginx, by the very files of deploy/: two processes, TLS, one name."""

import json
import os
import shlex
import ssl
import subprocess
import sys
import warnings
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from gzip import decompress
from http.client import HTTPConnection, RemoteDisconnected
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from re import findall
from socket import create_connection
from threading import Thread

import pytest
from sqlalchemy import Engine
from websockets.exceptions import InvalidStatus
from websockets.sync.client import connect
from websockets.typing import Origin

from access.ending_sessions import end
from access.people import Claims
from access.sessions import begin
from access.store.opening import open_access_store
from data_access.access_settings import AccessStore, SessionLimits
from data_access.london import now
from tests.browser.conftest import Visit, until
from tests.conftest import not_here
from tests.nginx import NAME, NAME_IN_THE_FILE, Served, site
from tests.servers import PROJECT, Unavailable, free_port, is_well, started

UNIT = PROJECT / "deploy" / "childstat@.service"
OWN = "Environment"
SECRET = "a secret of the tests' own"
SIGN_IN = """
[sign_in]
method = "oidc"
address = "{address}"
issuer = "https://provider.invalid"
client_id = "childstat"
"""
COOKIE = "__Host-childstat"
FORGED = {
    "X-Forwarded-For": "10.0.0.1",
    "X-Forwarded-Proto": "http",
    "X-Forwarded-Host": "elsewhere.example",
    "X-Forwarded-User": "ann",
    "X-Forwarded-Email": "ann@example.org",
    "X-Forwarded-Groups": "ChildStat.Director",
    "X-Forwarded-Preferred-Username": "Ann",
    "X-Forwarded-Access-Token": "a token",
    "X-Proxy-Secret": "a guess",
    "X-Real-IP": "10.0.0.1",
    "Forwarded": "for=10.0.0.1",
}
SCRIPTS = r'(?:src|href)="\.?/(static/js/[^"]+\.js)"'


@dataclass(frozen=True)
class Deployed:
    """The site, the two processes behind it by their ports, and the store that both have."""

    site: Served
    processes: tuple[int, int]
    store: Engine
    environment: dict[str, str]

    def signed_in(self, subject: str = "ann") -> str:
        """The token of a new session of a director."""
        claims = Claims("https://provider.invalid", subject, "Ann", roles=("ChildStat.Director",))
        return begin(self.store, claims, SessionLimits(), now())[0]


@pytest.fixture(scope="module")
def deployed(tmp_path_factory, database: str) -> Iterator[Deployed]:
    folder = tmp_path_factory.mktemp("deployed")
    processes, port = (free_port(), free_port()), free_port()
    store = f"sqlite:///{folder / 'access.sqlite'}"
    with ExitStack() as stack:
        served = _site(stack, folder, processes, port)
        environment = _environment(folder, database, store, served)
        awaited = [stack.enter_context(_process(one, environment)) for one in processes]
        for one in awaited:
            one()
        engine = open_access_store(AccessStore(store))
        stack.callback(engine.dispose)
        yield Deployed(served, processes, engine, environment)


def _site(
    stack: ExitStack, folder: Path, processes: tuple[int, int], port: int | None = None
) -> Served:
    try:
        return stack.enter_context(site(folder, processes, port))
    except Unavailable as reason:
        not_here(str(reason))


def _environment(folder: Path, database: str, store: str, served: Served) -> dict[str, str]:
    settings = (PROJECT / "tests" / "council.toml").read_text(encoding="utf-8")
    config = folder / "config.toml"
    config.write_text(settings + SIGN_IN.format(address=served.address), encoding="utf-8")
    return {
        **os.environ,
        **_service_environment(),
        "CHILDSTAT_CONFIG": str(config),
        "CHILDSTAT_DATABASE": database,
        "CHILDSTAT_MEETING_STORE": f"sqlite:///{folder / 'meeting.sqlite'}",
        "CHILDSTAT_ACCESS_STORE": store,
        "CHILDSTAT_SIGN_IN_SECRET": SECRET,
    }


def _process(port: int, environment: dict[str, str]):
    """One process by the service's own command, with this Python and this port."""
    command = _service("ExecStart")[0]
    for there, here in (("/opt/childstat/.venv/bin/python", sys.executable), ("%i", str(port))):
        assert there in command, there
        command = command.replace(there, here)
    ready = f"http://127.0.0.1:{port}"
    return started(shlex.split(command), lambda: is_well(ready), cwd=PROJECT, env=environment)


def _service(key: str) -> list[str]:
    """Every value of a key of the service's file, which may have several."""
    lines = UNIT.read_text(encoding="utf-8").splitlines()
    return [line.removeprefix(f"{key}=") for line in lines if line.startswith(f"{key}=")]


def _service_environment() -> dict[str, str]:
    """What the service's file gives a process, for the tests' name."""
    said = (shlex.split(value)[0].replace(NAME_IN_THE_FILE, NAME) for value in _service(OWN))
    return dict(one.split("=", 1) for one in said)


def test_a_page_without_a_session_leads_to_signing_in(deployed):
    answer = deployed.site.ask("/unit?month=2016-09")
    assert answer.status == 303
    assert answer.headers["Location"] == "/sign-in?next=%2Funit%3Fmonth%3D2016-09"


def test_what_a_client_forges_lets_nobody_in(deployed):
    forged = {"X-Childstat-Session": "local", "X-Childstat-Ticket": "0" * 64}
    assert deployed.site.ask("/", **FORGED, **forged).status == 303


def test_a_session_opens_pages_and_its_end_closes_them(deployed):
    token = deployed.signed_in("bob")
    cookie = f"{COOKIE}={token}"
    assert deployed.site.ask("/", Cookie=cookie).status == 200
    claims = Claims("https://provider.invalid", "bob", "Bob")
    another, session = begin(deployed.store, claims, SessionLimits(), now())
    end(deployed.store, session.id, session.person, "signed out", now())
    assert deployed.site.ask("/", Cookie=f"{COOKIE}={another}").status == 303


def test_each_header_of_the_gate_arrives_once(deployed):
    headers = deployed.site.ask("/", Cookie=f"{COOKIE}={deployed.signed_in()}").headers
    for name in ("Strict-Transport-Security", "Content-Security-Policy", "Cache-Control"):
        assert len(headers.get_all(name) or ()) == 1, name
    assert headers["Cache-Control"] == "no-store"
    assert headers["Server"] == "nginx", "which version it is helps nobody"


def test_without_tls_a_page_is_led_on_and_a_program_is_refused(deployed):
    led_on = deployed.site.ask_plainly("/unit?month=2016-09")
    assert led_on.status == 301
    assert led_on.headers["Location"] == f"https://{NAME}/unit?month=2016-09"
    assert "Strict-Transport-Security" not in led_on.headers
    assert deployed.site.ask_plainly("/sign-in/ended", "POST").status == 403


def test_another_name_gets_no_answer(deployed):
    with pytest.raises(ssl.SSLError):
        _shaken_hands(deployed.site, deployed.site.trust, "elsewhere.example")
    with pytest.raises(RemoteDisconnected):
        deployed.site.ask("/", Host="elsewhere.example")


def test_tls_of_long_ago_is_refused(deployed):
    old = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    old.set_ciphers("ALL:@SECLEVEL=0")
    with warnings.catch_warnings(action="ignore", category=DeprecationWarning):
        old.minimum_version = old.maximum_version = ssl.TLSVersion.TLSv1_1
    with pytest.raises(ssl.SSLError):
        _shaken_hands(deployed.site, old, NAME)


def _shaken_hands(served: Served, context: ssl.SSLContext, name: str) -> None:
    with create_connection(("127.0.0.1", served.port), timeout=20) as plain:
        context.wrap_socket(plain, server_hostname=name).close()


def test_scripts_come_in_less_than_half_their_bytes_and_pages_as_they_are(deployed):
    cookie = f"{COOKIE}={deployed.signed_in()}"
    page = deployed.site.ask("/", Cookie=cookie, Accept_Encoding="gzip")
    assert page.headers["Content-Encoding"] is None
    # The first is the program, and the largest; of the others some are enough.
    scripts = findall(SCRIPTS, page.read().decode())[:10]
    assert scripts
    sizes = [_sizes(deployed.site, f"/{script}") for script in scripts]
    assert sum(squeezed for squeezed, _ in sizes) * 2 < sum(plain for _, plain in sizes)


def _sizes(served: Served, path: str) -> tuple[int, int]:
    """How many bytes a file comes in where a browser takes gzip, and how many it has."""
    squeezed, plain = served.ask(path, Accept_Encoding="gzip"), served.ask(path)
    sent = squeezed.read()
    is_squeezed = squeezed.headers["Content-Encoding"] == "gzip"
    assert (decompress(sent) if is_squeezed else sent) == plain.read()
    return len(sent), len(plain.read())


def _websocket(deployed: Deployed, token: str | None, origin: str):
    served = deployed.site
    headers = {} if token is None else {"Cookie": f"{COOKIE}={token}"}
    return connect(
        f"wss://{NAME}:{served.port}/_stcore/stream",
        sock=create_connection(("127.0.0.1", served.port), timeout=20),
        ssl=served.trust,
        origin=Origin(origin),
        additional_headers=headers,
        subprotocols=["streamlit"],  # type: ignore[list-item]
        proxy=None,
    )


def test_a_websocket_opens_to_the_sites_own_pages(deployed):
    with _websocket(deployed, deployed.signed_in(), deployed.site.address) as socket:
        assert socket.subprotocol == "streamlit"


@pytest.mark.parametrize(
    "origin",
    [
        f"https://{NAME}",
        f"https://{NAME}:1",
        f"http://{NAME}:PORT",
        "https://elsewhere.example",
        "http://127.0.0.1:8501",
    ],
)
def test_a_websocket_from_another_page_is_refused(deployed, origin):
    origin = origin.replace("PORT", str(deployed.site.port))
    with pytest.raises(InvalidStatus) as refused:
        _websocket(deployed, deployed.signed_in(), origin)
    assert refused.value.response.status_code == 403


def test_a_websocket_without_a_session_is_refused(deployed):
    with pytest.raises(InvalidStatus) as refused:
        _websocket(deployed, None, deployed.site.address)
    assert refused.value.response.status_code == 403


def test_a_session_stays_with_one_process_and_sessions_are_spread_over_both(deployed):
    people, times = 20, 2

    def answered() -> list[str]:
        return deployed.site.processes_that_answered("GET", "/actions")

    for number in range(people):
        cookie = f"theme=1; {COOKIE}={deployed.signed_in(f'person {number}')}"
        for _ in range(times):
            assert deployed.site.ask("/actions", Cookie=cookie).status == 200
    # nginx writes its log after it has answered.
    until(lambda: len(answered()) == people * times)
    homes = [set(answered()[at : at + times]) for at in range(0, people * times, times)]
    assert {len(home) for home in homes} == {1}
    assert set().union(*homes) == {f"127.0.0.1:{port}" for port in deployed.processes}


def test_a_session_begun_on_one_process_is_known_on_the_other(deployed):
    cookie = {"Cookie": f"{COOKIE}={deployed.signed_in()}"}
    for port in deployed.processes:
        connection = HTTPConnection("127.0.0.1", port, timeout=20)
        connection.request("GET", "/", headers={"Host": f"{NAME}:{deployed.site.port}", **cookie})
        assert connection.getresponse().status == 200
        connection.close()


def test_sessions_go_on_in_the_other_process_where_one_is_down(deployed, tmp_path):
    nothing_there, alive = free_port(), deployed.processes[0]
    with site(tmp_path, (nothing_there, alive)) as served:
        for number in range(8):
            cookie = f"{COOKIE}={deployed.signed_in(f'person {number}')}"
            answer = served.ask("/", Cookie=cookie, Host=f"{NAME}:{deployed.site.port}")
            assert answer.status == 200


def test_whoever_watches_the_service_is_told_that_it_is_ready(deployed):
    assert deployed.site.ask("/ready").read() == b"ready\n"


@pytest.fixture
def echoed(tmp_path) -> Iterator[tuple[Served, dict[str, str]]]:
    """The site in front of a server that answers nothing, and what that was last sent."""
    arrived: dict[str, str] = {}

    class Echo(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            arrived.clear()
            arrived.update({name.lower(): value for name, value in self.headers.items()})
            self.send_response(204)
            self.end_headers()

        def log_message(self, format: str, *args: object) -> None:
            return

    with ThreadingHTTPServer(("127.0.0.1", 0), Echo) as echo, ExitStack() as stack:
        Thread(target=echo.serve_forever, daemon=True).start()
        stack.callback(echo.shutdown)
        yield _site(stack, tmp_path, (echo.server_port, echo.server_port)), arrived


@pytest.mark.parametrize("path", ["/", "/static/js/index.js", "/_stcore/stream", "/ready"])
def test_nothing_that_a_proxy_says_is_passed_on_from_a_browser(echoed, path):
    served, arrived = echoed
    assert served.ask(path, **FORGED).status == 204
    sent = {name.lower() for name in FORGED} & arrived.keys()
    assert {name: arrived[name] for name in sent} == {
        "x-forwarded-for": "127.0.0.1",
        "x-forwarded-proto": "https",
    }
    assert arrived["host"] == f"{NAME}:{served.port}"


@pytest.fixture
def visited(deployed, browser) -> Iterator[Visit]:
    """Month, in the browser of somebody who has signed in."""
    context = browser.new_context(ignore_https_errors=True)
    address = deployed.site.address
    cookie = {"name": COOKIE, "value": deployed.signed_in(), "url": address, "secure": True}
    context.add_cookies([{**cookie, "httpOnly": True, "sameSite": "Lax"}])
    visit = Visit(context.new_page())
    visit.open(f"{address}/?month=2016-09")
    yield visit
    context.close()


def test_a_page_is_drawn_in_a_browser_through_nginx(visited):
    assert "Caseload" in visited.page.inner_text("body")
    assert not visited.faults


def test_a_browser_keeps_the_token_a_theme_and_nothing_of_anybody(visited):
    cookies = visited.page.context.cookies()
    assert {one["name"] for one in cookies} == {COOKIE, "_streamlit_xsrf"}
    assert all(one["secure"] and one["sameSite"] == "Lax" for one in cookies)
    assert visited.page.evaluate("Object.keys(localStorage)") == ["stActiveTheme-/-v2"]
    assert visited.page.evaluate("sessionStorage.length") == 0
    assert visited.page.evaluate("indexedDB.databases()") == []


def test_the_doctor_finds_a_provider_that_is_not_there_and_the_deployment_in_order(deployed):
    command = [sys.executable, "childstat.py", "doctor", "--format", "json"]
    done = subprocess.run(
        command, cwd=PROJECT, env=deployed.environment, capture_output=True, check=False
    )
    found = {(one["check"], one["severity"]) for one in json.loads(done.stdout)}
    assert done.returncode == 1 and ("provider", "mend") in found
    in_order = {"start", "listening", "public_address", "access_store"}
    assert {(check, "fine") for check in in_order} <= found


def test_the_service_runs_as_nobody_else_and_may_write_in_one_place_only():
    wanted = {
        "User": "childstat",
        "UMask": "0077",
        "ProtectSystem": "strict",
        "ReadWritePaths": "/var/lib/childstat",
        "CapabilityBoundingSet": "",
        "NoNewPrivileges": "yes",
    }
    assert {key: _service(key) for key in wanted} == {key: [one] for key, one in wanted.items()}
    assert not [one for one in _service(OWN) if "SECRET" in one or "PASSWORD" in one]


def test_no_place_of_the_site_sets_headers_of_its_own():
    """nginx passes none of the site's on from a place that sets one."""
    text = (PROJECT / "deploy" / "nginx-site.conf").read_text(encoding="utf-8")
    places = findall(r"location [^{]+\{([^}]*)\}", text)
    assert len(places) == 5
    assert not [place for place in places if "proxy_set_header" in place]
