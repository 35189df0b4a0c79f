"""In all three formats each value of a chart stands at its own month, wherever its line begins."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from io import BytesIO

import pytest
from pptx import Presentation

from charts.palette import INK, QUIET
from exports.excel.workbook import write_slides
from exports.pack import pack
from exports.pdf.charts import THICK, small_trend, trend_chart
from exports.pdf.document import Document
from exports.powerpoint.deck import write_deck
from metrics.catalogue import CATALOGUE
from metrics.model import SERVICE, Period, Tally
from metrics.units.openings import Opening
from tests.exports.made_up import SEPTEMBER, figures, with_months
from tests.exports.opened import XML, Opened, cells

SICKNESS = CATALOGUE["sickness"]
MONTHS = SEPTEMBER.run_up(24)
OPENED = MONTHS[6]
LINE = [20 + (at * 7) % 11 for at in range(23)] + [90]


def world(unit_before: str | None = None):
    """Unit 1 has months from its opening on, and stands out in the last; no two are alike."""
    made = figures(months=24)
    tallies = {
        key: tally
        for key, tally in made.tallies.items()
        if key[1] != "U1" or key[2].start >= OPENED.start
    }
    moved: dict[tuple[str, str | None, Period], Tally] = {}
    for month, one in zip(MONTHS, LINE, strict=True):
        for unit_id in (SERVICE, "U1", "U2"):
            if unit_id != "U1" or month.start >= OPENED.start:
                alone = one if unit_id == "U1" else min(one, 25)
                more = {"U1": 2, "U2": 7}.get(unit_id, 1)
                moved["sickness", unit_id, month] = Tally(alone + more, 200 + one)
    openings: dict[str | None, Opening] = {
        "U1": Opening(OPENED.start, continues=unit_before),
        "U2": Opening(),
    }
    if unit_before:
        openings[unit_before] = Opening(closed_on=OPENED.start)
    return with_months(replace(made, tallies=tallies, openings=openings), moved)


def true_value(made, unit_id, month: Period):
    tally = made.tallies.get(("sickness", unit_id, month))
    return None if tally is None else pytest.approx(SICKNESS.measure.figure(tally))


WORLDS = pytest.mark.parametrize("before", [None, "U2"], ids=["begins late", "continues"])


class Drawn(Document):
    """A page that remembers its words about a middle, and its thick dark line."""

    def __init__(self, content) -> None:
        super().__init__(content)
        self.add_page()
        self.named: dict[str, float] = {}
        self.points: list[tuple[float, float]] = []
        self.dashed: list[tuple[float, float]] = []
        self.pen: tuple[str, float, float] = ("", 0, 0)

    def stroke(self, ink, width, dash=0, gap=0):
        self.pen = (ink, width, dash)
        super().stroke(ink, width, dash, gap)

    def words(self, x, y, text, size, ink, anchor="start"):
        if anchor == "middle":
            self.named[text] = x
        super().words(x, y, text, size, ink, anchor)

    def polyline(self, point_list, *args, **kwargs):
        is_a_mark = bool(kwargs.get("polygon"))
        if self.pen == (INK, THICK, 0) and not is_a_mark:
            self.points += point_list
        if self.pen[:2] == (QUIET, THICK) and self.pen[2]:
            self.dashed += point_list
        super().polyline(point_list, *args, **kwargs)

    def month_at(self, x: float) -> Period:
        """By the names of months under the chart, which stand where their months do."""
        (first, left), *_, (last, right) = [
            (Period.of(datetime.strptime(name, "%b %y").date()), at)
            for name, at in self.named.items()
            if name[-2:].isdigit()
        ]
        months = (last.start.year - first.start.year) * 12 + last.start.month - first.start.month
        away = (x - left) / ((right - left) / months)
        assert away == pytest.approx(round(away), abs=0.01)
        return first.shift(round(away))


@WORLDS
@pytest.mark.parametrize("draw", [trend_chart, small_trend])
@pytest.mark.parametrize("audience", ["service", "public"])
def test_a_pdf_s_line_runs_from_its_own_first_month_to_its_last(before, draw, audience):
    made = world(before)
    if audience == "public":
        made.tallies["sickness", "U1", MONTHS[9]] = Tally(3, 200)
    content = pack(made, SEPTEMBER, None, audience)
    page = Drawn(content)
    draw(page, (40, 40, 800, 300), content, SICKNESS, "U1")
    at = {page.month_at(x): y for x, y in page.points}
    hidden = {MONTHS[9]} if audience == "public" else set()
    assert set(at) == {month for month in MONTHS if month.start >= OPENED.start} - hidden
    # The highest stands in the month that has it.
    assert min(at, key=lambda month: at[month]) == SEPTEMBER


@pytest.mark.parametrize("draw", [trend_chart, small_trend])
def test_a_pdf_s_months_of_the_unit_before_are_dashed(draw):
    content = pack(world("U2"), SEPTEMBER, None, "service")
    page = Drawn(content)
    draw(page, (40, 40, 800, 300), content, SICKNESS, "U1")
    dashed = {page.month_at(x) for x, _ in page.dashed}
    assert dashed == {month for month in MONTHS if month.start < OPENED.start}


def drawn_in_the_deck(made) -> list[dict[str, dict[date | None, float | None]]]:
    deck = Presentation(BytesIO(write_deck(made, SEPTEMBER)))
    plots = [s.chart.plots[0] for slide in deck.slides for s in slide.shapes if s.has_chart]
    return [
        {
            one.name: dict(zip(map(day_of, plot.categories), one.values, strict=True))
            for one in plot.series
        }
        for plot in plots
    ]


def day_of(category: str) -> date | None:
    """A month as PowerPoint keeps it, in days; None where the category is a unit's name."""
    number = str(category).removesuffix(".0")
    return date(1899, 12, 30) + timedelta(int(number)) if number.isdigit() else None


def drawn_in_the_workbook(made) -> list[dict[str, dict[date, float | None]]]:
    opened = Opened(write_slides(made, SEPTEMBER))
    charts = []
    for chart in opened.parsed("charts").values():
        series = {}
        for one in chart.iterfind(".//c:ser", XML):
            name, months, values = (
                cells(opened.book, one.find(f"c:{part}//c:f", XML).text)
                for part in ("tx", "cat", "val")
            )
            series[str(name[0])] = dict(zip(months, values, strict=True))
        charts.append(series)
    return charts


def of_sickness(charts, made, names) -> list[dict[date, float | None]]:
    """The series of Unit 1's sickness, told by the last month's value."""
    last = true_value(made, "U1", SEPTEMBER)
    lines = [chart[name] for chart in charts for name in names & set(chart)]
    by_month = [{at: one for at, one in line.items() if isinstance(at, date)} for line in lines]
    return [line for line in by_month if line and line[max(line)] == last]


@WORLDS
@pytest.mark.parametrize(
    ("drawn", "names"),
    [
        (drawn_in_the_deck, {"Value", "Unit"}),
        (drawn_in_the_workbook, {"Value", "Sickness"}),
    ],
    ids=["PowerPoint", "Excel"],
)
def test_each_value_in_deck_and_workbook_is_that_of_its_month(before, drawn, names):
    made = world(before)
    lines = of_sickness(drawn(made), made, names)
    assert len(lines) >= 2, "its own slide and the item's"
    for line in lines:
        for at, value in line.items():
            month = Period.of(at)
            own, continued = (true_value(made, one, month) for one in ("U1", before or "U1"))
            assert value == own or (value == continued and own is None), (month, value)


@pytest.mark.parametrize("drawn", [drawn_in_the_deck, drawn_in_the_workbook])
def test_months_of_the_unit_before_are_a_line_of_their_own_in_deck_and_workbook(drawn):
    charts = [chart for chart in drawn(world("U2")) if "Value, unit before" in chart]
    assert charts
    for chart in charts:
        for name, is_own in (("Value", True), ("Value, unit before", False)):
            by_month = {
                Period.of(at): one for at, one in chart[name].items() if isinstance(at, date)
            }
            told = {at for at, one in by_month.items() if one is not None}
            assert told == {month for month in by_month if (month.start >= OPENED.start) is is_own}
