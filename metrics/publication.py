"""What people did with a figure: published it with its words, or wrote something beside it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum
from typing import Any


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
