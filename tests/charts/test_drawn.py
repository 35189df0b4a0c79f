"""The large chart drawn on the server: the same as plotly's, and every month can be pointed at."""

import re
from dataclasses import replace
from datetime import UTC, date, datetime
from html import unescape
from urllib.parse import unquote
from xml.etree import ElementTree

import pytest
from hypothesis import given

from charts.closer.chart import closer
from charts.trend.drawn import NARROW, WIDE, chart_file, drawn
from charts.trend.told import trend_told
from metrics.catalogue import CATALOGUE
from metrics.model import Period, Scope, Tally, View
from metrics.publication import Note, NoteKind
from metrics.result import Result
from tests.charts.test_drawings import STEADY, told
from tests.readings import readings

SVG = "{http://www.w3.org/2000/svg}"
NOTE = Note(
    "1",
    NoteKind.WORDS,
    date(2016, 5, 1),
    "Flu in <Unit> & more",
    "A",
    datetime(2016, 5, 2, tzinfo=UTC),
)


def pictures(html: str) -> list[ElementTree.Element]:
    sources = re.findall(r'src="data:image/svg\+xml,([^"]*)"', html)
    return [ElementTree.fromstring(unquote(unescape(source))) for source in sources]


def texts(picture: ElementTree.Element) -> list[str]:
    return ["".join(one.itertext()) for one in picture.iter(f"{SVG}text")]


@given(readings())
def test_any_months_are_drawn_in_both_widths_and_inside_the_picture(reading):
    if not reading.points:
        return
    metric = CATALOGUE["visits_out_of_timescale"]
    result = Result(metric, View(Period(2016, 9), Scope("U2")), "Unit 2", None, chart=reading)
    for picture, width in zip(pictures(drawn(result)), (WIDE, NARROW), strict=True):
        assert int(picture.attrib["width"]) == width
        circles = list(picture.iter(f"{SVG}circle"))
        assert all(0 <= float(one.attrib["cx"]) <= width for one in circles)
        assert all(0 <= float(one.attrib["cy"]) <= 370 for one in circles)


def test_every_month_says_its_value_of_how_many_its_range_and_how_it_is_read():
    html = str(drawn(told(*STEADY, Tally(2, 40))))
    labels = re.findall(r'aria-label="([^"]*)"', html)
    assert len(labels) == len(STEADY) + 1
    assert re.fullmatch(
        r"\w+ 2016: 5%\. 2 [of÷]+ 40\. usual [\d–%]+, mean \d+%\. ▼ Concerning: .*", labels[-1]
    )


def test_the_months_are_one_stop_for_the_tab_key_and_it_is_the_latest():
    html = str(drawn(told(*STEADY)))
    assert len(set(re.findall(r'type="radio" name="([^"]*)"', html))) == 1
    assert [one for one in re.findall(r"<input[^>]*>", html) if "checked" in one] == [
        re.findall(r"<input[^>]*>", html)[-1]
    ]


def test_a_month_without_a_value_says_so_and_breaks_the_line():
    html = str(drawn(told(Tally(1, 4), Tally(2, 4), None, Tally(1, 2), Tally(1, 2))))
    assert html.count(': no value"') == 1
    wide, _ = pictures(html)
    lines = [one for one in wide.iter(f"{SVG}polyline") if one.attrib["stroke-width"] == "4"]
    assert len(lines) == 2


def test_words_that_people_wrote_are_words_and_no_markup():
    wide, narrow = pictures(str(drawn(told(*STEADY), [NOTE])))
    assert "note: Flu in <Unit> & more" in texts(wide)
    assert "note: Flu in <Unit> & more" in texts(narrow)


@pytest.mark.parametrize("target", [None, 50.0])
def test_what_plotly_would_say_is_said(target):
    result = told(*STEADY, target=target)
    wide, _ = pictures(str(drawn(result)))
    for annotation in trend_told(result)["layout"]["annotations"]:
        for line in re.sub("<(?!br)[^>]*>", "", annotation["text"]).split("<br>"):
            assert line in texts(wide)


def test_a_file_of_it_is_a_picture_that_stands_alone_with_its_title():
    picture = ElementTree.fromstring(chart_file(replace(told(*STEADY), unit_name="A & B")))
    title = picture.find(f"{SVG}title")
    assert title is not None
    assert str(title.text).endswith(", A & B")


def test_looked_at_closer_it_is_the_same_and_each_month_says_what_it_says_when_drawn():
    result = told(*STEADY)
    figure = closer(result)
    (line,) = [trace for trace in figure.data if trace.mode == "lines+markers"]
    labels = re.findall(r'aria-label="([^"]*)"', str(drawn(result)))
    assert [words.replace("<br>", ". ") for words in line.hovertext] == labels
    assert list(line.y) == trend_told(result)["data"][-1]["y"]


def test_the_usual_range_is_drawn_from_its_lower_to_its_upper_end():
    wide, _ = pictures(str(drawn(told(*STEADY))))
    (band,) = wide.iter(f"{SVG}polygon")
    heights = {float(point.split(",")[1]) for point in band.attrib["points"].split()}
    assert len(heights) >= 2
    points = [float(one.attrib["cy"]) for one in wide.iter(f"{SVG}circle")]
    assert min(heights) < min(points) < max(points) < max(heights)
