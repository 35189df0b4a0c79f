"""Tables, sparklines, timelines and the trend: what is drawn is what was given."""

from datetime import date
from urllib.parse import unquote

import pytest

from charts.svg import dot_on_line, sparkline, two_lines
from charts.tables import csv_text, link, table
from charts.timeline import Lane, Mark, Span, timeline
from charts.trend import trend
from charts.words import number_words, words
from metrics.catalogue import CATALOGUE
from metrics.model import Period, Result, Scope, Tally, View


def results(*tallies: Tally | None, target: float | None = None) -> list[Result]:
    metric, first = CATALOGUE["direct_work"], Period(2016, 7)
    return [
        Result(metric, View(first.shift(at), Scope("U1")), "Unit 1", tally, target=target)
        for at, tally in enumerate(tallies)
    ]


@pytest.mark.parametrize(
    ("value", "said"),
    [
        (None, "–"),
        (True, "yes"),
        (False, "no"),
        (date(2016, 10, 3), "3 October 2016"),
        (0, "0"),
        (-1.5, "−1.5"),
        (0.25, "0.25"),
        (2.0, "2"),
        ("late", "late"),
    ],
)
def test_values_read_as_words(value, said):
    assert words(value) == said


def test_thousands_are_set_apart_by_a_thin_space():
    assert number_words(12345) == "12\u2009345"
    assert number_words(-1234.5) == "−1\u2009234.5"


def test_text_in_a_table_is_escaped_and_a_link_is_not():
    html = table(["<b>"], [["<i>"], [link("./?a=1&b=2", "R & D")]])
    assert "&lt;b&gt;" in html
    assert "&lt;i&gt;" in html
    assert '<a href="./?a=1&amp;b=2" target="_self">R &amp; D</a>' in html


def test_numbers_stand_to_the_right_and_a_dash_does_not_change_that():
    html = table(["n", "name"], [[1, "a"], [None, "b"]])
    assert '<th scope="col" class="cs-number">n</th>' in html
    assert '<th scope="col">name</th>' in html


def test_a_csv_cell_that_a_spreadsheet_would_run_is_quoted():
    assert csv_text(["a"], [["=1+1"], ["@x"], ["plain"], [None], [-2]]).splitlines() == [
        "\ufeffa",
        "'=1+1",
        "'@x",
        "plain",
        '""',
        "-2",
    ]


def test_a_sparkline_breaks_where_a_month_has_no_value():
    drawn = unquote(sparkline([1, 2, None, 3, 4], 0, 4, "")).count("<polyline")
    assert drawn == 2


def test_a_sparkline_ends_with_a_dot_only_if_the_last_month_has_a_value():
    assert "r='5'" in unquote(sparkline([1, 2], 0, 4, ""))
    assert "r='5'" not in unquote(sparkline([1, None], 0, 4, ""))


def test_two_lines_are_told_apart_without_colour_and_break_where_a_month_has_no_value():
    drawn = unquote(two_lines([1, 1, None, 2, 2], [3, 4, None, 4, 3], 8, ""))
    assert drawn.count("<polyline") == 4
    assert drawn.count("stroke-dasharray='3 3'") == 2


def test_a_unit_without_a_value_has_no_dot():
    assert "<circle" in unquote(dot_on_line(1, 0, 2, 1, False, ""))
    assert "<circle" not in unquote(dot_on_line(None, 0, 2, 1, False, ""))


def test_a_timeline_shows_who_was_tried_and_not_seen_as_a_ring():
    lanes = [
        Lane("Status", [Span(date(2016, 1, 1), None, "looked <after>")]),
        Lane("Visits", (), [Mark(date(2016, 2, 1), "ring"), Mark(date(2016, 3, 1))]),
    ]
    drawn = unquote(timeline(lanes, date(2016, 10, 31), "a journey"))
    assert "looked &lt;after&gt;" in drawn
    assert drawn.count("stroke-width='3'/>") >= 1
    assert drawn.count("r='8'") == 1


def test_a_timeline_of_nothing_is_drawn():
    assert "data:image/svg+xml" in timeline([], date(2016, 10, 31), "nothing")


def test_the_trend_says_its_last_value_and_target_without_hovering():
    figure = trend(results(Tally(1, 4), None, Tally(1, 2), target=50.0))
    said = [one.text for one in figure.layout.annotations]
    assert "<b>50%</b>" in said
    assert "target 50%" in said
    assert figure.data[0].y == (25.0, None, 50.0)
    assert figure.data[0].line.width >= 3
    assert figure.data[0].connectgaps is False


def test_a_trend_without_any_value_is_drawn_empty():
    assert not trend(results(None, None)).layout.annotations
