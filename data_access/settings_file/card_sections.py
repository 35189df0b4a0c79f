"""The keys of the settings' sections on the card of a child's stage, and on surveys."""

from typing import Annotated

from annotated_types import Ge, Le

from data_access.cards.prompts import CONDITIONS, PROMPTED
from data_access.settings import Settings
from data_access.settings_file.kinds import OneOf, Section, Text


class Cards(Section):
    closing_days: Annotated[int, Ge(1), Le(366)] = Settings.closing_days


class PromptEntry(Section):
    name: Text
    stage: Annotated[str, OneOf(PROMPTED)]
    when: Annotated[str, OneOf(tuple(CONDITIONS))]
    number: Annotated[int, Ge(1), Le(3660)] | None = None
    words: Text
    source: Text


class Surveys(Section):
    families_question: Text = Settings.families_question
    staff_question: Text = Settings.staff_question
