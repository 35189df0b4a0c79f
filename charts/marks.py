"""What a point is, by shape, colour and word: the same on every drawing."""

from markupsafe import Markup

from charts.palette import BLUE, INK, OCHRE, QUIET
from metrics.spc.chart_reading import ChartReading, Mark
from metrics.spc.words import shape_of, word_of

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
    (None, "not judged: too few months, or still being entered"),
)


def is_special(mark: Mark | None) -> bool:
    return mark not in (None, Mark.COMMON_CAUSE)


def icon(reading: ChartReading) -> Markup:
    """The latest month's shape, with its word for those who hear the page."""
    return Markup(
        '<i class="cs-mark" style="color:{}">{}<span class="cs-heard">{}</span></i>'
    ).format(COLOURS[reading.mark], shape_of(reading.mark), f" {word_of(reading)}")


def legend() -> Markup:
    """The shapes with their words."""
    return Markup("").join(
        Markup('<span><i class="cs-mark" style="color:{}">{}</i> {}</span>').format(
            COLOURS[mark], shape_of(mark), words
        )
        for mark, words in LEGEND
    )
