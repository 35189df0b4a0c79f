"""The picture of linked adults: what is written in it, and how a link that ended is drawn."""

from itertools import combinations
from urllib.parse import unquote

import pytest

from charts.network import GROUND, Box, Line, network


@pytest.fixture
def drawn():
    """The drawing of a family, two adults and another family, as SVG."""
    columns = (
        [Box("from A", ("This family",))],
        [
            Box("P", ("Gilbert <i>Wanderer</i>",)),
            Box("Q", ("A name that is much too long for it",)),
        ],
        [Box("B", ("Family bcdf", "Unit 3", "case open"))],
    )
    lines = [Line("from A", "P", "father"), Line("P", "B", "ended: uncle", is_ended=True)]
    return unquote(str(network(columns, lines, "Two links")).split("svg+xml,")[1])


def test_names_are_text_and_cut_where_they_are_too_long(drawn):
    assert "&lt;i&gt;" in drawn and "<i>" not in drawn
    assert "A name that is much …" in drawn and "too long" not in drawn


def test_a_link_that_ended_is_dashed_and_one_that_goes_on_is_not(drawn):
    lines = [one for one in drawn.split("/>") if "<line" in one]
    assert ["stroke-dasharray='none'" in one for one in lines] == [True, False]


def _number(drawn: str, name: str) -> float:
    return float(drawn.split(f" {name}='")[1].split("'")[0])


def test_columns_stand_from_left_to_right_and_every_box_is_within_the_drawing(drawn):
    boxes = [one for one in drawn.split("/>") if "<rect" in one and "rx='6'" in one]
    across = [_number(one, "x") for one in boxes]
    down = [_number(one, "y") for one in boxes]
    assert across == sorted(across) and len(set(across)) == 3 and min(down) > 0


def test_words_of_lines_that_cross_stand_apart():
    columns = (
        [Box("from A", ("This family",))],
        [Box(adult, (adult,)) for adult in "PQR"],
        [Box(family, (family,)) for family in "BCD"],
    )
    lines = [Line("P", "D", "uncle"), Line("Q", "C", "father"), Line("R", "B", "aunt")]
    drawn = unquote(str(network(columns, lines, "Three links")).split("svg+xml,")[1])
    grounds = [one for one in drawn.split("/>") if "<rect" in one and "rx='4'" in one]
    boxes = [[_number(one, side) for side in ("x", "y", "width")] for one in grounds]
    assert len(boxes) == 3
    for (x, y, wide), (other_x, other_y, other_wide) in combinations(boxes, 2):
        beside = x + wide <= other_x or other_x + other_wide <= x
        assert beside or abs(y - other_y) >= GROUND
