"""The browser's tab says what is shown, and names no child."""

import pytest

from data_access.database import connect
from metrics.figures import read_figures
from tests.worlds import SETTINGS
from ui.address import read_address
from ui.frame import tab_title
from ui.pages import PAGES

MONTH = {"month": "2016-09"}
OF_U2 = {**MONTH, "unit": "U2"}


@pytest.fixture
def figures(small_council):
    return read_figures(connect(small_council), SETTINGS)


@pytest.mark.parametrize(
    ("page", "said", "called"),
    [
        ("month", MONTH, "Month, September 2016"),
        ("metric", {**OF_U2, "metric": "sickness"}, "Sickness, Unit 2, September 2016"),
        ("metric", {**MONTH, "metric": "sickness"}, "Sickness, September 2016"),
        ("unit", OF_U2, "Unit 2, September 2016"),
        ("recording", OF_U2, "Recording, Unit 2, September 2016"),
        ("definitions", OF_U2, "Definitions, Unit 2"),
        ("child", {**OF_U2, "child": "bcdf", "list": "overdue"}, "Child, Unit 2"),
    ],
)
def test_a_tab_says_what_the_page_shows(figures, page, said, called):
    assert tab_title(page, read_address(said, figures), figures) == f"{called} · ChildStat"


@pytest.mark.parametrize("page", sorted(PAGES))
def test_every_page_has_a_title_of_its_own(figures, page):
    address = read_address({}, figures)
    others = {tab_title(name, address, figures) for name in PAGES if name != page}
    assert tab_title(page, address, figures) not in others
