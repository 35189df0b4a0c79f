"""Tables, sparklines, timelines and the trend: what is drawn is what was given."""

import re
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from urllib.parse import unquote

import pytest

from charts.palette import INK, OCHRE, WHITE
from charts.spark import sparkline
from charts.svg import dot_on_line, two_lines
from charts.tables import link, stacked, table
from charts.timeline import DESK, ROOM, DayEvent, Lane, Span, timeline, without_words
from charts.trend.told import trend
from charts.words import number_words, words
from metrics.catalogue import CATALOGUE
from metrics.model import Measure, Period, Scope, Tally, View
from metrics.publication import Note, NoteKind
from metrics.result import Result
from metrics.spc.month_charts import trend_reading
from metrics.writing import count

AS_AT = date(2018, 1, 31)


def told(*tallies: Tally | None, target: float | None = None) -> Result:
    """The last month of a run of direct work from January 2015 on, with its chart."""
    metric, first = CATALOGUE["direct_work"], Period(2015, 1)
    run = [
        Result(metric, View(first.shift(at), Scope("U1")), "Unit 1", tally, target=target)
        for at, tally in enumerate(tallies)
    ]
    return replace(run[-1], chart=trend_reading(run, AS_AT))


def drawn(*tallies: Tally | None) -> str:
    chart = told(*tallies).chart
    assert chart is not None
    return unquote(sparkline(chart))


STEADY = [Tally(10 + at % 3, 40) for at in range(15)]


@pytest.mark.parametrize(
    ("value", "said"),
    [
        (None, "–"),
        (True, "yes"),
        (False, "no"),
        (date(2016, 10, 3), "3 October 2016"),
        (0, "0"),
        (-1.5, "−1.5"),
        (-0.5, "−0.5"),
        (-0.004, "0"),
        (0.995, "1"),
        (99.999, "100"),
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


def test_days_are_numbers_too():
    html = table(["Unit", "Value", "Tried"], [["Unit 1", "1\u2009028 days", "1 day late"]])
    assert '<td class="cs-number">1\u2009028 days</td>' in html
    assert "<td>1 day late</td>" in html


def test_a_sparkline_breaks_where_a_month_has_no_value():
    one, two = Tally(1, 4), Tally(2, 4)
    assert drawn(one, two, None, one, two).count("<polyline") == 2


def test_a_sparkline_ends_with_a_dot_only_if_the_last_month_has_a_value():
    assert "r='5.0'" in drawn(Tally(1, 4), Tally(2, 4))
    assert "r='5.0'" not in drawn(Tally(1, 4), None)


def test_a_month_between_two_gaps_is_seen():
    assert drawn(Tally(1, 4), Tally(2, 4), None, Tally(1, 4), None).count("<circle") == 1


def test_a_sparkline_has_a_band_and_the_marked_points_in_their_colour():
    usual, unusual = drawn(*STEADY), drawn(*STEADY, Tally(2, 40))
    assert usual.count("<polygon") == 1
    assert OCHRE not in usual
    assert unusual.count(f"r='5.0' fill='{OCHRE}'") == 1


def test_without_limits_there_is_no_band():
    assert "<polygon" not in drawn(*STEADY[:5])


def test_two_lines_are_told_apart_without_colour_and_break_where_a_month_has_no_value():
    drawn = unquote(two_lines([1, 1, None, 2, 2], [3, 4, None, 4, 3], 8, ""))
    assert drawn.count("<polyline") == 4
    assert drawn.count("stroke-dasharray='3 3'") == 2


def test_a_unit_without_a_value_has_no_dot():
    assert "<circle" in unquote(dot_on_line(1, (0, 2), 1, None, False))
    assert "<circle" not in unquote(dot_on_line(None, (0, 2), 1, None, False))


def test_a_timeline_shows_who_was_tried_and_not_seen_as_an_open_bar():
    lanes = [
        Lane("Status", [Span(date(2016, 1, 1), None, "looked <after>")]),
        Lane("Visits", (), [DayEvent(date(2016, 2, 1), "tried"), DayEvent(date(2016, 3, 1))]),
    ]
    drawn = unquote(timeline(lanes, date(2016, 10, 31), "a journey"))
    assert "looked &lt;after&gt;" in drawn
    for inside in (INK, WHITE):
        assert drawn.count(f"height='20' fill='{inside}'") == 1


def test_a_timeline_of_nothing_is_drawn():
    assert "data:image/svg+xml" in timeline([], date(2016, 10, 31), "nothing")


def test_a_unit_s_interval_is_drawn_around_its_dot():
    without, around = (
        unquote(dot_on_line(50, (0, 100), 40, interval, False)) for interval in (None, (25, 75))
    )
    assert around.count("<line") == without.count("<line") + 1
    assert "x1='70.0' x2='190.0'" in around


def texts(figure) -> list[str]:
    return [one.text for one in figure.layout.annotations]


def test_the_trend_says_its_last_value_and_target_without_hovering():
    figure = trend(told(Tally(1, 4), None, Tally(1, 2), target=50.0))
    assert "<b>50%</b>" in texts(figure)
    assert "target 50%" in texts(figure)
    assert figure.data[0].y == (25.0, None, 50.0)
    assert figure.data[0].line.width >= 3
    assert figure.data[0].connectgaps is False


def test_the_usual_range_is_a_band_that_says_its_ends():
    figure = trend(told(*STEADY))
    lower, upper, mean, line = figure.data
    assert upper.fill == "tonexty"
    assert max(lower.y) < min(line.y) < mean.y[0] < max(line.y) < min(upper.y)
    assert any(text.startswith("usual<br>") for text in texts(figure))


def test_a_marked_point_is_told_by_shape_and_colour():
    *_, line = trend(told(*STEADY, Tally(2, 40))).data
    assert (line.marker.symbol[-1], line.marker.color[-1]) == ("triangle-down", OCHRE)
    assert (line.marker.symbol[0], line.marker.size[0]) == ("circle", 9)
    assert line.marker.size[-1] > 9


def test_lines_break_where_limits_begin_anew_and_the_reason_stands_there():
    run = told(*STEADY, *(Tally(30 + at % 3, 40) for at in range(15)))
    month = Period(2016, 4)
    moment = datetime(2016, 5, 1, tzinfo=UTC)
    note = Note(
        "1", NoteKind.NEW_LIMITS, month.start, "Diaries moved to the new system", "A", moment
    )
    chart = run.chart
    assert chart is not None
    again = judged_again(run, month)
    assert len(trend(run).data) == 4
    broken = trend(again, [note])
    assert len(broken.data) == 8
    assert any(text.startswith("new limits: Diaries moved") for text in texts(broken))


def judged_again(run: Result, month: Period) -> Result:
    """The same run with limits that begin anew with `month`."""
    assert run.chart is not None
    months = [
        Result(
            run.metric,
            View(point.when, run.view.scope),
            run.unit_name,
            Tally(point.numerator or 0, point.denominator or 0),
        )
        for point in run.chart.points
        if isinstance(point.when, Period)
    ]
    return replace(run, chart=trend_reading(months, AS_AT, [month]))


def test_the_service_is_drawn_beneath_only_while_there_are_no_limits():
    few, enough = told(*STEADY[:5]), told(*STEADY)
    service = [replace(few, unit_name="Service")]
    assert any("Service" in text for text in texts(trend(few, (), service)))
    assert not any("Service" in text for text in texts(trend(enough, (), service)))


def test_a_trend_without_any_value_is_drawn_empty():
    assert not trend(told(None, None)).layout.annotations


def test_the_halves_of_rows_add_up_as_they_are_written():
    """Rows of distance travelled: what is read off them is what the headline says."""
    halves = [-0.5, 0.5, -1.5, 2, -0.5]
    read = [float(number_words(half).replace("−", "-")) for half in halves]
    assert read == halves
    assert Measure.POINTS.written(sum(read) / len(read)) == "+0.0"
    assert count(-0.5) == "−0.5"
    assert count(-0.04) == "0.0"


def words_in(svg: str) -> list[tuple[float, float, str, str]]:
    """Each word of a timeline: where it stands, how it is anchored, and what it is."""
    found = re.findall(
        r"<text x='([\d.]+)' y='([\d.]+)'[^>]*?text-anchor='(\w+)'>([^<]*)<", unquote(svg)
    )
    return [(float(x), float(y), anchor, said) for x, y, anchor, said in found]


@pytest.mark.parametrize("size", [DESK, ROOM])
def test_no_score_lies_on_another_however_close_their_days_are(size):
    days = [date(2016, 1, 1) + timedelta(days=9 * at) for at in range(40)]
    lane = Lane("Safety", (), [DayEvent(day, "scored", "10.5") for day in days])
    scores = [one for one in words_in(timeline([lane], days[-1], "", size)) if one[3] == "10.5"]
    assert len(scores) > 10
    half = 4 * size.letter / 2
    for at, (x, y, _, _) in enumerate(scores):
        for other_x, other_y, _, _ in scores[at + 1 :]:
            assert abs(y - other_y) > size.text * 0.9 or abs(x - other_x) >= 2 * half


def test_scores_that_have_room_stand_in_one_row():
    lane = Lane("Safety", (), [DayEvent(date(2016, at, 1), "scored", "5") for at in (1, 6, 11)])
    scores = [one for one in words_in(timeline([lane], date(2016, 12, 1), "")) if one[3] == "5"]
    assert len({y for _, y, _, _ in scores}) == 1


def test_a_timeline_ends_on_the_data_s_last_day_and_names_it():
    last = date(2016, 10, 14)
    svg = unquote(timeline([Lane("Visits", (), [DayEvent(date(2016, 2, 1))])], last, ""))
    assert "14 Oct 16" in svg
    lines = [float(x) for x in re.findall(r"<line x1='([\d.]+)'", svg)]
    assert max(lines) == DESK.width - DESK.right
    assert not [said for *_, said in words_in(svg) if said in ("Nov 16", "Oct 16")]


def not_seen(days: int) -> Lane:
    """A gap of so many days within two years."""
    since = date(2016, 3, 1)
    whole = Span(date(2015, 1, 1), date(2017, 1, 1), "whole")
    words = ("no visit from 1 Mar to then", "1 Mar to then", f"{days} days")
    gap = Span(since, since + timedelta(days), words[0], "gap", words[1:])
    return Lane("Not seen", [whole, gap])


@pytest.mark.parametrize(
    ("days", "said"), [(300, "no visit from"), (140, "1 Mar to then"), (80, "80 days"), (9, "")]
)
def test_a_box_has_the_longest_words_that_it_has_room_for_and_none_is_cut(days, said):
    drawn = unquote(timeline([not_seen(days)], date(2017, 1, 1), "", ROOM))
    assert "…" not in drawn
    words = re.findall(r">([^<>]*(?:Mar to|days)[^<>]*)</text>", drawn)
    assert [one.startswith(said) for one in words] == ([True] if said else [])
    narrow = without_words([not_seen(days)], date(2017, 1, 1), ROOM)
    assert len(narrow) == (0 if said else 1)


def test_each_cell_of_a_stacked_table_says_its_heading_as_its_column_does():
    html = stacked(("Who", "Due", "“Why”"), [("A & B", date(2016, 10, 3), "<late>")])
    assert '<th scope="row" role="rowheader">A &amp; B</th>' in html
    assert '<td role="cell" data-heading="Due, 2016" class="cs-day">3 Oct</td>' in html
    assert '<td role="cell" data-heading="“Why”">&lt;late&gt;</td>' in html
