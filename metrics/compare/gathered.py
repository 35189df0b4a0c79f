"""One cohort gathered from all entries, with what was left out of it and why others were lost."""

from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date

from metrics.compare.cohort import Cohort
from metrics.compare.entries import Entry
from metrics.compare.outcomes import Known, Outcome, followed


@dataclass(frozen=True)
class Gathered:
    """A cohort, and what stands beside it.

    `legacy` cases are older than their unit, `could_not` have the outcome; `last_seen` says why
    those without it were seen no longer: "end of data" for those that go on.
    """

    cohort: Cohort
    legacy: int
    could_not: int
    last_seen: Counter[str]


def gathered(
    name: str,
    entered: Iterable[Entry],
    units: Collection[str],
    first: date,
    until: date,
    outcome: Outcome,
    known: Known,
) -> Gathered:
    """The cohort of the entries to `units` from the day `first` on, before the day `until`."""
    own = [one for one in entered if one.unit_id in units and first <= one.entered_on < until]
    legacy = sum(one.is_legacy for one in own)
    found = followed(outcome, own, known)
    return Gathered(
        Cohort(name, tuple(one.case for one in found), known.as_at),
        legacy,
        len(own) - legacy - len(found),
        Counter(one.last_seen for one in found if one.last_seen),
    )
