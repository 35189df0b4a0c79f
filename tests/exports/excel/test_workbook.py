"""The slides, read back as Excel would read them."""

import re
from dataclasses import replace
from datetime import date, datetime
from math import ceil

import pytest
from openpyxl.utils import range_boundaries

from data_access.load_info import LoadInfo
from data_access.problems import Problem
from data_access.settings import Target
from exports.excel.cover import NAME_WIDTH
from exports.excel.style import LETTERS, PAGE_WIDTH, TITLE
from exports.excel.workbook import write_slides
from exports.text import BOLD, height, lines_taken
from metrics.catalogue import CATALOGUE
from metrics.council.words import worded
from metrics.model import SERVICE, Period, Scope, View
from metrics.sentence import sentence
from tests.exports.made_up import (
    LOAD,
    PLAIN,
    SEPTEMBER,
    UNITS,
    Counted,
    figures,
    on_slides,
    settings,
)
from tests.exports.opened import XML, Opened, cells, data_of, slide_of, unit_data, unit_slide
from tests.exports.powerpoint.test_deck import WHY_NOT_JUDGED, hidden_before, missing_its_target

NEAR = Target("direct_work", 28, date(2015, 5, 1), "made up")
ODD_NAMES: dict[str | None, str] = {
    "U1": "=cmd|' /C calc'!A0",
    "U2": "+44 [East] / West: *?\\ 'quoted'" + " and much longer than a sheet's name may be",
    "EAST": "\t@SUM(A1)\r",
}


def opened(made=None, **how) -> Opened:
    return Opened(write_slides(made or figures(), SEPTEMBER, **how))


@pytest.fixture(scope="module")
def pack() -> Opened:
    return opened()


def test_the_sheets_stand_in_the_meetings_order(pack):
    assert pack.book.sheetnames == [
        "Cover",
        "Contents",
        *(slide_of(metric.key) for metric in on_slides()),
        *(unit_slide(number, name) for number, name in enumerate(UNITS.values(), 1)),
        "Actions",
        "Definitions",
        *(f"Data {number}" for number in range(1, len(on_slides()) + len(UNITS) + 1)),
    ]


def test_a_metric_slide_begins_with_its_sentence_and_what_it_shows(pack):
    for sheet, metric in zip(pack.slides, on_slides(), strict=False):
        assert sheet["A1"].value == sentence(figures().compared_result(metric, View(SEPTEMBER)))
        assert "units in September 2016" in sheet["A2"].value


def test_a_metric_slide_says_n_as_at_source_and_definition(pack):
    told = " ".join(
        str(row[0].value) for row in pack.book[slide_of("visits_out_of_timescale")].iter_rows()
    )
    assert "n = 1\u202f434 visits due" in told
    number = CATALOGUE["visits_out_of_timescale"].number
    assert f"As at 3 October 2016. Definition {number}. Source: Family Insights" in told
    assert "lower is better" in told


def test_every_chart_is_described(pack):
    drawings = pack.parsed("drawings").values()
    frames = [one for drawing in drawings for one in drawing.iterfind(".//xdr:graphicFrame", XML)]
    said = [frame.find(".//xdr:cNvPr", XML).get("descr") for frame in frames]
    # Distance travelled of Unit 2 has no value in any month, and so no chart.
    assert len(said) == len(pack.parsed("charts")) == (2 + len(UNITS)) * len(on_slides()) - 1
    assert all(said)
    assert "Last value 17% in September 2016" in " ".join(said)


def test_every_series_is_bound_to_cells_of_a_data_sheet(pack):
    for one in pack.series():
        for reference in one.iterfind(".//c:f", XML):
            assert reference.text.startswith("'Data "), reference.text
            assert cells(pack.book, reference.text)


def test_a_chart_keeps_the_very_numbers_of_its_cells(pack):
    for one in pack.series():
        values = one.find("c:val/c:numRef", XML)
        cached = {
            int(point.get("idx")): float(point.findtext("c:v", namespaces=XML))
            for point in values.iterfind("c:numCache/c:pt", XML)
            if point.findtext("c:v", namespaces=XML)
        }
        there = cells(pack.book, values.findtext("c:f", namespaces=XML))
        assert cached == {at: number for at, number in enumerate(there) if number is not None}


def test_a_chart_covers_its_table_from_the_first_row_to_the_last(pack):
    for one in pack.series():
        sheet_name, _, place = one.findtext("c:val//c:f", namespaces=XML).rpartition("!")
        sheet = pack.book[sheet_name.strip("'")]
        column, top, _, bottom = range_boundaries(place.replace("$", ""))
        tables = [range_boundaries(table.ref) for table in sheet.tables.values()]
        assert any(
            left <= column <= right and (first + 1, last) == (top, bottom)
            for left, first, right, last in tables
        )


def test_the_data_are_the_figures_unrounded(pack):
    made = figures()
    for number, metric in enumerate(on_slides(), 1):
        trend = made.trend(metric, Scope(SERVICE), SEPTEMBER)
        rows = pack.rows_of(f"Data {number}")
        assert [row["Value"] for row in rows] == pytest.approx([one.value for one in trend])
        tallies = [one.tally for one in trend if one.tally]
        assert [row["Numerator"] for row in rows] == [one.numerator for one in tallies]
        assert [row["Denominator"] for row in rows] == [one.denominator for one in tallies]


def test_months_are_dates(pack):
    assert pack.rows_of(data_of("caseload"))[-1]["Month"] == datetime(2016, 9, 1)
    assert pack.rows_of(unit_data(1))[0]["Month"] == datetime(2016, 4, 1)


def test_units_stand_in_their_own_order_and_the_service_last(pack):
    units = [row["Unit"] for row in pack.rows_of(data_of("direct_work"), table=1)]
    assert units == ["Unit 1", "Unit 2", "East area", "Service"]


def test_a_figure_without_a_value_is_blank_and_says_why(pack):
    unit_2 = pack.rows_of(data_of("distance_travelled"), table=1)[1]
    assert (unit_2["Unit numerator"], unit_2["Unit denominator"]) == (0, 0)
    assert unit_2["Unit value"] is None
    note = pack.rows_of(unit_data(2))[-1]["Note"]
    assert note == "Distance travelled: 0 closures with both scores"


def test_months_before_a_unit_opened_are_blank():
    made = figures({**PLAIN, "sickness": {"U1": (3, 110), "EAST": (44, 1460)}})
    rows = opened(made).rows_of(unit_data(2))
    assert {row["Sickness numerator"] for row in rows} == {None}
    assert {row["Sickness"] for row in rows} == {None}


def test_every_target_is_a_series_of_its_own(pack):
    assert [row["Target"] for row in pack.rows_of(data_of("direct_work"))] == [50] * 6
    assert [row["Target"] for row in pack.rows_of(data_of("caseload"))] == [None] * 6
    names = [cells(pack.book, one.findtext("c:tx//c:f", namespaces=XML)) for one in pack.series()]
    assert ["Target"] not in names  # too far from the line: named in the chart
    words = [text for chart in pack.parsed("charts").values() for text in chart.itertext()]
    assert any("Target 50%, above this scale" in text for text in words)
    near = replace(figures(), settings=settings(targets=(NEAR,)))
    opened = Opened(write_slides(near, SEPTEMBER))
    names = [
        cells(opened.book, one.findtext("c:tx//c:f", namespaces=XML)) for one in opened.series()
    ]
    assert names.count(["Target"]) == 1


def test_no_cells_are_merged(pack):
    assert not any(sheet.merged_cells.ranges for sheet in pack.book)


def test_every_sheet_prints_on_landscape_a4_with_page_numbers(pack):
    for sheet in pack.book:
        assert sheet.page_setup.orientation == "landscape"
        assert sheet.page_setup.paperSize == 9
        assert sheet.sheet_properties.pageSetUpPr.fitToPage
        assert sheet.print_area
        assert sheet.sheet_view.showGridLines is False
        assert "&P of &N" in pack.parts[_part(pack, sheet)].replace("&amp;", "&")


def test_a_slide_is_one_page_or_of_a_unit_one_for_six_figures_with_all_its_charts_in_it(pack):
    of_units = [unit_slide(number, name) for number, name in enumerate(UNITS.values(), 1)]
    for sheet in [*pack.slides, pack.book["Actions"]]:
        high = ceil(len(on_slides()) / 6) if sheet.title in of_units else 1
        assert (sheet.page_setup.fitToWidth or 1, sheet.page_setup.fitToHeight or 1) == (1, high)
        _, _, right, bottom = range_boundaries(sheet.print_area.rpartition("!")[2].replace("$", ""))
        for chart in sheet._charts:
            assert chart.anchor.to.col < right and chart.anchor.to.row < bottom


def test_no_letters_are_smaller_than_12_points_nor_other_than_arial(pack):
    assert "<scheme" not in pack.parts["xl/styles.xml"], "a theme's letters are not Arial"
    fonts = pack.book._fonts
    assert min(font.sz for font in fonts) >= 12
    assert {font.name for font in fonts} == {"Arial"}
    for name, chart in pack.parsed("charts").items():
        sizes = [int(one) for one in chart.xpath("//@sz")]
        assert sizes and min(sizes) >= 1200, name
    for sheet in pack.book:
        header = pack.parts[_part(pack, sheet)].replace("&amp;", "&")
        assert re.findall(r"&(\d+) ", header) == ["12"] * 4


def test_a_tables_headings_are_unlike_each_other_and_its_name_unlike_all_others(pack):
    names = [name for sheet in pack.book for name in sheet.tables]
    assert len(names) == len(set(names))
    for sheet in pack.data_sheets:
        headings = [cell.value for table in sheet.tables.values() for cell in sheet[table.ref][0]]
        assert all(headings) and len(headings) == len(set(headings))


def test_contents_lead_to_every_slide(pack):
    rows = pack.book["Contents"].iter_rows()
    links = {row[0].hyperlink.location for row in rows if row[0].hyperlink}
    led = {*(sheet.title for sheet in pack.slides), "Actions", "Definitions"}
    assert links == {f"'{name}'!A1" for name in led}


def test_contents_say_of_every_figure_all_that_its_sentence_says_each_line_in_sight():
    made = missing_its_target()
    rows = [[cell.value for cell in row] for row in opened(made).book["Contents"].iter_rows()]
    lines = [str(row[1]) for row in rows if isinstance(row[1], str)]
    told = " ".join(lines)
    assert "Target 10.0%: will not be met without change." in told
    for metric in on_slides():
        assert sentence(made.compared_result(metric, View(SEPTEMBER))) in told
    room = PAGE_WIDTH - NAME_WIDTH
    assert not [line for line in lines if lines_taken(line, 12, room) > 1]


def test_a_title_in_bold_letters_has_a_row_for_each_of_its_lines():
    slides = opened(missing_its_target()).slides
    titles = [sheet for sheet in slides if sheet["A1"].font.sz == TITLE["font_size"]]
    wide, lines = PAGE_WIDTH / BOLD, set()
    for sheet in titles:
        words, points = sheet["A1"].value, sheet["A1"].font.sz
        lines.add(lines_taken(words, points, wide))
        assert sheet.row_dimensions[1].height * 96 / 72 >= height(words, points, wide) - 1
    assert max(lines) > 1


@pytest.mark.parametrize("audience", ["partners", "public"])
def test_every_sheet_says_what_is_not_judged_as_earlier_months_are_withheld(audience):
    book = opened(hidden_before(), audience=audience)
    said = f"Not judged: {WHY_NOT_JUDGED}."
    on_contents = " ".join(str(row[1].value) for row in book.book["Contents"].iter_rows())
    assert said in on_contents
    assert said in book.book[slide_of("sickness")]["A1"].value
    sheet = book.book[unit_slide(1, "Unit 1")]
    assert f"1 not judged, as {WHY_NOT_JUDGED}" in sheet["A1"].value
    assert any(said in str(row[3].value) for row in sheet.iter_rows())
    assert book.rows_of(data_of("sickness"))[-1]["Note"] == f"not judged: {WHY_NOT_JUDGED}"
    assert f"Sickness: not judged: {WHY_NOT_JUDGED}" in book.rows_of(unit_data(1))[-1]["Note"]


def test_actions_may_be_filled_in_only_with_what_makes_sense(pack):
    rules = {rule.type: rule for rule in pack.book["Actions"].data_validations.dataValidation}
    assert set(rules) == {"list", "date", "textLength"}
    headings = [cell.value for cell in pack.book["Actions"][3]]
    assert headings == ["Verb", "What", "Owner (role)", "Due", "Measure", "Effect expected"]


def test_definitions_give_every_metrics_rules(pack):
    told, made = pack.texts(), figures()
    for metric in on_slides():
        rules = {worded(rule, made.settings, made.load.as_at) for rule in metric.edge_cases}
        assert {metric.words.numerator, metric.words.denominator, *rules} <= set(told)
    assert not [text for text in told if re.search(r"\{\w+\}", text)]


def test_units_with_odd_names_are_text_everywhere():
    pack = opened(figures(units=ODD_NAMES))
    assert all(
        cell.data_type != "f" for sheet in pack.book for row in sheet.iter_rows() for cell in row
    )
    assert "=cmd|' /C calc'!A0" in pack.texts()
    assert not any("<f>" in text for name, text in pack.parts.items() if "worksheets" in name)
    references = [one.text for ser in pack.series() for one in ser.iterfind(".//c:f", XML)]
    assert all(one.startswith("'Data ") for one in references)


def test_sheet_names_are_short_and_unlike_each_other_whatever_the_units_are_called():
    alike: dict[str | None, str] = {"U1": "x" * 40, "U2": "X" * 40, "EAST": "/"}
    for names in (ODD_NAMES, alike):
        sheets = opened(figures(units=names)).book.sheetnames
        assert max(map(len, sheets)) <= 31
        assert len({name.casefold() for name in sheets}) == len(sheets)
        assert not any(re.search(r"[\[\]:*?/\\']", name) for name in sheets)


def test_the_same_figures_are_the_same_file():
    assert write_slides(figures(), SEPTEMBER) == write_slides(figures(), SEPTEMBER)
    assert set(LETTERS) == {"font_name", "font_size", "font_color", "font_scheme"}


def test_invented_data_say_so_on_every_page_and_real_ones_nowhere(pack):
    for sheet in pack.book:
        assert "Invented data" in pack.parts[_part(pack, sheet)]
    real = opened(figures(load=LoadInfo(sources=("csv",), data_to=LOAD.data_to)))
    assert not any("nvented" in text for text in real.parts.values())


def test_a_month_that_is_not_over_is_called_provisional():
    pack = opened(figures(load=LoadInfo(data_to=datetime(2016, 9, 20).date())))
    assert "September 2016 is provisional" in " ".join(pack.texts())
    assert "so far in September 2016" in pack.book[slide_of("caseload")]["A1"].value
    assert pack.rows_of(data_of("caseload"))[-1]["Note"] == "provisional"
    assert pack.rows_of(data_of("caseload"))[-2]["Note"] is None


def test_what_the_source_cannot_support_is_said_and_is_never_0():
    counted = {key: rows for key, rows in PLAIN.items() if key != "sickness"}
    why = {"sickness": "An Annex A workbook holds no absence."}
    pack = opened(figures(counted, load=LoadInfo(data_to=LOAD.data_to, not_in_source=why)))
    slide = pack.book[slide_of("sickness")]
    assert slide["A1"].value == "Sickness, Service: not in this source."
    assert "no absence" in " ".join(str(row[0].value) for row in slide.iter_rows())
    assert not slide._charts
    assert {row["Value"] for row in pack.rows_of(data_of("sickness"))} == {None}
    assert {row["Note"] for row in pack.rows_of(data_of("sickness"))} == {"not in this source"}


def test_only_the_units_asked_for_have_slides():
    pack = opened(unit_ids=["EAST"])
    assert [sheet.title for sheet in pack.slides][len(on_slides()) :] == [
        unit_slide(1, "East area")
    ]
    # The comparison still shows where it stands among all.
    assert len(pack.rows_of(data_of("caseload"), table=1)) == 4


def test_rows_without_a_unit_are_shown_as_no_unit():
    counted: Counted = {"visits_out_of_timescale": {"U1": (14, 98), None: (7, 20)}}
    pack = opened(figures({**PLAIN, **counted}))
    units = [row["Unit"] for row in pack.rows_of(data_of("visits_out_of_timescale"), table=1)]
    assert units == ["Unit 1", "No unit", "Service"]


def test_the_properties_name_the_document_and_no_machine(pack):
    properties = pack.book.properties
    assert properties.title == "ChildStat: September 2016"
    assert properties.creator == properties.lastModifiedBy == "Anyshire"
    assert properties.created == datetime(2016, 10, 3)


@pytest.mark.parametrize(
    "how, says",
    [
        ({"audience": "press"}, "There is no audience 'press'"),
        ({"unit_ids": ["U9"]}, "There is no unit U9"),
    ],
)
def test_what_is_not_known_is_one_sentence(how, says):
    with pytest.raises(Problem, match=says):
        opened(**how)


def test_a_month_without_data_is_one_sentence():
    with pytest.raises(Problem, match="There are no data for March 2031"):
        write_slides(figures(), Period(2031, 3))


HIDDEN: dict[str | None, tuple[float, float]] = {
    "U1": (3, 7919),
    "U2": (4242, 8087),
    "EAST": (5009, 10007),
    "DUTY": (5801, 11003),
}
FOUR_UNITS = {**UNITS, "DUTY": "Duty team"}


@pytest.mark.parametrize("audience", ["partners", "public"])
def test_a_hidden_figure_is_in_no_part_of_the_file(audience):
    beside: Counted = {"visits_out_of_timescale.late": {"U1": (2, 7919), "EAST": (3001, 10007)}}
    made = figures({**PLAIN, "visits_out_of_timescale": HIDDEN, **beside}, FOUR_UNITS)
    assert "3\u202f003 seen late" in " ".join(opened(made).texts())
    pack = opened(made, audience=audience)
    everything = " ".join(pack.parts.values()).replace("\u202f", "").replace(",", "")
    # Unit 1 is small, Unit 2 is its pair; the sums of the two may be worked out anyway.
    for number in ("7919", "8087", "4242", "52.45", "3001", "3003"):
        assert number not in everything
    assert "5009" in everything and "10007" in everything
    assert (
        opened(made).rows_of(data_of("visits_out_of_timescale"), table=1)[0]["Unit denominator"]
        == 7919
    )


def test_a_figure_whose_pair_is_hidden_says_so_and_shows_nothing_of_it():
    hidden: Counted = {"recorded_in_time": {"U1": (3, 7919), "U2": (4242, 8087), "EAST": (1, 2)}}
    counted = {**PLAIN, **hidden}
    slide = opened(figures(counted), audience="public").book[unit_slide(1, "Unit 1")]
    said = " ".join(str(cell.value) for row in slide.iter_rows() for cell in row if cell.value)
    assert (
        "Seen in time 86% of 98 visits due; recorded in time: not shown, to protect small numbers."
    ) in said.replace("\u202f", " ")
    assert "7919" not in said.replace("\u2009", "").replace("\u202f", "")


def test_a_pair_is_said_in_the_same_words_on_its_two_slides(pack):
    words = "Seen in time 82% of 1 434 visits due; recorded in time 82% of 1 436 visits with a"
    for slide in map(slide_of, ("visits_out_of_timescale", "recorded_in_time")):
        told = " ".join(str(row[0].value) for row in pack.book[slide].iter_rows())
        assert words in told.replace("\u2009", " ").replace("\u202f", " ")


def test_hidden_figures_are_said_to_be_hidden():
    pack = opened(
        figures({**PLAIN, "visits_out_of_timescale": HIDDEN}, FOUR_UNITS), audience="public"
    )
    rows = pack.rows_of(data_of("visits_out_of_timescale"), table=1)
    assert [row["Unit value"] is None for row in rows] == [True, True, False, False, False]
    assert rows[0]["Unit and n"] == "Unit 1 (not shown)"
    assert "to protect small numbers" in " ".join(pack.texts())
    assert "For the public" in pack.parts["xl/worksheets/sheet1.xml"]


def _part(pack: Opened, sheet) -> str:
    return f"xl/worksheets/sheet{pack.book.sheetnames.index(sheet.title) + 1}.xml"
