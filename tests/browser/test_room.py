"""The meeting on the projector: driven by keys, read from the back, and naming nobody."""

from collections.abc import Iterator

import pytest
from axe_playwright_python import sync_playwright as axe
from click.testing import CliRunner
from playwright.sync_api import Browser, Page, expect

from childstat import main
from data_access.settings import MEETING_STORE_VARIABLE
from tests import meetings, servers
from tests.browser.conftest import SIZES, Visit, until
from tests.browser.listening import Heard

ROOM = "/room?month=2016-09"
# At every run as on the projector in the room.
by_size = pytest.mark.parametrize(
    "size",
    [pytest.param(size, marks=pytest.mark.thorough) if size == "1280" else size for size in SIZES],
)

# Of what is shown: texts under 24 px, in drawings too; what sticks out; how large the title is.
MEASURED = """() => {
    const small = [], seen = e => e.checkVisibility() && !e.closest('.cs-heard');
    const room = document.querySelector('.cs-room');
    const texts = document.createTreeWalker(room, NodeFilter.SHOW_TEXT);
    while (texts.nextNode()) {
        const node = texts.currentNode, e = node.parentElement;
        const size = parseFloat(getComputedStyle(e).fontSize);
        if (node.textContent.trim() && seen(e) && size < 24) small.push([size, node.textContent]);
    }
    const screen = [...document.querySelectorAll('.cs-room-screen')].find(one => !one.hidden);
    for (const image of screen.querySelectorAll('img')) {
        const drawing = decodeURIComponent(image.src);
        const [, width, height] = drawing.match(/viewBox='0 0 ([\\d.]+) ([\\d.]+)'/).map(Number);
        const scale = Math.min(image.clientWidth / width, image.clientHeight / height);
        for (const [, size] of drawing.matchAll(/font-size='(\\d+)'/g))
            if (size * scale < 23.9) small.push([size * scale, 'in a drawing']);
    }
    const foot = screen.querySelector('footer').getBoundingClientRect(), out = [];
    for (const e of screen.querySelectorAll('*')) {
        const box = e.getBoundingClientRect();
        const bottom = e.closest('footer') ? innerHeight : foot.top;
        if (box.width && (box.bottom > bottom + 1 || box.right > innerWidth + 1))
            out.push([e.tagName, e.className, e.textContent.slice(0, 40)]);
    }
    const main = document.querySelector('[data-testid=stMain]');
    return {small, out, scrolls: main.scrollHeight > main.clientHeight,
            title: parseFloat(getComputedStyle(screen.querySelector('h1')).fontSize)};
}"""


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> str:
    return meetings.built(tmp_path_factory.mktemp("named"))


@pytest.fixture(scope="module")
def url(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The address of the meeting store."""
    return f"sqlite:///{tmp_path_factory.mktemp('room') / 'meeting.sqlite'}"


@pytest.fixture(scope="module")
def base(database: str, url: str) -> Iterator[str]:
    """ChildStat with a meeting about September, held today, whose figures are published."""
    with pytest.MonkeyPatch.context() as environment:
        environment.setenv(MEETING_STORE_VARIABLE, url)
        words = ("--database", database, "--month", "2016-09", "--by", "Bartholomew Featherstone")
        done = CliRunner().invoke(main, ["publish", *words])
        assert done.exit_code == 0, done.output
        meetings.hold(database, url)
        with servers.serve(database) as address:
            yield address


def title(page: Page) -> str:
    return page.locator(".cs-room-screen:not([hidden]) h1").inner_text()


def press(visit: Visit, key: str) -> str:
    """Presses a key that opens another page of the server; the title of its screen."""
    with visit.page.expect_navigation():
        visit.page.keyboard.press(key)
    visit.drawn()
    return title(visit.page)


def look(visit: Visit) -> str:
    """Measures the screen that is shown; its title."""
    found = visit.page.evaluate(MEASURED)
    assert not found["small"], title(visit.page)
    assert not found["out"], title(visit.page)
    assert not found["scrolls"]
    assert 44 <= found["title"] <= 56
    assert not visit.faults
    return title(visit.page)


def serious(page: Page, hidden: str = "[]") -> list[tuple[str, list[str]]]:
    """What axe calls serious on the screen, and on those that are hidden: they are shown for it."""
    hides = "hides => {{ for (const one of {}) one.hidden = hides; }}"
    page.evaluate(f"window.rest = [...{hidden}]")
    page.evaluate(hides.format("window.rest"), False)
    found = axe.Axe().run(page).response["violations"]
    page.evaluate(hides.format("window.rest"), True)
    return [
        (one["id"], [node["html"][:200] for node in one["nodes"]][:3])
        for one in found
        if one["impact"] in {"serious", "critical"}
    ]


def walked(visit: Visit, base: str) -> list[str]:
    """The titles of every screen, by key, with the rows and children that each leads to."""
    page = visit.open(base + ROOM)
    assert serious(page, "document.querySelectorAll('.cs-room [hidden]')") == []
    titles = [look(visit)]
    for screen in range(2, page.locator(".cs-room-screen").count() + 1):
        page.keyboard.press("ArrowRight")
        titles.append(look(visit))
        assert f"screen={screen}" in page.url
        here = page.locator(".cs-room-screen:not([hidden])")
        if "Unit 2" in titles[-1] and here.locator("[data-key=l]").count():
            titles += rows_and_a_child(visit)
            an_action(visit)
        if here.locator("a[href*='case=']").count():
            titles += cases(visit, here.locator("th a[href*='case=']").count())
        if here.locator(".cs-room-figures").count():
            here.locator(".cs-room-figures a[href*='sickness']").first.focus()
            titles.append(press(visit, "Enter"))
            press(visit, "Escape")
        assert f"screen={screen}" in page.url
    return titles


def rows_and_a_child(visit: Visit) -> list[str]:
    """From a number to its rows, to a child, and back by Escape to the same place."""
    item = title(visit.page)
    titles = [press(visit, "l"), look(visit)]
    assert serious(visit.page) == []
    children = visit.page.locator("a[href*='child=']")
    children.nth(0).focus()
    titles += [press(visit, "Enter"), look(visit)]
    assert serious(visit.page) == []
    press(visit, "Escape")
    expect(children.nth(0)).to_be_visible()
    assert press(visit, "Escape") == item
    return titles


def an_action(visit: Visit) -> None:
    """Noted from the item that is shown, which is back at once, and says what was noted."""
    item, page = title(visit.page), visit.page
    press(visit, "a")
    sentence = page.get_by_label("Who will do what")
    expect(sentence).to_be_focused()
    look(visit)
    sentence.fill("The consultant social worker will see every family of the nine")
    page.get_by_role("button", name="Note it").click()
    expect(page.get_by_role("status").get_by_text("Noted: See every family")).to_be_visible()
    visit.drawn()
    expect(sentence).to_have_count(0)
    assert title(page) == item
    look(visit)
    expect(page.locator(".cs-room-agreed:visible").first).to_contain_text(
        "every family of the nine"
    )


def cases(visit: Visit, number: int) -> list[str]:
    """Every case of the review, one after the other by key."""
    review = title(visit.page)
    titles = [press(visit, "l")]
    for _ in range(1, number):
        titles.append(press(visit, "ArrowRight"))
        look(visit)
    assert press(visit, "Escape") == review
    return titles


@by_size
def test_the_whole_meeting_is_driven_by_keys_and_read_and_no_name_leaves_the_server(
    visiting, base, database, url, size
):
    with visiting(size) as visit:
        heard = Heard(visit.page)
        titles = walked(visit, base)
        visit.page.wait_for_load_state("networkidle")
        assert titles[0] == "ChildStat · September 2016"
        assert sum(one.startswith("Child ") for one in titles) >= 5
        assert b'class="cs-timeline"' in b"".join(heard.sent)
        assert heard.of(meetings.secrets_of(database)) == set()
        # A key that comes before the page listens turns the screen and writes nothing.
        until(lambda: any(item.ended_at for item in meetings.kept_in(url).items))


def test_the_same_hearing_finds_names_ids_and_dates_of_birth_on_the_ordinary_pages(
    visiting, base, database
):
    with visiting() as visit:
        heard = Heard(visit.page)
        rows = "metric=visits_out_of_timescale&month=2016-09&unit=U2"
        visit.open(f"{base}/metric?{rows}")
        found = heard.of(meetings.secrets_of(database))
        assert meetings.LAST[0] in found
        assert "Nightingalesby" in found
        child = visit.page.locator("a[href*='child?']", has_text=meetings.LAST[0]).first
        name = child.inner_text()
        child.click()
        expect(visit.page.locator("h1")).to_have_text(name)
        assert any("2003" in one for one in heard.of(meetings.secrets_of(database)))


def test_a_number_opens_its_item_and_a_reload_stays_on_it(visiting, base):
    with visiting() as visit:
        page = visit.open(base + ROOM)
        page.keyboard.press("3")
        item = title(page)
        assert "item 3 of" in page.locator(".cs-room-screen:not([hidden])").inner_text()
        page.reload()
        visit.drawn()
        assert title(page) == item
        page.keyboard.press("Escape")
        assert "items" in title(page)
        page.keyboard.press("Escape")
        page.wait_for_url("**/agenda?month=2016-09")


@pytest.fixture(scope="module")
def tab(browser: Browser, base: str) -> Iterator[Visit]:
    """One tab with the meeting in it, for tests that need no other page of the server."""
    visit = Visit(browser.new_page(viewport=SIZES["1280"]))
    visit.open(base + ROOM)
    yield visit
    visit.page.close()


@pytest.fixture
def at_the_agenda(tab: Visit) -> Visit:
    """The tab, wherever a test left it, back at the list of items."""
    tab.page.keyboard.press("ArrowRight")
    tab.page.keyboard.press("ArrowRight")
    tab.page.keyboard.press("Escape")
    assert "items" in title(tab.page)
    return tab


def test_b_blanks_the_screen_and_b_shows_the_same_again(at_the_agenda):
    page = at_the_agenda.page
    cover = "getComputedStyle(document.body, '::after').backgroundColor"
    before = title(page)
    page.keyboard.press("b")
    assert page.evaluate(cover) == "rgb(0, 0, 0)"
    page.keyboard.press("ArrowRight")
    page.keyboard.press("b")
    assert page.evaluate(cover) != "rgb(0, 0, 0)"
    assert title(page) == before


def test_every_key_is_a_link_that_mouse_and_tab_reach(at_the_agenda):
    page = at_the_agenda.page
    page.locator("a[data-number='2']").click()
    assert "screen=4" in page.url
    page.locator(".cs-key:visible", has_text="back").click()
    assert "screen=3" in page.url
    for _ in range(10):
        page.keyboard.press("Tab")
        if "agenda" in page.evaluate("document.activeElement.textContent"):
            break
    page.keyboard.press("Enter")
    assert "items" in title(page)


def test_a_lost_connection_leaves_the_meeting_on_the_screen_and_its_keys_at_work(at_the_agenda):
    page = at_the_agenda.page
    page.context.set_offline(True)
    for _ in range(2):
        page.keyboard.press("ArrowRight")
    assert look(at_the_agenda)
    assert "screen=4" in page.url
    item = title(page)
    page.keyboard.press("a")
    page.wait_for_selector(".cs-lost", state="attached")
    assert title(page) == item
    page.context.set_offline(False)
    page.wait_for_selector(":root:not(.cs-lost)", state="attached")
