"""The PDF of the pack: read back, it says what the workbook says, to whom that may say it."""

import re
from dataclasses import replace
from io import BytesIO
from typing import Any

import pytest
from pypdf import PdfReader

from charts.palette import INK
from exports.excel.workbook import write_slides
from exports.pack import NOTHING_PLANNED, pack
from exports.pdf.document import SMALL, Document
from exports.pdf.labels import Labels
from exports.pdf.slides import write_pdf
from exports.saving import save_slides
from meeting.agenda import AgendaItem, ItemKind
from metrics.agenda_rules import worth_the_rooms_time
from metrics.catalogue import CATALOGUE
from metrics.model import SERVICE, Scope, Tally, View
from metrics.sentence import sentence
from tests.exports.made_up import LOAD, PLAIN, SEPTEMBER, UNITS, Counted, figures, on_slides
from tests.exports.opened import Opened, data_of, unit_data
from tests.exports.powerpoint.test_deck import (
    WHY_NOT_JUDGED,
    hidden_before,
    judged,
    missing_its_target,
)


def opened(made=None, **how) -> PdfReader:
    return PdfReader(BytesIO(write_pdf(made or figures(), SEPTEMBER, **how)))


def text_of(page) -> str:
    """A page's words on one line, its spaces plain."""
    return " ".join(page.extract_text().replace("\xa0", " ").split())


def page_of(reader: PdfReader, title: str):
    begins = " ".join(title.split())
    return next(page for page in reader.pages if text_of(page).startswith(begins))


def plain(text: str) -> str:
    return " ".join(re.sub("[\u2009\u202f]", " ", text).split())


def root_of(reader: PdfReader) -> Any:
    return reader.trailer["/Root"]


def elements(reader: PdfReader) -> list[Any]:
    document = root_of(reader)["/StructTreeRoot"]["/K"][0].get_object()
    return [kid.get_object() for kid in document["/K"]]


def test_each_metric_s_page_begins_with_its_sentence():
    reader = opened()
    for metric in on_slides():
        told = plain(sentence(figures().compared_result(metric, View(SEPTEMBER))))
        assert page_of(reader, told)


def test_the_pages_have_the_figures_of_the_workbook_s_sheets():
    made = figures()
    book, reader = Opened(write_slides(made, SEPTEMBER)), opened(made)
    for metric in on_slides():
        of_units = book.rows_of(data_of(metric.key), table=1)
        page = text_of(
            page_of(reader, plain(sentence(made.compared_result(metric, View(SEPTEMBER)))))
        )
        assert len(of_units) == len(UNITS) + 1
        for row in of_units:
            value = row["Unit value"]
            said = "Unit 2 0 " if value is None else metric.measure.written(value)
            assert said in page, (metric.key, row)
    for number, name in enumerate(UNITS.values(), 1):
        last = book.rows_of(unit_data(number))[-1]
        page = text_of(page_of(reader, f"{name}:"))
        for metric in on_slides():
            shown = metric.measure.written(last[metric.short_name])
            assert f"{metric.short_name} {shown}" in page


def test_each_item_worth_the_room_s_time_has_a_page_with_its_question():
    made = judged()
    texts = [text_of(page) for page in opened(made).pages]
    for item in worth_the_rooms_time(made, SEPTEMBER).items:
        begins = plain(item.sentence)
        assert any(text.startswith(begins) and plain(item.question) in text for text in texts)


@pytest.mark.parametrize("audience", ["partners", "public"])
def test_for_others_small_numbers_are_in_no_part_of_the_file_and_it_says_they_are_hidden(audience):
    few: Counted = {"sickness": {"U1": (4, 1117333), "U2": (2, 1331777), "EAST": (440, 14600)}}
    made = figures({**PLAIN, **few})
    inside, outside = (
        " ".join(text_of(page) for page in opened(made, audience=one).pages)
        for one in ("service", audience)
    )
    described = str([one.get("/Alt") for one in elements(opened(made, audience=audience))])
    for number in ("1 117 333", "1 331 777"):
        assert number in inside
        assert number not in outside + described.replace("\u2009", " ")
    assert "not shown" in outside
    assert "Worth the room" not in outside


def test_a_withheld_month_and_a_withheld_unit_say_so_in_their_charts():
    made = judged()
    month = SEPTEMBER.shift(-9)
    few = {("sickness", SERVICE, month): Tally(3, 100)}
    hidden = opened(replace(made, tallies={**made.tallies, **few}), audience="public")
    page = text_of(page_of(hidden, "Sickness"))
    assert "Not shown, to protect small numbers: " in page
    assert str(month) in page


def test_a_unit_s_page_says_which_targets_are_missed_and_draws_the_crossed_square():
    page = text_of(page_of(opened(missing_its_target()), "Unit 1:"))
    assert "target not met without change: sickness" in page
    assert "☒ Sickness 22.0%" in page


def test_every_page_says_what_is_not_judged_as_earlier_months_are_withheld():
    reader = opened(hidden_before(), audience="partners")
    assert f"Not judged: {WHY_NOT_JUDGED}." in text_of(page_of(reader, "Sickness, Service"))
    unit = text_of(page_of(reader, "Unit 1:"))
    assert f"1 not judged, as {WHY_NOT_JUDGED}" in unit
    assert "○ Sickness 60.0%" in unit
    described = [str(one["/Alt"]) for one in elements(reader) if one["/S"] == "/Figure"]
    assert any("Sickness, Unit 1" in one and WHY_NOT_JUDGED in one for one in described)


def test_a_bar_that_is_withheld_says_so_in_its_place():
    few: Counted = {**PLAIN, "sickness": {"U1": (4, 110), "U2": (40, 132), "EAST": (44, 1460)}}
    page = text_of(page_of(opened(figures(few), audience="public"), "Sickness"))
    assert "Unit 1 not shown" in page


def test_what_is_drawn_and_written_is_tagged_and_every_chart_is_described():
    reader = opened(judged())
    kinds = [one["/S"] for one in elements(reader)]
    assert kinds.count("/H1") == len(reader.pages)
    assert {"/H1", "/P", "/TH", "/TD", "/Figure"} == set(kinds)
    figures_told = [one for one in elements(reader) if one["/S"] == "/Figure"]
    assert len(figures_told) >= len(on_slides()) * (len(UNITS) + 1)
    assert all(str(one["/Alt"]).startswith(("Line chart: ", "Bar chart: ")) for one in figures_told)
    root = root_of(reader)
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"] == "en-GB"
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]


def test_every_mark_on_a_page_is_closed_and_belongs_to_one_element():
    for page in opened(judged()).pages:
        contents = page.get_contents()
        assert contents is not None
        content = contents.get_data()
        begun = content.count(b" BDC") + content.count(b" BMC")
        assert begun == len(re.findall(rb"\bEMC\b", content))
        numbers = re.findall(rb"/MCID (\d+)", content)
        assert len(numbers) == len(set(numbers))


def test_its_letters_are_in_the_file():
    resources: list[Any] = [page["/Resources"] for page in opened().pages]
    fonts = {
        font["/BaseFont"]: font["/DescendantFonts"][0]["/FontDescriptor"]
        for one in resources
        for font in one["/Font"].values()
    }
    assert any("Liberation" in name for name in fonts)
    assert all("/FontFile2" in descriptor for descriptor in fonts.values())


def test_its_properties_name_the_council_and_nobody_else():
    content = write_pdf(figures(council="Anyshire"), SEPTEMBER)
    told = PdfReader(BytesIO(content)).metadata
    assert told is not None
    assert (told.author, told.title) == ("Anyshire", "ChildStat: September 2016")
    assert told.creation_date is not None and told.creation_date.date() == LOAD.data_to
    assert not re.search(rb"fpdf|/tmp/|/home/|/root/", content, re.I)


def test_the_same_figures_give_the_same_bytes():
    assert write_pdf(figures(), SEPTEMBER) == write_pdf(figures(), SEPTEMBER)


def test_no_words_are_lower_than_the_foot_of_a_page():
    for page in opened(judged()).pages:
        heights: list[float] = []
        page.extract_text(
            visitor_text=lambda text, _, at, *rest, heights=heights: (
                heights.append(at[5]) if text.strip() else None
            )
        )
        assert heights
        assert min(heights) > 0


def test_a_name_that_ends_in_pdf_is_a_pdf(tmp_path):
    out = tmp_path / "september.PDF"
    save_slides(out, figures(), SEPTEMBER)
    assert out.read_bytes().startswith(b"%PDF-")


def test_a_unit_s_name_in_another_script_is_in_the_text():
    names: dict[str | None, str] = {"U1": "Łódź ◆", "U2": "Unit 2", "EAST": "Ελλάς"}
    reader = opened(figures(units=names))
    told = " ".join(text_of(page) for page in reader.pages)
    assert "Łódź ◆" in told
    assert "Ελλάς" in told


def test_a_unit_s_page_says_its_message():
    made = judged()
    told = made.compared_result(CATALOGUE["sickness"], View(SEPTEMBER, Scope("U1")))
    page = text_of(page_of(opened(made), "Unit 1:"))
    assert f"Unit 1: sickness {told.written}, above the usual range" in page


def placed(page) -> list[tuple[str, float]]:
    """The page's words and how high above its foot each stands."""
    found: list[tuple[str, float]] = []
    page.extract_text(
        visitor_text=lambda text, _, at, *rest: (
            found.append((" ".join(text.split()), at[5])) if text.strip() else None
        )
    )
    return found


def test_however_long_its_items_are_no_table_runs_into_the_foot_or_another_line():
    long = "A question that takes many a word to ask of all who are in the room today? " * 4
    items = tuple(
        AgendaItem(
            str(number),
            ItemKind.OWN,
            f"Item {number}: {long}",
            long,
            minutes=5,
            metric=None,
            unit_id=None,
            action_id=None,
            draw_id=None,
            started_at=None,
            ended_at=None,
        )
        for number in range(1, 8)
    )
    reader = opened(meeting=replace(NOTHING_PLANNED, items=items))
    pages = [page for page in reader.pages if text_of(page).startswith("The agenda: 7 items")]
    assert len(pages) > 1
    for page in pages:
        foot = next(y for words, y in placed(page) if words.startswith("ChildStat · "))
        assert min(y for words, y in placed(page) if not words.startswith("ChildStat · ")) > foot
    told = " ".join(text_of(page) for page in pages)
    assert all(f"Item {number}:" in told for number in range(1, 8))


def test_words_beside_a_chart_s_lines_cover_neither_them_nor_each_other():
    pdf = Document(pack(figures(), SEPTEMBER, None, "service"))
    pdf.add_page()
    said: list[tuple[float, float, str]] = []
    pdf.words = lambda x, y, text, *rest: said.append((x, y, text))  # type: ignore[method-assign]
    labels = Labels(pdf, (0, 0, 400, 200))
    labels.keep_clear([(0, 100), (200, 60), (400, 100)])
    labels.beside(200, 60, "Concerning", INK)
    labels.beside(200, 60, "probably 16% to 18%", INK)
    labels.along(0, "Target 50%", INK)
    (_, above, _), (_, other, _), (_, target, _) = said
    assert above < 60 - 2
    assert abs(other - above) >= SMALL or other > 100
    assert target > 2, "under a line at the top: over it stands the title"
    pdf.output()  # Else its fonts' files stay open, and fail whichever test runs when they go.


def test_a_dotted_line_s_ends_do_not_fill_its_gaps():
    ends: list[bytes] = []
    for page in opened(judged()).pages:
        contents = page.get_contents()
        assert contents is not None
        ends += re.findall(rb"\[1\.500 3\.000\] 0\.000 d\n(\S+ J)", contents.get_data())
    assert set(ends) == {b"0 J"}
