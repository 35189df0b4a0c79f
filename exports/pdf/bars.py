"""Units side by side in the PDF: a bar each, or the words for why there is none."""

from collections.abc import Sequence

from charts.palette import ACCENT, BAR, INK, QUIET
from exports.described import units_described
from exports.pack import Pack
from exports.pdf.document import SMALL, Box, Document
from exports.text import PROTECTED
from metrics.result import Result
from metrics.sentence import why_no_value

NAMES, VALUES, BAR_SHARE = 120.0, 62.0, 0.62


def units_chart(pdf: Document, box: Box, pack: Pack, compared: Sequence[Result]) -> None:
    """A bar a unit from 0 on; where there is none it says why, as no bar looks like nothing."""
    left, top, width, height = box
    values = [result.value for result in compared if result.value is not None]
    low, high = min(0.0, *values), max(0.0, *values)
    room = width - NAMES - VALUES
    scale = room / ((high - low) or 1)
    row = height / len(compared)
    with pdf.tagged("/Figure", units_described(compared)):
        for place, result in enumerate(compared):
            middle = top + row * (place + 0.5)
            zero = left + NAMES - low * scale
            pdf.words(left + NAMES - 8, middle + 5, result.unit_name, SMALL, INK, "end")
            if result.value is None:
                why = PROTECTED.partition(",")[0] if pack.hides(result) else why_no_value(result)
                pdf.words(zero + 6, middle + 5, why, SMALL, QUIET)
                continue
            pdf.set_fill_color(ACCENT if result.view.scope.is_service else BAR)
            tall, long = row * BAR_SHARE, result.value * scale
            pdf.rect(min(zero, zero + long), middle - tall / 2, abs(long), tall, style="F")
            pdf.words(max(zero, zero + long) + 6, middle + 5, result.written, SMALL, INK)
