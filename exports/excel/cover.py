"""The first two pages: what this pack is, and where in it everything stands."""

from collections.abc import Mapping, Sequence

from xlsxwriter.worksheet import Worksheet

from exports.excel.style import BODY, HEADING_HEIGHT, PAGE_WIDTH, SUBTITLE, TITLE, Book
from exports.pack import Pack
from exports.text import (
    broken,
    height,
    largest_that_fits,
    number_format,
    shown_number,
    title,
)
from metrics.model import SERVICE, Metric
from metrics.sentence import written_date

COVER = "Cover"
CONTENTS = "Contents"
NAME_WIDTH = 220
FIRST_ROW = 3
HEADING_LINES = 2
AUDIENCE_SAYS = {
    "service": "For the service itself: small numbers are shown, so keep this file inside it.",
    "partners": "For partners: counts of 1 to 5 are hidden, and what would give them away.",
    "public": "For the public: counts of 1 to 5 are hidden, and what would give them away.",
}


def write_cover(book: Book, pack: Pack) -> None:
    """What, of whom, as at which day, for whom; that it is invented or provisional."""
    sheet = book.page(COVER, pack)
    sheet.set_column_pixels(0, 0, PAGE_WIDTH)
    lines = [(f"ChildStat: {pack.period}", {"font_size": 44, "bold": True})]
    lines += [(pack.council, {"font_size": 24})]
    lines += [(line, {"font_size": 16}) for line in _statements(pack)]
    row_heights = [200, 60, 80, *([36] * (len(lines) - 3))]
    for row, ((text, style), pixels) in enumerate(zip(lines, row_heights, strict=True)):
        book.write(sheet, row, 0, text, **style, text_wrap=True, valign="bottom")
        sheet.set_row_pixels(row, max(pixels, height(text, style["font_size"], PAGE_WIDTH)))
    book.link(sheet, len(lines) + 1, 0, CONTENTS, "Contents")
    sheet.print_area(0, 0, len(lines) + 1, 0)
    sheet.activate()


def _statements(pack: Pack) -> list[str]:
    as_at = written_date(pack.as_at)
    return [
        f"As at {as_at}" + (f": {pack.period} is provisional." if pack.is_provisional else "."),
        _frozen(pack),
        *pack.doubts,
        *pack.without_slides,
        *(
            ["Invented data: none of these children, workers or units exist."]
            if pack.is_invented
            else []
        ),
        AUDIENCE_SAYS[pack.audience],
        "No slide names a child or a worker but in what people wrote. A blank is missing, never 0.",
    ]


def _frozen(pack: Pack) -> str:
    """Whether these are the figures that were published; without the name of whoever did it."""
    stamp = pack.figures.stamps.get(pack.period)
    if stamp is None:
        return f"{pack.period} is not published: its figures may still change."
    return f"Frozen on {written_date(stamp.frozen_on)} (version {stamp.version})."


def write_contents(
    book: Book,
    pack: Pack,
    metric_slides: Mapping[str, str],
    unit_slides: Mapping[str | None, str],
    others: Sequence[str],
) -> None:
    """Every slide with a link: the month's sentences, then the units with their figures."""
    sheet = book.page(CONTENTS, pack)
    sheet.set_column_pixels(0, 0, NAME_WIDTH)
    columns = max(map(len, pack.boards))
    sheet.set_column_pixels(1, columns, (PAGE_WIDTH - NAME_WIDTH) // columns)
    book.write(sheet, 0, 0, f"{pack.period}: the service and its units", **TITLE)
    sheet.set_row_pixels(0, 40)
    subtitle = "Contents: every name leads to its slide. A dash is no value, or one not shown."
    book.write(sheet, 1, 0, subtitle, **SUBTITLE)
    row = _write_metrics(book, sheet, pack, metric_slides)
    for number, board in enumerate(pack.boards, 1):
        row = _write_units(book, sheet, pack, unit_slides, (row + 1, number, board))
    row += 1
    for link_row, name in enumerate(others, row):
        book.link(sheet, link_row, 0, name, name)
        sheet.set_row_pixels(link_row, 28)
    sheet.print_area(0, 0, row + len(others) - 1, columns)


def _write_metrics(book: Book, sheet: Worksheet, pack: Pack, slides: Mapping[str, str]) -> int:
    """The month's sentences, each whole; the row after them."""
    row, room = FIRST_ROW, PAGE_WIDTH - NAME_WIDTH
    for metric in pack.metrics:
        result = pack.result(metric)
        sentence = title(result, pack.hides(result))
        size = largest_that_fits(sentence, room, (14, 12))
        book.link(sheet, row, 0, slides[metric.key], slides[metric.key])
        # A cell that wraps would be as narrow as its column: each line runs over those beside it.
        for line in broken(sentence, size, room):
            style = BODY | {"font_size": size, "valign": "vcenter"}
            book.write(sheet, row, 1, line, **style)
            sheet.set_row_pixels(row, 28)
            row += 1
    return row


def _write_units(
    book: Book,
    sheet: Worksheet,
    pack: Pack,
    slides: Mapping[str | None, str],
    which: tuple[int, int, Sequence[Metric]],
) -> int:
    """A board's table of units by metrics, the service last; the row after it.

    `which` is its first row, its number and its metrics.
    """
    first, number, metrics = which
    for row, (unit_id, slide) in enumerate(slides.items(), first + 1):
        book.link(sheet, row, 0, slide, slide)
        _write_values(book, sheet, row, pack, unit_id, metrics)
    last = first + len(slides) + 1
    book.write(sheet, last, 0, pack.figures.units[SERVICE], bold=True, valign="vcenter")
    _write_values(book, sheet, last, pack, SERVICE, metrics)
    headings = ["Unit", *(metric.short_name for metric in metrics)]
    name = f"Units_by_metrics_{number}" if number > 1 else "Units_by_metrics"
    says = "The month's figures of each unit and of the service"
    book.table(sheet, (first, 0, last, len(metrics)), name, says, headings)
    sheet.set_row_pixels(first, HEADING_LINES * HEADING_HEIGHT)
    return last + 1


def _write_values(
    book: Book,
    sheet: Worksheet,
    row: int,
    pack: Pack,
    unit_id: str | None,
    metrics: Sequence[Metric],
) -> None:
    sheet.set_row_pixels(row, 28)
    for column, metric in enumerate(metrics, 1):
        value = shown_number(pack.result(metric, unit_id))
        form = {"num_format": number_format(metric.measure), "align": "left"}
        style = {**form, "font_size": 14, "valign": "vcenter", "bold": unit_id == SERVICE}
        book.write(sheet, row, column, value, **style)
