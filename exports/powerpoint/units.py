"""A unit on one slide: what is to be noticed as its title, each figure's months as a chart."""

from collections.abc import Sequence

from pptx.presentation import Presentation
from pptx.slide import Slide
from pptx.util import Emu, Inches

from charts.palette import QUIET
from exports.chart_titles import gap_words, why_no_chart, withheld_words
from exports.described import trend_described
from exports.excel.chart import has_months
from exports.pack import Pack
from exports.powerpoint.parts import BODY, EDGE, ROOM, SMALL, Box, add_lines, add_slide
from exports.powerpoint.unit_charts import add_small_trend
from exports.text import short_reading, small_title
from exports.unit_message import unit_message
from metrics.model import Metric
from metrics.spc.title_words import AIM_SIGNS, LEGEND_OF_AIMS
from metrics.spc.words import NOT_JUDGED_YET, SHAPES, WORDS

IN_A_ROW, ON_A_SLIDE = 3, 6
TOP, ROWS_HEIGHT, HEAD = Inches(1.3), Inches(4.95), Inches(0.75)
SHAPES_NAMED = "  ".join(f"{SHAPES[mark]} {WORDS[mark].lower()}" for mark in SHAPES)
AIMS_NAMED = "  ".join(f"{sign.letter} {LEGEND_OF_AIMS[aim]}" for aim, sign in AIM_SIGNS.items())
HOW_TO_READ = (
    f"The unit solid, the service dotted. Scales differ. {AIMS_NAMED}",
    f"{SHAPES_NAMED}  {NOT_JUDGED_YET} not judged",
)


def add_unit(deck: Presentation, content: Pack, unit_id: str | None) -> None:
    """Small charts, six a slide; what each rests on is in the notes."""
    for metrics in in_parts(content.metrics):
        _add_part(deck, content, unit_id, metrics)


def in_parts(metrics: Sequence[Metric]) -> list[Sequence[Metric]]:
    """As many at once as a slide has room for."""
    starts = range(0, len(metrics), ON_A_SLIDE)
    return [metrics[start : start + ON_A_SLIDE] for start in starts]


def _add_part(
    deck: Presentation, content: Pack, unit_id: str | None, metrics: Sequence[Metric]
) -> None:
    results = [content.result(metric, unit_id) for metric in metrics]
    name = content.figures.units[unit_id]
    hidden = [content.hides(result) for result in results]
    slide = add_slide(deck, content, unit_message(name, results, hidden), (28, 24, 20))
    for place, metric in enumerate(metrics):
        _add_small(slide, content, metric, unit_id, _box(place, len(metrics)))
    add_lines(slide, (EDGE, Inches(6.25), ROOM, Inches(0.7)), HOW_TO_READ, SMALL, QUIET)
    notes = [
        f"{result.metric.name}: {short_reading(result, is_hidden)}"
        for result, is_hidden in zip(results, hidden, strict=True)
    ]
    slide.notes_slide.notes_text_frame.text = "\n".join(notes)


def _box(place: int, metrics: int) -> Box:
    rows = -(-metrics // IN_A_ROW)
    width, height = Emu(ROOM // IN_A_ROW), Emu(ROWS_HEIGHT // rows)
    row, column = divmod(place, IN_A_ROW)
    return EDGE + column * width, TOP + row * height, width - Inches(0.15), height


def _add_small(slide: Slide, content: Pack, metric: Metric, unit_id: str | None, box: Box) -> None:
    result, service = content.result(metric, unit_id), content.result(metric)
    left, top, width, height = box
    head = small_title(result, service, content.hides(result))
    add_lines(slide, (left, top, width, HEAD), head[:1], BODY)
    add_lines(slide, (left, top + Inches(0.36), width, HEAD), head[1:], SMALL, QUIET)
    under = (left, top + HEAD, width, height - HEAD)
    trend = content.trend(metric, unit_id)
    if not has_months(trend):
        add_lines(slide, under, [why_no_chart(content, result)], SMALL, QUIET)
        return
    title = withheld_words(content, trend) or gap_words(content, trend)
    lines = (trend, content.trend(metric), content.unit_before(metric, unit_id))
    add_small_trend(slide, under, lines, trend_described(trend, result), title)
