"""What Practice says of one worker's numbers: shares, since when, how many weeks ago."""

from datetime import date

from metrics.model import Measure, Period, Tally
from metrics.practice.exposure import Carried
from metrics.writing import count, several
from ui.practice.opening import Practice

DAYS_OF_A_WEEK, WORKING_DAYS = 7, 5
NOT_IN_SOURCE = "not in this source"
NONE_RECORDED = "none recorded"


def share_words(on: Practice, of: Carried, group: str) -> str:
    """As in "6, 67%"; of few children the number alone, as no share of them tells anything."""
    n = of.of_group[group]
    if of.held < on.page.basis.settings.practice.fewest_held:
        return count(n)
    return f"{count(n)}, {Measure.PERCENT.written(Measure.PERCENT.figure(Tally(n, of.held)))}"


def since_words(on: Practice, of: Carried, group: str) -> str:
    """As in "most since March": the first month of those in a row; nothing where it is not so."""
    first = of.since.get(group)
    if first is None:
        return ""
    if first == on.first_looked_at:
        return f"most for {several(on.month.months_after(first), 'month')} or longer"
    return f"most since {_month(first, on.month)}"


def _month(month: Period, of: Period) -> str:
    return f"{month.start:%B}" if month.year == of.year else str(month)


def weeks_ago(on: Practice, day: date | None) -> str:
    """As in "3 weeks ago"."""
    if day is None:
        return NONE_RECORDED
    weeks = (on.page.basis.as_at - day).days // DAYS_OF_A_WEEK
    return f"{several(weeks, 'week')} ago" if weeks else "in the last week"


def holiday_words(on: Practice, hours: float) -> str:
    """Days of a full-time worker's; or that the source holds none of anybody."""
    if not on.recorded.holiday:
        return NOT_IN_SOURCE
    a_day = on.page.basis.settings.hours_a_week / WORKING_DAYS
    return several(round(hours / a_day, 1), "day")
