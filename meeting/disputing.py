"""Doubted rows: which of a figure's rows somebody says are wrong, and what the figure would be."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Engine

from data_access.meeting_store.notes import (
    figure_month,
    open_disputes,
    raise_dispute,
    settle_dispute,
)
from data_access.meeting_store.transactions import read
from metrics.model import Metric, Period, Tally
from metrics.sentence import count
from metrics.writing import several

RowKey = tuple[str | None, ...]


@dataclass(frozen=True)
class Dispute:
    """One person's doubt of one row that nobody has settled yet."""

    id: str
    key: RowKey
    reason: str
    note: str | None
    raised_by: str
    raised_at: datetime


def row_key_of(metric: Metric, row: Any) -> RowKey:
    """What tells a row from others in any load: its columns that the metric is identified by."""
    return tuple(_key_text(getattr(row, name)) for name in metric.identified_by)


def _key_text(value: object) -> str | None:
    if isinstance(value, date):
        return value.isoformat()
    return None if value is None else str(value)


def doubted_rows(store: Engine, metric: Metric) -> dict[RowKey, Dispute]:
    """The open dispute of each row of the metric, whatever its month; of several, the latest."""
    disputes = (
        Dispute(
            row.id,
            tuple(row.row_key.get(name) for name in metric.identified_by),
            row.reason,
            row.note,
            row.raised_by,
            row.raised_at,
        )
        for row in read(store, open_disputes(metric.key))
    )
    return {dispute.key: dispute for dispute in disputes}


def dispute_row(
    store: Engine, metric: Metric, month: Period, row: Any, reason: str, by: str, note: str
) -> str:
    """Writes that `by` doubts the row; the dispute's id."""
    key = dict(zip(metric.identified_by, row_key_of(metric, row), strict=True))
    where = figure_month(metric.key, row.unit_id, month.start)
    return raise_dispute(store, where, key, reason, by, note.strip() or None)


def settle(store: Engine, dispute: Dispute, outcome: str, by: str) -> None:
    """Writes how the dispute ended: upheld or rejected."""
    settle_dispute(store, dispute.id, outcome, by)


def if_upheld(
    metric: Metric, tally: Tally, rows: Iterable[Any], doubted: Mapping[RowKey, Dispute]
) -> Tally:
    """`tally` as it would be if every doubt of its `rows` were upheld; `Disputes` says how."""
    assert metric.disputes, f"{metric.key} declares no disputes"
    for row in rows:
        reason = doubted[row_key_of(metric, row)].reason
        instead = metric.disputes.if_upheld[reason]
        if instead is not None:
            tally += Tally(instead.numerator - row.numerator, instead.denominator - row.denominator)
    return tally


def dispute_words(metric: Metric, now: Tally, upheld: Tally, number: int) -> str:
    """What the disputes of a figure's rows come to: "1 row is disputed: …"; needs at least one."""
    what = several(number, "row is disputed", "rows are disputed")
    they = {1: "it is", 2: "both are"}.get(number, "all are")
    if upheld == now:
        return f"{what}, which would change nothing if {they} upheld."
    return (
        f"{what}: {_tally_words(metric, now)} now; {_tally_words(metric, upheld)} if {they} upheld."
    )


def _tally_words(metric: Metric, tally: Tally) -> str:
    value = metric.measure.written(metric.figure(tally))
    return f"{count(tally.numerator)} of {count(tally.denominator)} ({value})"
