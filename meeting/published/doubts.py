"""What publishing a month freezes, and what of it is doubtful: told before anybody does it."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from sqlalchemy import Engine, Row

from data_access.derived_with import changes_told
from data_access.meeting_store.notes import open_disputes
from data_access.meeting_store.transactions import read
from data_access.words.agreeing import agreeing
from metrics.catalogue import CATALOGUE
from metrics.figures import Figures
from metrics.model import SERVICE, Period, View
from metrics.sentence import bounds_sentence, count, written_date
from metrics.writing import several

Issues = Sequence[Row]


@dataclass(frozen=True)
class BeforePublishing:
    """`freezes` in one sentence; each of `doubts` is one, and none of them refuses."""

    freezes: str
    doubts: tuple[str, ...]


def before_publishing(
    store: Engine, figures: Figures, issues: Issues, month: Period
) -> BeforePublishing:
    """What would be frozen of `figures` as they are; `issues` are counts by rule, of all data."""
    doubts = (
        *_disputed(store, month),
        *_issues_told(issues),
        *_too_little_recorded(figures, month),
        changes_told(figures.changed_settings) or "",
    )
    return BeforePublishing(_freezes(figures, month), tuple(filter(None, doubts)))


def _freezes(figures: Figures, month: Period) -> str:
    keys = [(metric, unit_id) for metric, unit_id, period in figures.tallies if period == month]
    return (
        f"It freezes {figures_counted(keys)}, of {month}, with what is said of them and every row"
        f" behind them, as known on {written_date(figures.load.as_at)}. They can be corrected"
        " later, and never removed."
    )


def figures_counted(keys: Iterable[tuple[str, str | None]]) -> str:
    """How many figures a month has, the same before and after it is published.

    One per measure for each unit that has one and for the service. The counts beside a measure,
    which are kept with it, are no figures of their own.
    """
    own = {(metric, unit_id) for metric, unit_id in keys if metric in CATALOGUE}
    measures = {metric for metric, _ in own}
    units = {unit_id for _, unit_id in own if unit_id not in (None, SERVICE)}
    return (
        f"{several(len(own), 'figure')} ({several(len(measures), 'measure')},"
        f" {several(len(units), 'unit')} and the service)"
    )


def _disputed(store: Engine, month: Period) -> Iterator[str]:
    """How many rows of the month's figures somebody doubts, by measure."""
    for metric in CATALOGUE.values():
        doubted = [
            row for row in read(store, open_disputes(metric.key)) if row.month == month.start
        ]
        if doubted:
            rows = several(len(doubted), "row is", "rows are")
            yield f"{metric.name}: {rows} said to be wrong, and not settled."


def _issues_told(issues: Issues) -> Iterator[str]:
    rows = sum(row.issues for row in issues)
    if rows:
        grave = sum(row.issues for row in issues if row.severity == "error")
        faults = f", {count(grave)} of them {agreeing(grave, 'a fault', 'faults')}" if grave else ""
        issue_words = several(rows, "data issue is", "data issues are")
        yield f"{issue_words} written down{faults}, of all months: Recording says who mends them."


def _too_little_recorded(figures: Figures, month: Period) -> Iterator[str]:
    """Figures that what is missing could turn: their bounds."""
    for metric in CATALOGUE.values():
        if hidden := bounds_sentence(figures.result(metric, View(month))):
            yield f"{metric.name}, the service: {hidden}"
