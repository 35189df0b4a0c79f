"""People who sign in, in a browser and at a real provider: how they come in, and how they leave."""

from datetime import timedelta
from hashlib import sha256

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy import select, update

from access.audit.events import What
from access.ending_sessions import end_all
from access.sessions import find
from access.store.reading import read
from access.store.tables import event, session
from data_access.access_settings import SessionLimits
from data_access.london import now
from data_access.stores.opening import WRITES
from tests.browser.access.conftest import Council, Somebody, drawn

PAGE = "/metric?month=2016-09&metric=sickness&unit=U2"
UNIT = "/unit?month=2016-09&unit=U2"
AGENDA = "/agenda?month=2016-09"
# A session that was ended is looked for every two seconds.
SECONDS_TO_LEAVE = 5
# Streamlit's script waits longer each time before it asks whether the server is back.
SECONDS_TO_WAKE = 30
HEALTH = "**/_stcore/health"
KEEPS_SOCKETS = """
window.sockets = [];
window.WebSocket = class extends WebSocket {
    constructor(...asked) { super(...asked); sockets.push(this); }
};
"""


def leaves(tab: Page, seconds: int = SECONDS_TO_LEAVE) -> None:
    tab.wait_for_url("**/signed-out**", timeout=seconds * 1000)
    expect(tab.locator("h1")).to_have_text("You are signed out")
    assert tab.locator("[data-server-ms]").count() == 0


def set_back(council: Council, who: Somebody, **times) -> None:
    """Has the store say of somebody's session that its times were others."""
    of = session.c.token_sha256 == sha256(who.token.encode()).hexdigest()
    with council.store.execution_options(**{WRITES: True}).begin() as connection:
        connection.execute(update(session).where(of).values(times))


def hours_ago(hours: float):
    return now() - timedelta(hours=hours)


def test_who_opens_an_address_signs_in_and_is_at_that_address(somebody, council):
    with somebody() as dora:
        tab = dora.opens(PAGE)
        assert tab.url.startswith(council.issuer)
        tab.close()
        tab = dora.signs_in("dora", PAGE)
        assert tab.url == council.address + PAGE
        expect(tab.locator("h1")).to_contain_text("Sickness, Unit 2")


def test_signing_out_in_one_tab_empties_all_and_a_copy_of_the_cookie_opens_nothing(
    somebody, council
):
    with somebody() as dora:
        first, second = dora.signs_in("dora", PAGE), drawn(dora.opens("/?month=2016-09"))
        copied = dora.token
        first.get_by_role("button", name="Sign out").click()
        leaves(first)
        leaves(second)
        assert find(council.store, copied, SessionLimits(), now(), False) is None
    with somebody() as thief:
        cookie = {"name": "childstat", "value": copied, "url": council.address}
        thief.context.add_cookies([cookie])
        assert thief.opens(PAGE).url.startswith(council.issuer)


def test_a_session_that_is_ended_in_another_process_leaves_the_screen(somebody, council):
    with somebody() as dora:
        tab = dora.signs_in("dora", PAGE)
        end_all(council.store, "an administrator", "a test", now())
        leaves(tab)


def test_who_signs_out_at_the_provider_leaves_here_too(somebody, council):
    with somebody() as dora:
        tab = dora.signs_in("dora", PAGE)
        there = dora.context.new_page()
        there.goto(f"{council.issuer}/session/end?client_id=childstat")
        there.click("button[value=yes]")
        leaves(tab)


def test_the_screen_of_who_is_idle_is_emptied(somebody, council):
    with somebody() as dora:
        tab = dora.signs_in("dora", PAGE)
        set_back(council, dora, seen_at=hours_ago(0.51))
        leaves(tab)


def test_however_busy_somebody_signs_in_again_after_their_hours(somebody, council):
    with somebody() as dora:
        tab = dora.signs_in("dora", PAGE)
        set_back(council, dora, ends_at=hours_ago(0), seen_at=now())
        leaves(tab)
        tab.get_by_role("link", name="Sign in again").click()
        # Asked again, though the provider knows who it was.
        tab.wait_for_selector("input[name=login]")


def test_who_is_in_too_many_groups_is_told_so(somebody):
    with somebody() as mary:
        tab = mary.signs_in("mary", "/?month=2016-09")
        expect(tab.locator(".cs-page-fault")).to_contain_text("so many groups")


def test_a_file_is_fetched_by_whom_it_was_made_for_alone(somebody, council):
    with somebody() as ada, somebody() as dora:
        tab = ada.signs_in("ada", "/export?month=2016-09")
        with tab.expect_response(lambda answer: "/media/" in answer.url) as answered:
            with tab.expect_download():
                tab.get_by_test_id("stDownloadButton").locator("button").first.click()
        address = answered.value.url
        assert answered.value.headers["cache-control"] == "no-store"
        drawn(dora.signs_in("dora", PAGE))
        assert dora.context.request.get(address).status == 403
    with somebody() as nobody:
        assert nobody.context.request.get(address).status == 401


@pytest.fixture
def meeting(somebody, council):
    with somebody() as dora:
        tab = dora.signs_in("dora", AGENDA)
        # Something is not ready, which is told before the way into the room.
        tab.locator(".cs-present summary").click()
        tab.get_by_role("button", name="Present on the projector").click()
        tab.wait_for_selector(".cs-room")
        yield dora, tab


def test_a_meeting_shows_the_room_and_nothing_else(meeting, council):
    dora, tab = meeting
    assert tab.url == f"{council.address}/room?month=2016-09"
    assert "names hidden" in tab.locator(".cs-room-screen:not([hidden])").inner_text()
    for path in (PAGE, "/child?month=2016-09", AGENDA, "/"):
        refused = drawn(dora.opens(path))
        expect(refused.locator(".cs-page-fault")).to_contain_text("meeting")
        refused.close()


def test_a_meeting_that_nobody_touches_for_two_hours_is_still_there(meeting, council):
    dora, tab = meeting
    set_back(council, dora, seen_at=hours_ago(2), began_at=hours_ago(2))
    with tab.expect_navigation():
        tab.reload()
    tab.wait_for_selector(".cs-room")
    set_back(council, dora, ends_at=hours_ago(0))
    leaves(tab)


def test_who_leaves_a_meeting_is_asked_who_they_are(meeting):
    dora, _ = meeting
    tab = dora.opens("/sign-in?next=%2Fagenda")
    tab.wait_for_selector("input[name=login]")


def signs_out(dora: Somebody, address: str) -> str:
    refused = drawn(dora.opens(PAGE))
    refused.get_by_role("button", name="Sign out").click()
    refused.wait_for_url("**/signed-out*")
    return address


def forgets(dora: Somebody, address: str) -> str:
    dora.context.clear_cookies(name="childstat")
    return address


def forgets_the_mark_too(dora: Somebody, address: str) -> str:
    dora.context.clear_cookies(name="childstat-meeting")
    return forgets(dora, address)


def asks_the_provider_to_ask_nobody(dora: Somebody, address: str) -> str:
    answer = dora.context.request.get(address, max_redirects=0)
    return answer.headers["location"].replace("&prompt=login&max_age=0", "")


@pytest.mark.parametrize(
    "trick", [signs_out, forgets, forgets_the_mark_too, asks_the_provider_to_ask_nobody]
)
def test_whoever_sits_at_the_projector_is_not_the_chair(meeting, council, trick):
    dora, _ = meeting
    tab = dora.context.new_page()
    tab.goto(trick(dora, f"{council.address}/sign-in?next=%2Funit%3Funit%3DU2"))
    asked = tab.locator("input[name=login]").or_(tab.get_by_text("who you are once more"))
    expect(asked).to_be_visible()
    # A session of the chair's own would open this: the room's page is the meeting's alone.
    again = dora.opens(PAGE)
    refused = again.locator(".cs-page-fault").or_(again.locator("input[name=login]"))
    expect(refused).to_be_visible()


def test_the_chair_who_is_asked_after_a_meeting_is_in(meeting, council):
    dora, _ = meeting
    tab = dora.signs_in("dora", "/sign-in?next=%2Fmetric%3Fmonth%3D2016-09")
    assert tab.url.startswith(f"{council.address}/metric")


def test_a_screen_that_was_asleep_when_its_session_ended_is_emptied_as_it_wakes(somebody, council):
    with somebody() as dora:
        dora.context.add_init_script(KEEPS_SOCKETS)
        tab = dora.signs_in("dora", PAGE)
        dora.context.route(HEALTH, lambda route: route.abort())
        tab.evaluate("sockets.forEach(socket => socket.close())")
        end_all(council.store, "an administrator", "a test", now())
        dora.context.unroute(HEALTH)
        leaves(tab, SECONDS_TO_WAKE)


def test_a_click_is_kept_in_the_audit_as_a_page_that_is_opened_and_opens_nothing_once_ended(
    somebody, council
):
    with somebody() as dora:
        tab = dora.signs_in("dora", UNIT)
        tab.wait_for_selector("a[href^='./child?']")
        before = seen_children(council)
        tab.evaluate("window.isTheSame = true")
        tab.locator("a[href^='./child?']").first.click()
        expect(tab.locator(".cs-page-child h1")).to_be_focused()
        assert tab.evaluate("window.isTheSame")
        assert seen_children(council) == before + 1
        end_all(council.store, "an administrator", "a test", now())
        tab.locator("nav a", has_text="Month").first.click()
        leaves(tab)
        assert seen_children(council) == before + 1


def seen_children(council: Council) -> int:
    """How often the audit says that a child's record was opened."""
    opened = select(event.c.number).where(event.c.what == What.OPENED_CHILD)
    return len(read(council.store, opened))
