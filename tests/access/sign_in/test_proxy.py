"""A proxy that signs people in: believed where it proves itself, and by nothing else."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from starlette.applications import Starlette
from starlette.routing import Route

from access.gate.serving import Front, served
from access.sessions import open_sessions
from access.sign_in.ways import SECRET_VARIABLE
from data_access.access_settings import SignIn
from data_access.problems import Problem
from tests.access.asking import ADDRESS, Asker, asker
from tests.access.people import LIMITS
from tests.access.sign_in.conftest import CLIENT, ISSUER, OPTIONS, SECRET, _page

PAGE = "/metric?month=2016-09"
BY_SECRET = SignIn("proxy", ADDRESS, proxy_secret_header="x-proxy-secret")
BY_TOKEN = SignIn(
    "proxy",
    ADDRESS,
    ISSUER,
    CLIENT,
    proxy_header="x-forwarded-access-token",
    proxy_keys=f"{ISSUER}/keys",
)
CHAIR = {
    "x-proxy-secret": SECRET,
    "x-forwarded-user": "dora",
    "x-forwarded-email": "dora@example.org",
    "x-forwarded-preferred-username": "Dora",
    "x-forwarded-groups": "ChildStat.Director",
}
ANN = CHAIR | {"x-forwarded-user": "ann", "x-forwarded-groups": "a, b"}
NAMED = ("x-forwarded-email", "x-forwarded-groups", "x-forwarded-preferred-username")


@pytest.fixture
def proxied(settings, world, monkeypatch) -> Iterator[Asker]:
    yield from _proxied(replace(settings, sign_in=BY_SECRET), world, monkeypatch)


@pytest.fixture
def signing(settings, world, monkeypatch) -> Iterator[Asker]:
    yield from _proxied(replace(settings, sign_in=BY_TOKEN), world, monkeypatch)


def _proxied(settings, world, monkeypatch) -> Iterator[Asker]:
    monkeypatch.setenv(SECRET_VARIABLE, SECRET)
    gate = served(settings, OPTIONS.__getitem__, Front(), world.around)
    routes = [*gate.routes, Route("/{page:path}", _page)]
    with asker(Starlette(routes=routes, middleware=list(gate.middleware))) as asking:
        yield asking


def come_in(browser: Asker) -> int:
    """Follows a page through sign-in, as a browser does; the status at its end."""
    answer = browser.get(PAGE)
    if answer.status == 303:
        answer = browser.get(answer.goes_to)
    return browser.get(answer.goes_to).status if answer.status == 303 else answer.status


def test_who_comes_through_the_proxy_is_in(proxied):
    proxied.sends = ANN
    assert come_in(proxied) == 200


@pytest.mark.parametrize(
    "forged",
    [
        {},
        {"x-forwarded-user": "ann"},
        {"x-forwarded-user": "ann", "x-forwarded-for": "127.0.0.1", "x-real-ip": "127.0.0.1"},
        {"x-forwarded-user": "ann", "forwarded": "for=127.0.0.1"},
        ANN | {"x-proxy-secret": "a guess"},
        ANN | {"x-proxy-secret": ""},
        {"x-proxy-secret": SECRET},
    ],
    ids=str,
)
def test_without_the_proxy_s_secret_nothing_lets_anybody_in(proxied, forged):
    proxied.sends = forged
    assert come_in(proxied) == 401


def test_the_cookie_alone_opens_nothing_beside_the_proxy(proxied):
    proxied.sends = ANN
    assert come_in(proxied) == 200
    proxied.sends = {}
    assert proxied.get(PAGE).status == 303
    assert come_in(proxied) == 401


def test_another_person_at_the_same_browser_gets_a_session_of_their_own(proxied):
    bob, elsewhere = ANN | {"x-forwarded-user": "bob"}, proxied.another()
    elsewhere.sends = bob
    assert come_in(elsewhere) == 200, "somebody whom the store knows"
    proxied.sends = ANN
    come_in(proxied)
    proxied.sends = bob
    assert proxied.get(PAGE).status == 303
    assert come_in(proxied) == 200


def test_a_header_that_comes_twice_is_believed_in_neither_place(proxied):
    proxied.sends = ANN | {"X-Forwarded-User": "director"}
    assert come_in(proxied) == 401


@pytest.mark.parametrize("forgets", ["childstat", "childstat-meeting"])
def test_after_a_meeting_the_proxy_s_word_is_not_enough_in_that_browser(proxied, forgets):
    proxied.sends = CHAIR
    come_in(proxied)
    proxied.post("/meeting/start", {"month": "2016-09"})
    proxied.cookies.pop(f"__Host-{forgets}")
    answer = proxied.get("/sign-in?next=%2Funit")
    assert answer.status == 403
    assert "close every window of this browser" in answer.body


def test_who_signs_out_of_a_meeting_is_not_in_again_by_the_proxy_s_word(proxied):
    proxied.sends = CHAIR
    come_in(proxied)
    proxied.post("/meeting/start", {"month": "2016-09"})
    proxied.post("/sign-out")
    assert come_in(proxied) == 403
    opened_anew = proxied.another()
    opened_anew.sends = CHAIR
    assert come_in(opened_anew) == 200


@pytest.mark.parametrize("name", NAMED)
def test_a_proxy_that_leaves_a_header_to_browsers_lets_nobody_in(proxied, name, caplog):
    proxied.sends = {key: value for key, value in ANN.items() if key != name}
    assert come_in(proxied) == 401
    assert name in caplog.text
    assert SECRET not in caplog.text


@pytest.mark.parametrize("name", NAMED)
def test_a_header_that_the_proxy_and_a_browser_both_send_lets_nobody_in(proxied, name):
    proxied.sends = ANN | {name.title(): "ChildStat.Director"}
    assert come_in(proxied) == 401


@pytest.mark.parametrize("name", NAMED)
def test_a_header_that_the_proxy_sends_empty_says_nothing(proxied, store, world, name):
    proxied.sends = ANN | {name: ""}
    assert come_in(proxied) == 200
    (session,) = open_sessions(store, LIMITS, world.now)
    assert session.roles == (() if name == "x-forwarded-groups" else ("a", "b"))
    assert session.name == ("dora@example.org" if name.endswith("username") else "Dora")


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ({}, "x-proxy-secret is missing"),
        (ANN | {"x-proxy-secret": ""}, "x-proxy-secret is empty"),
        (ANN | {"x-proxy-secret": "a guess"}, "x-proxy-secret has another secret"),
        (ANN | {"X-Proxy-Secret": SECRET}, "x-proxy-secret comes more than once"),
        ({"x-proxy-secret": SECRET}, "x-forwarded-user is missing"),
        (ANN | {"X-Forwarded-User": "director"}, "x-forwarded-user comes more than once"),
    ],
    ids=str,
)
def test_the_log_says_which_header_of_a_proxy_s_was_wrong_and_no_value(proxied, caplog, sent, said):
    proxied.sends = sent
    assert come_in(proxied) == 401
    assert set(caplog.messages) == {f"The proxy was not believed: its header {said}."}


def test_a_proxy_that_is_believed_is_not_logged(proxied, caplog):
    proxied.sends = ANN
    come_in(proxied)
    assert not caplog.messages


def test_the_log_says_that_a_token_of_a_proxy_s_is_missing(signing, caplog):
    assert come_in(signing) == 401
    assert "its header x-forwarded-access-token is missing." in caplog.text


def test_a_token_that_the_proxy_signed_lets_in(signing, world):
    signing.sends = {"x-forwarded-access-token": f"Bearer {world.token()}"}
    assert come_in(signing) == 200


def test_a_token_beside_another_in_the_same_header_lets_nobody_in(signing, world):
    header = BY_TOKEN.proxy_header or ""
    signing.sends = {header: world.token(), header.title(): "a browser's"}
    assert come_in(signing) == 401


@pytest.mark.parametrize(
    "wrong",
    [{"aud": "another"}, {"iss": "https://evil.example"}, {"exp": 1}, {"sub": None}],
    ids=str,
)
def test_a_token_that_is_not_for_us_lets_nobody_in(signing, world, wrong):
    signing.sends = {"x-forwarded-access-token": world.token(**wrong)}
    assert come_in(signing) == 401


def test_a_proxy_that_signs_is_not_believed_for_a_secret(signing):
    signing.sends = ANN
    assert come_in(signing) == 401


def refused(settings) -> str:
    with pytest.raises(Problem) as problem:
        served(settings, OPTIONS.__getitem__, Front())
    return str(problem.value)


def test_a_way_that_lacks_something_does_not_start(settings, monkeypatch):
    monkeypatch.delenv(SECRET_VARIABLE, raising=False)
    assert SECRET_VARIABLE in refused(settings)
    assert SECRET_VARIABLE in refused(replace(settings, sign_in=BY_SECRET))
    monkeypatch.setenv(SECRET_VARIABLE, "short")
    assert "shorter than" in refused(settings)
    monkeypatch.setenv(SECRET_VARIABLE, SECRET)
    assert "issuer is not set" in refused(
        replace(settings, sign_in=replace(settings.sign_in, issuer=None))
    )
    assert "proxy_keys is not set" in refused(
        replace(settings, sign_in=replace(BY_TOKEN, proxy_keys=None))
    )


@pytest.mark.parametrize(
    "address",
    [
        "http://childstat.example",
        "https://childstat.example/",
        "childstat.example",
        "ftp://localhost",
    ],
)
def test_an_address_that_is_not_safe_or_not_an_address_does_not_start(
    settings, monkeypatch, address
):
    monkeypatch.setenv(SECRET_VARIABLE, SECRET)
    said = refused(replace(settings, sign_in=replace(settings.sign_in, address=address)))
    assert "[sign_in] address" in said


def test_a_name_that_streamlit_does_not_answer_to_does_not_start(settings, monkeypatch):
    monkeypatch.setenv(SECRET_VARIABLE, SECRET)
    elsewhere = replace(settings.sign_in, address="https://other.example")
    assert "allowedHosts" in refused(replace(settings, sign_in=elsewhere))


def test_streamlit_that_would_give_back_anybody_s_page_does_not_start(settings, monkeypatch):
    monkeypatch.setenv(SECRET_VARIABLE, SECRET)
    options = OPTIONS | {"server.trustedUserHeaders": {}}
    with pytest.raises(Problem, match="trustedUserHeaders"):
        served(settings, options.__getitem__, Front())
