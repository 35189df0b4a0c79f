"""The words for a month that is still being entered: the same in page, table, slide and command."""

from metrics.spc.chart_reading import ChartReading, When

WHY = (
    " {} is still being entered (hollow): it is judged beside the earlier months as they were known"
    " {} (dotted), and not by the range drawn, which is of months as they stand now."
)


def age_words(days_old: int, whose: str) -> str:
    """How old: "14 days after their end"; "on their last day"."""
    if not days_old:
        return f"on {whose} last day"
    return f"{days_old} {'day' if days_old == 1 else 'days'} after {whose} end"


def why_at_its_age(when: When, days_old: int) -> str:
    """Under the chart: what the second line is, and that the last month is judged by it."""
    return WHY.format(when, age_words(days_old, "their"))


def beside_its_elders(variation: str, days_old: int) -> str:
    """What the chart at equal age says of the month, and that it is at equal age."""
    return f"{variation.removesuffix('.')}, beside months as known {age_words(days_old, 'their')}."


def line_name(reading: ChartReading) -> str:
    """What the second line is called; nothing where there is none."""
    if reading.days_old is None or not reading.same_age:
        return ""
    return f"Earlier months as known {age_words(reading.days_old, 'their')}"
