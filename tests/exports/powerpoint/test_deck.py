"""The PowerPoint deck: the same words and numbers as the workbook, and no more for others."""

import re
from dataclasses import replace
from datetime import date
from io import BytesIO
from zipfile import ZipFile

import pytest
from openpyxl import load_workbook
from pptx import Presentation
from pptx.enum.chart import XL_CHART_TYPE, XL_LABEL_POSITION
from pptx.util import Emu, Inches

from data_access.settings import Target
from exports.pack import pack
from exports.powerpoint.deck import CHART_BOTTOM, FOOT_TOP, height_of, write_deck
from exports.powerpoint.parts import BODY, ROOM, SMALL, by_slide, row_height, rows_by_slide
from exports.powerpoint.units import HOW_TO_READ, IN_A_ROW
from exports.slide_words import WHAT_COUNTS
from exports.text import lines_taken
from metrics.agenda_rules import worth_the_rooms_time
from metrics.catalogue import CATALOGUE
from metrics.model import SERVICE, Period, Scope, Tally, View
from metrics.sentence import sentence
from tests.exports.made_up import PLAIN, SEPTEMBER, UNITS, Counted, figures, on_slides, with_months

LINE = [*(20 + at % 3 for at in range(20)), 60]


def judged():
    """Sickness with limits, and a last month that stands out of them."""
    made = figures()
    moved: dict[tuple[str, str | None, Period], Tally] = {
        ("sickness", unit_id, SEPTEMBER.shift(at - len(LINE) + 1)): Tally(one, 100)
        for unit_id in (SERVICE, "U1")
        for at, one in enumerate(LINE)
    }
    return with_months(made, moved)


def missing_its_target():
    """Sickness as usual, about 21%, where 10% is the target, of the service and of Unit 1."""
    target = Target("sickness", 10, date(2015, 5, 1), "made up")
    made, calm = figures(targets=(target,)), [20 + at % 3 for at in range(21)]
    moved: dict[tuple[str, str | None, Period], Tally] = {
        ("sickness", unit_id, SEPTEMBER.shift(at - len(calm) + 1)): Tally(one, 100)
        for unit_id in (SERVICE, "U1")
        for at, one in enumerate(calm)
    }
    return with_months(made, moved)


def opened(made=None, **how):
    return Presentation(BytesIO(write_deck(made or figures(), SEPTEMBER, **how)))


def title_of(slide):
    return slide.shapes.title.text_frame.text


def titled(deck, begins):
    return next(one for one in deck.slides if title_of(one).startswith(begins))


def texts(slide):
    """Every line of the slide's words."""
    return [
        paragraph.text
        for shape in slide.shapes
        if shape.has_text_frame
        for paragraph in shape.text_frame.paragraphs
    ]


def words_of(deck, begins):
    """Every line of every slide so titled: a unit's figures may stand on several."""
    slides = [one for one in deck.slides if title_of(one).startswith(begins)]
    return [text for slide in slides for text in texts(slide)]


def charts(slide):
    return [shape.chart for shape in slide.shapes if shape.has_chart]


def test_each_metric_s_slide_is_titled_by_its_sentence():
    deck = opened()
    titles = [slide.shapes.title.text_frame.text for slide in deck.slides]
    for metric in on_slides():
        assert sentence(figures().compared_result(metric, View(SEPTEMBER))) in titles


def test_a_unit_s_name_is_no_formula_in_the_workbook_behind_a_chart():
    deck = opened(figures(units={"U1": "=1+1", "U2": "Unit 2", "EAST": "East area"}))
    behind = [
        load_workbook(BytesIO(chart.part.chart_workbook.xlsx_part.blob)).active
        for slide in deck.slides
        for chart in charts(slide)
    ]
    cells = [cell for sheet in behind for row in sheet for cell in row]
    assert "'=1+1" in [cell.value for cell in cells]
    assert not [cell.value for cell in cells if cell.data_type == "f"]


def test_each_unit_asked_for_has_a_slide_with_its_figures():
    deck = opened(unit_ids=["U2"])
    assert titled(deck, "Unit 2:")
    with pytest.raises(StopIteration):
        titled(deck, "Unit 1:")
    words = words_of(deck, "Unit 2:")
    for metric in on_slides():
        told = figures().compared_result(metric, View(SEPTEMBER, Scope("U2")))
        assert any(f"{metric.short_name} {told.written}" in text for text in words)


def test_a_unit_s_slide_has_a_message_a_chart_for_each_figure_and_no_table():
    deck = opened(judged())
    first, *others = [one for one in deck.slides if title_of(one).startswith("Unit 1:")]
    assert "sickness 60.0%, above the usual range" in title_of(first)
    assert "n = 100 FTE working days" in first.notes_slide.notes_text_frame.text
    assert not any(shape.has_table for slide in (first, *others) for shape in slide.shapes)
    assert sum(len(charts(slide)) for slide in (first, *others)) == len(on_slides())


def test_a_unit_s_title_says_which_targets_are_missed_and_its_chart_has_the_crossed_square():
    """As Month does; the service pack and Month are of the same figures."""
    slide = titled(opened(missing_its_target()), "Unit 1:")
    title = slide.shapes.title.text_frame.text
    assert "nothing unusual in 1 figure" in title
    assert title.endswith("; target not met without change: sickness")
    assert "● ☒ Sickness 22.0%" in texts(slide)
    assert any("☒ not met without change" in line for line in texts(slide))


def test_what_is_unusual_and_misses_its_target_too_is_said_to_do_both():
    made = replace(judged(), settings=missing_its_target().settings)
    slide = titled(opened(made), "Unit 1:")
    title = slide.shapes.title.text_frame.text
    assert "sickness 60.0%, above the usual range; target not met without change: sickness" in title
    assert "▼ ☒ Sickness 60.0%" in texts(slide)


def test_a_unit_s_slide_has_room_for_both_marks_and_for_what_they_mean():
    for metric in CATALOGUE.values():
        largest = metric.measure.written(100 if metric.measure.is_share else -1000)
        head = f"● ☒ {metric.short_name} {largest}"
        assert lines_taken(head, BODY, Emu(ROOM // IN_A_ROW).inches * 96) == 1
    assert [lines_taken(line, SMALL, ROOM.inches * 96) for line in HOW_TO_READ] == [1, 1]


def test_a_unit_without_a_figure_makes_no_slide_and_is_named():
    units: dict[str | None, str] = {**UNITS, "U9": "Unit 9"}
    none: Counted = {key: {**of_units, "U9": (0, 0)} for key, of_units in PLAIN.items()}
    deck = opened(figures(none, units))
    with pytest.raises(StopIteration):
        titled(deck, "Unit 9:")
    assert any("without a slide: Unit 9." in text for text in texts(deck.slides[0]))


def test_a_unit_that_counts_only_what_is_on_no_slide_makes_none_and_is_named():
    units: dict[str | None, str] = {**UNITS, "U9": "Unit 9"}
    off = next(one.key for one in CATALOGUE.values() if one not in on_slides())
    deck = opened(figures({**PLAIN, off: {"U1": (4, 40), "U9": (30, 60)}}, units))
    assert not [slide for slide in deck.slides if title_of(slide).startswith("Unit 9:")]
    assert any("without a slide: Unit 9." in text for text in texts(deck.slides[0]))


def test_that_a_unit_counts_nothing_is_not_told_where_it_hides_another():
    units: dict[str | None, str] = {**UNITS, "U9": "Unit 9"}
    none: Counted = {key: {**of_units, "U9": (0, 0)} for key, of_units in PLAIN.items()}
    few: Counted = {
        **none,
        "sickness": {"U1": (90, 900), "U2": (3, 900), "EAST": (90, 900), "U9": (0, 0)},
    }
    public = opened(figures(few, units), audience="public")
    hidden = pack(figures(few, units), SEPTEMBER, None, "public").hidden
    is_hidden = ("sickness", "U9", SEPTEMBER) in hidden
    assert is_hidden != any("without a slide: Unit 9" in text for text in texts(public.slides[0]))


def test_each_item_worth_the_room_s_time_has_a_slide_with_its_chart_and_its_question():
    made = judged()
    items = worth_the_rooms_time(made, SEPTEMBER).items
    slides = opened(made).slides
    assert items
    for item in items:
        about = [one for one in slides if one.shapes.title.text_frame.text == item.sentence]
        assert any(charts(one) and item.question in texts(one) for one in about)


def test_what_is_withheld_says_so_in_the_chart_itself():
    made = judged()
    hidden = {("sickness", SERVICE, SEPTEMBER.shift(-9)): Tally(3, 100)}
    some_hidden = replace(made, tallies={**made.tallies, **hidden})
    trend, bars = charts(titled(opened(some_hidden, audience="public"), "Sickness"))[:2]
    said = trend.chart_title.text_frame.text
    assert "Not shown, to protect small numbers: " in said
    assert str(SEPTEMBER.shift(-9)) in said
    few: Counted = {**PLAIN, "sickness": {"U1": (4, 110), "U2": (40, 132), "EAST": (44, 1460)}}
    bars = charts(titled(opened(figures(few), audience="public"), "Sickness"))[-1]
    assert "Unit 1 (not shown)" in list(bars.plots[0].categories)


def hidden_before():
    """Sickness of the service and of Unit 1, of which a month may not be told nine months ago."""
    made = judged()
    few = {("sickness", unit_id, SEPTEMBER.shift(-9)): Tally(3, 100) for unit_id in (SERVICE, "U1")}
    return replace(made, tallies={**made.tallies, **few})


WHY_NOT_JUDGED = "earlier months are not shown, to protect small numbers"


@pytest.mark.parametrize("audience", ["partners", "public"])
def test_what_is_not_judged_as_months_are_withheld_says_so_and_not_that_it_is_too_early(audience):
    deck = opened(hidden_before(), audience=audience)
    service = titled(deck, "Sickness").shapes.title.text_frame.text
    assert service.endswith(f"60.0% in September 2016. Not judged: {WHY_NOT_JUDGED}.")
    unit = titled(deck, "Unit 1:")
    assert f"1 not judged, as {WHY_NOT_JUDGED}" in unit.shapes.title.text_frame.text
    assert f"Not judged: {WHY_NOT_JUDGED}." in unit.notes_slide.notes_text_frame.text
    assert "○ Sickness 60.0%" in texts(unit)
    assert not any("not judged yet" in line for line in texts(unit)[1:])


@pytest.mark.parametrize("made", [hidden_before(), figures(), missing_its_target()])
@pytest.mark.parametrize("audience", ["service", "partners"])
def test_a_unit_s_title_counts_as_not_judged_what_its_charts_have_a_ring_for(made, audience):
    units = [one for one in opened(made, audience=audience).slides if is_calm_unit(one)]
    assert units
    for slide in units:
        rings = [line for line in texts(slide)[1:] if re.match("○ [A-Z]", line)]
        said = re.findall(r"(\d+)(?: figures?)? not judged", slide.shapes.title.text_frame.text)
        assert sum(map(int, said)) == len(rings)


def is_calm_unit(slide) -> bool:
    """Where nothing is unusual the title counts what is judged."""
    title = slide.shapes.title.text_frame.text
    return title.startswith(tuple(map("{}:".format, UNITS.values()))) and "usual range" not in title


def test_a_target_far_from_the_line_is_named_and_does_not_press_it_flat():
    chart = charts(titled(opened(), "Direct work"))[0]
    assert "Target" not in [series.name for series in chart.series]
    assert "Target 50%, above this scale" in chart.chart_title.text_frame.text


def test_the_chart_holds_the_points_limits_and_marks_of_the_page():
    made = judged()
    chart = made.reading(CATALOGUE["sickness"], View(SEPTEMBER))
    series = {
        one.name: list(one.values) for one in charts(titled(opened(made), "Sickness"))[0].series
    }
    assert series["Value"] == [point.value for point in chart.points]
    assert series["Upper limit"] == [chart.drawn(point.upper) for point in chart.points]
    assert series["Concerning"] == [None] * 20 + [60.0]


def test_what_is_worth_the_room_s_time_comes_first_with_its_question():
    slide = opened(judged()).slides[1]
    assert slide.shapes.title.text_frame.text == "Worth the room’s time"
    table = next(one.table for one in slide.shapes if one.has_table)
    assert table.cell(1, 0).text.startswith("Sickness, Service: 60.0%")
    assert table.cell(1, 0).text.endswith(": Unit 1.")
    assert table.cell(1, 1).text == "Are our people well?"


def test_bars_begin_at_0():
    every = [chart for slide in opened().slides for chart in charts(slide)]
    bars = [chart for chart in every if chart.chart_type is XL_CHART_TYPE.BAR_CLUSTERED]
    assert bars
    assert all(chart.value_axis.minimum_scale <= 0 for chart in bars)


def test_every_chart_and_table_is_described():
    shapes = [shape for slide in opened(judged()).slides for shape in slide.shapes]
    told = [
        shape._element.nvGraphicFramePr.cNvPr.get("descr")
        for shape in shapes
        if shape.has_chart or shape.has_table
    ]
    assert told
    assert all(told)


def test_nothing_is_smaller_than_sixteen_points_but_the_foot_and_the_source():
    paragraphs = [
        paragraph
        for slide in opened(judged()).slides
        for shape in slide.shapes
        for frame in frames(shape)
        for paragraph in frame.paragraphs
    ]
    small = [one for one in paragraphs if one.font.size.pt < 16]
    assert {one.font.size.pt for one in small} == {12}
    assert all(one.text.startswith(("ChildStat · ", "As at ")) for one in small)


def frames(shape):
    """The texts of a shape, of each cell where it is a table."""
    if shape.has_table:
        return [cell.text_frame for row in shape.table.rows for cell in row.cells]
    return [shape.text_frame] if shape.has_text_frame else []


def test_every_slide_says_as_at_and_that_it_is_invented():
    for slide in opened().slides:
        text = " ".join(shape.text_frame.text for shape in slide.shapes if shape.has_text_frame)
        assert "as at 3 October 2016" in text
        assert "Invented data" in text


def every_part(content: bytes) -> str:
    """All text of the file, of the workbooks inside its charts too."""
    zipped = ZipFile(BytesIO(content))
    found = []
    for name in zipped.namelist():
        part = zipped.read(name)
        found.append(every_part(part) if part[:2] == b"PK" else part.decode("utf-8", "ignore"))
    return "\n".join(found)


@pytest.mark.parametrize("audience", ["partners", "public"])
def test_for_others_small_numbers_are_in_no_part_of_the_file(audience):
    few: Counted = {"sickness": {"U1": (4, 1117333), "U2": (2, 1331777), "EAST": (440, 14600)}}
    inside, outside = (
        every_part(write_deck(figures({**PLAIN, **few}), SEPTEMBER, audience=one))
        for one in ("service", audience)
    )
    for number in ("1\u2009117\u2009333", "1\u2009331\u2009777"):
        assert number in inside
        assert number not in outside
        assert number.replace("\u2009", "") not in outside
    assert "Worth the room" not in outside


def test_a_chart_with_a_hidden_month_is_not_judged_for_others():
    made = judged()
    hidden = {("sickness", SERVICE, SEPTEMBER.shift(-9)): Tally(3, 100)}
    some_hidden = replace(made, tallies={**made.tallies, **hidden})
    slide = titled(opened(some_hidden, audience="public"), "Sickness")
    assert "Concerning" not in slide.shapes.title.text_frame.text
    assert [one.name for one in charts(slide)[0].series] == ["Value"]


@pytest.mark.parametrize("audience", ["service", "public"])
def test_the_last_slides_say_what_each_number_counts(audience):
    slides = [
        one for one in opened(audience=audience).slides if title_of(one).startswith(WHAT_COUNTS)
    ]
    tables = [one.table for slide in slides for one in slide.shapes if one.has_table]
    counts = [table.cell(row, 1).text for table in tables for row in range(1, len(table.rows))]
    assert counts == [one.words.quotient for one in on_slides()]
    words = " ".join(one.text_frame.text for one in slides[-1].shapes if one.has_text_frame)
    assert ("hidden" in words) == (audience == "public")


@pytest.mark.parametrize(
    ("rows", "shared"), [(0, []), (1, [1]), (8, [8]), (9, [4, 5]), (17, [5, 6, 6])]
)
def test_rows_are_shared_out_over_slides_in_order_and_none_stands_alone(rows, shared):
    slides = by_slide(range(rows), 8)
    assert [len(slide) for slide in slides] == shared
    assert [one for slide in slides for one in slide] == list(range(rows))


def test_words_that_are_long_take_their_room_from_the_chart_and_not_from_the_foot():
    few, many = height_of(["n = 5 visits."]), height_of(["word " * 60] * 4)
    assert few < FOOT_TOP - CHART_BOTTOM < many
    for slide in opened(judged()).slides:
        shapes = [shape for shape in slide.shapes if shape.has_chart]
        if shapes:
            below = max(shape.top + shape.height for shape in shapes)
            ends = [one.top + one.height for one in slide.shapes if one.top == below]
            foot = next(one.top for one in slide.shapes if begins(one, "ChildStat · "))
            assert all(end <= foot for end in ends)
            assert below <= foot


def begins(shape, words: str) -> bool:
    return shape.has_text_frame and shape.text_frame.text.startswith(words)


def test_the_rows_of_a_slide_s_table_have_room_above_its_foot():
    long = "Words that take a line and more of what a cell has room for. " * 5
    rows = [("1", long, long, "5")] * 6 + [("7", "Short", "Short", "5")]
    shares, room = (6, 50, 34, 10), Inches(5.6)
    parts = rows_by_slide(rows, shares, room)
    assert len(parts) > 1
    assert [row for part in parts for row in part] == rows
    for part in parts:
        assert sum(row_height(row, shares, 16) for row in part) + 32 <= room.pt


def test_a_mark_s_word_is_under_a_low_point_and_over_a_high_one():
    where = {}
    for chart in charts(titled(opened(judged()), "Sickness, ")):
        for series in chart.plots[0].series:
            if series.name in ("Concerning", "Improving"):
                at = max(p for p, value in enumerate(series.values) if value is not None)
                where[series.name] = series.points[at].data_label.position
    assert where["Concerning"] == XL_LABEL_POSITION.ABOVE
