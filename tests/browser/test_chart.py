"""The large chart in a browser: pointed at by key and mouse, looked at closer, taken along."""

import re

import pytest
from playwright.sync_api import expect

METRIC = "/metric?month=2016-09&metric=visits_out_of_timescale&unit=U2"
CLOSER = f"{METRIC}&closer=1"
LIBRARY = re.compile("/PlotlyChart")


def test_the_chart_is_there_without_plotly_and_a_click_brings_it_in_its_place(visiting, base):
    with visiting() as visit:
        page = visit.open(base + METRIC)
        expect(page.get_by_role("img", name=re.compile("Out-of-timescale visits"))).to_be_visible()
        page.wait_for_load_state("networkidle")
        assert not [url for url in visit.asked if LIBRARY.search(url)]
        page.get_by_role("link", name="Look closer").click()
        point = page.locator(".js-plotly-plot .points path").last
        point.wait_for(state="attached")
        box = point.bounding_box()
        page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2, steps=5)
        expect(page.locator(".hoverlayer")).to_contain_text("September 2016: ")
        page.get_by_role("link", name="The chart as drawn").click()
        expect(page.locator(".cs-drawn-wide")).to_be_visible()
        assert visit.faults == []


def test_its_months_are_one_stop_for_the_tab_key_and_arrows_go_between_them(visiting, base):
    with visiting() as visit:
        page = visit.open(base + METRIC)
        months = page.locator(".cs-points input")
        months.last.focus()
        expect(page.locator(".cs-tip:visible")).to_contain_text("September 2016")
        page.keyboard.press("ArrowLeft")
        expect(page.locator(".cs-tip:visible")).to_contain_text("August 2016")
        page.keyboard.press("Tab")
        expect(page.get_by_role("link", name="Look closer")).to_be_focused()
        months.first.hover()
        expect(page.locator(".cs-tip:visible")).to_have_count(1)


@pytest.mark.parametrize(
    ("address", "button", "ending"),
    [(METRIC, "Chart as SVG", ".svg"), (METRIC, "Months as CSV", ".csv")],
)
def test_a_picture_and_the_months_are_kept_by_a_click(visiting, base, address, button, ending):
    with visiting() as visit:
        page = visit.open(base + address)
        with page.expect_download() as kept:
            page.get_by_role("button", name=button).click()
        assert kept.value.suggested_filename.endswith(ending)
        assert kept.value.path().stat().st_size > 200


def test_looked_at_closer_it_is_kept_as_a_picture_that_asks_nobody(visiting, base):
    with visiting() as visit:
        page = visit.open(base + CLOSER)
        page.locator(".modebar-btn[data-title*='Download']").wait_for()
        with page.expect_download() as kept:
            page.locator(".modebar-btn[data-title*='Download']").click()
        assert kept.value.suggested_filename.endswith(".png")
        assert kept.value.path().read_bytes().startswith(b"\x89PNG")
        assert {url.split("/")[2] for url in visit.asked if url.startswith("http")} == {
            base.removeprefix("http://")
        }
        assert visit.faults == []


def test_its_address_is_copied_and_a_link_where_it_can_t_be(visiting, base):
    with visiting() as visit:
        page = visit.open(base + METRIC)
        page.context.grant_permissions(["clipboard-read", "clipboard-write"])
        link = page.locator("[data-copy]")
        address = link.evaluate("(link) => link.href")
        link.click()
        expect(link).to_have_text("Link copied")
        assert page.evaluate("() => navigator.clipboard.readText()") == address
        assert page.url == base + METRIC
