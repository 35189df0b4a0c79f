"""What Practice says of one worker's numbers: shares, since when, how many weeks ago."""

from datetime import date

from metrics.model import Measure, Period, Tally
from metrics.practice.exposure import Carried
from metrics.practice.staff import Staff
from metrics.writing import count, several
from ui.practice.opening import Practice

DAYS_OF_A_WEEK, WORKING_DAYS = 7, 5
NOT_IN_SOURCE = "not in this source"
NONE_RECORDED = "none recorded"
TOLD_ELSEWHERE = "told where the worker’s post is"


def share_words(on: Practice, of: Carried, group: str) -> str:
    """As in "6, 67%"; of none, or of few children, the number alone: no share tells anything."""
    n = of.of_group[group]
    if not n or of.held < on.page.basis.settings.practice.fewest_held:
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


def supervision_words(on: Practice, one: Staff) -> tuple[str, str]:
    """When the last session of one's own was; of a group; and how many there were in twelve weeks.

    Where no session of anybody is recorded, the last hour that the time records have, said as that.
    """
    if not one.is_own:
        return TOLD_ELSEWHERE, ""
    if on.recorded.sessions:
        group, sessions = _group_words(on, one.last_group_on), several(one.sessions, "session")
        return weeks_ago(on, one.last_one_to_one_on), f"{group}{sessions}"
    if on.recorded.supervision_hours:
        return weeks_ago(on, one.supervised_hour_on), "hours recorded; sessions are not"
    return NOT_IN_SOURCE, ""


def _group_words(on: Practice, day: date | None) -> str:
    return f"in a group {weeks_ago(on, day)}; " if day else ""


def talked_about_words(on: Practice, one: Staff) -> tuple[str, str]:
    """How many children were talked about, and how many held were not; or that nobody can tell."""
    if not on.recorded.talks:
        return NOT_IN_SOURCE, ""
    if not one.is_own:
        return _not_talked_about(on, one), ""
    return count(one.discussed), _not_talked_about(on, one)


def _not_talked_about(on: Practice, one: Staff) -> str:
    """As in "13 of those held for 6 weeks not within them"; nothing of none."""
    within = several(on.page.basis.settings.practice.discussed_within_weeks, "week")
    number = count(one.not_discussed)
    return f"{number} of those held for {within} not within them" if one.not_discussed else ""


def holiday_words(on: Practice, one: Staff) -> str:
    """Days of a full-time worker's; or that the source holds none of anybody."""
    if not on.recorded.holiday:
        return NOT_IN_SOURCE
    if not one.is_own:
        return TOLD_ELSEWHERE
    a_day = on.page.basis.settings.hours_a_week / WORKING_DAYS
    return several(round(one.holiday_hours / a_day, 1), "day")
