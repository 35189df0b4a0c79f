"""Within how many working days a visit made on a day is to be recorded."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import ColumnElement, Integer, case, literal

from data_access.settings import RecordingStandard, Settings


def recording_standard_on(day: ColumnElement[date], settings: Settings) -> ColumnElement[int]:
    """The working days of the standard in force on `day`; before all of them, the earliest's.

    Settings let the earliest apply from before any figure. Where no visit was made the day is
    the last on which it would have been in time: its due date.
    """
    *later, earliest = newest_first(settings)
    changes = [(day >= standard.applies_from, standard.working_days) for standard in later]
    if not changes:
        return literal(earliest.working_days, Integer)
    return case(*changes, else_=earliest.working_days)


def newest_first(settings: Settings) -> Sequence[RecordingStandard]:
    """Every standard, the one that came last first."""
    return sorted(
        settings.recording_standards, key=lambda standard: standard.applies_from, reverse=True
    )
