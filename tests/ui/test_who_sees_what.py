"""Every page as each kind of user: no row, name or count that is not theirs; refused first."""

import re
from collections.abc import Iterator
from html import unescape
from urllib.parse import parse_qsl

import pytest

from tests.ui import signing_in
from tests.ui.conftest import PAGES as FOLDER
from tests.ui.small_council import HIDDEN, HOSTILE, NAMES, UNITS
from ui.pages import PAGES

MONTH = "2016-09"
METRICS = ("caseload", "visits_out_of_timescale", "sickness")
LISTS = ("entered_late", "no_visit")
SEGMENT_LISTS = ("proposals", "elsewhere", "rules")
OTHERS = [unit for unit in UNITS if unit != "U2"]
ROWS_OPENED = 6
NAME_OF_A_CHILD = re.compile(rf"(?:{'|'.join(NAMES)}) ({'|'.join(UNITS)})\b")
NAME_OF_A_WORKER = re.compile(rf"Worker Of ({'|'.join(UNITS)})\b")
OWN_FIGURES = """
[[role]]
name = "manager"
claim = "Manager"
units = "granted"
figures = "own"
names = true
restricted = false
acts = ["note"]
"""


def everywhere() -> Iterator[tuple[str, dict[str, str]]]:
    """Every page at every kind of address: of the service, of a unit and of another."""
    for page in PAGES:
        if not (FOLDER / f"{page}.py").exists():
            continue
        for unit in (None, "U2", "U3"):
            scope = {"month": MONTH, **({"unit": unit} if unit else {})}
            yield page, scope
            if page == "explore":
                asked = {**scope, "cut": "worker_id", "rows": "1"}
                yield from ((page, {**asked, "metric": metric}) for metric in METRICS[::2])
            if page in ("metric", "notes"):
                yield from ((page, {**scope, "metric": metric}) for metric in METRICS)
            if page == "segments":
                yield from ((page, {**scope, "list": name}) for name in SEGMENT_LISTS)
            if page == "recording":
                yield from ((page, {**scope, "list": name}) for name in LISTS)


@pytest.fixture
def walked(door, opened, store, met):
    """Everything that the pages say to whoever has come, by page and address."""

    def walk() -> dict:
        walked = {(page, *said.items()): opened(page, **said) for page, said in everywhere()}
        found = sorted({one for html in walked.values() for one in links_to_rows(html)})
        for page, said in found[:: max(1, len(found) // ROWS_OPENED)]:
            walked[page, *said] = opened(page, **dict(said))
        return walked

    return walk


def links_to_rows(html: str) -> set[tuple[str, tuple[tuple[str, str], ...]]]:
    """The children, doubts and workers' lists that a page leads to, as page and address."""
    found = re.findall(r'href="\./(child|dispute|unit(?=[^"]*worker=))\?([^"#]*)', html)
    return {(page, tuple(parse_qsl(unescape(said)))) for page, said in found}


def units_named(html: str) -> set[str]:
    return {*NAME_OF_A_CHILD.findall(html), *NAME_OF_A_WORKER.findall(html)}


def is_refused(html: str) -> bool:
    return "This cannot be shown" in html


def opened_pages(walk: dict) -> set[str]:
    return {place[0] for place, html in walk.items() if not is_refused(html)}


def assert_no_other_unit_is_named(walk: dict) -> None:
    for place, html in walk.items():
        assert units_named(html) <= {"U2"}, place
        assert HIDDEN not in html, place


def test_the_director_is_shown_every_unit_and_no_restricted_child_s_name(door, walked):
    door.comes("director")
    walk = walked()
    assert units_named("".join(walk.values())) == set(UNITS)
    assert HIDDEN not in "".join(walk.values())
    assert not {"people", "audit", "cases"} & opened_pages(walk)


def test_the_consultant_is_shown_the_names_of_their_own_unit_alone(door, walked):
    door.comes("consultant", is_worker_of="U2")
    walk = walked()
    assert_no_other_unit_is_named(walk)
    assert "U2" in units_named("".join(walk.values()))
    assert not {"people", "audit", "cases", "room"} & opened_pages(walk)


def test_a_social_worker_is_shown_the_children_whom_they_hold(door, walked):
    door.comes("social worker", is_worker_of="U2")
    walk = walked()
    assert_no_other_unit_is_named(walk)
    assert "U2" in units_named("".join(walk.values()))
    assert not {"people", "audit", "cases", "room", "dispute"} & opened_pages(walk)


def test_the_analyst_is_shown_no_name_at_all(door, walked):
    door.comes("analyst")
    for place, html in walked().items():
        assert not units_named(html), place
        assert HIDDEN not in html and "O&#39;Hara" not in html and HOSTILE not in html, place


@pytest.mark.parametrize(("role", "own"), [("auditor", "audit"), ("administrator", "people")])
def test_who_sees_no_figure_opens_their_own_page_and_the_guide_and_no_other(
    door, walked, role, own
):
    door.comes(role)
    walk = walked()
    assert opened_pages(walk) <= {own, "help"}
    assert not units_named("".join(walk.values()))


def test_somebody_of_one_unit_is_told_of_no_other_unit_and_no_figure_of_one(
    tmp_path, monkeypatch, opened, store, met
):
    door = signing_in.door(tmp_path, monkeypatch, OWN_FIGURES)
    door.comes("Manager", "U2")
    named = [name for unit, (name, _) in UNITS.items() if unit != "U2"]
    for page, said in everywhere():
        html = opened(page, **said)
        assert units_named(html) <= {"U2"}, (page, said)
        if page == "help":
            # The guide is the same for all, whatever an address asks.
            assert not units_named(html)
        elif said.get("unit") == "U3":
            assert is_refused(html), (page, said)
        elif page != "definitions":
            assert not [name for name in named if name in html], (page, said)
            assert not re.search(rf"unit=({'|'.join(OTHERS)})\b", html), (page, said)
            assert "see a child of theirs" not in html, (page, said)


@pytest.mark.parametrize("page", sorted(PAGES))
def test_without_a_role_every_page_is_refused_in_words_and_written_down(door, opened, page):
    session = door.comes("")
    html = opened(page)
    assert "This cannot be shown" in html
    assert "ChildStat has no role for you" in html
    (refused,) = door.events("was refused")
    assert (refused.page, refused.person, refused.session) == (page, session.person, session.id)


def test_without_a_grant_a_role_of_granted_units_opens_no_page(door, opened):
    door.comes("consultant")
    for page in PAGES:
        assert "Nobody has confirmed yet which worker you are" in opened(page, month=MONTH)
    assert len(door.events("was refused")) == len(PAGES)


def test_a_page_that_nobody_let_in_runs_no_code_of_its_own(opened, monkeypatch):
    from streamlit.runtime.context import ContextProxy

    monkeypatch.setattr(ContextProxy, "headers", {"x-childstat-session": "local"})
    for page in PAGES:
        html = opened(page)
        assert "without passing ChildStat" in html
        assert "cs-head" not in html.split("</style>")[-1].replace("cs-head", "", 1)
        assert "September 2016" not in html


def test_another_unit_s_children_are_refused_and_the_refusal_is_written_down(door, opened):
    """By its lists, and by a link that somebody made who sees the unit."""
    door.comes("director")
    lists = opened("unit", unit="U3") + opened("metric", unit="U3", metric="caseload")
    links = [said for _, each in links_to_rows(lists) if "child" in (said := dict(each))]
    assert len(links) >= 3
    assert all("This cannot be shown" not in opened("child", **said) for said in links)
    door.comes("consultant", is_worker_of="U2")
    before = len(door.events())
    for said in links:
        html = opened("child", **said) + opened("child", child=said["child"])
        assert not units_named(html)
        assert "The children of this unit are not open to you" in html
        assert "This link leads nowhere now" in html
    events = door.events()[before:]
    assert {event.what for event in events} == {"was refused"}
    assert len(events) == 2 * len(links)
    assert {event.unit_id for event in events} == {"U3", "*"}


def test_a_unit_taken_back_is_closed_at_the_next_click(door, opened):
    session = door.comes("consultant", "U3", is_worker_of="U2")
    assert "Zebedee Quillfeather U3" in opened("unit", unit="U3")
    door.takes_back(session, "U3")
    assert is_refused(opened("unit", unit="U3"))
    assert "U2" in units_named(opened("unit", unit="U2"))


def test_nothing_of_whom_looked_before_reaches_the_next(door, opened):
    """Viewers of different scope in turn, on the same pages, twice."""
    wide = door.comes("director")
    narrow = door.comes("social worker", is_worker_of="U2")
    for _ in range(2):
        door.looks(wide)
        assert "Unit 3" in opened("month", month=MONTH)
        assert "Unit 3" in opened("metric", month=MONTH, metric="sickness")
        door.looks(narrow)
        assert "Unit 3" not in opened("month", month=MONTH)
        assert "Unit 3" not in opened("metric", month=MONTH, metric="sickness")


def test_a_list_that_is_shorter_than_its_figure_says_so(door, opened):
    door.comes("consultant", is_worker_of="U2")
    said = {"month": MONTH, "metric": "visits_out_of_timescale"}
    assert "Only rows that are open to you are listed" in opened("metric", **said)
    assert "Only rows that are open to you are listed" not in opened("metric", unit="U2", **said)


@pytest.mark.parametrize(
    ("page", "said"),
    [
        ("metric", {"metric": "visits_out_of_timescale"}),
        ("recording", {"list": "entered_late"}),
        ("recording", {"list": "by_worker"}),
        ("recording", {"list": "no_visit"}),
    ],
)
def test_a_list_of_which_no_row_is_open_says_so_and_has_no_empty_table(door, opened, page, said):
    door.comes("consultant", is_worker_of="U2")
    html = opened(page, month=MONTH, unit="U3", **said)
    listed = html.split('id="rows"')[1]
    assert "None of these rows is open to you." in listed
    assert "<th" not in listed and "None.<" not in listed


@pytest.mark.parametrize("page", ["people", "audit"])
def test_where_nobody_signs_in_the_pages_of_an_office_say_so(opened, page):
    assert "Nobody signs in here" in opened(page)


def test_each_comes_to_the_page_that_is_theirs(door, opened):
    door.comes("director")
    assert "units by metrics" in opened("month")
