"""How often a child is to be seen where nothing is agreed, and a plan reviewed: by rule, by law."""

from collections.abc import Iterator, Sequence
from datetime import date

from sqlalchemy import ColumnClause, Date, Integer, String, Values, column, values

from data_access.code_sets.outcomes import REVIEW_KIND
from data_access.due.due_dates import LONG_AGO
from data_access.problems import Problem
from data_access.schema import PLAN_KINDS
from data_access.settings import GENERAL, PHASES, REVIEW_PHASES, Interval, Limb, Settings

LONG_HENCE = date(2999, 1, 1)

# Where a phase has no interval of its own, the first of these that has one applies.
STANDS_IN = {
    "always": ("always", "later"),
    "first": ("first", "first_year", "later", "always"),
    "second": ("second", "later"),
    "until_review": ("until_review", "first_year", "later", "always"),
    "first_year": ("first_year", "later", "always"),
    "later": ("later", "always"),
    "long_term": ("long_term", "later", "always"),
}


def standards(intervals: Sequence[Interval], limbs: Sequence[Limb], name: str) -> Values:
    """How often by plan kind, limb, phase and time in force: every, period, in_force_from, …_to.

    One row for each that has an interval; only looked-after children's plans have limbs and phases.
    """
    rows = [
        (kind, limb, phase, interval.every, interval.period, interval.applies_from, until)
        for kind in PLAN_KINDS
        for limb, phase in limbs_and_phases(kind, limbs)
        for interval, until in _in_force(intervals_for(intervals, kind, limb, phase))
    ]
    if not rows:
        raise Problem("config.toml gives no interval for visits: add [[visit_standard]] sections.")
    return _as_values(rows, name)


def review_standards(settings: Settings) -> Values:
    """The same of reviews, whose kind is that of the plan reviewed; no limb has its own.

    phase: first (nothing held yet), second (one held), later.
    """
    entries = [*settings.review_standards, first_review_in_care(settings)]
    rows = [
        (kind, GENERAL, phase, interval.every, interval.period, interval.applies_from, until)
        for kind in REVIEW_KIND.names
        for phase in REVIEW_PHASES
        for interval, until in _in_force(intervals_for(entries, kind, GENERAL, phase))
    ]
    return _as_values(rows, "review_standard")


def first_review_in_care(settings: Settings) -> Interval:
    """By when a looked-after child's first review is due: the setting that visits rest on too."""
    working_days = settings.first_review_working_days
    return Interval("CLA", "first", working_days, "working_days", LONG_AGO, "regulation 33(1)")


def _as_values(rows: list[tuple], name: str) -> Values:
    names = ("kind", "limb", "phase", "every", "period", "in_force_from", "in_force_to")
    kinds = (String, String, String, Integer, String, Date, Date)
    columns: Iterator[ColumnClause] = (
        column(*name_and_kind) for name_and_kind in zip(names, kinds, strict=True)
    )
    return values(*columns, name=name).data(rows)


def limbs_and_phases(kind: str, limbs: Sequence[Limb]) -> list[tuple[str, str]]:
    """The limbs and phases that clocks of a plan kind can be in; only looked-after have several."""
    if kind != "CLA":
        return [(GENERAL, "always")]
    phases = [phase for phase in PHASES if phase != "always"]
    return [
        (limb, phase)
        for limb in (GENERAL, *(visit_limb.limb for visit_limb in limbs))
        for phase in phases
    ]


def intervals_for(
    intervals: Sequence[Interval], kind: str, limb: str, phase: str
) -> list[Interval]:
    """The intervals of the limb's own, else the general ones, the oldest first; may be none."""
    for own in (limb, GENERAL):
        for stand_in in STANDS_IN[phase]:
            wanted = (kind, own, stand_in)
            fitting = [
                interval
                for interval in intervals
                if (interval.kind, interval.limb, interval.phase) == wanted
            ]
            if fitting:
                return sorted(fitting, key=lambda interval: interval.applies_from)
    return []


def _in_force(intervals: list[Interval]) -> list[tuple[Interval, date]]:
    if not intervals:
        return []
    ends = [*(interval.applies_from for interval in intervals[1:]), LONG_HENCE]
    return list(zip(intervals, ends, strict=True))
