"""The gate: what it lets through, from whom, and what it puts on everything."""

import re

import pytest
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from access.gate.door import Known, NoSignIn, is_this_machine, refuse_the_network
from access.gate.gate import Gate
from access.gate.headers import content_policy
from access.gate.site import Site
from access.gate.ticket import SESSION, TICKET, session_on, ticket_for
from data_access.problems import Problem
from tests.access.asking import asker
from tests.access.gate.conftest import ADDRESS, SCRIPT

FORGED = {SESSION: "director", TICKET: "0" * 64}


def test_a_ticket_is_of_this_process_and_of_one_session():
    assert session_on(ticket_for("one")) == "one"
    assert session_on({**ticket_for("one"), SESSION: "two"}) is None
    assert session_on({**ticket_for("one"), TICKET: "é"}) is None
    assert session_on({SESSION: "one"}) is None
    assert session_on(FORGED) is None
    assert session_on({}) is None


def test_without_a_session_a_page_leads_to_sign_in_and_the_rest_is_refused(browser, guard, reached):
    guard.knows = None
    page = browser.get("/metric?month=2016-09&unit=U2")
    assert page.status == 303
    assert page.goes_to == "/sign-in?next=%2Fmetric%3Fmonth%3D2016-09%26unit%3DU2"
    assert browser.get("/media/0123").status == 401
    assert browser.post("/meeting/start").status == 401
    for path in ("/_stcore/health", "/ready", "/static/js/index.js", "/favicon.png", "/sign-in"):
        assert browser.get(path).status == 200, path
    assert browser.listen()[0]["type"] == "websocket.close"
    assert not reached.runs


def test_a_page_that_comes_back_to_an_ended_session_is_emptied_before_it_is_refused(
    browser, guard, reached
):
    guard.knows, browser.subprotocols = None, ["streamlit", "token", "the tab that it was"]
    guard.why = "idle"
    accepted, left, closed = browser.listen()
    assert accepted == {"type": "websocket.accept", "subprotocol": "streamlit"}
    assert ForwardMsg.FromString(left["bytes"]).auth_redirect.url == "/signed-out?why=idle"
    assert closed["type"] == "websocket.close"
    assert browser.listen(origin="https://evil.example")[0]["type"] == "websocket.close"
    assert browser.listen(path="/stream")[0]["type"] == "websocket.close"
    assert not reached.runs


def unreadable(_connection: object, _is_activity: bool) -> Known | None:
    raise Problem("The access store is being written by somebody else.")


def test_where_who_looks_can_t_be_found_out_nobody_is_told_that_they_signed_out(
    browser, guard, reached
):
    guard.known = unreadable
    for path in ("/metric", "/media/0123"):
        answer = browser.get(path)
        assert answer.status == 503
        assert "just now" in answer.body
    assert browser.listen()[0]["type"] == "websocket.close"
    browser.subprotocols = ["streamlit", "token", "the tab that it was"]
    _, left, closed = browser.listen()
    assert ForwardMsg.FromString(left["bytes"]).auth_redirect.url == "/not-now"
    assert closed["type"] == "websocket.close"
    assert not reached.runs


def test_where_nobody_signs_in_a_stranger_s_page_is_refused(browser, guard):
    guard.knows, guard.sign_in = None, None
    assert browser.get("/metric").status == 401


@pytest.mark.parametrize(
    "path",
    [
        "/_stcore/metrics",
        "/_stcore/upload_file/a/b",
        "/_stcore/script-health-check",
        "/_stcore/agent/interact",
        "/_stcore/bidi-components/x",
        "/_stcore/stream",
        "//_stcore/metrics",
        "/metric/_stcore/metrics",
        "/component/x/y.js",
        "/app/static/x",
        "/auth/login",
        "/oauth2callback",
        "/docs.html",
        "/METRIC",
    ],
)
def test_what_no_page_needs_is_not_there_for_anybody(browser, path):
    assert browser.get(path).status == 404
    assert browser.ask("PUT", path, {}).status == 404


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "OPTIONS", "TRACE"])
def test_a_page_is_only_read(browser, method):
    assert browser.ask(method, "/metric", {}).status == 405


@pytest.mark.parametrize(
    "name", ["X-Childstat-Session", "x-childstat-ticket", "x_childstat_session", "X-Childstat_Kind"]
)
def test_what_only_the_gate_may_say_is_taken_off_what_a_browser_says(browser, reached, name):
    # Its name as it is: the arguments of `get` spell "_" as "-".
    browser.sends = {name: "director"}
    assert "director" not in browser.get("/metric").body
    browser.listen()
    named = {k: v for k, v in reached.headers.items() if "childstat" in k.lower()}
    assert named == ticket_for("one")


@pytest.mark.parametrize(
    "host",
    [
        "evil.example",
        "localhost.evil.example:8501",
        "evil.example@localhost",
        "localhost:port",
        "localhost:8501, evil.example",
        "",
    ],
)
@pytest.mark.parametrize(
    "path", ["/metric", "/_stcore/health", "/ready", "/static/x.js", "/sign-in", "/media/0"]
)
def test_another_name_is_refused_everywhere(browser, reached, host, path):
    browser.sends = {"host": host}
    assert browser.get(path).status == 400
    assert browser.listen()[0]["type"] == "websocket.close"
    assert not reached.runs


@pytest.mark.parametrize(
    "origin",
    [
        "http://localhost:9999",
        "https://localhost:8501",
        "http://127.0.0.1:8501",
        "https://evil.example",
        "http://localhost:8501.evil.example",
        "null",
    ],
)
def test_another_origin_is_refused_everywhere(browser, reached, origin):
    for path in ("/metric", "/_stcore/health", "/static/x.js", "/media/0"):
        assert browser.get(path, origin=origin).status == 403
    assert browser.listen(origin=origin)[0]["type"] == "websocket.close"
    assert not reached.runs


def test_a_websocket_that_does_not_say_where_it_is_from_is_refused(browser, reached):
    assert browser.listen(origin="")[0]["type"] == "websocket.close"
    assert not reached.runs


def test_attempts_to_get_round_the_gate_are_logged_by_their_kind_alone(browser, caplog):
    browser.sends = {"x-childstat-session": "director"}
    browser.get("/metric")
    browser.sends = {"host": "evil.example"}
    browser.get("/metric")
    browser.sends = {}
    browser.get("/metric", origin="https://evil.example")
    browser.listen(origin="https://evil.example")
    said = [record.getMessage() for record in caplog.records if record.levelname == "WARNING"]
    assert said == [
        "A browser sent a header that only the gate may set: it was taken off.",
        "A request called this server by another name: it was refused.",
        *["Another site's page asked for something: it was refused."] * 2,
    ]


def test_what_is_right_is_not_logged(browser, caplog):
    browser.get("/metric")
    browser.listen()
    assert not caplog.records


@pytest.mark.parametrize(
    ("address", "leads_to"),
    [(None, None), ("https://childstat.example", "https://childstat.example")],
)
def test_by_another_name_nobody_is_led_to_the_same_name_again(guard, address, leads_to):
    async def app(_scope, _receive, _send):
        raise AssertionError("it is not let through")

    gate = Gate(app, guard, Site(("localhost",), address), ())
    with asker(gate, address="http://evil.example") as browser:
        page = browser.get("/metric").body
    links = re.findall('href="([^"]*)"', page)
    assert links == ([address] if leads_to else [])


@pytest.mark.parametrize(
    ("sign_in", "path", "words"),
    [
        ("/sign-in", "/sign-out", "To sign out, press Sign out on any page."),
        (None, "/sign-out", "Nobody signs in here"),
        ("/sign-in", "/meeting/start", "press Present on the page Agenda"),
    ],
)
def test_what_is_pressed_on_a_page_says_so_where_its_address_is_typed(
    browser, guard, sign_in, path, words
):
    guard.sign_in = sign_in
    answer = browser.get(path)
    assert answer.status == 405
    assert words in answer.body


def test_our_own_page_may_listen_and_only_where_streamlit_speaks(browser, reached):
    assert browser.listen()[0]["type"] == "websocket.accept"
    assert reached.runs == 1
    assert browser.listen(path="/metric/_stcore/stream")[0]["type"] == "websocket.close"
    assert reached.runs == 1


@pytest.mark.parametrize(
    "path", ["/metric", "/nothing.html", "/media/0", "/_stcore/health", "/ready"]
)
def test_every_answer_says_what_a_browser_must_not_do(browser, guard, path):
    for known in (Known("one"), None):
        guard.knows = known
        answer = browser.get(path)
        assert "default-src 'none'" in (answer.header("content-security-policy") or "")
        assert answer.header("x-content-type-options") == "nosniff"
        assert answer.header("x-frame-options") == "DENY"
        assert answer.header("referrer-policy") == "same-origin"
        assert answer.header("cross-origin-opener-policy") == "same-origin"
        assert answer.header("cross-origin-resource-policy") == "same-origin"
        assert "camera=()" in (answer.header("permissions-policy") or "")
        assert answer.header("cache-control") == "no-store"
        assert answer.header("strict-transport-security") is None


def test_only_the_program_s_own_files_are_kept_by_a_browser(browser):
    assert browser.get("/static/js/index.js").header("cache-control") is None
    assert browser.get("/favicon.png").header("cache-control") is None


def test_https_is_asked_for_only_where_it_is_spoken(guard):
    async def app(_scope, _receive, send):
        await send({"type": "http.response.start", "status": 200, "headers": []})
        await send({"type": "http.response.body", "body": b""})

    site = Site(("localhost",), "https://localhost")
    with asker(Gate(app, guard, site, ()), address="https://localhost") as browser:
        lasting = browser.get("/metric").header("strict-transport-security")
    assert lasting == "max-age=31536000"


def test_a_site_with_an_address_is_called_by_it_alone_but_for_monitoring(guard):
    async def app(_scope, _receive, send):
        await send({"type": "http.response.start", "status": 200, "headers": []})
        await send({"type": "http.response.body", "body": b""})

    site = Site(("localhost", "childstat.example"), "https://childstat.example")
    with asker(Gate(app, guard, site, ()), address="http://localhost:8501") as browser:
        assert browser.get("/metric").status == 400
        assert browser.get("/_stcore/health").status == 200
        assert browser.get("/ready").status == 200


def test_scripts_run_by_their_words_alone():
    policy = content_policy([SCRIPT])
    (scripts,) = re.findall(r"script-src ([^;]*);", policy)
    assert len(re.findall(r"'sha256-[A-Za-z0-9+/]{43}='", scripts)) == 2
    assert "unsafe" not in scripts
    assert content_policy([SCRIPT + " "]) != policy


@pytest.mark.parametrize("address", ["127.0.0.1", "::1", "localhost", "127.1.2.3", "unix://a.sock"])
def test_without_sign_in_this_machine_is_served(address):
    refuse_the_network(address)
    assert is_this_machine(address)


@pytest.mark.parametrize("address", [None, "", "0.0.0.0", "::", "192.168.1.5", "childstat.example"])
def test_without_sign_in_no_network_is_served(address):
    with pytest.raises(Problem, match="anybody who reaches it would see every child"):
        refuse_the_network(address)


def test_without_sign_in_a_connection_from_the_network_is_nobody_s(browser):
    """However the server was started: "uvicorn app:app --host 0.0.0.0" asks for no setting."""

    async def app(_scope, _receive, send):
        await send({"type": "http.response.start", "status": 200, "headers": []})
        await send({"type": "http.response.body", "body": b""})

    gate = Gate(app, NoSignIn(), Site(("localhost",)), ())
    for listens_on, status in (("127.0.0.1", 200), ("192.168.1.5", 401)):
        with asker(gate, address=ADDRESS, listens_on=listens_on) as asking:
            assert asking.get("/metric").status == status


PROXIED = [
    "Forwarded",
    "Via",
    "X-Real-IP",
    "X-Forwarded-For",
    "X-Forwarded-Host",
    "x_forwarded_proto",
    "X-Original-Host",
    "X-Client-IP",
    "True-Client-IP",
    "CF-Connecting-IP",
]


@pytest.mark.parametrize("name", PROXIED)
def test_without_sign_in_nobody_comes_in_through_a_proxy_on_this_machine(reached, name):
    async def app(_scope, _receive, send):
        reached.runs += 1
        await send({"type": "http.response.start", "status": 200, "headers": []})
        await send({"type": "http.response.body", "body": b""})

    with asker(Gate(app, NoSignIn(), Site(("localhost",)), ()), address=ADDRESS) as asking:
        assert asking.get("/metric").status == 200
        for value in ("203.0.113.9", ""):
            asking.sends = {name: value}
            for path in ("/metric", "/media/0"):
                answer = asking.get(path)
                assert answer.status == 401
                assert "Nobody signs in here" in answer.body
            assert asking.listen()[0]["type"] == "websocket.close"
    assert reached.runs == 1
