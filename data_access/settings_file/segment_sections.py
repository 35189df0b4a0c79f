"""The keys of `segments.toml`: each key's type and range, and no others."""

from typing import Annotated

from annotated_types import Ge, Le, MinLen

from data_access.settings_file.kinds import Day, Section, Text

Groups = Annotated[list[Text], MinLen(1)]


class FactorGroupEntry(Section):
    group: Text
    name: Text
    factors: Annotated[list[Text], MinLen(1)]


class SegmentEntry(Section):
    unit: Text
    name: Text
    needs: Annotated[list[Groups], MinLen(1)]
    without: list[Text] = []
    child_age_from: Annotated[int, Ge(1), Le(17)] | None = None
    child_age_of: Groups | None = None
    applies_from: Day
    source: Text


class DecidesEntry(Section):
    held_by: Text
    who: Text


class SegmentsFile(Section):
    """The whole file."""

    factor_group: Annotated[list[FactorGroupEntry], MinLen(1)]
    decides: list[DecidesEntry] = []
    segment: Annotated[list[SegmentEntry], MinLen(1)]
