"""The keys of the settings' sections on what weighs on a worker."""

from typing import Annotated

from annotated_types import Ge, Le, MinLen

from data_access.settings_file.kinds import Section, Text
from data_access.unit_settings.practice import Practice


class PracticeSection(Section):
    exposure_share: Annotated[float, Ge(0.1), Le(1)] = Practice.exposure_share
    fewest_held: Annotated[int, Ge(1), Le(100)] = Practice.fewest_held


class ExposureGroupEntry(Section):
    group: Text
    name: Text
    factors: Annotated[list[Text], MinLen(1)]
