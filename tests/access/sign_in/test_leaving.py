"""How a session ends: signed out, at the provider, idle, too long; and the meeting's."""

import re
from datetime import timedelta

import pytest
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from access.ending_sessions import end_all
from access.sessions import open_sessions
from tests.access.people import LIMITS
from tests.access.sign_in.conftest import ISSUER, begun, come_back, sign_in

PAGE = "/metric?month=2016-09"
LOGGED_OUT: dict[str, dict] = {"http://schemas.openid.net/event/backchannel-logout": {}}


def is_in(browser) -> bool:
    return browser.get(PAGE).status == 200


def test_signing_out_ends_the_session_and_a_copy_of_its_cookie(browser, world):
    sign_in(browser, world)
    copy = browser.another()
    copy.cookies = dict(browser.cookies)
    answer = browser.post("/sign-out")
    assert (answer.status, answer.goes_to) == (303, "/signed-out?why=you")
    assert answer.header("clear-site-data") == '"cache", "storage"'
    assert not browser.cookies
    assert not is_in(copy)


@pytest.mark.parametrize(
    "origin", ["https://evil.example", "https://childstat.example:8443", "null", ""]
)
def test_signing_out_from_another_site_does_nothing(browser, world, origin):
    sign_in(browser, world)
    assert browser.post("/sign-out", origin=origin).status == 403
    assert is_in(browser)


@pytest.mark.parametrize("method", ["GET", "HEAD", "PUT"])
def test_signing_out_by_a_link_does_nothing(browser, world, method):
    sign_in(browser, world)
    assert browser.ask(method, "/sign-out", {}).status == 405
    assert is_in(browser)


def test_who_is_signed_out_is_asked_again_by_the_provider(browser, world):
    page = browser.get("/signed-out").body
    assert "/sign-in?again=1" in page
    assert "prompt=login" in browser.get("/sign-in?again=1").goes_to
    assert "prompt" not in browser.get("/sign-in").goes_to


def test_at_a_shared_computer_the_way_out_of_the_provider_stands_first(browser, world):
    world.has_way_out = True
    page = browser.get("/signed-out?why=you").body
    assert "you signed out" in page
    assert "or the next person comes in as you" in page
    first, second = re.findall('href="([^"]*)"', page)
    assert first.startswith(ISSUER)
    assert second.startswith("/sign-in")


def test_a_provider_without_a_way_out_is_not_spoken_of(browser):
    assert "shared computer" not in browser.get("/signed-out").body


def goes_to(browser) -> str:
    """Where a tab goes that comes back with the browser's cookie, once its session has ended."""
    browser.subprotocols = ["streamlit", "token", "the tab that it was"]
    _, left, _ = browser.listen()
    return ForwardMsg.FromString(left["bytes"]).auth_redirect.url


def test_a_tab_is_told_which_cause_ended_its_session(browser, world, store):
    sign_in(browser, world)
    other, copy = browser.another(), browser.another()
    copy.cookies = dict(browser.cookies)
    browser.post("/meeting/start", {"month": "2016-09"})
    assert goes_to(copy) == "/signed-out?why=meeting"
    page = copy.get("/signed-out?why=meeting").body
    assert "The meeting was put on the projector" in page
    assert re.findall('href="([^"]*)"', page) == ["/room"]
    world.later(minutes=1)
    world.says = {"auth_time": asked_at(world)}
    sign_in(other, world)
    copy.cookies = dict(other.cookies)
    sign_in(other, world)
    assert goes_to(copy) == "/signed-out?why=anew"
    end_all(store, "an administrator", "he left", world.now)
    assert goes_to(other) == "/signed-out?why=ended"
    page = other.get("/signed-out?why=ended").body
    assert "ended for you" in page and "he left" not in page


def test_a_tab_that_nobody_touched_is_told_so_and_one_whose_hours_are_over_is_too(browser, world):
    sign_in(browser, world)
    world.later(minutes=30)
    assert goes_to(browser) == "/signed-out?why=idle"
    assert "nobody touched it for 30 minutes" in browser.get("/signed-out?why=idle").body
    world.later(hours=10)
    assert goes_to(browser) == "/signed-out?why=hours"


@pytest.mark.parametrize("why", ["", "?why=", "?why=%3Cb%3E", "?why=you&why=other"])
def test_a_cause_that_an_address_makes_up_is_not_repeated(browser, why):
    page = browser.get(f"/signed-out{why}").body
    assert "<b>" not in page
    assert "you signed out, nobody touched it for a while" in page


def ending(world, **instead) -> dict[str, str]:
    said = {"events": LOGGED_OUT, "sid": "there-1", "nonce": None} | instead
    return {"logout_token": world.token(**said)}


@pytest.fixture
def both(browser, world):
    """The same person at two browsers, by two sign-ins at the provider."""
    other = browser.another()
    world.says = {"sid": "there-1"}
    sign_in(browser, world)
    world.says = {"sid": "there-2"}
    sign_in(other, world)
    world.says = {}
    return browser, other


def test_the_provider_ends_one_sign_in(both, world):
    browser, other = both
    assert browser.post("/sign-in/ended", ending(world), origin="").status == 200
    assert not is_in(browser)
    assert is_in(other)


def test_the_provider_ends_all_of_a_person(both, world):
    browser, other = both
    assert browser.post("/sign-in/ended", ending(world, sid=None), origin="").status == 200
    assert not is_in(browser) and not is_in(other)


@pytest.mark.parametrize(
    "wrong",
    [
        {"events": {}},
        {"events": None},
        {"nonce": "any"},
        {"aud": "another"},
        {"iss": "https://evil.example"},
        {"iat": None},
        {"exp": 1},
        {"sid": None, "sub": None},
    ],
    ids=str,
)
def test_a_token_that_ends_nothing_ends_nothing(both, world, wrong):
    browser, _ = both
    assert browser.post("/sign-in/ended", ending(world, **wrong), origin="").status == 400
    assert is_in(browser)


def test_a_token_that_ended_a_sign_in_does_not_end_the_next(both, world):
    browser, _ = both
    used = ending(world, sid=None, jti="one", exp=int(world.now.timestamp()) + 900)
    assert browser.post("/sign-in/ended", used, origin="").status == 200
    sign_in(browser, world)
    assert browser.post("/sign-in/ended", used, origin="").status == 400
    assert is_in(browser)
    fresh = ending(world, sid=None, jti="two")
    assert browser.post("/sign-in/ended", fresh, origin="").status == 200
    assert not is_in(browser)


@pytest.mark.parametrize(("seconds", "stays"), [(59, False), (61, True)])
def test_a_token_ends_what_had_begun_when_it_was_made_however_the_clocks_differ(
    both, world, seconds, stays
):
    browser, _ = both
    made = ending(world, sid=None, exp=int(world.now.timestamp()) + 900)
    world.later(seconds=seconds)
    sign_in(browser, world)
    assert browser.post("/sign-in/ended", made, origin="").status == 200
    assert is_in(browser) is stays


def test_what_strangers_post_is_one_line_a_minute_in_the_log_that_counts_them(
    browser, world, caplog
):
    def posted(times: int) -> str:
        caplog.clear()
        for _ in range(times):
            browser.post("/sign-in/ended", {"logout_token": "made up"}, origin="")
        return "\n".join(record.getMessage() for record in caplog.records)

    assert "(1 of this kind" in posted(1)
    assert posted(30) == ""
    world.later(minutes=1)
    lines = posted(2).splitlines()
    assert len(lines) == 1 and "(31 of this kind" in lines[0]


def test_a_body_without_end_is_not_read_to_its_end(browser):
    assert browser.post("/sign-in/ended", {"logout_token": "x" * 200_000}, origin="").status == 400


def test_a_session_that_nobody_touched_for_half_an_hour_is_over(browser, world):
    sign_in(browser, world)
    world.later(minutes=29)
    assert is_in(browser)
    world.later(minutes=29)
    assert is_in(browser)
    world.later(minutes=30)
    assert browser.get(PAGE).status == 303


def test_however_busy_a_session_is_over_after_its_hours(browser, world):
    sign_in(browser, world)
    for _ in range(24):
        world.later(minutes=25)
        browser.get(PAGE)
    assert not is_in(browser)


def meeting(browser, world, month="2016-09"):
    sign_in(browser, world)
    return browser.post("/meeting/start", {"month": month})


def test_the_chair_s_session_is_swapped_for_the_meeting_s(browser, world, store):
    sign_in(browser, world)
    before = dict(browser.cookies)
    answer = browser.post("/meeting/start", {"month": "2016-09"})
    assert answer.goes_to == "/room?month=2016-09"
    assert [one.kind for one in open_sessions(store, LIMITS, world.now)] == ["meeting"]
    old = browser.another()
    old.cookies = before
    assert not is_in(old)


def test_a_meeting_goes_on_untouched_for_two_hours_and_ends_after_four(browser, world):
    meeting(browser, world)
    world.later(hours=2)
    assert browser.get("/room").status == 200
    world.later(hours=2)
    assert browser.get("/room").status == 303


def test_leaving_a_meeting_asks_who_somebody_is(browser, world):
    meeting(browser, world)
    assert "prompt=login" in browser.get("/sign-in?next=%2F").goes_to


def asked_at(world, **before) -> int:
    return int((world.now - timedelta(**before)).timestamp())


def signs_in_after_meeting(browser, world, forgets=()):
    """Comes back as the chair whom the provider knew before the meeting, and knows still."""
    known = asked_at(world)
    world.later(minutes=1)
    meeting(browser, world)
    world.later(minutes=5)
    for name in forgets:
        browser.cookies.pop(f"__Host-{name}")
    world.says = {"auth_time": known}
    return sign_in(browser, world)


@pytest.mark.parametrize(
    "forgets",
    [(), ("childstat",), ("childstat-meeting",), ("childstat", "childstat-meeting")],
    ids=str,
)
def test_whom_the_provider_knew_before_a_meeting_does_not_come_in_after_it(
    browser, world, store, forgets
):
    answer = signs_in_after_meeting(browser, world, forgets)
    assert answer.status == 400
    assert "has to ask who you are once more" in answer.body
    assert [one.kind for one in open_sessions(store, LIMITS, world.now)] == ["meeting"]
    assert "max_age=0" in browser.get("/sign-in").goes_to


def test_who_signs_out_of_a_meeting_is_asked_before_the_next_page(browser, world):
    meeting(browser, world)
    browser.post("/sign-out")
    assert "prompt=login&max_age=0" in browser.get("/sign-in?next=%2Funit").goes_to


def test_a_provider_that_does_not_say_when_it_asked_lets_nobody_in_after_a_meeting(
    browser, world, caplog
):
    meeting(browser, world)
    assert sign_in(browser, world).status == 400
    assert "auth_time" in caplog.text
    elsewhere = browser.another()
    assert sign_in(elsewhere, world).status == 400
    world.later(hours=4)
    assert sign_in(browser.another(), world).status == 303
    assert sign_in(browser, world).status == 400


def test_who_was_asked_after_a_meeting_is_in_and_is_not_asked_for_ever(browser, world):
    signs_in_after_meeting(browser, world)
    world.says = {"auth_time": asked_at(world)}
    assert sign_in(browser, world).status == 303
    assert list(browser.cookies) == ["__Host-childstat"]
    world.later(minutes=20)
    assert sign_in(browser, world).status == 303
    assert "prompt" not in browser.get("/sign-in").goes_to


def test_an_attempt_from_before_the_meeting_does_not_stand_for_being_asked(browser, world):
    early = begun(browser, world)
    world.later(minutes=2)
    meeting(browser, world)
    world.nonce, world.says = early["nonce"], {"auth_time": asked_at(world, minutes=3)}
    assert come_back(browser, early).status == 400


def test_another_s_old_sign_in_at_the_projector_lets_them_in_no_more_than_the_chair(browser, world):
    meeting(browser, world)
    world.later(minutes=5)
    world.says = {"sub": "bob", "auth_time": asked_at(world, minutes=10)}
    assert sign_in(browser, world).status == 400


@pytest.mark.parametrize("month", ["", "2016", "2016-09&x=1", "//evil.example"])
def test_a_meeting_of_no_month_opens_the_room(browser, world, month):
    assert meeting(browser, world, month).goes_to == "/room"


def test_who_does_not_chair_starts_no_meeting(browser, world):
    world.says = {"roles": ["ChildStat.Consultant"]}
    answer = meeting(browser, world)
    assert answer.status == 403
    assert "does not chair" in answer.body
    assert is_in(browser)


def test_a_meeting_starts_no_other(browser, world):
    meeting(browser, world)
    world.later(hours=3)
    assert browser.post("/meeting/start").status == 403


def test_another_site_starts_no_meeting(browser, world):
    sign_in(browser, world)
    answer = browser.post("/meeting/start", origin="https://evil.example")
    assert answer.status == 403
    assert "Another site" in answer.body


def test_nobody_starts_no_meeting(browser):
    assert browser.post("/meeting/start").status == 401
