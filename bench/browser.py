"""How long a page takes to be full in a browser that has its scripts at hand already."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from time import perf_counter

from playwright.sync_api import (
    Browser,
    BrowserContext,
    Page,
    TimeoutError,
    ViewportSize,
    sync_playwright,
)

from bench.beside.tools import METRIC_PAGE, MONTH, Shown, Tool
from bench.server import PageFailed
from tools.needs import chromium

SIZE: ViewportSize = {"width": 1920, "height": 1080}
TIMES = 5
# All its charts are drawn and its numbers there: also within shadow roots, which Panel is made of.
IS_FULL = """([selector, count, words]) => {
  const rootsOf = root => [root, ...[...root.querySelectorAll('*')]
    .filter(element => element.shadowRoot).flatMap(element => rootsOf(element.shadowRoot))];
  if (!document.body || !(%s)) return false;
  const roots = rootsOf(document.body);
  const charts = roots.flatMap(root => [...root.querySelectorAll(selector)]);
  if (charts.length !== count) return false;
  const text = roots.map(root => root.innerText ?? root.textContent).join(' ');
  return words.every(word => text.includes(word));
}"""
TO_MONTH, TO_METRIC = "Metric to Month, by a click", "Month to Metric, by a click"
Seconds = dict[str, list[float]]


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


class Visitor:
    """One tool as one browser sees it: its scripts at hand, and a session of clicks of its own."""

    def __init__(self, started: Browser, tool: Tool, base: str) -> None:
        self.tool, self.base = tool, base
        self.context: BrowserContext = started.new_context(viewport=SIZE)
        self.seconds: Seconds = {}
        self._clicked: Page | None = None

    def visit(self) -> None:
        """Each page loaded in a new tab, then Month to Metric and back within one session."""
        for name, shown in self.tool.pages.items():
            page = self.context.new_page()
            self._note(name, self._seconds_to_load(page, shown))
            page.close()
        if all(name in self.tool.pages for name in (MONTH, METRIC_PAGE)):
            self._click()

    def forget(self) -> None:
        """What was measured so far: the first of each brings the scripts."""
        self.seconds.clear()

    def _click(self) -> None:
        month, metric = self.tool.pages[MONTH], self.tool.pages[METRIC_PAGE]
        if self._clicked is None:
            self._clicked = self.context.new_page()
            self._seconds_to_load(self._clicked, month)
            self._clicked.evaluate("() => { window.isTheSame = true; }")
        page = self._clicked
        page.bring_to_front()
        for name, link, there in ((TO_METRIC, month, metric), (TO_MONTH, metric, month)):
            begun = perf_counter()
            page.locator(link.turn).first.click()
            self._await(page, there)
            self._note(name, perf_counter() - begun)
        assert page.evaluate("() => window.isTheSame"), (
            f"{self.tool.name}: a click left the session"
        )

    def _seconds_to_load(self, page: Page, shown: Shown) -> float:
        begun = perf_counter()
        page.goto(self.base + shown.path, wait_until="commit")
        self._await(page, shown)
        return perf_counter() - begun

    def _await(self, page: Page, shown: Shown) -> None:
        full = [shown.charts, shown.count, list(shown.words)]
        is_full = IS_FULL % self.tool.is_idle
        try:
            page.wait_for_function(is_full, arg=full, polling=10, timeout=60_000)
        except TimeoutError as late:
            raise PageFailed(f"{self.tool.name}, {shown.path}: never full, {full}") from late

    def _note(self, name: str, seconds: float) -> None:
        self.seconds.setdefault(name, []).append(seconds)


def seconds_of(visitors: list[Visitor]) -> dict[str, Seconds]:
    """By tool and page: all in turn, so that other work on the machine slows each alike."""
    for visitor in visitors:
        visitor.visit()
        visitor.forget()
    for _ in range(TIMES):
        for visitor in visitors:
            visitor.visit()
    return {visitor.tool.name: visitor.seconds for visitor in visitors}
