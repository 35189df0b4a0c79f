"""ChildStat as people see it: in a browser, at both sizes, by mouse and by key."""

import re

import pytest
from axe_playwright_python import sync_playwright as axe
from click.testing import CliRunner
from playwright.sync_api import expect

from childstat import main
from data_access.settings import MEETING_STORE_VARIABLE
from tests import servers
from tests.browser.conftest import SIZES, Visit, keep_picture, wants_pictures

ROWS = "metric=visits_out_of_timescale&month=2016-09&unit=U2"
SCREENS = {
    "month": "/?month=2016-09",
    "metric": f"/metric?{ROWS}",
    "closer": f"/metric?{ROWS}&closer=1",
    "unit": "/unit?unit=U2&month=2016-09",
    "explore": f"/explore?{ROWS}",
    "help": "/help",
    "child": f"/metric?{ROWS}",
    "recording": "/recording?unit=U2&month=2016-09",
    "dispute": f"/metric?{ROWS}",
    "notes": "/notes?metric=sickness&month=2016-09&unit=U2",
    "agenda": "/agenda?month=2016-09",
    "actions": "/actions?month=2016-09",
    "definitions": "/definitions?month=2016-09",
    "export": "/export?month=2016-09",
}
PERSONAL = re.compile(r"KID|WORKER|FAM|Quill|Otto|Peregrine|O'Hara|Worker")
# What docs/guide.md and README show.
PICTURED = ("month", "metric", "unit", "explore", "agenda")
# Reached from a row: an address has a code that only the page knows.
OF_A_ROW = ("child", "dispute")
by_screen = pytest.mark.parametrize("screen", SCREENS)
by_size = pytest.mark.parametrize("size", SIZES)


def opened(visit, base: str, screen: str):
    """The screen; one of a row from the last row of its list."""
    page = visit.open(base + SCREENS[screen])
    if screen not in OF_A_ROW:
        return page
    where = page.locator(f"a[href^='./{screen}?']").last.get_attribute("href")
    return visit.open(base + where.removeprefix("."))


def overflow(page) -> dict[str, int]:
    """By how many pixels the page is larger than the screen, down and across."""
    return page.evaluate(
        """() => {
            const main = document.querySelector('[data-testid=stMain]');
            return {down: main.scrollHeight - main.clientHeight,
                    across: main.scrollWidth - main.clientWidth};
        }"""
    )


@pytest.mark.parametrize("size", ["1280", pytest.param("1920", marks=pytest.mark.thorough)])
@by_screen
def test_every_screen_opens_without_a_fault_asks_nobody_else_and_is_open_to_all(
    visiting, base, tmp_path, screen, size
):
    with visiting(size) as visit:
        page = opened(visit, base, screen)
        if screen == "closer":
            page.wait_for_selector(".js-plotly-plot .points path", state="attached")
        page.screenshot(path=tmp_path / "screen.png")
        if wants_pictures() and size == "1280" and screen in PICTURED:
            keep_picture(tmp_path / "screen.png", screen)
        assert not visit.faults
        assert {url.split("/")[2] for url in visit.asked if url.startswith("http")} == {
            base.removeprefix("http://")
        }
        assert overflow(page)["across"] == 0
        if size == "1920":
            assert serious(page) == []


def serious(page) -> list[tuple[str, list[str]]]:
    """What axe calls serious on the page, each with the first pieces of HTML that it names."""
    found = axe.Axe().run(page).response["violations"]
    return [
        (one["id"], [node["html"][:200] for node in one["nodes"]][:3])
        for one in found
        if one["impact"] in {"serious", "critical"}
    ]


# A telephone, and a screen of 1280 at 400%.
SMALL = {"390": (390, 844), "320": (320, 256)}


@pytest.mark.parametrize("screen", ["unit", "child"])
@pytest.mark.parametrize("size", SMALL)
def test_unit_and_child_are_read_on_a_telephone_and_at_four_hundred_per_cent(
    browser, base, screen, size
):
    width, height = SMALL[size]
    page = browser.new_page(viewport={"width": width, "height": height})
    try:
        opened(Visit(page), base, screen)
        assert overflow(page)["across"] == 0
        assert serious(page) == []
        title = page.locator(".cs-title h1").bounding_box()
        head = page.locator(".cs-head").bounding_box()
        assert title["y"] >= head["y"] + head["height"]
        assert title["x"] + title["width"] <= width
    finally:
        page.close()


def test_no_type_on_month_is_under_twenty_pixels_on_a_projector(visiting, base):
    with visiting("1920") as visit:
        page = visit.open(base + SCREENS["month"])
        sizes = page.eval_on_selector_all(
            ".cs *",
            """all => all.filter(e => e.offsetHeight && [...e.childNodes].some(
                   n => n.nodeType === 3 && n.textContent.trim()) && !e.closest('.cs-heard'))
               .map(e => parseFloat(getComputedStyle(e).fontSize))""",
        )
        assert min(sizes) >= 20


def test_a_number_leads_to_its_rows_in_one_click_and_to_a_child_in_two(visiting, base):
    with visiting() as visit:
        page = visit.open(base + SCREENS["month"])
        page.click("a[href*='visits_out_of_timescale'][href*='unit=U2']")
        page.wait_for_selector("#rows")
        visit.drawn()
        row = page.locator("a[href*='child?']").first
        name = row.inner_text()
        row.click()
        expect(page.locator("h1")).to_have_text(name)
        assert not PERSONAL.search(page.url)
        assert not PERSONAL.search(" ".join(url for url in visit.asked if "/_stcore" not in url))


def test_a_cell_can_be_reached_and_opened_by_key_and_the_focus_is_seen(visiting, base):
    with visiting() as visit:
        page = visit.open(base + SCREENS["month"])
        cell = page.locator(".cs-month-table td a").first
        for _ in range(40):
            page.keyboard.press("Tab")
            if cell.evaluate("cell => cell === document.activeElement"):
                break
        expect(cell).to_be_focused()
        assert cell.evaluate("cell => parseFloat(getComputedStyle(cell).outlineWidth)") >= 3
        page.keyboard.press("Enter")
        page.wait_for_selector("#rows")


def test_the_month_is_chosen_by_key(visiting, base):
    with visiting() as visit:
        page = visit.open(base + SCREENS["month"])
        page.locator("summary", has_text="Months").focus()
        page.keyboard.press("Enter")
        page.keyboard.press("Tab")
        page.keyboard.press("Enter")
        expect(page.locator("h1")).to_have_text("ChildStat · February 2016")


def test_a_unit_s_work_prints_on_one_page(visiting, base):
    with visiting("1280") as visit:
        page = visit.open(base + SCREENS["unit"])
        printed = page.pdf(prefer_css_page_size=True)
        assert re.findall(rb"/Count (\d+)", printed) == [b"1"]


def test_a_unit_s_work_is_narrowed_to_a_worker_who_is_not_named_in_the_address(visiting, base):
    with visiting() as visit:
        page = visit.open(base + SCREENS["unit"])
        page.locator("summary", has_text="Worker").click()
        name = page.locator(".cs-picker[open] a").nth(1)
        worker = name.inner_text()
        name.click()
        expect(page.locator("h1")).to_contain_text(worker)
        visit.turned()
        assert not PERSONAL.search(page.url)
        child = page.locator("a[href*='child?']").first
        told = child.inner_text()
        child.click()
        expect(page.locator("h1")).to_have_text(told)


def test_what_was_entered_late_leads_to_a_child_in_one_click(visiting, base):
    with visiting() as visit:
        page = visit.open(f"{base}/recording?month=2016-07")
        row = page.locator("#rows a[href*='child?']").first
        name = row.inner_text()
        row.click()
        expect(page.locator("h1")).to_have_text(name)
        assert not PERSONAL.search(page.url)


def test_a_row_that_looks_wrong_is_noted_and_told_with_the_figure(visiting, base):
    with visiting() as visit:
        page = visit.open(base + SCREENS["metric"])
        page.locator("#rows ~ .cs-list a, .cs-list a", has_text="wrong?").first.click()
        page.get_by_label("A note").fill("Seen on the day it was due.")
        page.get_by_role("button", name="Note it").click()
        expect(page.get_by_role("status").get_by_text("Noted.")).to_be_visible()
        assert not PERSONAL.search(page.url)
        page = visit.open(base + SCREENS["metric"])
        expect(page.locator(".cs-disputed")).to_contain_text("1 row is disputed")
        page.locator("a", has_text="disputed: made, not entered").first.click()
        expect(page.get_by_text("Disputed by")).to_be_visible()
        page.get_by_text("Rejected").click()
        page.get_by_role("button", name="Note it").click()
        expect(page.get_by_role("status").get_by_text("The dispute is rejected")).to_be_visible()


def test_the_rows_download_as_csv(visiting, base):
    with visiting() as visit:
        page = visit.open(base + SCREENS["metric"])
        with page.expect_download() as download:
            page.get_by_text("Rows as CSV").click()
        text = download.value.path().read_text(encoding="utf-8-sig")
        assert text.startswith("Month,Child,Worker")
        assert download.value.suggested_filename == "visits_out_of_timescale-U2-2016-09-rows.csv"


@pytest.mark.parametrize(
    ("button", "ending"),
    [
        ("Make the Excel file", "xlsx"),
        ("Make the PowerPoint file", "pptx"),
        ("Make the PDF file", "pdf"),
    ],
)
def test_from_opening_childstat_to_a_downloaded_pack_are_two_clicks(visiting, base, button, ending):
    with visiting() as visit:
        page = visit.open(base)
        page.get_by_role("link", name="Export", exact=True).click()
        with page.expect_download() as download:
            page.get_by_text(button).click()
        begins = b"%PDF" if ending == "pdf" else b"PK"
        assert download.value.path().read_bytes().startswith(begins)
        assert download.value.suggested_filename.endswith(f"-service.{ending}")


@pytest.mark.parametrize(
    ("reader", "whom", "name"),
    [
        ("The service itself:", "the service", "service"),
        ("Partners:", "partners", "partners"),
    ],
)
def test_the_month_downloads_as_a_workbook_for_its_readers(visiting, base, reader, whom, name):
    with visiting() as visit:
        page = visit.open(base + SCREENS["export"])
        page.get_by_text(reader).click()
        with page.expect_download() as download:
            page.get_by_text(f"Make the Excel file for {whom}").click()
        assert download.value.path().read_bytes().startswith(b"PK")
        assert download.value.suggested_filename == f"childstat-2016-09-{name}.xlsx"


def test_a_screen_opened_first_on_a_fresh_server_is_guarded_like_any_other(visiting, database):
    with servers.serve(database) as fresh, visiting() as visit:
        page = visit.open(fresh + SCREENS["unit"])
        assert "as at" in page.locator(".cs-as-at").inner_text()
        assert (
            page.locator("[data-testid=stSidebar]").count() == 0
            or not page.locator("[data-testid=stSidebar]").is_visible()
        )
        assert not visit.faults


def test_a_wrong_month_is_told_in_a_sentence_with_a_link_to_the_nearest(visiting, base):
    with visiting() as visit:
        page = visit.open(f"{base}/?month=2030-01")
        expect(page.locator("h1")).to_have_text("This cannot be shown")
        page.get_by_role("link", name="October 2016").click()
        expect(page.locator("h1")).to_have_text("ChildStat · October 2016")


@pytest.fixture(scope="module")
def frozen_base(database, tmp_path_factory):
    """ChildStat over the same database with September published by somebody with a long name."""
    url = f"sqlite:///{tmp_path_factory.mktemp('frozen') / 'meeting.sqlite'}"
    with pytest.MonkeyPatch.context() as environment:
        environment.setenv(MEETING_STORE_VARIABLE, url)
        words = ("--database", database, "--month", "2016-09", "--by", "Bartholomew Featherstone")
        done = CliRunner().invoke(main, ["publish", *words])
        assert done.exit_code == 0, done.output
        with servers.serve(database) as address:
            yield address


@by_size
def test_a_published_month_fits_its_screen_and_leads_to_what_is_known_now(
    visiting, frozen_base, size
):
    with visiting(size) as visit:
        page = visit.open(frozen_base + SCREENS["month"])
        assert (
            "(version 1) by Bartholomew Featherstone" in page.locator(".cs-standing").inner_text()
        )
        assert overflow(page) == {"down": 0, "across": 0}
        page.get_by_role("link", name="as known now").click()
        expect(page.get_by_role("link", name="as published")).to_be_visible()
        assert "known=now" in page.url
        assert not visit.faults


def test_a_frozen_number_leads_to_its_rows_and_to_a_child(visiting, frozen_base):
    with visiting() as visit:
        page = visit.open(frozen_base + SCREENS["metric"])
        assert page.locator(".cs-compared").count() == 1
        row = page.locator("a[href*='child?']").first
        name = row.inner_text()
        row.click()
        expect(page.locator("h1")).to_have_text(name)
        assert not PERSONAL.search(page.url)
