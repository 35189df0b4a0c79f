"""How often a child is to be seen where nothing is agreed: by the authority's standard, by law."""

from collections.abc import Iterator, Sequence
from datetime import date

from sqlalchemy import ColumnClause, Date, Integer, String, Values, column, values

from data_access.problems import Problem
from data_access.schema import PLAN_KINDS
from data_access.settings import GENERAL, Interval, Limb

LONG_HENCE = date(2999, 1, 1)

# Where a phase has no interval of its own, the first of these that has one applies.
STANDS_IN = {
    "always": ("always", "later"),
    "first": ("first", "first_year", "later", "always"),
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
    phases = [phase for phase in STANDS_IN if phase != "always"]
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
