"""What has become of a published figure: as published, as known now, and which rows changed."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Engine

from data_access.meeting_store.publications import Publication
from data_access.viewer import publisher
from meeting.published.content import rows_now
from meeting.published.frozen import Frozen, frozen_rows
from metrics.catalogue import CATALOGUE
from metrics.figures import Figures
from metrics.model import Metric, Period, Tally, View, round_half_up
from metrics.sentence import count

SAME = 9


@dataclass(frozen=True)
class Compared:
    """One figure twice. None: it was not published, or is not known now."""

    published: Tally | None
    now: Tally | None

    @property
    def differs(self) -> bool:
        return _rounded(self.published) != _rounded(self.now)


@dataclass(frozen=True)
class Changes:
    """How many rows became what: in another part (by its name), counted no more, counted since."""

    moved_to: Mapping[str | None, int]
    no_more: int
    since: int


def compare(frozen: Frozen, live: Figures) -> dict[tuple[str, str | None], Compared]:
    """Per metric and unit of the published month, the tally as published and as known now."""
    period = frozen.period
    now = {
        (key, unit_id): tally
        for (key, unit_id, month), tally in live.tallies.items()
        if month == period
    }
    keys = [key for key in {**frozen.tallies, **now} if key[0] in CATALOGUE]
    return {key: Compared(frozen.tallies.get(key), now.get(key)) for key in keys}


def changes(
    store: Engine,
    publication: Publication,
    case_engine: Engine,
    live: Figures,
    metric: Metric,
    view: View,
) -> Changes:
    """What became of the rows behind one published figure. Counts only: it holds no person.

    Nothing for a metric whose rows cannot be known again: see `Metric.identified_by`.
    """
    if not metric.identified_by:
        return Changes({}, 0, 0)
    before = frozen_rows(store, case_engine, publication, metric, view, publisher("comparing"))
    after = rows_now(case_engine, live, metric, view)
    return rows_compared(
        [_as_published(metric, row) for row in before],
        [_as_now(metric, row) for row in after],
    )


Row = tuple[tuple, str | None]


def _as_published(metric: Metric, row: Any) -> Row:
    return tuple(_comparable(getattr(row, name)) for name in metric.identified_by), row.part


def _as_now(metric: Metric, row: Mapping) -> Row:
    flat = {**row["details"], **row}
    return tuple(_comparable(flat[name]) for name in metric.identified_by), row["part"]


def _comparable(value: object) -> object:
    return round(value, SAME) if isinstance(value, float) else value


def rows_compared(before: Iterable[Row], after: Iterable[Row]) -> Changes:
    """What became of rows, each an identity and a part.

    Several rows of one identity are told apart by nothing: those in the same part are paired
    first, and the rest in order.
    """
    then, now = _by_identity(before), _by_identity(after)
    moved: Counter[str | None] = Counter()
    no_more = since = 0
    for identity in {**then, **now}:
        gone = list((then[identity] - now[identity]).elements())
        come = list((now[identity] - then[identity]).elements())
        pairs = min(len(gone), len(come))
        moved.update(sorted(come, key=str)[:pairs])
        no_more += len(gone) - pairs
        since += len(come) - pairs
    return Changes(dict(moved), no_more, since)


def _by_identity(rows: Iterable[Row]) -> dict[tuple, Counter[str | None]]:
    parts_by_identity: dict[tuple, Counter[str | None]] = defaultdict(Counter)
    for identity, part in rows:
        parts_by_identity[identity][part] += 1
    return parts_by_identity


def difference(metric: Metric, compared: Compared, changed: Changes) -> str:
    """One sentence: "As published 31%, as known now 19%: 7 now in time, entered late."."""
    if not compared.differs and changed == Changes({}, 0, 0):
        return f"As known now it is the same: {_written_value(metric, compared.now)}."
    parts = sorted(changed.moved_to, key=metric.split.place)
    clauses = [f"{count(changed.moved_to[part])} now {metric.split.name(part)}" for part in parts]
    clauses += [f"{count(changed.no_more)} counted no more"] if changed.no_more else []
    clauses += [f"{count(changed.since)} counted since"] if changed.since else []
    sentence = (
        f"As published {_written_value(metric, compared.published)},"
        f" as known now {_written_value(metric, compared.now)}"
    )
    return f"{sentence}: {'; '.join(clauses)}." if clauses else f"{sentence}."


def not_held(period: Period, live: Figures) -> str:
    """One sentence for a month that a later load holds no more: it can be compared with nothing."""
    first, last = live.months[0], live.months[-1]
    return f"As published: the data loaded since run from {first} to {last}, without {period}."


def _written_value(metric: Metric, tally: Tally | None) -> str:
    if tally is None:
        return "no figure"
    return metric.measure.written(metric.figure(tally))


def _rounded(tally: Tally | None) -> tuple | None:
    if tally is None:
        return None
    return round_half_up(tally.numerator, SAME), round_half_up(tally.denominator, SAME)
