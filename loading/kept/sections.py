"""A kept report in parts, each a table with its words: the same on the page and as text."""

from collections.abc import Callable
from dataclasses import dataclass

from loading.kept.report import (
    KeptReport,
    MetricCoverage,
    OpenChildren,
    RowsOfTable,
)
from metrics.levels.levels import NAMES
from metrics.model import Measure, Period, Tally
from metrics.writing import count, several, written_date

Rows = tuple[tuple[object, ...], ...]
NO_MONTH = "No month has a figure."
NOT_KNOWN, FIRST_LOAD = "not in these data", "nothing to compare with: it is the first load kept"


@dataclass(frozen=True)
class Section:
    """One part: a heading, what is said of it, and a table; `without` where there is no row.

    `usual` are rows of which there is no news, and `usual_says` what they are.
    """

    key: str
    heading: str
    columns: tuple[str, ...]
    rows: Rows
    says: tuple[str, ...] = ()
    without: str = ""
    usual: Rows = ()
    usual_says: str = ""


def title_of(report: KeptReport) -> str:
    """As in "Load 12 of 3 October 2016, 09:00, from csv"."""
    moment = f"{written_date(report.taken_at.date())}, {report.taken_at:%H:%M}"
    return f"Load {report.number} of {moment}, from {', '.join(report.sources)}"


def sections_of(report: KeptReport) -> list[Section]:
    """All that a report tells, in the order in which an analyst asks for it."""
    makers: tuple[Callable[[KeptReport], Section], ...] = (
        _rows, _moved, _issues, _open_children, _roles, _no_figures, _coverage,
        _visits_seen,
    )  # fmt: skip
    return [make(report) for make in makers]


# In the order of `VisitsSeen`.
VISITS_SEEN = (
    "without a recording date",
    "of them missing from an earlier load: entered after it",
    "of these dated up to the last day of that load: entered late",
    "of those missing from an earlier load, first seen in this one",
)


def _rows(report: KeptReport) -> Section:
    gone = [f"{name} had rows in the load before, and has none now." for name in report.tables_gone]
    news = [one for one in report.rows if _is_news(one, report)]
    usual = [one for one in report.rows if not _is_news(one, report)]
    return Section(
        "rows",
        "Rows read, written and left out",
        ("Source", "Table", "Read", "Written", "Left out, and why", "Against its load before"),
        tuple(_row(one, report) for one in news),
        (*gone, *report.notes),
        "No table has other rows than before, and no row was left out.",
        tuple(_row(one, report) for one in usual),
        f"{several(len(usual), 'table')} with every row"
        + (" and as many as before" if report.before else ""),
    )


def _is_news(one: RowsOfTable, report: KeptReport) -> bool:
    is_other = report.before is not None and one.written != one.written_before
    return bool(one.left_out) or bool(one.added) or is_other


def _row(one: RowsOfTable, report: KeptReport) -> tuple[object, ...]:
    beside = "" if report.before is None else _beside(one)
    why = "; ".join(filter(None, (left_out_words(one), added_words(one.added))))
    return (one.source, one.table, one.read, one.written, why, beside)


def left_out_words(one: RowsOfTable) -> str:
    """As in "2 duplicate_id, 1 unreadable"; "" where every row was written."""
    return ", ".join(f"{count(rows)} {why}" for why, rows in one.left_out.items())


def added_words(added: int) -> str:
    """As in "13 more by the team map"; "" where none is."""
    return f"{count(added)} more by the team map" if added else ""


def _beside(one: RowsOfTable) -> str:
    if one.written_before is None:
        return "not there before"
    return _difference(one.written - one.written_before)


def _difference(more: int) -> str:
    if not more:
        return "the same"
    return f"{count(abs(more))} {'more' if more > 0 else 'fewer'}"


def _moved(report: KeptReport) -> Section:
    return Section(
        "figures_moved",
        "Figures of past months that are no longer what they were",
        ("Metric", "Months changed", "Of", "Most in", "Was", "Is"),
        tuple(
            (one.name, one.moved, one.months, str(Period.parse(one.month)), one.before, one.now)
            for one in report.figures_moved
        ),
        ("Of the whole service, beside the load before. Published months stay as published.",)
        if report.figures_moved
        else (),
        "None." if report.before else f"There is {FIRST_LOAD}.",
    )


def _issues(report: KeptReport) -> Section:
    return Section(
        "issues",
        "Data issues, by who can mend them",
        ("Can be mended by", "Rule", "Table", "How bad", "Rows", "In the load before"),
        tuple(
            (one.mended_by, one.rule, one.table, one.severity, one.rows, one.rows_before)
            for one in report.issues
        ),
        without="None.",
    )


def _open_children(report: KeptReport) -> Section:
    return Section(
        "open_children",
        "Open children without a lead worker, a unit, a visit",
        ("Level", "Children", "No lead worker", "No unit", "No visit since they came to it"),
        tuple(_without(one) for one in report.open_children),
        (f"As at {written_date(report.data_to)}, the last day that the data cover.",),
        "No child is open.",
    )


def _without(one: OpenChildren) -> tuple[object, ...]:
    lacking = (one.no_lead_worker, one.no_unit, one.no_visit)
    return (NAMES[one.level], one.children, *(_share(number, one.children) for number in lacking))


def _share(number: float | None, of: float) -> str:
    if number is None:
        return NOT_KNOWN
    return f"{count(number)} of {_of_all(number, of)}"


def _of_all(number: float, of: float) -> str:
    """As in "340 (4%)"; where there is none, without a share."""
    share = Measure.PERCENT.figure(Tally(number, of))
    return count(of) if share is None else f"{count(of)} ({Measure.PERCENT.written(share)})"


def _roles(report: KeptReport) -> Section:
    return Section(
        "roles",
        "Roles found, and which is taken for the lead worker",
        ("Source", "Role", "Rows", "Taken for the lead worker"),
        tuple(
            (one.source, one.role, one.rows, "yes" if one.is_lead else "no") for one in report.roles
        ),
        without="No allocation is open.",
    )


def _coverage(report: KeptReport) -> Section:
    counted = [one for one in report.coverage if one.has_figures]
    usual = [one for one in counted if not _news(one)]
    return Section(
        "coverage",
        "Metrics with figures, and how much of what they count was there",
        ("Metric", "Months", "First", "Last", "Since the load before", "Of it there was"),
        tuple(_covered(one) for one in counted if _news(one)),
        without="" if counted else "No metric has a figure.",
        usual=tuple(_covered(one) for one in usual),
        usual_says=f"{several(len(usual), 'metric')} with figures"
        + (" as before" if report.before else ""),
    )


def _covered(one: MetricCoverage) -> tuple[object, ...]:
    first, last = (
        str(Period.parse(month)) if month else "" for month in (one.first_month, one.last_month)
    )
    return (one.name, one.months, first, last, _news(one), _covered_words(one))


def _no_figures(report: KeptReport) -> Section:
    return Section(
        "no_figures",
        "Metrics without a figure, and why",
        ("Metric", "Since the load before", "Why"),
        tuple(
            (one.name, _news(one), one.why_not or f"{NO_MONTH} {one.since_when}".strip())
            for one in report.coverage
            if not one.has_figures
        ),
        without="None.",
    )


def _covered_words(one: MetricCoverage) -> str:
    return "; ".join(
        f"{part.name}: {count(part.counted)} of {_of_all(part.counted, part.out_of)} in"
        f" {Period.parse(part.month)}"
        for part in one.covered
    )


def _news(one: MetricCoverage) -> str:
    if one.had_figures is None or one.had_figures == one.has_figures:
        return f"{several(one.lost_months, 'month')} fewer" if one.lost_months else ""
    return "counted now, and was not before" if one.has_figures else "was counted before"


def _visits_seen(report: KeptReport) -> Section:
    seen = report.visits_seen
    rows = zip(VISITS_SEEN, vars(seen).values(), strict=True) if seen else ()
    return Section(
        "visits_seen",
        "When visits were first seen in a load",
        ("What", "Visits"),
        tuple(rows),
        (
            "Between two loads nobody knows the day. The first load tells nothing: what it has may"
            " have been there for long.",
        )
        if seen
        else (),
        "Every visit has a recording date, or there is none.",
    )
