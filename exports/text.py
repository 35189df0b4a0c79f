"""The words on slides: titles, readings, notes, and names that a sheet may bear."""

import re
from collections.abc import Iterable, Sequence
from datetime import date
from itertools import groupby
from math import ceil

from metrics.kinds.hidden import has_fault
from metrics.model import Measure, Metric
from metrics.result import Result
from metrics.sentence import (
    count,
    coverage_sentences,
    direction,
    lines_beside,
    pair_words,
    reading_sentences,
    sentence,
    verdict,
    why_no_value,
    written_date,
)
from metrics.signs import Sign
from metrics.spc.title_words import AIM_SIGNS
from metrics.spc.words import NOT_JUDGED_YET, shape_of

LONGEST_NAME = 60
LONGEST_SHEET_NAME = 31
PROTECTED = "not shown, to protect small numbers"
EARLIER_HIDDEN = f"earlier months are {PROTECTED}"
INVENTED = "Invented data"

PIXELS_A_POINT = 96 / 72
# A line stands 1.35 times as high as its letters.
LINE = 1.35
# Arial's widths as parts of its height, rounded up a little: what is not here is 0.56 wide.
WIDTHS = {
    **dict.fromkeys("ijl|'", 0.23),
    **dict.fromkeys("ft,.:;!()[]-/ \u2009\u202f", 0.29),
    **dict.fromkeys("r", 0.34),
    **dict.fromkeys("ckszxvy", 0.5),
    **dict.fromkeys("mMW%@", 0.89),
    **dict.fromkeys("wABCDEFGHKNOPQRSTUVXYZ&+=", 0.72),
}
OTHER_WIDTH = 0.56
# What a format of numbers would read as a code: "d" and "y" are parts of a date.
LETTERS = re.compile(r"[^\d.+]+")
PADDING = 8
BOLD = 1.07


def one_line(name: str) -> str:
    """A name on one line, without characters that cannot be printed."""
    printable = "".join(letter if letter.isprintable() else " " for letter in name)
    return shortened(" ".join(printable.split()), LONGEST_NAME)


def shortened(words: str, longest: int) -> str:
    return words if len(words) <= longest else f"{words[: longest - 1]}…"


def sheet_name(number: int | str, name: str) -> str:
    """A sheet's name that Excel takes: its number first, so that no two are alike."""
    allowed = re.sub(r"[\[\]:*?/\\']+", " ", name)
    return f"{number} {' '.join(allowed.split())}"[:LONGEST_SHEET_NAME].strip()


def title(result: Result, is_hidden: bool) -> str:
    """The slide's message: the figure's own sentence."""
    if is_hidden:
        return f"{result.metric.name}, {result.unit_name}: {PROTECTED}."
    return sentence(result)


def small_title(result: Result, service: Result, is_hidden: bool) -> list[str]:
    """Over a small chart: the figure with its marks; then its n, and the service beside it."""
    if is_hidden:
        return [result.metric.short_name, PROTECTED]
    if result.value is None or result.tally is None:
        return [f"{result.metric.short_name} –", why_no_value(result)]
    beside = f"n {count(result.tally.denominator)} · service {service.written}"
    return [" ".join([*_marks(result), result.metric.short_name, result.written]), beside]


def _marks(result: Result) -> list[str]:
    """Both of Month's: is it changing, and is it good enough."""
    if has_fault(result):
        return [Sign.DATA_FAULT.shape]
    if result.chart is None:
        return [NOT_JUDGED_YET]
    aim = result.chart.assurance
    return [shape_of(result.chart.mark), *([AIM_SIGNS[aim].letter] if aim else [])]


def three_lines(result: Result, is_hidden: bool) -> list[str]:
    """The reading: what it rests on; how much of what should be counted was; what stands beside."""
    if is_hidden:
        return [f"{PROTECTED[0].upper()}{PROTECTED[1:]}: see Definitions."]
    n, others = reading_sentences(result)[0], lines_beside(result)
    coverage_words = coverage_sentences(result)
    beside = [line for line in others if line not in coverage_words]
    return [line for line in (n, " ".join(coverage_words), " ".join(beside)) if line]


def short_reading(result: Result, is_hidden: bool) -> str:
    """What a unit's figure rests on, in the words of the reading but without counts beside."""
    n, *others = three_lines(result, is_hidden)
    judgement = verdict(result) if not is_hidden else ""
    target = f"Target {result.metric.measure.written(result.target)}."
    is_told = result.tally is not None and not is_hidden
    coverage_words = [*coverage_sentences(result), _pair_of_the_first(result)] if is_told else []
    parts = [judgement, n, *coverage_words, target if target in " ".join(others) else ""]
    return " ".join(part for part in parts if part)


def _pair_of_the_first(result: Result) -> str:
    """The pair's words with the first of the two: the second stands in the row below."""
    if result.pair is None or result.pair.metric.number < result.metric.number:
        return ""
    return pair_words(result) or ""


def row_note(result: Result, is_hidden: bool) -> str:
    """Why a row of a data sheet is blank, provisional or not judged; nothing for most."""
    if is_hidden:
        return PROTECTED
    if result.value is None:
        return why_no_value(result)
    unjudged = f"not judged: {result.unjudged}" if result.unjudged else ""
    return "; ".join(filter(None, ("provisional" if result.provisional else "", unjudged)))


def shown_as(metric: Metric) -> str:
    """Unit of measure and direction: "children per FTE; lower is better"."""
    words = f"% of {metric.words.counted}" if metric.measure.is_share else metric.measure.words
    return f"{words or metric.words.numerator}; {direction(metric)}"


def numbers_told(metrics: Sequence[Metric]) -> str:
    """The numbers of definitions, neighbours as a range: "1 to 6, 20"."""
    numbers = sorted(metric.number for metric in metrics)
    runs = [
        [number for _, number in run]
        for _, run in groupby(enumerate(numbers), lambda placed: placed[1] - placed[0])
    ]
    return ", ".join(f"{run[0]} to {run[-1]}" if len(run) > 1 else str(run[0]) for run in runs)


def number_format(measure: Measure) -> str:
    """Excel's spelling of how the measure is written: one decimal, a plus sign, a %."""
    # Two, as one day is written otherwise than more.
    written = (measure.written(number) for number in (2, -2, 0))
    return ";".join(LETTERS.sub(r'"\g<0>"', form).replace("2", "0") for form in written)


def shown_number(result: Result) -> float | str:
    """The value as a cell shows it: a dash where there is none, and no sign on what rounds to 0."""
    if result.value is None:
        return "–"
    return result.value if is_more_than_nothing(result) else 0.0


def is_more_than_nothing(result: Result) -> bool:
    """Whether anything is left of the value as it is written: of −0.04, at one decimal, nothing."""
    return result.value is not None and result.metric.measure.rounded(result.value) != 0


def provenance(metric: Metric, source: str, last_day: date) -> str:
    """The day up to which all is known, the definition's number, the source."""
    told = source.rstrip(".")
    return f"As at {written_date(last_day)}. Definition {metric.number}. Source: {told}."


def width(text: str, points: float) -> float:
    """Pixels that `text` takes on one line in Arial."""
    return sum(WIDTHS.get(letter, OTHER_WIDTH) for letter in text) * points * PIXELS_A_POINT


def lines_taken(text: str, points: float, pixels: float) -> int:
    """How many lines `text` takes in a cell so wide, broken between words."""
    return len(broken(text, points, pixels))


def broken(text: str, points: float, pixels: float) -> list[str]:
    """`text` line by line, as it stands in a cell so wide."""
    lines, room = [""], pixels - PADDING
    for word in text.split(" "):
        needed = width(f"{word} ", points)
        if needed > room:
            lines.append("")
            room = pixels - PADDING
        lines[-1] += f"{word} "
        room -= needed
    return [line.strip() for line in lines]


def height(text: str, points: float, pixels: float) -> int:
    """The row's height in pixels for `text` in a cell so wide."""
    return ceil(lines_taken(text, points, pixels) * points * PIXELS_A_POINT * LINE) + 6


def tallest(texts: Sequence[str], points: float, widths: Iterable[float]) -> int:
    """The height of a row in which each text has the width of its own column."""
    return max(height(text, points, wide) for text, wide in zip(texts, widths, strict=True))


def largest_that_fits(text: str, pixels: float, sizes: Sequence[int]) -> int:
    """The first of `sizes`, largest first, at which bold `text` stands on one line, or the last."""
    fitting = [size for size in sizes if width(text, size) * BOLD <= pixels - PADDING]
    return fitting[0] if fitting else sizes[-1]
