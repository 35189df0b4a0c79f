"""What people did with a figure: published it with its words, or wrote something beside it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum
from typing import Any

from data_access.derived_with import Changes, changes_since_published, changes_told
from data_access.load_info import LoadInfo
from metrics.model import Period
from metrics.writing import several

FEW_TOLD = 2


@dataclass(frozen=True)
class PublishedWords:
    """What was said of a figure when it was published: kept, and never worked out again.

    `chart` are the details of its reading (metrics/spc/chart_details.py); None where it was
    published before charts were judged.
    """

    sentence: str
    reading: tuple[str, ...]
    not_in_source: str | None = None
    chart: Mapping[str, Any] | None = None


@dataclass(frozen=True)
class Stamp:
    """When and by whom a month was published, as at which day, as which version.

    `changed_settings` are those that are not what it was counted with; None: it is not known.
    """

    as_at: date
    frozen_on: date
    version: int
    by: str
    published_at: datetime
    changed_settings: tuple[str, ...] | None = ()


class NoteKind(Enum):
    """What stands beside a month: words, new limits that begin with it, an action agreed in it."""

    WORDS = "note"
    NEW_LIMITS = "new limits"
    ACTION = "action agreed"


@dataclass(frozen=True)
class Note:
    """Words beside one figure's month, drawn on its chart; `month` is its first day."""

    id: str
    kind: NoteKind
    month: date
    words: str
    by: str
    written_at: datetime


def notes_up_to(period: Period, notes: Sequence[Note], stamp: Stamp | None) -> list[Note]:
    """Those of the months up to `period`, in their order.

    New limits that were decided after it was published are no part of its chart.
    """
    return [
        note
        for note in notes
        if Period.of(note.month) <= period
        and (
            stamp is None
            or note.kind is not NoteKind.NEW_LIMITS
            or note.written_at <= stamp.published_at
        )
    ]


def doubts(
    period: Period, stamp: Stamp | None, changed_settings: Changes, load: LoadInfo
) -> str | None:
    """Why what is shown may be wrong, in a sentence each; None for no reason.

    Settings that differ: a published month rests on those that it was counted with, derive moves
    the others. Of what is not published also what the `load` says of tables and columns.
    """
    of_what = "figures that are not published" if stamp else "the figures"
    since = changes_since_published(stamp.changed_settings, str(period)) if stamp else None
    of_load = () if stamp else (_shrunk_told(load.shrunk), _in_doubt_told(load.in_doubt))
    told = (since, changes_told(changed_settings, of_what), *of_load)
    return " ".join(sentence for sentence in told if sentence) or None


def _shrunk_told(tables: Sequence[str]) -> str:
    """That a source may not be whole, of which the page Loads says more."""
    if not tables:
        return ""
    return (
        f"Far fewer rows than before were loaded of {', '.join(tables)}: figures that count them"
        " may be wrong until the source is seen to be whole."
    )


def _in_doubt_told(sentences: Sequence[str]) -> str:
    """That figures are too high for want of a column, and which; of many the first two."""
    if not sentences:
        return ""
    more = len(sentences) - FEW_TOLD
    others = f" Loads has {several(more, 'other')} like it." if more > 0 else ""
    return f"Figures may be wrong: {' '.join(sentences[:FEW_TOLD])}{others}"
