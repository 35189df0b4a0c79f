"""What the rules miss: classes of families who fit none, how long they wait, and twelve months."""

from collections import Counter
from datetime import date

from markupsafe import Markup

from charts.svg import two_lines
from charts.tables import table
from metrics.segments.judging import Outcome
from metrics.sentence import count, written_date
from metrics.writing import several
from ui.segments.opening import Segmented

HEADINGS = (
    "Why no unit",
    "Families",
    "Longest, days since authorised or re-referred",
    "A year ago",
    "By month end",
)
ALL_FIT = "Every family who is assessed fits a unit."
NONE_ASSESSED = "No family is assessed yet, so none fits a unit or fits none."
ABOUT = "Each drawing covers the ends of the last {months}, from 0 to {families}."


def classes_table(on: Segmented) -> Markup:
    """Each class of who fits none with its families; in order of their names, never of size."""
    days = sorted({row.as_on for row in on.counted})
    missed = [row for row in on.counted if row.outcome == Outcome.NO_FIT]
    if not missed:
        return Markup("<p>{}</p>").format(ALL_FIT if on.families(Outcome.FITS) else NONE_ASSESSED)
    by = Counter[tuple[str, date]]()
    for row in missed:
        by[row.state, row.as_on] += row.families
    reasons, high = sorted({row.state for row in missed}), max(by.values())
    rows = [_class(on, reason, [by[reason, day] for day in days], high) for reason in reasons]
    total = [sum(by[reason, day] for reason in reasons) for day in (on.day, days[0])]
    rows.append((Markup("<b>all of them</b>"), total[0], None, total[1], ""))
    return table(_headings(days[0] == on.day), rows, _about(len(days), high)) + _of_then(on, days)


def _class(on: Segmented, reason: str, line: list[int], high: int) -> tuple[object, ...]:
    drawn = two_lines([float(n) for n in line], [None] * len(line), high, _said(line))
    today = [row.longest for row in on.today if row.state == reason]
    return reason, line[-1], max(today, default=None), line[0], drawn


def _of_then(on: Segmented, days: list[date]) -> Markup:
    """That some of these days were before a rule that holds now."""
    rules = on.page.live.settings.segments.on(on.day)
    since = max(rule.applies_from for rule in rules)
    if since <= days[0]:
        return Markup("")
    said = f"Months before {written_date(since)} are told by the rules of then, which were others."
    return Markup('<p class="cs-note">{}</p>').format(said)


def _headings(is_one_day: bool) -> tuple[str, ...]:
    return HEADINGS if not is_one_day else (*HEADINGS[:3], "", "")


def _said(line: list[int]) -> str:
    return f"from {count(line[0])} to {count(line[-1])}"


def _about(days: int, high: int) -> str:
    months = several(max(days - 1, 1), "month")
    return ABOUT.format(months=months, families=several(high, "family", "families"))


def outcomes_line(on: Segmented) -> Markup:
    """Of all open families so many fit a unit, fit none, or are not assessed: nobody is missing."""
    said = (
        f"Open families on {written_date(on.day)}: {count(on.families(Outcome.FITS))} for a unit,"
        f" {count(on.families(Outcome.NO_FIT))} for none,"
        f" {count(on.families(Outcome.NOT_ASSESSED))} not assessed yet."
    )
    return Markup("<p>{}</p>").format(said)
