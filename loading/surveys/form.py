"""What a survey is loaded as: the wave, the questions that it may ask, which end is agree."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from data_access.code_sets.survey_questions import STAFF, Question

AGREE_FIRST, DISAGREE_FIRST = "agree", "disagree"


@dataclass(frozen=True)
class Wave:
    """One round of a survey: who was asked, when, how many, and by whom, as far as is known."""

    survey: str
    first_day: date
    last_day: date | None = None
    unit_id: str | None = None
    asked: int | None = None
    asked_by: str | None = None

    @property
    def wave_id(self) -> str:
        """The same for the same survey, first day and unit: loaded again, it replaces itself."""
        of_unit = f"-{self.unit_id}" if self.unit_id else ""
        return f"{self.survey}-{self.first_day}{of_unit}"

    @property
    def is_of_staff(self) -> bool:
        return self.survey == STAFF

    @property
    def is_of_one_month(self) -> bool:
        """Whether each answer is known to be of the month of the first day."""
        last = self.last_day
        return last is not None and last.replace(day=1) == self.first_day.replace(day=1)

    @property
    def needs_days(self) -> bool:
        """Whether each answer needs a day of its own: a family's counts in its own month."""
        return not (self.is_of_staff or self.is_of_one_month)

    def holds(self, day: date) -> bool:
        return self.first_day <= day and (self.last_day is None or day <= self.last_day)

    def pseudonym(self, respondent: str) -> str:
        """The same for the same respondent of a survey, in every wave; it is not the id."""
        digest = hashlib.sha256(f"{self.survey}\n{respondent}".encode()).hexdigest()
        return f"{self.survey}-{digest[:16]}"


@dataclass(frozen=True)
class Form:
    """The questions that are known, the units, by name and id, and how answers are numbered.

    `first_column` says what 1 is: the end at which people agree, or disagree; None where nobody
    said. `mapping` gives a heading's question, or "" for a column that is not to be read.
    """

    questions: tuple[Question, ...]
    units: Mapping[str, str] = field(default_factory=dict)
    first_column: str | None = None
    mapping: Mapping[str, str] = field(default_factory=dict)
    counted: str | None = None
