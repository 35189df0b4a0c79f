"""How long a page takes to be full in a browser that has its scripts at hand already."""

import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from time import perf_counter

from playwright.sync_api import Browser, Page, sync_playwright

from tools.needs import chromium

SIZE = {"width": 1920, "height": 1080}
TIMES = 5
# The script has ended, and nothing on the page still says that it waits.
IS_FULL = """() => {
  const app = document.querySelector('[data-testid="stApp"]');
  if (!app || app.getAttribute('data-test-script-state') !== 'notRunning') return false;
  if (document.querySelector('[data-testid="stSkeleton"], [data-testid="stPlotlyChart"]:empty'))
    return false;
  const charts = [...document.querySelectorAll('[data-testid="stPlotlyChart"]')];
  if (!charts.every(chart => chart.querySelector('.main-svg'))) return false;
  const main = document.querySelector('[data-testid="stMain"]');
  return main !== null && main.innerText.trim().length > 0;
}"""
IS_TURNED = """(heading) => {
  const now = document.querySelector('[data-testid="stMain"] h1');
  return now !== null && now.innerText !== heading;
}"""


@contextmanager
def browser() -> Iterator[Browser]:
    """A browser of the bench's own, that reaches nothing but this machine."""
    is_root = hasattr(os, "geteuid") and os.geteuid() == 0
    options = ["--disable-background-networking", "--disable-component-update"]
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(
            executable_path=str(chromium()), args=[*options, *["--no-sandbox"] * is_root]
        )
        try:
            yield started
        finally:
            started.close()


def seconds_until_full(started: Browser, address: str) -> list[float]:
    """Seconds from the request to the full page, each time in a new tab; the first is left out."""
    context = started.new_context(viewport=SIZE)  # type: ignore[arg-type]
    try:
        seconds = [_seconds(context.new_page(), address) for _ in range(TIMES + 1)]
        return seconds[1:]
    finally:
        context.close()


def seconds_until_turned(started: Browser, address: str, links: Sequence[str]) -> list[float]:
    """Seconds from a click to the full page it leads to, within one session; the first is left out.

    The links are clicked in turn, each on the page that the one before led to, and back again.
    """
    context = started.new_context(viewport=SIZE)  # type: ignore[arg-type]
    try:
        page = context.new_page()
        page.goto(address)
        page.wait_for_function(IS_FULL, polling=10, timeout=60_000)
        page.evaluate("() => { window.isTheSame = true; }")
        seconds = [_turned(page, link) for _ in range(TIMES + 1) for link in links]
        assert page.evaluate("() => window.isTheSame"), "a click left the session"
        return seconds[len(links) :: len(links)]
    finally:
        context.close()


def _turned(page: Page, link: str) -> float:
    heading = page.locator("h1").first.inner_text()
    begun = perf_counter()
    page.locator(link).first.click()
    page.wait_for_function(IS_TURNED, arg=heading, polling=10, timeout=60_000)
    page.wait_for_function(IS_FULL, polling=10, timeout=60_000)
    return perf_counter() - begun


def _seconds(page: Page, address: str) -> float:
    begun = perf_counter()
    page.goto(address, wait_until="commit")
    page.wait_for_function(IS_FULL, polling=10, timeout=60_000)
    seconds = perf_counter() - begun
    page.close()
    return seconds
