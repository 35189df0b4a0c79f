"""Each page stands in the register once: its file, its address, its title, what a link keeps."""

import ast
import re
from collections.abc import Iterator
from html import unescape
from pathlib import Path

import pytest
from markupsafe import Markup

from data_access.viewer import local_viewer
from tests.ui.conftest import PAGES as FOLDER
from tests.ui.test_pages import said_for
from tests.worlds import SETTINGS
from ui.pages import PAGES, Keeps, RegisteredPage, menu_of

PROJECT = FOLDER.parent
CODE = [PROJECT / "app.py", *sorted(FOLDER.glob("*.py")), *sorted((PROJECT / "ui").rglob("*.py"))]
# What is given the name of a page, by the place of the name among what it is given.
NAMED_BY = {
    "link": 0,
    "href": 0,
    "kept_by": 0,
    "open_page": 0,
    "open_office": 0,
    "agenda_of": 1,
    "unit_link": 0,
}
NAMED_BY |= {"open_help": 0, "unit_picker": 0, "_with_this_child": 1}
# What opens a page: its first line calls one of them, by the page's own name.
OPENS = ("open_page", "open_office", "open_help")
ADDRESS = re.compile(r"\./(\w*)(?:\?([^#]*))?")


def _literals(file: Path) -> Iterator[tuple[str, str]]:
    """Every name of a page that the file says in a call, with what is called."""
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if not isinstance(node, ast.Call):
            continue
        called = getattr(node.func, "attr", getattr(node.func, "id", ""))
        place = NAMED_BY.get(called)
        given = None if place is None or len(node.args) <= place else node.args[place]
        is_html = called == "link" and isinstance(node.func, ast.Name)
        if isinstance(given, ast.Constant) and isinstance(given.value, str) and not is_html:
            yield called, given.value


def _addresses(html: str) -> list[tuple[str, str]]:
    """The page and the rest of each address on a page."""
    found = [ADDRESS.fullmatch(unescape(one)) for one in re.findall(r'href="(\./[^"#]*)', html)]
    assert all(found), "an address on a page names a page and says something"
    return [(one[1] or "month", one[2] or "") for one in found if one]


def test_the_register_holds_every_page_that_has_a_file_and_no_other():
    assert {file.stem for file in FOLDER.glob("*.py")} == set(PAGES)


@pytest.mark.parametrize("file", CODE, ids=lambda file: file.relative_to(PROJECT).as_posix())
def test_a_page_is_named_as_the_register_names_it(file):
    assert {name for _, name in _literals(file)} <= set(PAGES)
    if file.parent == FOLDER:
        assert {(opens, file.stem) for opens in OPENS} & set(_literals(file))


def test_the_search_for_names_finds_them():
    found = [called for file in CODE for called, _ in _literals(file)]
    assert found.count("link") > 30
    assert sum(found.count(opens) for opens in OPENS) == len(PAGES)


@pytest.mark.parametrize("file", CODE, ids=lambda file: file.relative_to(PROJECT).as_posix())
def test_no_address_is_written_by_hand(file):
    by_hand = {
        node.value
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if isinstance(node, ast.Constant) and str(node.value).startswith("./")
    }
    assert not by_hand or file == PROJECT / "ui" / "pages.py", "ask ui.pages.href"


@pytest.mark.parametrize("page", PAGES)
def test_every_address_on_a_page_leads_to_a_page(opened, page):
    assert {name for name, _ in _addresses(opened(page, **said_for(opened, page)))} <= set(PAGES)


def _opens_here(page: RegisteredPage) -> bool:
    """Whether it is a page of a row, and opens to who has not signed in."""
    return page.of_a_row and page.is_open_to(local_viewer(SETTINGS))


MENU = menu_of(local_viewer(SETTINGS))


def test_the_menu_is_the_same_on_every_page_and_in_the_register_s_words(opened):
    for page in ("month", "child"):
        html = opened(page, **said_for(opened, page))
        menu = html.split('<nav class="cs-menu"')[1].split("</nav>")[0]
        assert re.findall(r"<a [^>]*>([^<]*)</a>", menu) == [to.title for to in MENU]


def test_the_page_that_one_is_on_is_told_by_more_than_colour(opened):
    here = re.findall(r'<a href="[^"]*" aria-current="page">([^<]*)</a>', opened("recording"))
    assert here == ["Recording"]


def _words(html: str) -> str:
    """What a page says below the line on top, but for the milliseconds that it took."""
    return str(Markup(re.sub(r"<header.*?</header>|<style>.*?</style>", "", html)).striptags())


@pytest.mark.parametrize("page", [page.name for page in PAGES.values() if not page.has_months])
def test_a_page_that_is_the_same_in_every_month_names_none_and_steps_to_none(opened, looks, page):
    looks(staff=frozenset({"U1", "U2"}))
    html, before = (opened(page, month=month) for month in ("2016-09", "2016-07"))
    assert _words(html) == _words(before)
    head = html.split('<header class="cs-head">')[1].split('<nav class="cs-menu"')[0]
    assert head.startswith('<p class="cs-home">ChildStat</p>') and "cs-months" not in head
    assert "./?month=2016-07" in before, "back to the month that one came from"


# Compare's form begins with the address's unit; of the small council Segments proposes nothing.
OTHERWISE = ("compare", "segments")
OF_A_UNIT = [
    page.name for page in PAGES.values() if page.keeps is Keeps.UNIT and page.name not in OTHERWISE
]


@pytest.mark.parametrize("page", OF_A_UNIT)
def test_a_page_to_which_a_link_keeps_the_unit_shows_that_unit(opened, looks, page):
    looks(staff=frozenset({"U1", "U2"}))
    one, other = (_words(opened(page, unit=unit)) for unit in ("U1", "U2"))
    assert one != other


def test_a_menu_keeps_no_unit_that_the_page_behind_it_would_refuse(opened, looks):
    looks(units=frozenset({"U2"}), staff=frozenset({"U2"}))
    for unit, kept in (("U1", ""), ("U2", "unit=U2")):
        menu = opened("recording", unit=unit, month="2016-09").split('<nav class="cs-menu"')[1]
        for page in ("unit", "practice"):
            assert f'./{page}?{"&amp;".join(filter(None, ("month=2016-09", kept)))}"' in menu


def test_the_meeting_is_in_the_menu_of_who_may_chair_and_of_nobody_else(opened, looks):
    there = r'<a href="\./room\?month=2016-09">Meeting</a>'
    assert re.search(there, opened("month", month="2016-09"))
    looks(acts=frozenset())
    assert not re.search(there, opened("month", month="2016-09"))


@pytest.mark.parametrize(
    ("page", "to", "kept"),
    [
        ("metric", "metric", "metric=sickness&unit=U1"),
        ("notes", "notes", "metric=sickness&unit=U1"),
        ("unit", "unit", "unit=U1"),
        ("room", "room", ""),  # which has no agenda here
    ],
)
def test_another_month_of_a_page_is_about_the_same(opened, page, to, kept):
    html = opened(page, month="2016-09", metric="sickness", unit="U1")
    picker = html.split('<div class="cs-choices">')[1].split("</details>")[0]
    expected = f"month=2016-08&{kept}" if kept else "month=2016-08"
    assert (to, expected) in _addresses(picker)


@pytest.mark.parametrize("page", [page.name for page in PAGES.values() if _opens_here(page)])
def test_a_page_of_a_row_has_no_other_month_so_months_lead_to_month(opened, page):
    html = opened(page, **said_for(opened, page))
    picker = html.split('<div class="cs-choices">')[1].split("</details>")[0]
    assert {name for name, _ in _addresses(picker)} == {"month"}
