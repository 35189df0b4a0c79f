"""A click on one of our own links stays within the session, and is else as people expect of one."""

import re

from playwright.sync_api import expect

from tests.browser.access.test_signing_in import KEEPS_SOCKETS

MONTH = "/?month=2016-09"
METRIC = "/metric?month=2016-09&metric=visits_out_of_timescale&unit=U2"
CELL = "a[href*='visits_out_of_timescale'][href*='unit=U2']"
SCROLLED = "document.querySelector('[data-testid=stMain]').scrollTop"
IS_LOST = "[data-test-connection-state=PINGING_SERVER]"
HEADING = re.compile("Out-of-timescale visits, Unit 2")
TITLE = "Out of timescale, Unit 2, September 2016 · ChildStat"


def documents(visit) -> list[str]:
    """Every document that a tab asks for from now on: one for each page that is loaded anew."""
    asked: list[str] = []
    visit.page.on(
        "request",
        lambda one: asked.append(one.url) if one.resource_type == "document" else None,
    )
    return asked


def test_a_click_within_the_session_turns_address_title_heading_and_focus(visiting, base):
    with visiting() as visit:
        page, asked = visit.open(base + MONTH), documents(visit)
        page.locator(CELL).first.click()
        expect(page.locator("h1")).to_have_text(HEADING)
        expect(page.locator("h1")).to_be_focused()
        expect(page).to_have_url(re.compile(re.escape(METRIC.split("&")[0])))
        expect(page).to_have_title(TITLE)
        expect(page.locator("#cs-said")).to_have_text(TITLE)
        page.go_back()
        expect(page.locator("h1")).to_have_text("ChildStat · September 2016")
        expect(page).to_have_title("Month, September 2016 · ChildStat")
        page.go_forward()
        expect(page.locator("h1")).to_have_text(HEADING)
        assert asked == []
        assert visit.faults == []


def test_a_page_begins_at_its_top_and_one_gone_back_to_where_it_was(visiting, base):
    with visiting("1280") as visit:
        page = visit.open(base + METRIC)
        row = page.locator("a[href^='./child?']").last
        row.scroll_into_view_if_needed()
        page.wait_for_function("() => history.state?.childstatTop > 0")
        left_at = page.evaluate(SCROLLED)
        row.click()
        expect(page.locator(".cs-page-child h1")).to_be_focused()
        assert page.evaluate(SCROLLED) == 0
        page.go_back()
        expect(page.locator("h1")).to_have_text(HEADING)
        expect(page.locator("h1")).to_be_focused()
        assert page.evaluate(SCROLLED) == left_at


def test_a_fragment_leads_to_its_place_from_another_page_and_within_one(visiting, base):
    with visiting("1280") as visit:
        page, asked = visit.open(base + MONTH), documents(visit)
        link = page.locator(CELL).first
        link.evaluate("(link, to) => link.href = to", f".{METRIC}#rows")
        link.click()
        expect(page.locator("#rows")).to_be_focused()
        expect(page.locator("#rows")).to_be_in_viewport()
        first = page.locator("[data-server-ms]").first.element_handle()
        page.evaluate(f"{SCROLLED} = 0")
        page.locator("h1").evaluate("(h1) => h1.innerHTML = '<a href=\"#rows\">down</a>'")
        page.get_by_role("link", name="down", exact=True).click()
        expect(page.locator("#rows")).to_be_in_viewport()
        assert first.evaluate("part => part.isConnected")
        assert asked == []


def test_a_link_is_a_link_for_a_new_tab_another_address_and_a_lost_connection(visiting, base):
    with visiting() as visit:
        visit.page.add_init_script(KEEPS_SOCKETS)
        page, asked = visit.open(base + MONTH), documents(visit)
        for how in ({"modifiers": ["ControlOrMeta"]}, {"button": "middle"}):
            with page.context.expect_page() as opened:
                page.locator(CELL).first.click(**how)
            opened.value.wait_for_url(re.compile("/metric"))
            opened.value.close()
        assert page.url == base + MONTH
        page.route("**/_stcore/health", lambda route: route.abort())
        page.evaluate("sockets.at(-1).close()")
        expect(page.locator(IS_LOST)).to_be_attached()
        page.locator(CELL).first.click()
        expect(page.locator("h1")).to_have_text(HEADING)
        assert len(asked) == 1


def test_without_the_script_a_link_is_a_link(visiting, base):
    with visiting() as visit:
        # The script's first words fail, and with them all of it.
        fails = "Object.defineProperty(window, '__streamlit', { set() { throw 'stopped'; } })"
        visit.page.add_init_script(fails)
        page, asked = visit.page, documents(visit)
        page.goto(base + MONTH)
        page.locator(CELL).first.click()
        expect(page.locator("h1")).to_have_text(HEADING)
        assert len(asked) == 2
        assert "stopped" in visit.faults


def test_no_page_asks_for_an_address_that_does_not_exist(visiting, base):
    with visiting() as visit:
        answered: list[tuple[int, str]] = []
        visit.page.on("response", lambda one: answered.append((one.status, one.url)))
        visit.open(base + METRIC)
        visit.page.wait_for_load_state("networkidle")
        assert [one for one in answered if one[0] >= 400] == []
        assert any("/_stcore/health" in url for _, url in answered)


def test_the_way_past_the_menu_leads_to_what_the_page_is_about(visiting, base):
    with visiting() as visit:
        page = visit.open(base + METRIC)
        page.get_by_role("link", name="Skip to main content").press("Enter")
        expect(page.locator("h1")).to_be_focused()
        page = visit.open(base + MONTH)
        page.get_by_role("link", name="Skip to main content").press("Enter")
        assert page.evaluate("!document.activeElement.closest('.cs-head')")
        assert page.evaluate("document.activeElement.closest('[data-testid=stMain]') !== null")
        assert page.evaluate("document.activeElement.dataset.testid !== 'stMain'")
