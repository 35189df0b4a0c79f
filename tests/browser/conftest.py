"""A browser, and ChildStat served over a case database, for tests of what people see."""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Event
from time import monotonic

import pytest
from PIL import Image
from playwright.sync_api import Browser, Page, ViewportSize, expect, sync_playwright

from tests.ui.small_council import build

PICTURES = Path(__file__).parent.parent.parent / "docs" / "pictures"
PROJECTOR: ViewportSize = {"width": 1920, "height": 1080}
LAPTOP: ViewportSize = {"width": 1280, "height": 720}
SIZES = {"1920": PROJECTOR, "1280": LAPTOP}
SECONDS_TO_DRAW = 30
COLOURS_OF_A_PICTURE = 255

# A page that is drawn in one second may take ten where other tests run beside.
expect.set_options(timeout=SECONDS_TO_DRAW * 1000)


@pytest.fixture(scope="session")
def browser(chromium_path: str) -> Iterator[Browser]:
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=chromium_path, args=["--no-sandbox"])
        yield chromium
        chromium.close()


@pytest.fixture(scope="session")
def database(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The small council; for pictures, the database that CHILDSTAT_PICTURES_OF names, if any."""
    named = os.environ.get("CHILDSTAT_PICTURES_OF") if wants_pictures() else None
    return named or build(tmp_path_factory.mktemp("served"))


def wants_pictures() -> bool:
    return os.environ.get("CHILDSTAT_PICTURES") == "1"


def keep_picture(taken: Path, screen: str) -> None:
    """Keeps a picture for the documents, in as few colours as make it small."""
    with Image.open(taken) as picture:
        few = picture.convert("RGB").quantize(COLOURS_OF_A_PICTURE)
        few.save(PICTURES / f"{screen}-1280.png", optimize=True)


@pytest.fixture(scope="session")
def base(served: Callable[[str], str], database: str) -> str:
    return served(database)


class Visit:
    """One tab: what it said on the console, and whom it asked."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.faults: list[str] = []
        self.asked: list[str] = []
        page.on("console", self._heard)
        page.on("pageerror", lambda fault: self.faults.append(str(fault)))
        page.on("request", lambda request: self.asked.append(request.url))

    def _heard(self, message) -> None:
        # On a page's own address Streamlit's script first looks for its server beneath the page.
        is_search = "/_stcore/" in message.location.get("url", "")
        if message.type == "error" and not is_search:
            self.faults.append(message.text)

    def open(self, address: str) -> Page:
        self.page.goto(address)
        self.drawn()
        return self.page

    def drawn(self) -> None:
        """Returns when the page has been drawn to its end."""
        self.page.wait_for_selector("[data-server-ms]", timeout=SECONDS_TO_DRAW * 1000)
        self.page.wait_for_selector(
            "[data-test-script-state='notRunning']",
            state="attached",
            timeout=SECONDS_TO_DRAW * 1000,
        )

    def turned(self) -> None:
        """Returns when the page that a click asked for is drawn: its heading is then read out."""
        # Of the page before, nothing tells it from the one asked for; but its link has the focus.
        self.page.wait_for_selector("h1:focus", timeout=SECONDS_TO_DRAW * 1000)
        self.drawn()


def until(holds: Callable[[], bool]) -> None:
    """Returns when it holds: what a page writes after it was drawn, nothing on it can tell."""
    deadline = monotonic() + SECONDS_TO_DRAW
    while not holds():
        assert monotonic() < deadline, "it never came to hold"
        Event().wait(0.05)


@pytest.fixture
def visiting(browser: Browser) -> Iterator[Callable]:
    """A new tab of a size: `with visiting("1280") as visit`."""

    @contextmanager
    def tab(size: str = "1920") -> Iterator[Visit]:
        page = browser.new_page(viewport=SIZES[size])
        try:
            yield Visit(page)
        finally:
            page.close()

    yield tab
