"""The words for a month that is still being entered: the same in page, table, slide and command."""

from metrics.spc.chart_reading import ChartPoint, ChartReading, Latest, When
from metrics.writing import several

DOTTED = " {} is still being entered (hollow); the dotted line is the earlier months as known {}."
JUDGED = " It is judged by the limits of that line, and not by the range that is drawn."


def age_words(days_old: int, whose: str) -> str:
    """How old: "14 days after their end"; "on their last day"."""
    if not days_old:
        return f"on {whose} last day"
    return f"{several(days_old, 'day')} after {whose} end"


def why_at_its_age(when: When, days_old: int, is_judged: bool) -> str:
    """Under the chart: what the second line is, and that the last month is judged by it."""
    dotted = DOTTED.format(when, age_words(days_old, "their"))
    return f"{dotted}{JUDGED}" if is_judged else dotted


def beside_its_elders(variation: str, days_old: int) -> str:
    """What the chart at equal age says of the month, and that it is at equal age."""
    return f"{variation.removesuffix('.')} for a month {age_words(days_old, 'its')}."


def line_name(reading: ChartReading) -> str:
    """What the second line is called; nothing where there is none."""
    if reading.days_old is None or not reading.same_age:
        return ""
    return f"Earlier months as known {age_words(reading.days_old, 'their')}"


def column_name(reading: ChartReading) -> str:
    """What heads the same months in a table; nothing where there are none."""
    return line_name(reading).removeprefix("Earlier months ").capitalize()


def still_entered_words(reading: ChartReading, point: ChartPoint, expected: str) -> str:
    """What a table adds to the reading of a new month; `expected` is what it will probably be."""
    if reading.latest is not Latest.STILL_ENTERED or not reading.is_unfinished(point):
        return ""
    beside = " beside months at its age" if reading.at_age and point.mark else ""
    expect = f", expect {expected}" if expected else ""
    return f"{beside}; still being entered{expect}"
