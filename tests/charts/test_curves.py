"""Curves of two cohorts: no name is cut, however long, wide or narrow."""

import re
from urllib.parse import unquote

import pytest

from charts.curves import LETTER, NARROW, SIZE, WIDE, curves

LONG = "Unit 2, Unit 3, Unit 4, East area and West area"


def curve(name: str) -> dict:
    return {
        "name": name,
        "days": [30],
        "had": [0.2],
        "low": [0.1],
        "high": [0.3],
        "at_risk": [20, 10, 0],
        "few_from": 200,
        "last": 200,
    }


@pytest.mark.parametrize("drawn", ["wide", "narrow"])
def test_the_whole_name_stands_above_the_curves_and_beneath_them(drawn):
    html = curves([curve("East area"), curve(LONG)], "says")
    drawing = unquote(re.split(rf'<img class="cs-drawn-{drawn}"', html)[1].split('">')[0])
    assert "…" not in drawing
    words = " ".join(re.findall(r">([^<>]+)</text", drawing))
    assert words.count(LONG) == 2 and f"{LONG}: still followed" in words
    places = [
        (float(y), float(x)) for x, y in re.findall(r"<text x='([-.0-9]+)' y='([-.0-9]+)'", drawing)
    ]
    assert len(places) == len(set(places))


@pytest.mark.parametrize("last", [200, 276])
@pytest.mark.parametrize(("drawn", "width"), [("wide", WIDE), ("narrow", NARROW)])
def test_no_number_is_cut_at_the_edge_and_no_quarter_stands_empty(drawn, width, last):
    few = [{**curve(name), "at_risk": [20, 10], "last": last} for name in ("East area", LONG)]
    drawing = unquote(re.split(rf'<img class="cs-drawn-{drawn}"', curves(few, "says"))[1])
    numbers = re.findall(r"<text x='([-.0-9]+)'[^>]* text-anchor='middle'[^>]*>([^<]+)<", drawing)
    assert numbers
    for x, words in numbers:
        assert float(x) + len(words) * LETTER * SIZE / 2 <= width
    assert {words for _, words in numbers if words.isdigit()} >= {"3", "6", "9"}
    assert "12" not in {words for _, words in numbers}
