"""A chart's reading as an icon and words: the same on page, in table, command line and Excel."""

from collections.abc import Callable
from dataclasses import dataclass

from data_access.words.agreeing import agreeing
from metrics.kinds.words import beside_words
from metrics.model import Period, Polarity
from metrics.signs import Sign
from metrics.spc.chart_reading import (
    NEVER_JUDGED,
    UNFINISHED,
    Assurance,
    ChartPoint,
    ChartReading,
    Footing,
    Latest,
    Mark,
    Rule,
)
from metrics.spc.new_months import beside_its_elders
from metrics.spc.size import SIZED, is_wide, says_nothing
from metrics.writing import between, count, several, written_when

Write = Callable[[float | None], str]

SHAPES = {
    Mark.IMPROVEMENT: Sign.IMPROVING.shape,
    Mark.CONCERN: Sign.CONCERNING.shape,
    Mark.NEUTRAL: Sign.CHANGED.shape,
    Mark.COMMON_CAUSE: Sign.USUAL.shape,
}
NOT_KNOWN = "–"
NOT_JUDGED_YET = Sign.NOT_JUDGED.shape
WORDS = {
    Mark.IMPROVEMENT: "Improving",
    Mark.CONCERN: "Concerning",
    Mark.NEUTRAL: "Changed",
    Mark.COMMON_CAUSE: "Nothing unusual",
}
NO_LIMITS, NO_LIMITS_EVER = "No limits yet", "Not judged"
RULES = {
    Rule.OUTSIDE: "outside the usual range",
    Rule.TREND: "rising or falling in a row",
    Rule.TWO_IN_THREE: "two in three near a limit",
    Rule.SHIFT: "in a row on one side of the mean",
}
NOT_JUDGED = {
    Latest.MISSING: "No data",
    Latest.PROVISIONAL: "Not judged yet",
    Latest.STILL_ENTERED: "Not judged yet",
}
MET = {
    Assurance.PASS: "consistently met",
    Assurance.FAIL: "will not be met without change",
    Assurance.HIT_OR_MISS: "hit or miss",
}
NOT_GOOD_ENOUGH = "As usual, and not good enough"
WIDE = "so wide that little would be unusual"


@dataclass(frozen=True)
class ChartWords:
    """An icon with its word, and the sentences on variation and target; `target` may be empty."""

    shape: str
    word: str
    variation: str
    target: str

    @property
    def sentences(self) -> str:
        return f"{self.variation} {self.target}".strip()


def chart_words(reading: ChartReading, write: Write, size: str = "") -> ChartWords:
    """What the chart says, figures as `write` writes them. The icon is the latest month's own.

    `size` is the sentence on how large that is, of a figure whose measure is known.
    """
    variation = f"{_variation(reading, write)} {size}".strip()
    return ChartWords(shape_of(reading.mark), word_of(reading), variation, _target(reading, write))


def shape_of(mark: Mark | None) -> str:
    """The shape that stands for a point; a ring where nothing can be judged."""
    return SHAPES[mark] if mark else NOT_JUDGED_YET


def point_words(reading: ChartReading, point: ChartPoint) -> str:
    """One point in a word and by which rule, as a table says it: "Concerning: outside"."""
    if reading.footing in NEVER_JUDGED:
        return NO_LIMITS_EVER if point.value is not None else ""
    if point.mark is None:
        limited = NO_LIMITS if point.lower is None else NOT_JUDGED[Latest.STILL_ENTERED]
        return limited if point.value is not None else ""
    return f"{WORDS[point.mark]}: {RULES[point.rule]}" if point.rule else WORDS[point.mark]


def range_words(reading: ChartReading, point: ChartPoint, write: Write) -> str:
    """The limits that one point is judged by, in words; nothing where it has none."""
    if point.lower is None or point.upper is None:
        return ""
    return _range(reading, point.lower, point.upper, write)


def probable_words(reading: ChartReading, write: Write) -> str:
    """Between which values a new month will probably end: "22–24%"; nothing where not told."""
    return _range(reading, *reading.probable, write) if reading.probable else ""


def sentence_of(reading: ChartReading, write: Write, size: str = "", when: str = "") -> str:
    """The latest value with its month, then what the chart says of it and of the target.

    `when` follows the value where the month alone would not say of when it is.
    """
    words = chart_words(reading, write, size).sentences
    last = reading.last
    if last is None or last.value is None:
        return words
    so_far = " so far" if reading.latest in UNFINISHED else ""
    of_when = when or f" in {written_when(last.when)}"
    return f"{write(last.value)}{so_far}{of_when}. {words}"


def word_of(reading: ChartReading) -> str:
    """The latest month in a word; why it is not judged where it isn't."""
    if reading.mark:
        return WORDS[reading.mark]
    if reading.footing in NEVER_JUDGED and reading.latest is Latest.COMPLETE:
        return NO_LIMITS_EVER
    return NOT_JUDGED.get(reading.latest, NO_LIMITS)


def _variation(reading: ChartReading, write: Write) -> str:
    last = reading.last
    if last is None or not any(point.value is not None for point in reading.points):
        return "No data for any month."
    if reading.latest is Latest.MISSING:
        return f"No data for {written_when(last.when)}. {_footing(reading, write)}"
    if reading.at_age and reading.mark:
        return beside_its_elders(_variation(reading.at_age, write), reading.days_old or 0)
    if reading.latest is not Latest.COMPLETE:
        when = f"{written_when(last.when)} is {reading.latest.value} and not judged yet."
        return f"{when} {_footing(reading, write)}"
    if reading.footing is not Footing.LIMITS:
        return _footing(reading, write)
    if last.rule:
        return f"{word_of(reading)}: {_unusual(reading, last.rule, write)}."
    if says_nothing(reading):
        return f"With {_size(reading)}, any value would be usual."
    if reading.assurance is Assurance.FAIL:
        return f"{NOT_GOOD_ENOUGH}: usual range {_of_the_latest(reading, write)}."
    if is_wide(reading):
        return f"Usual range {_of_the_latest(reading, write)}, {WIDE}."
    return f"Usual range {_of_the_latest(reading, write)}, nothing unusual."


def _footing(reading: ChartReading, write: Write) -> str:
    """What the latest phase stands on, where its latest month can't be judged."""
    points = reading.phase_points
    if reading.footing in NEVER_JUDGED:
        return beside_words(reading, write)
    if reading.footing is Footing.LIMITS and reading.usual:
        return f"Usual range {_range(reading, *reading.usual, write)}."
    if reading.footing is Footing.CONSTANT:
        return f"{several(points, 'month')} at {write(_mean(reading))}."
    if reading.footing is Footing.NO_RANGE:
        return "No limits: neighbouring months with values are too few, or all the same."
    months = f"{points} {_noun(reading, points)}"
    since = (
        f" since new limits began in {written_when(reading.phase_from)}"
        if reading.is_rebased
        else ""
    )
    return f"Only {months}{since}: no limits yet."


def _unusual(reading: ChartReading, rule: Rule, write: Write) -> str:
    assert reading.last is not None
    is_high, many = reading.last.is_high, _noun(reading, 2)
    since = f"since {written_when(reading.since)}"
    if rule is Rule.OUTSIDE:
        return _outside(reading, write)
    if rule is Rule.TREND:
        return f"{reading.run} {many} {'rising' if is_high else 'falling'} in a row {since}"
    if rule is Rule.SHIFT:
        side = "above" if is_high else "below"
        mean = write(reading.last.mean)
        return f"{reading.run} {many} in a row {side} the mean of {mean} {since}"
    end = "top" if is_high else "bottom"
    usual = _of_the_latest(reading, write)
    three = f"at least two of the last three {many}"
    return f"{three} near the {end} of the usual range, {usual}, {since}"


def _outside(reading: ChartReading, write: Write) -> str:
    last = reading.last
    assert last is not None
    limit = last.upper if last.is_high else last.lower
    side = "above" if last.is_high else "below"
    # "24%, above its usual range of 8–24%" would read as a mistake.
    just = "just " if write(last.value) == write(reading.drawn(limit)) else ""
    when = (
        f"since {written_when(reading.since)}"
        if reading.run > 1
        else f"in {written_when(last.when)}"
    )
    return f"{just}{side} the usual range of {_of_the_latest(reading, write)} {when}"


def _target(reading: ChartReading, write: Write) -> str:
    if reading.target is None:
        return ""
    target = f"Target {write(reading.target)}"
    if reading.better is Polarity.NEITHER or reading.footing in NEVER_JUDGED:
        return f"{target}."
    return f"{target}: {MET[reading.assurance] if reading.assurance else 'too early to say'}."


def _of_the_latest(reading: ChartReading, write: Write) -> str:
    """The limits that the latest point is judged by; they may be those of its own size."""
    last = reading.last
    assert last and last.lower is not None and last.upper is not None
    size = f" with {_size(reading)}" if reading.chart in SIZED else ""
    return _range(reading, last.lower, last.upper, write) + size


def _size(reading: ChartReading) -> str:
    assert reading.last and reading.last.denominator is not None
    return f"n = {count(reading.last.denominator)}"


def _range(reading: ChartReading, low: float, high: float, write: Write) -> str:
    return between(write(reading.drawn(low)), write(reading.drawn(high)))


def _mean(reading: ChartReading) -> float | None:
    return next((point.mean for point in reversed(reading.points) if point.mean is not None), None)


def _noun(reading: ChartReading, number: int) -> str:
    is_gap = reading.last is not None and not isinstance(reading.last.when, Period)
    return agreeing(number, "gap" if is_gap else "month")
