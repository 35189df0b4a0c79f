"""Signing in by OpenID Connect: who comes in, and every way in which somebody must not."""

import logging
from dataclasses import replace
from urllib.parse import quote

import pytest
from joserfc.jwk import RSAKey
from starlette.applications import Starlette

from access.gate.serving import Front, served
from access.people import people
from access.sessions import open_sessions
from access.sign_in.claims import claims_of
from access.sign_in.ways import SECRET_VARIABLE
from access.viewers import standing_of
from data_access.access_settings import AccessStore
from tests.access.asking import asker
from tests.access.people import LIMITS
from tests.access.sign_in.conftest import (
    ISSUER,
    KEY,
    NEW_KEY,
    OPTIONS,
    SECRET,
    begun,
    come_back,
    sign_in,
)

# RFC 6265, 6.1: more than so many, of name and value, a browser may leave.
BYTES_OF_A_COOKIE = 4096
# What nginx takes, unless it is told of more: a line of more is refused, whatever it asks for.
BYTES_OF_A_LINE = 8192
STRANGER = RSAKey.generate_key(2048, {"kid": "one", "use": "sig"})
PAGE = "/metric?month=2016-09&metric=sickness"


def sessions(store, world):
    return open_sessions(store, LIMITS, world.now)


@pytest.mark.parametrize(("letter", "many"), [("A", 990), ('"', 960)])
def test_an_attempt_with_the_longest_address_fits_in_a_cookie(browser, world, letter, many):
    path = f"/metric?x={letter * many}"
    answer = browser.get(f"/sign-in?next={quote(path)}")
    assert len((answer.header("set-cookie") or "").split(";")[0]) < BYTES_OF_A_COOKIE
    assert sign_in(browser, world, f"/sign-in?next={quote(path)}").goes_to in (
        path,
        quote(path, "/?="),
    )


def test_from_an_address_that_no_cookie_holds_somebody_comes_in_at_the_first_page(browser, world):
    path = f"/metric?x={'A' * 3500}"
    answer = sign_in(browser, world, f"/sign-in?next={quote(path)}")
    assert (answer.status, answer.goes_to) == (303, "/")


def test_without_a_session_a_page_leads_to_the_provider_and_back_to_that_page(
    browser, world, store
):
    refused = browser.get(PAGE)
    assert refused.status == 303
    assert refused.goes_to.startswith("/sign-in?next=")
    asked = begun(browser, world, refused.goes_to)
    assert asked["code_challenge_method"] == "S256"
    assert asked["redirect_uri"] == "https://childstat.example/sign-in/callback"
    assert come_back(browser, asked).goes_to == PAGE
    assert browser.get(PAGE).body.startswith("page /metric")
    assert [one.name for one in sessions(store, world)] == ["Ann Example"]


def test_the_cookie_is_for_this_host_by_https_and_no_script(browser, world):
    cookie = sign_in(browser, world).header("set-cookie")
    assert cookie.startswith("__Host-childstat=")
    for word in ("HttpOnly", "Secure", "Path=/", "SameSite=lax"):
        assert word in cookie
    assert "Max-Age" not in cookie and "expires" not in cookie.lower() and "omain" not in cookie


@pytest.mark.parametrize(
    "next",
    [
        "//evil.example",
        "/\\evil.example",
        "\\\\evil.example",
        "https://evil.example/",
        "/%09/evil.example",
        "/a\tb",
        "javascript:alert(1)",
        "/sign-out",
        "/_stcore/host-config",
        "",
    ],
)
def test_a_next_page_that_is_no_page_of_ours_is_the_first_page(browser, world, next):
    assert sign_in(browser, world, f"/sign-in?next={quote(next, safe='')}").goes_to == "/"


def test_a_callback_that_was_used_is_refused(browser, world):
    asked = begun(browser, world)
    assert come_back(browser, asked).status == 303
    again = come_back(browser, asked)
    assert again.status == 400
    assert "used already" in again.body


def test_a_callback_in_another_browser_is_refused(browser, world, store):
    asked = begun(browser, world)
    assert come_back(browser.another(), asked).status == 400
    assert not sessions(store, world)


def test_an_attempt_with_another_attempts_state_is_refused(browser, world):
    asked, cookies = begun(browser, world), dict(browser.cookies)
    thief = browser.another()
    mine = begun(thief, world)
    (name,), (value,) = cookies, thief.cookies.values()
    thief.cookies = {name: value}
    assert come_back(thief, asked).status == 400
    assert mine["state"] != asked["state"]


@pytest.mark.parametrize(("minutes", "status"), [(10, 303), (10.1, 400)])
def test_an_attempt_is_good_for_ten_minutes(browser, world, minutes, status):
    asked = begun(browser, world)
    world.later(minutes=minutes)
    assert come_back(browser, asked).status == status


def test_two_tabs_may_sign_in_at_once(browser, world):
    first, second = begun(browser, world), begun(browser, world)
    assert come_back(browser, second).status == 303
    world.nonce = first["nonce"]
    assert come_back(browser, first).status == 303


@pytest.mark.parametrize("letters", [1, 900])
def test_however_many_tabs_begin_to_sign_in_their_cookies_fit_in_a_proxy_s_line(
    browser, world, letters
):
    path = "/sign-in?next=" + quote(f"/metric?x={'A' * letters}")
    attempts = [begun(browser, world, path) for _ in range(40)]
    line = "; ".join(f"{name}={held}" for name, held in browser.cookies.items())
    assert len(line) < BYTES_OF_A_LINE - 2000
    assert come_back(browser, attempts[-1]).status == 303
    assert len([name for name in browser.cookies if "attempt" in name]) >= 1
    assert come_back(browser, attempts[0]).status == 400


@pytest.mark.parametrize(
    "wrong",
    [
        {"nonce": "another"},
        {"nonce": None},
        {"aud": "another"},
        {"aud": ["another"]},
        {"aud": ["childstat", "another"]},
        {"azp": "another"},
        {"iss": "https://evil.example"},
        {"iss": None},
        {"exp": None},
        {"exp": 1},
        {"sub": None},
        {"sub": ""},
    ],
    ids=str,
)
def test_a_token_with_a_wrong_claim_is_refused_and_logged_without_it(
    browser, world, store, caplog, wrong
):
    asked = begun(browser, world)
    world.says = wrong
    with caplog.at_level(logging.WARNING):
        answer = come_back(browser, asked)
    assert answer.status == 400
    assert "could not be checked" in answer.body
    assert not sessions(store, world)
    assert caplog.text.count("A sign-in was refused") == 1
    assert world.token().split(".")[1][:40] not in caplog.text
    assert "Ann" not in caplog.text


@pytest.mark.parametrize("algorithm", ["none", "HS256"])
def test_a_token_that_nobody_signed_or_anybody_could_is_refused(browser, world, algorithm):
    asked = begun(browser, world)
    world.algorithm = algorithm
    assert come_back(browser, asked).status == 400


def test_a_token_that_a_stranger_signed_is_refused(browser, world):
    asked = begun(browser, world)
    world.signs = STRANGER
    assert come_back(browser, asked).status == 400


@pytest.mark.parametrize(
    ("seconds", "status"), [(-59, 303), (-600, 400), (59, 303), (600, 400)], ids=str
)
def test_a_clock_may_differ_by_a_minute_and_not_by_ten(browser, world, seconds, status):
    asked = begun(browser, world)
    second = int(world.now.timestamp()) + seconds
    world.says = {"iat": second, "exp": second + (300 if seconds > 0 else 0)}
    assert come_back(browser, asked).status == status


def test_keys_that_were_changed_at_the_provider_work_at_once(browser, world):
    assert sign_in(browser, world).status == 303
    world.later(minutes=2)
    world.keys = (KEY, NEW_KEY)
    assert sign_in(browser, world).status == 303
    world.keys = (NEW_KEY,)
    assert sign_in(browser, world).status == 303


def test_a_key_that_is_not_known_is_asked_for_once_a_minute_at_most(browser, world):
    sign_in(browser, world)
    world.later(minutes=2)
    world.asked.clear()
    world.signs = RSAKey.generate_key(2048, {"kid": "made up"})
    for _ in range(3):
        assert sign_in(browser, world).status == 400
    assert world.asked.count(f"{ISSUER}/keys") == 1
    world.later(seconds=61)
    sign_in(browser, world)
    assert world.asked.count(f"{ISSUER}/keys") == 2


def test_who_cancels_at_the_provider_is_told_so(browser, world):
    answer = come_back(browser, begun(browser, world), error="access_denied")
    assert answer.status == 400
    assert "You cancelled" in answer.body
    assert "/sign-in?again=1" in answer.body


def test_another_error_is_told_in_the_provider_s_word_and_never_run(browser, world):
    answer = come_back(browser, begun(browser, world), error="<script>login_required")
    assert "login_required" in answer.body
    assert "<script>" not in answer.body


def test_an_answer_of_another_provider_is_refused(browser, world):
    assert come_back(browser, begun(browser, world), iss="https://evil.example").status == 400


def test_while_the_provider_is_down_nobody_new_comes_in_and_open_sessions_go_on(
    browser, world, store
):
    sign_in(browser, world)
    world.is_down = True
    world.later(minutes=20)
    assert browser.get(PAGE).body.startswith("page /metric")
    asked = begun(browser.another(), world)
    assert asked, "what was known of it an hour ago is good"
    world.later(hours=2)
    answer = browser.another().get("/sign-in")
    assert answer.status == 503
    assert "does not answer" in answer.body


def test_a_provider_that_is_down_is_not_waited_for_by_everybody(browser, world, caplog):
    world.is_down = True
    for _ in range(5):
        assert browser.get("/sign-in").status == 503
    assert len(world.asked) == 1
    assert caplog.text.count("Nobody can sign in") == 1


def test_groups_stand_in_for_roles(browser, world, store):
    world.says = {"roles": None, "groups": ["ChildStat.Analyst"]}
    sign_in(browser, world)
    (session,) = sessions(store, world)
    assert session.roles == ("ChildStat.Analyst",)


@pytest.mark.parametrize(
    "left_out", [{"_claim_names": {"groups": "src1"}}, {"hasgroups": True}], ids=str
)
def test_groups_that_were_left_out_for_their_number_give_no_role_and_say_so(
    browser, world, store, settings, left_out
):
    world.says = {"roles": None, **left_out}
    sign_in(browser, world)
    (session,) = sessions(store, world)
    standing = standing_of(store, store, settings, session, world.now)
    assert not standing.roles and not standing.viewer.units
    assert "so many groups" in (standing.why_no_unit or "")


def test_the_number_of_a_social_worker_is_taken_from_the_claim_that_is_named(settings):
    named = replace(settings.sign_in, number_claim="extension_swe")
    payload = {"iss": ISSUER, "sub": "ann", "extension_swe": "SW1"}
    assert claims_of(payload, named).swe_number == "SW1"
    assert claims_of(payload, settings.sign_in).swe_number is None


def test_who_signs_in_anew_leaves_the_old_session(browser, world, store):
    sign_in(browser, world)
    copied = dict(browser.cookies)
    sign_in(browser, world)
    assert len(sessions(store, world)) == 1
    old = browser.another()
    old.cookies = copied
    assert old.get(PAGE).status == 303
    assert len(people(store)) == 1


def test_while_the_store_is_out_of_reach_nobody_is_let_in_and_it_is_said(
    settings, world, monkeypatch, tmp_path, caplog
):
    monkeypatch.setenv(SECRET_VARIABLE, SECRET)
    nowhere = AccessStore(f"sqlite:///{tmp_path / 'no' / 'folder' / 'access.sqlite'}")
    gate = served(
        replace(settings, access_store=nowhere), OPTIONS.__getitem__, Front(), world.around
    )
    app = Starlette(routes=list(gate.routes), middleware=list(gate.middleware))
    with asker(app) as browser:
        assert browser.get("/ready").status == 503
        answer = sign_in(browser, world)
        assert answer.status == 503
        assert "nobody is let in" in answer.body
        assert "default-src 'none'" in (answer.header("content-security-policy") or "")
        assert str(tmp_path) not in answer.body
        browser.cookies = {"__Host-childstat": "any"}
        assert browser.get(PAGE).status == 503


def test_a_proxy_is_told_that_sessions_can_be_read(browser):
    answer = browser.get("/ready")
    assert (answer.status, answer.body) == (200, "ready\n")
