"""What stays with a figure once it is published: its words, and when and by whom it was."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Said:
    """What was said of a figure when it was published: kept, and never worked out again."""

    sentence: str
    reading: tuple[str, ...]
    not_in_source: str | None = None


@dataclass(frozen=True)
class Stamp:
    """When and by whom a month was published, as at which day, as which version."""

    as_at: date
    frozen_on: date
    version: int
    by: str
