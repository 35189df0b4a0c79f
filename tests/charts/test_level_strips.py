"""Cases under each other for the back of a room: heights that tell levels, days and no dates."""

import re
from urllib.parse import unquote

import pytest

from charts.level_strips import FIRST_DAY, GOES_ON, KEY_LETTER, SIZE, Strip, level_strips
from metrics.lists.like_this_one import Course, Stretch

EVERY_LEVEL = (
    Stretch("open", -60, 0),
    Stretch("CIN", 0, 200),
    Stretch("CP", 200, 500),
    Stretch("CLA", 500, 2500),
    Stretch("open", 2500, 2507),
)
A_MONTH = (Stretch("CIN", 0, 30),)
TEXT = re.compile(r"<text x='([\d.-]+)' y='([\d.]+)'[^>]*font-size='(\d+)'[^>]*>([^<]*)<")
STEP = re.compile(r"<rect x='([\d.-]+)' y='[\d.-]+' width='([\d.]+)' height='([\d.]+)'")


def goes_on(*levels: Stretch) -> Strip:
    return Strip("Child A1", Course("A", levels, None, None))


def ended(closed: int, back: int | None = None, levels=A_MONTH) -> Strip:
    return Strip("Child K7", Course("K", levels, closed, back))


def drawn(own: Strip, *strips: Strip) -> str:
    return unquote(level_strips(own, strips, "what it says"))


def steps(picture: str) -> list[tuple[float, float, float]]:
    return [tuple(map(float, one)) for one in STEP.findall(picture)]  # type: ignore[misc]


def key_of(picture: str) -> list[tuple[float, str]]:
    words = [(float(x), float(y), said) for x, y, _, said in TEXT.findall(picture)]
    last = max(y for _, y, _ in words)
    return [(x, said) for x, y, said in words if y == last]


def test_eleven_cases_fit_the_smaller_projector_in_letters_of_24_pixels():
    picture = drawn(goes_on(*EVERY_LEVEL), *[ended(2507, levels=EVERY_LEVEL)] * 10)
    (height,) = re.findall(r"viewBox='0 0 1200 ([\d.]+)'", picture)
    assert float(height) <= 421
    assert {int(size) for _, _, size, _ in TEXT.findall(picture)} == {24}


def test_all_levels_and_marks_are_in_the_key_on_one_line_inside_the_picture():
    key = key_of(drawn(goes_on(*EVERY_LEVEL), ended(2507, 2600, EVERY_LEVEL)))
    assert [said for _, said in key] == [
        *("looked after", "child protection plan", "child in need plan", "open, no plan"),
        *("closed", "came back"),
    ]
    assert all(x + len(said) * KEY_LETTER <= SIZE.width for x, said in key)


def test_a_level_that_nobody_had_is_not_in_the_key():
    key = [said for _, said in key_of(drawn(goes_on(Stretch("CIN", 0, 9)), ended(30)))]
    assert key == ["child in need plan", "closed", "came back"]


def test_a_higher_level_stands_higher_so_that_no_colour_is_needed():
    found = steps(drawn(goes_on(*EVERY_LEVEL), ended(30)))[: len(EVERY_LEVEL)]
    heights = [height for _, _, height in found]
    assert heights[0] < heights[1] < heights[2] < heights[3]
    assert heights[0] == heights[4]


@pytest.mark.parametrize("days", [1, 30, 400, 4000])
def test_whatever_the_times_are_all_is_drawn_between_the_names_and_the_edge(days):
    own = goes_on(Stretch("open", -days, 0), Stretch("CIN", 0, days))
    picture = drawn(own, ended(30, 31), ended(30))
    strips = steps(picture)[:4]
    assert all(SIZE.left <= x and x + width <= SIZE.width for x, width, _ in strips)
    placed = {said: float(x) for x, _, _, said in TEXT.findall(picture)}
    assert placed[GOES_ON] + len(GOES_ON) * KEY_LETTER <= SIZE.width


def test_every_case_begins_its_level_at_the_same_place_and_years_are_counted_from_there():
    picture = drawn(goes_on(Stretch("CIN", 0, 800)), ended(30))
    first, second = steps(picture)[:2]
    assert first[0] == second[0]
    words = [said for _, _, _, said in TEXT.findall(picture)]
    assert {FIRST_DAY, "1 year", "2 years"} <= set(words)


def test_who_came_back_has_an_arrow_and_the_year_ends_there():
    arrows = drawn(goes_on(Stretch("CIN", 0, 9)), ended(30, 90), ended(30)).count("a7 7 0 0 0")
    assert arrows == 1 + 1  # its strip's, and the key's
