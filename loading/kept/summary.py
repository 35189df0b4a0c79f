"""What a load did in a few sentences, and in a line of a list: what is told of it first."""

from collections.abc import Iterable, Iterator

from data_access.load_doubts import FEWER_ROWS
from loading.kept.report import KeptReport
from loading.kept.sections import added_words
from metrics.writing import count, several, written_date

LISTED = (
    "Load", "When", "From", "Data up to", "Rows read", "Written", "Issues",
    "Metrics with figures", "Figures changed",
)  # fmt: skip


def reports_listed(reports: Iterable[KeptReport]) -> list[tuple[object, ...]]:
    """A line of each, in the columns of `LISTED`: rows, issues, metrics that have a figure."""
    return [
        (
            one.number,
            f"{written_date(one.taken_at.date())}, {one.taken_at:%H:%M}",
            ", ".join(one.sources),
            one.data_to,
            one.rows_read,
            one.rows_written,
            one.rows_with_issues,
            sum(metric.has_figures for metric in one.coverage),
            len(one.figures_moved),
        )
        for one in reports
    ]


def summary_of(report: KeptReport) -> tuple[str, ...]:
    """Rows, what changed, issues, open children who lack something, metrics: a sentence each."""
    return (
        _rows(report),
        *_fewer(report),
        *_moved(report),
        _issues(report),
        *_open_children(report),
        _metrics(report),
    )


def _rows(report: KeptReport) -> str:
    left_out = report.rows_read + report.rows_added - report.rows_written
    lost = f"{count(left_out)} left out" if left_out else "none left out"
    read, added = several(report.rows_read, "row"), added_words(report.rows_added)
    more = f", {added}" if added else ""
    return f"{read} read{more}, {count(report.rows_written)} written, {lost}."


def _fewer(report: KeptReport) -> Iterator[str]:
    """What may be a source that is no longer whole."""
    tables = [one.table for one in report.issues if one.rule == FEWER_ROWS and one.rows]
    if tables:
        yield f"Far fewer rows than before in {', '.join(tables)}: see that the source is whole."
    metrics = [one.name for one in report.coverage if one.lost_months]
    if metrics:
        yield f"Fewer months have a figure than before in {several(len(metrics), 'metric')}."


def _moved(report: KeptReport) -> Iterator[str]:
    if report.figures_moved:
        moved = several(len(report.figures_moved), "metric")
        yield f"Figures of past months changed in {moved}."
    elif report.before is not None:
        yield "No figure of a past month changed."


def _issues(report: KeptReport) -> str:
    if not report.rows_with_issues:
        return "No data issue."
    return f"{several(report.rows_with_issues, 'row')} with a data issue."


def _open_children(report: KeptReport) -> Iterator[str]:
    children = sum(one.children for one in report.open_children)
    if not children:
        return
    lacks = {
        "a lead worker": [one.no_lead_worker for one in report.open_children],
        "a unit": [one.no_unit for one in report.open_children],
        "a visit": [one.no_visit for one in report.open_children],
    }
    known = {what: [n for n in numbers if n is not None] for what, numbers in lacks.items()}
    said = [f"{count(sum(numbers))} without {what}" for what, numbers in known.items() if numbers]
    yield f"{several(children, 'open child', 'open children')}: {', '.join(said)}."


def _metrics(report: KeptReport) -> str:
    with_figures = sum(one.has_figures for one in report.coverage)
    without = len(report.coverage) - with_figures
    none = f"{count(without)} without, each with its reason" if without else "none without"
    return f"{several(with_figures, 'metric')} with figures, {none}."
