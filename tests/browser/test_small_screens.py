"""Telephones, tablets and large type: nothing scrolls sideways, overlaps, or is closed to anybody.

WCAG 2.2, 1.4.10: at 400% a screen of 1280 pixels is 320 wide.
"""

import pytest

from charts.tables import stacked
from tests.browser.conftest import until
from tests.browser.test_screens import OF_A_ROW, SCREENS, opened, overflow, serious
from ui.pages import PAGES, Figures
from ui.session import SMALL, THEME

HEIGHTS = {320: 256, 390: 844, 768: 1024, 1280: 720, 1920: 1080}
PHONE = 390
# Pages of the council's figures; one that the table of addresses lacks is opened by its name.
EVERY_SCREEN = {
    page.name: SCREENS.get(page.name, f"/{page.name}?month=2016-09")
    for page in PAGES.values()
    if page.figures is not Figures.NONE
}
# A board of more figures than one table has room for: they stand in two.
EVERY_SCREEN["board"] = "/?month=2016-09&board=how-long-and-home"
by_screen = pytest.mark.parametrize("screen", EVERY_SCREEN)
# What stands side by side in the line on top, over Month's table, in a title and in a cell.
GROUPS = (
    "header h1, header .cs-home, .cs-step, header .cs-button, .cs-notice, .cs-menu a, .cs-as-at,"
    " .cs-standing",
    ".cs-boards a, .cs-brief > *",
    ".cs-title h1, .cs-title nav > *",
    ".cs-cell > *, .cs-cell > span > *",
)


def resized(page, width: int):
    """The page as it is on a screen of this width, once it has taken it in."""
    page.set_viewport_size({"width": width, "height": HEIGHTS[width]})
    until(lambda: overflow(page)["across"] == 0)
    return page


def sideways(page) -> int:
    """By how many pixels the document itself is wider than the screen."""
    return page.evaluate(
        "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"
    )


def overlaps(page) -> list[list[str]]:
    """The texts of two parts of a group of which one lies over the other."""
    return page.evaluate(
        """groups => groups.flatMap(group => {
            const within = new Map();
            for (const part of document.querySelectorAll(group)) {
                const box = part.closest('.cs-cell') ? part.parentElement : document.body;
                within.set(box, [...(within.get(box) ?? []), part]);
            }
            return [...within.values()].flatMap(parts => parts.flatMap((one, at) =>
                parts.slice(at + 1).filter(other => {
                    if (one.contains(other) || other.contains(one)) return false;
                    const [a, b] = [one, other].map(part => part.getBoundingClientRect());
                    return Math.min(a.right, b.right) - Math.max(a.left, b.left) > 1
                        && Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top) > 1;
                }).map(other => [one.textContent, other.textContent])));
        })""",
        list(GROUPS),
    )


def visited(visit, base: str, screen: str):
    if screen in OF_A_ROW:
        return opened(visit, base, screen)
    return visit.open(base + EVERY_SCREEN[screen])


@by_screen
def test_no_screen_scrolls_sideways_or_has_parts_that_overlap_at_any_width(visiting, base, screen):
    with visiting() as visit:
        page = visited(visit, base, screen)
        for width in HEIGHTS:
            resized(page, width)
            assert sideways(page) == 0, width
            assert overlaps(page) == [], width
        assert serious(resized(page, PHONE)) == []
        assert not visit.faults


@pytest.mark.thorough
@pytest.mark.parametrize("width", HEIGHTS)
@by_screen
def test_a_screen_opened_at_any_width_is_open_to_all(visiting, base, screen, width):
    with visiting() as visit:
        visit.page.set_viewport_size({"width": width, "height": HEIGHTS[width]})
        page = resized(visited(visit, base, screen), width)
        assert sideways(page) == 0
        assert overlaps(page) == []
        assert serious(page) == []


def test_the_search_for_overlaps_finds_one(visiting, base):
    with visiting() as visit:
        page = visit.open(base + SCREENS["month"])
        assert overlaps(page) == []
        page.add_style_tag(content=".cs-menu { margin-left: -40em !important; }")
        assert overlaps(page)


def test_on_a_telephone_a_unit_is_a_block_in_which_each_figure_has_its_name(visiting, base):
    with visiting() as visit:
        page = resized(visit.open(base + SCREENS["month"]), PHONE)
        unit = page.get_by_role("row").filter(has=page.get_by_role("rowheader", name="Unit 2"))
        names = unit.get_by_role("cell").evaluate_all(
            "cells => cells.map(one => getComputedStyle(one, '::before').content)"
        )
        assert names[0] == '"Caseload"' and len(set(names)) == 6
        boxes = [cell.bounding_box() for cell in unit.get_by_role("cell").all()]
        assert {box["x"] for box in boxes} == {boxes[0]["x"]}
        assert sorted(box["y"] for box in boxes) == [box["y"] for box in boxes]


@pytest.mark.parametrize("width", [PHONE, 768])
def test_the_list_of_months_opens_within_a_small_screen(visiting, base, width):
    with visiting() as visit:
        page = resized(visit.open(base + SCREENS["metric"]), width)
        for words in ("Months", "Other units", "Other metrics"):
            button = page.locator("summary", has_text=words)
            button.click()
            box = page.locator(".cs-picker[open] .cs-choices").bounding_box()
            assert box["x"] >= 0 and box["x"] + box["width"] <= width
            button.click()


@pytest.mark.parametrize("screen", ["unit", "metric"])
def test_the_first_column_stays_in_sight_while_a_table_is_moved_sideways(visiting, base, screen):
    with visiting() as visit:
        page = resized(visited(visit, base, screen), PHONE)
        moved = page.locator(".cs-frame").evaluate_all(
            """frames => frames.map(frame => {
                frame.scrollLeft = 9999;
                const cell = frame.querySelector('tbody th');
                const away = cell.getBoundingClientRect().left - frame.getBoundingClientRect().left;
                return [frame.scrollLeft > 0, Math.abs(away) <= 1];
            })"""
        )
        assert any(is_moved for is_moved, _ in moved)
        assert all(is_seen for _, is_seen in moved)


def test_on_a_telephone_a_timeline_s_lanes_are_named_at_either_end(visiting, base):
    with visiting() as visit:
        rows = visited(visit, base, "metric")
        child = rows.locator("a[href^='./child?']").first.get_attribute("href")
        page = resized(visit.open(base + child.removeprefix(".")), PHONE)
        for side in (-9999, 0):
            lefts = page.locator(".cs-drawn:has(.cs-lanes)").evaluate(
                """(drawn, side) => {
                    drawn.scrollLeft = side;
                    return [...drawn.querySelectorAll('.cs-lane-names b')].map(
                        name => name.getBoundingClientRect().left);
                }""",
                side,
            )
            assert len(lefts) >= 2
            assert all(0 <= left < PHONE / 2 for left in lefts)


@pytest.mark.parametrize("width", [320, PHONE, 768])
def test_a_table_of_many_words_is_a_block_a_row_on_a_small_screen(visiting, width):
    headings = [f"Heading {number}" for number in range(10)]
    rows = [["Who it is about", *["some words that take their room"] * 9]] * 2
    with visiting() as visit:
        page = visit.page
        page.set_viewport_size({"width": width, "height": HEIGHTS[width]})
        style = "".join(file.read_text(encoding="utf-8") for file in (THEME, SMALL))
        page.set_content(f'<style>{style}</style><div class="cs">{stacked(headings, rows)}</div>')
        frame = page.locator(".cs-frame")
        assert frame.evaluate("frame => frame.scrollWidth - frame.clientWidth") == 0
        cells = page.get_by_role("row").nth(1).get_by_role("cell")
        across = {round(box["x"]) for cell in cells.all() if (box := cell.bounding_box())}
        assert len(across) == (2 if width == 768 else 1)
