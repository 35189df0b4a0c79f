"""What a point is, by shape, colour and word: the same on every drawing.

Two questions have a mark each. "Is it changing?" has a shape without a frame; "is it good enough?"
has a square: ticked, crossed or half filled. None is told from another by colour alone.
"""

from markupsafe import Markup

from charts.palette import BLUE, INK, OCHRE, QUIET, WHITE
from charts.svg import image, svg
from metrics.kinds.hidden import FAULT, has_fault
from metrics.result import Result
from metrics.signs import Sign
from metrics.spc.chart_reading import Assurance, ChartReading, Mark
from metrics.spc.title_words import AIM_SIGNS, LEGEND_OF_AIMS
from metrics.spc.words import MET, shape_of, word_of

COLOURS: dict[Mark | None, str] = {
    Mark.IMPROVEMENT: BLUE,
    Mark.CONCERN: OCHRE,
    Mark.NEUTRAL: INK,
    Mark.COMMON_CAUSE: QUIET,
    None: QUIET,
}
# What each shape says, for under a table of them.
LEGEND = (
    (Mark.IMPROVEMENT, "improving"),
    (Mark.CONCERN, "concerning"),
    (Mark.COMMON_CAUSE, "usual variation"),
    (None, Sign.NOT_JUDGED.means),
)
SIDE = 16
SQUARE = (
    f"<rect x='1.25' y='1.25' width='13.5' height='13.5' rx='1.5' fill='{{}}' stroke='{INK}'"
    " stroke-width='1.75'/>"
)
STROKE = "<path d='{}' fill='none' stroke='{}' stroke-width='2.25' stroke-linecap='round'/>"
SQUARES = {
    Assurance.PASS: SQUARE.format("none") + STROKE.format("M4.5 8.5 7 11 11.5 5", INK),
    Assurance.HIT_OR_MISS: SQUARE.format("none")
    + f"<path d='M1.5 14.5 14.5 1.5V14.5Z' fill='{INK}'/>",
    Assurance.FAIL: SQUARE.format(INK) + STROKE.format("M5 5 11 11M11 5 5 11", WHITE),
}
# Streamlit takes drawings out of the page's own markup; as a picture they stay.
AIMS = {aim: image(svg(SIDE, SIDE, drawn), "", "cs-aim") for aim, drawn in SQUARES.items()}

_FAULT = Markup('<i class="cs-mark"{}>{}{}</i>')
_HEARD = Markup('<span class="cs-heard"> {}</span>').format(FAULT)
FAULT_MARK = _FAULT.format("", Sign.DATA_FAULT.shape, _HEARD)
FAULT_BESIDE = _FAULT.format(Markup(' aria-hidden="true"'), Sign.DATA_FAULT.shape, "")


def is_special(mark: Mark | None) -> bool:
    return mark not in (None, Mark.COMMON_CAUSE)


def marks_of(result: Result, is_said_beside: bool = False) -> Markup:
    """A figure's marks, wherever it stands: a fault that hides part of it comes before its chart.

    Nothing where there is neither.
    """
    if has_fault(result):
        return FAULT_BESIDE if is_said_beside else FAULT_MARK
    return icon(result.chart, is_said_beside) if result.chart else Markup("")


def icon(reading: ChartReading, is_said_beside: bool = False) -> Markup:
    """Both marks of the latest month, with their words for those who hear the page.

    `is_said_beside`: what the first one says stands in words after it, and isn't heard twice.
    """
    return change_mark(reading, is_said_beside) + aim_mark(reading)


def change_mark(reading: ChartReading, is_said_beside: bool = False) -> Markup:
    """Is it changing? The latest month's shape."""
    colour, shape = COLOURS[reading.mark], shape_of(reading.mark)
    if is_said_beside:
        silent = '<i class="cs-mark" style="color:{}" aria-hidden="true">{}</i>'
        return Markup(silent).format(colour, shape)
    return Markup(
        '<i class="cs-mark" style="color:{}">{}<span class="cs-heard">{}</span></i>'
    ).format(colour, shape, f" {word_of(reading)}")


def aim_mark(reading: ChartReading) -> Markup:
    """Is it good enough? Months as usual beside the target; nothing where that can't be said."""
    if reading.assurance is None:
        return Markup("")
    return Markup('<i class="cs-mark">{}<span class="cs-heard"> target {}</span></i>').format(
        AIMS[reading.assurance], MET[reading.assurance]
    )


def alphabet() -> list[tuple[Markup, str]]:
    """Every sign as it is drawn, and the one thing that it says."""
    squares = {sign: AIMS[aim] for aim, sign in AIM_SIGNS.items()}
    inks = {shape_of(mark): ink for mark, ink in COLOURS.items()}
    letter = Markup('<i class="cs-mark" style="color:{}">{}</i>')
    return [
        (
            squares.get(sign) or letter.format(inks.get(sign.shape, INK), sign.shape)
            if len(sign.shape) == 1 or sign in squares
            else Markup("{}").format(sign.shape),
            sign.means,
        )
        for sign in Sign
    ]


def legend() -> Markup:
    """The marks with their words."""
    shapes = Markup("").join(
        Markup('<span><i class="cs-mark" style="color:{}">{}</i> {}</span>').format(
            COLOURS[mark], shape_of(mark), words
        )
        for mark, words in LEGEND
    )
    aims = Markup("").join(
        Markup('<span><i class="cs-mark">{}</i> {}</span>').format(square, LEGEND_OF_AIMS[aim])
        for aim, square in AIMS.items()
    )
    return shapes + aims
