"""Cohorts made up for tests: by days from entry."""

from collections.abc import Iterable
from datetime import date, timedelta

from metrics.compare.cohort import Case, Cell, Cohort

AS_AT = date(2016, 10, 31)


def case(
    child_id: str,
    followed: int,
    after: int | None = None,
    *,
    seen: int | None = None,
    family: str | None = None,
    cell: Cell | None = None,
) -> Case:
    """One that entered so many days before AS_AT; the outcome came `after` days, if it did."""
    entered_on = AS_AT - timedelta(days=followed)
    return Case(
        child_id,
        entered_on,
        entered_on + timedelta(days=followed if seen is None else seen),
        None if after is None else entered_on + timedelta(days=after),
        family,
        cell,
    )


def cohort(*cases: Case, name: str = "Unit 1") -> Cohort:
    return Cohort(name, cases, AS_AT)


def of_times(name: str, followed: Iterable[int], lasts: Iterable[int]) -> Cohort:
    """Of each the days that it could be seen, and those after which its outcome comes."""
    both = zip(followed, lasts, strict=True)
    return cohort(
        *(
            case(str(n), days, last if last <= days else None)
            for n, (days, last) in enumerate(both)
        ),
        name=name,
    )


def complete(had: int, of: int, days: int = 300, name: str = "Unit 1") -> Cohort:
    """So many cases followed for as long as one asks, of whom some had the outcome on a day."""
    return of_times(name, [1000] * of, [days] * had + [9999] * (of - had))
