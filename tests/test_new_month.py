"""A month that is still being entered, in every place: hollow, and judged at its age."""

import csv
import io
from dataclasses import replace
from urllib.parse import unquote

import pytest
from pptx import Presentation

from charts.palette import QUIET, WHITE
from charts.room import room_chart
from charts.spark import sparkline
from charts.trend.told import trend
from exports.disclosure import protected
from exports.excel.workbook import write_slides
from exports.pack import pack
from exports.powerpoint.deck import write_deck
from exports.trend_data import trend_columns
from metrics.catalogue import CATALOGUE
from metrics.figures import Figures
from metrics.model import SERVICE, Period, Tally, View
from metrics.publication import PublishedWords
from metrics.sentence import sentence
from metrics.spc.chart_details import chart_details
from metrics.spc.chart_reading import Latest, Mark
from metrics.stored.people import people_key
from metrics.units.limited import limited_to
from tests.exports.made_up import LOAD, SEPTEMBER, UNITS
from tests.exports.made_up import settings as made_up_settings
from tests.exports.opened import Opened
from ui.address import read_address
from ui.metric.chart import trend_csv, trend_table, why_this_chart

VISITS = CATALOGUE["visits_out_of_timescale"]
ENTERED, KNOWN = f"{VISITS.key}.entered_after", "recorded_in_time.recording_known"
STOOD = f"{VISITS.key}.stood"
AUGUST = SEPTEMBER.shift(-1)
NAME = "Earlier months as known 3 days after their end"
AT_AGE = "As known 3 days after their end"
WHOLE = View(SEPTEMBER)


def council(latest: int = 30) -> Figures:
    """20 or 22 of 100 late in 24 months, 7 to 9 of 100 entered in time after the month was told."""
    tallies: dict[tuple[str, str | None, Period], Tally] = {}
    for at, month in enumerate(SEPTEMBER.run_up(25)):
        for unit_id in (SERVICE, "U1"):
            is_new = month == SEPTEMBER
            late = latest if is_new else 20 + at % 2 * 2
            tallies[VISITS.key, unit_id, month] = Tally(late, 100)
            later = 0 if is_new else 7 + at % 3
            tallies[ENTERED, unit_id, month] = Tally(later, 100)
            tallies[STOOD, unit_id, month] = Tally(late + later, 100)
            tallies["recorded_in_time", unit_id, month] = Tally(80, 100)
            tallies[KNOWN, unit_id, month] = Tally(100, 100)
            tallies[people_key(VISITS.key), unit_id, month] = Tally(late, 100)
    return Figures(LOAD, made_up_settings(), tallies, {**UNITS, SERVICE: "Service"})


def published(figures: Figures) -> Figures:
    """August as it was published at 35%, when nothing had been entered after it yet."""
    then = {(VISITS.key, AUGUST): Tally(35, 100), (ENTERED, AUGUST): Tally(0, 100)}
    tallies = {key: then.get((key[0], key[2]), one) for key, one in figures.tallies.items()}
    words: dict[tuple[str, str | None, Period], PublishedWords] = {
        (VISITS.key, unit_id, AUGUST): PublishedWords("35%", ()) for unit_id in (SERVICE, "U1")
    }
    return replace(figures, tallies=tallies, published_words=words, live=figures)


def address(figures: Figures, **said: str):
    return read_address({"metric": VISITS.key, "month": "2016-09", **said}, figures)


def test_what_late_entry_will_change_is_told_from_what_is_known_now_also_of_published_months():
    live = council()
    # As every month was published when nothing had been entered after it yet.
    then = {k: Tally(0, 100) if k[0] == ENTERED else one for k, one in live.tallies.items()}
    as_published = replace(published(live), tallies=then)
    told, shown = (one.compared_result(VISITS, WHOLE) for one in (live, as_published))
    assert told.probable == (21.0, 23.0)
    assert (shown.expected, shown.probable) == (told.expected, told.probable)
    assert shown.chart is not None
    assert shown.chart.probable == told.probable


def test_a_published_month_is_as_published_in_the_next_one_s_chart_and_at_its_age_as_known_now():
    reading = published(council()).reading(VISITS, WHOLE)
    assert reading.points[-2].value == 35
    months = dict(reading.same_age)
    assert months[AUGUST] == 22 + 7 + 23 % 3
    assert reading.mark is Mark.COMMON_CAUSE
    assert "As published, and otherwise known now: 1 of the months before Sep" in reading.why


def test_a_new_month_that_is_worse_than_others_were_at_its_age_is_marked_and_said():
    result = council(latest=60).compared_result(VISITS, WHOLE)
    assert result.chart is not None
    assert (result.chart.mark, result.chart.latest) == (Mark.CONCERN, Latest.STILL_ENTERED)
    said = sentence(result)
    assert "60% so far in September 2016. Concerning: above the usual range" in said
    assert "for a month 3 days after its end." in said


def test_the_year_before_is_taken_at_the_same_age():
    result = council().compared_result(VISITS, WHOLE)
    (said,) = [one for one in result.differences if "2015" in one]
    at = len(SEPTEMBER.run_up(25)) - 13
    apart = 30 - (20 + at % 2 * 2 + 7 + at % 3)
    assert said.startswith(
        f"Against September 2015 as known 3 days after its end: {apart:+} points"
    )


def test_where_ages_are_not_known_a_new_month_is_not_set_beside_the_year_before():
    figures = council()
    bare = {key: one for key, one in figures.tallies.items() if key[0] != KNOWN}
    result = replace(figures, tallies=bare).compared_result(VISITS, WHOLE)
    assert not [one for one in result.differences if "2015" in one]


def test_slides_for_others_tell_nothing_of_ages():
    shown = protected(published(council())).figures
    reading = shown.reading(VISITS, WHOLE)
    assert shown.live is None
    assert (reading.at_age, reading.same_age, reading.probable) == (None, (), None)
    assert (reading.latest, reading.mark) == (Latest.STILL_ENTERED, None)


def test_who_sees_one_unit_is_given_no_other_s_months_as_known_now_either():
    limited = limited_to(published(council()), ["U2"])
    assert limited.live is not None
    assert {unit_id for _, unit_id, _ in limited.live.tallies} == {SERVICE}


def test_the_page_draws_it_hollow_over_a_bar_beside_a_dotted_line_with_its_name():
    figure = trend(council().compared_result(VISITS, WHOLE))
    *_, dotted, line = figure.data
    assert (line.marker.color[-1], line.marker.line.color[-1]) == (WHITE, QUIET)
    assert WHITE not in line.marker.color[:-1]
    assert (dotted.line.dash, dotted.y[0]) == ("dot", 27)
    assert list(line.y[:2]) == [20, 22]
    (bar,) = [one for one in figure.layout.shapes if one.x0 == one.x1]
    assert (bar.y0, bar.y1) == (21, 23)
    words = " ".join(one.text for one in figure.layout.annotations)
    assert f"{NAME} (dotted)" in words.replace("<br>", " ")
    assert "expect 21–23%" in words
    assert "usual once<br>entered " in words


def test_a_month_that_is_not_new_has_none_of_it():
    figure = trend(council().compared_result(VISITS, View(AUGUST)))
    assert WHITE not in figure.data[-1].marker.color
    assert not figure.layout.shapes
    assert "expect" not in " ".join(one.text for one in figure.layout.annotations)


def test_the_line_in_a_cell_and_the_room_s_chart_end_in_a_ring_over_a_bar():
    reading = council().reading(VISITS, WHOLE)
    spark = unquote(str(sparkline(reading)))
    assert f"fill='{WHITE}' stroke='{QUIET}'" in spark
    assert f"stroke='{QUIET}' stroke-width='2.4'" in spark
    room = unquote(str(room_chart(reading, VISITS.measure.written, "")))
    assert f"{NAME} (dotted)" in room
    assert ">expect<" in room
    assert ">21–23%<" in room
    assert room.count(f"r='7' fill='{WHITE}'") == 1


def test_the_table_and_the_file_have_the_same_months_and_those_at_its_age_in_a_column():
    figures = council()
    at = address(figures)
    rows = list(csv.DictReader(io.StringIO(trend_csv(at, figures).removeprefix("\ufeff"))))
    new, august = rows[:2]
    assert (new["Value"], new[AT_AGE]) == ("30.0", "")
    assert (august["Value"], august[AT_AGE]) == ("22.0", "31.0")
    said = "● Nothing unusual beside months at its age; still being entered, expect 21–23%"
    assert new["Reading"] == said
    assert said in trend_table(at, figures)
    assert AT_AGE in trend_table(at, figures)


def test_the_sheet_and_both_slides_draw_the_same_series():
    figures = council()
    columns = {
        one.heading: one.values
        for one in trend_columns(pack(figures, SEPTEMBER, [], "service"), VISITS)
    }
    assert columns["Value"][-2:] == [22, 30]
    assert columns[AT_AGE][-2:] == [31, None]
    assert [columns[name][-1] for name in ("Probably at least", "Probably at most")] == [21, 23]
    assert (columns["So far"][-2], columns["So far"][-1]) == (None, 30)
    book = Opened(write_slides(figures, SEPTEMBER, [], "service"))
    (last,) = [one for one in book.rows_of(f"Data {VISITS.number}") if one["So far"] is not None]
    assert last["Value"] == last["So far"] == 30
    deck = Presentation(io.BytesIO(write_deck(figures, SEPTEMBER, [], "service")))
    names = [
        [series.name for series in shape.chart.plots[0].series]
        for slide in deck.slides
        for shape in slide.shapes
        if shape.has_chart and "Value" in [one.name for one in shape.chart.plots[0].series]
    ]
    drawn = next(one for one in names if "So far" in one)
    assert drawn[3:7] == [AT_AGE, "Probably at least", "Probably at most", "Value"]
    assert drawn[-2:] == ["So far", "So far, inside"]


@pytest.mark.parametrize("was", [35, 22])
def test_a_chart_that_is_drawn_as_published_says_which_of_its_months_have_another_value_now(was):
    figures = council()
    tallies = {**figures.tallies, (VISITS.key, SERVICE, AUGUST): Tally(was, 100)}
    kept = chart_details(replace(figures, tallies=tallies).reading(VISITS, WHOLE))
    words = PublishedWords("30%", (), chart=kept)
    shown = replace(figures, published_words={(VISITS.key, SERVICE, SEPTEMBER): words})
    said = str(why_this_chart(address(shown), shown))
    otherwise = "another value today: August 2016 35%, now 22%."
    assert (otherwise in said) == (was == 35)
    assert shown.reading(VISITS, WHOLE).points[-2].value == was
