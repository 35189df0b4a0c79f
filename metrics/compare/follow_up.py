"""How long cohorts were followed, which is said first, and until when it is too early to say."""

from dataclasses import dataclass
from datetime import date

from dateutil.relativedelta import relativedelta

from metrics.compare.cohort import HORIZONS, Cohort
from metrics.model import Period

MEDIAN_MONTHS = 12


@dataclass(frozen=True)
class FollowUp:
    """How many cases entered from month to month, and for how many days they could be seen.

    `complete_to` says by months how many could be seen that long, whatever happened to them.
    """

    cases: int
    first: Period
    last: Period
    shortest: int
    median: int
    longest: int
    complete_to: dict[int, int]


def follow_up(cohort: Cohort) -> FollowUp | None:
    """How long the cohort was followed; None of no case. The median is by nearest rank, from below.

    Days from entry to the last day that the data cover: not to the outcome, nor to a move away.
    """
    if not cohort.cases:
        return None
    days = sorted(cohort.followed.tolist())
    entered = sorted(one.entered_on for one in cohort.cases)
    return FollowUp(
        cases=len(days),
        first=Period.of(entered[0]),
        last=Period.of(entered[-1]),
        shortest=days[0],
        median=days[len(days) // 2],
        longest=days[-1],
        complete_to={
            months: sum(one >= needed for one in days) for months, needed in HORIZONS.items()
        },
    )


def early_until(*cohorts: Cohort) -> date | None:
    """The first day on which half of each cohort's cases have been followed for twelve months.

    Before it every comparison of them is too early to say. Worked out from the entries so far: of
    more that come it would be later. None where a cohort has no case, so that nobody knows.
    """
    if not all(cohort.cases for cohort in cohorts):
        return None
    return max(map(_half_followed_on, cohorts))


def is_early(*cohorts: Cohort) -> bool:
    """Whether it is too early to say how the cohorts compare."""
    until = early_until(*cohorts)
    return until is None or any(cohort.as_at < until for cohort in cohorts)


def _half_followed_on(cohort: Cohort) -> date:
    entered = sorted(one.entered_on for one in cohort.cases)
    return entered[(len(entered) - 1) // 2] + relativedelta(months=MEDIAN_MONTHS)
