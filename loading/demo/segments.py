"""Which of the demonstration council's units a family is for: by rules that are its own."""

from collections.abc import Sequence
from pathlib import Path

from data_access.settings_file.segments import read_segments
from loading.demo.days import DATA_TO, as_date
from metrics.segments.judging import Assessed, judged
from metrics.segments.rules import rules_on

# Not those of whoever builds it, so that its rows are always the same.
SEGMENTS = read_segments(Path(__file__))
RULES = rules_on(SEGMENTS, as_date(DATA_TO))

PHYSICAL_ABUSE = SEGMENTS.factors_of(["physical_abuse"])
CHILD_DOMESTIC_ABUSE = SEGMENTS.factors_of(["domestic_abuse_child"])
OTHER_DOMESTIC_ABUSE = SEGMENTS.factors_of(["domestic_abuse_others"])
CHILD_ISSUES = SEGMENTS.factors_of(["child"])
SEXUAL = SEGMENTS.factors_of(["sexual_abuse", "sexual_exploitation"])
NEGLECT = SEGMENTS.factors_of(["neglect"])


def unit_for(factors: frozenset[str], ages: Sequence[int]) -> str | None:
    """The unit whose rule the family fits; every child of it is assessed with these factors."""
    return judged([Assessed(age, factors) for age in ages], RULES).unit
