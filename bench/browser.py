"""How long a page takes to be full in a browser that has its scripts at hand already."""

import os
from collections.abc import Iterator
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


def _seconds(page: Page, address: str) -> float:
    begun = perf_counter()
    page.goto(address, wait_until="commit")
    page.wait_for_function(IS_FULL, polling=10, timeout=60_000)
    seconds = perf_counter() - begun
    page.close()
    return seconds
