"""Who was absent, when and why; sickness in August 2016 is set to the report's figures."""

from dataclasses import dataclass, replace

import pandas as pd

from data_access import schema
from loading.demo.chance import Chance
from loading.demo.days import (
    DATA_FROM,
    DATA_TO,
    FAR,
    day_number,
    is_working,
    known,
    working_days_after,
    working_days_in,
)
from loading.demo.tables import table_frame
from loading.demo.units import SEGMENTED
from loading.demo.workers.workforce import Post

AUGUST, SEPTEMBER = day_number(2016, 8, 1), day_number(2016, 9, 1)
_TREND_FROM = day_number(2015, 6, 1)
IN_UNITS, ELSEWHERE = 0.03, 0.06
_SHORT_A_YEAR, _SHORT_IN_UNITS, _MORE_EACH_YEAR = 1.9, 0.9, 1.6
_LONG_A_YEAR = {True: 0.03, False: 0.15}
_YEAR = 365
_NEAR_ENOUGH = 0.0005


@dataclass(frozen=True)
class Absence:
    """Days `first` to `last`, both included; half is a half day."""

    worker_id: str
    reason: str
    first: int
    last: int
    half: bool = False


def absences(posts: list[Post]) -> list[Absence]:
    """Every absence, in the order of its first day."""
    chance = Chance("absences")
    all_absences = [
        absence for post in posts if not post.agency for absence in _post_absences(chance, post)
    ]
    for in_units, wanted in ((True, IN_UNITS), (False, ELSEWHERE)):
        group = [post for post in posts if in_group(post, in_units)]
        all_absences = _set_august(chance, all_absences, group, wanted)
    return sorted(
        all_absences, key=lambda absence: (absence.first, absence.worker_id, absence.last)
    )


def in_group(post: Post, in_units: bool) -> bool:
    """Whether the post counts for sickness and is, or is not, in a segmented unit."""
    return not post.agency and (post.unit_id in SEGMENTED) == in_units


def _post_absences(chance: Chance, post: Post) -> list[Absence]:
    first, after = max(post.started, DATA_FROM), min(post.ended, DATA_TO)
    in_units = post.unit_id in SEGMENTED
    absences = []
    now = first + chance.waiting(_YEAR / _short_a_year(first, in_units))
    while now < after:
        absences.append(_short(chance, post, now))
        now = absences[-1].last + 1 + chance.waiting(_YEAR / _short_a_year(now, in_units))
    if chance.happens(_LONG_A_YEAR[in_units] * (after - first) / _YEAR):
        begun = chance.between(first, max(first, after - 10))
        absences.append(_until(post, "SIC", begun, begun + 20 + chance.waiting(75, 2)))
    if chance.happens(0.028 * (after - first) / _YEAR):
        begun = chance.between(first, max(first, after - 30))
        absences.append(_until(post, "MAT", begun, begun + 270 + chance.between(0, 90)))
    return [absence for absence in absences if absence.first <= absence.last]


def _short_a_year(now: int, in_units: bool) -> float:
    """Short absences a year: they grow in the units from June 2015 on, as the report found."""
    if not in_units:
        return _SHORT_A_YEAR
    return _SHORT_IN_UNITS + _MORE_EACH_YEAR * max(0, now - _TREND_FROM) / _YEAR


def _short(chance: Chance, post: Post, now: int) -> Absence:
    reason = chance.weighted({"SIC": 86, "OTH": 9, "TRN": 3, "UNP": 2})
    begun = working_days_after(now, 0)
    if reason == "SIC" and chance.happens(0.08):
        return replace(_until(post, reason, begun, begun), half=True)
    return _until(post, reason, begun, working_days_after(begun, chance.waiting(3.3)))


def _until(post: Post, reason: str, first: int, last: int) -> Absence:
    return Absence(post.worker_id, reason, first, min(last, post.ended - 1))


def august_rate(absences: list[Absence], group: list[Post]) -> float:
    """FTE working days lost to sickness in August 2016 ÷ FTE working days in post."""
    lost = in_post = 0.0
    by_worker: dict[str, list[Absence]] = {}
    for absence in absences:
        if absence.reason == "SIC" and absence.last >= AUGUST and absence.first < SEPTEMBER:
            by_worker.setdefault(absence.worker_id, []).append(absence)
    for post in group:
        first, after = max(AUGUST, post.started), min(SEPTEMBER, post.ended)
        in_post += post.fte * working_days_in(first, after)
        lost += post.fte * sum(
            _share_lost(by_worker.get(post.worker_id, []), number)
            for number in range(first, after)
            if is_working(number)
        )
    return lost / in_post


def _share_lost(absences: list[Absence], number: int) -> float:
    here = [
        0.5 if absence.half else 1.0
        for absence in absences
        if absence.first <= number <= absence.last
    ]
    return max(here, default=0.0)


def _set_august(
    chance: Chance, absences: list[Absence], group: list[Post], wanted: float
) -> list[Absence]:
    """Absences added or taken out, one by one, until August's rate rounds to what is wanted."""
    everyone = {post.worker_id for post in group}
    while august_rate(absences, group) > wanted + _NEAR_ENOUGH:
        cut = min(
            _in_august(absences, everyone),
            key=lambda absence: (absence.last - absence.first, absence.first),
        )
        absences.remove(cut)
        if cut.first < AUGUST:
            absences.append(replace(cut, last=AUGUST - 1))
    absent = {
        absence.worker_id
        for absence in absences
        if absence.last >= AUGUST and absence.first < SEPTEMBER
    }
    all_month = [post for post in group if post.started <= AUGUST and post.ended >= SEPTEMBER]
    well = [post for post in all_month if post.worker_id not in absent and post.fte > 0]
    in_post = sum(post.fte * working_days_in(AUGUST, SEPTEMBER) for post in group)
    while (missing := wanted - august_rate(absences, group)) > _NEAR_ENOUGH:
        post = well.pop(chance.between(0, len(well) - 1))
        absences.append(_so_many_days(chance, post, missing * in_post / post.fte))
    return absences


def _so_many_days(chance: Chance, post: Post, days: float) -> Absence:
    """A short absence in August of no more than `days`, to the nearest half day."""
    longest = min(chance.between(1, 4), int(days + 0.25))
    begun = working_days_after(AUGUST + chance.between(0, 20), 0)
    last = working_days_after(begun, max(longest, 1) - 1)
    return Absence(post.worker_id, "SIC", begun, last, half=longest == 0)


def _in_august(absences: list[Absence], workers: set[str]) -> list[Absence]:
    return [
        absence
        for absence in absences
        if absence.worker_id in workers
        and absence.reason == "SIC"
        and absence.last >= AUGUST
        and absence.first < SEPTEMBER
    ]


def absence_frame(absences: list[Absence]) -> pd.DataFrame:
    """Table `absence`: those known by the last day; some of them not yet over."""
    chance = Chance("absences recorded")
    rows = []
    for number, absence in enumerate(absences, start=1):
        recorded = working_days_after(absence.first, chance.weighted({0: 40, 1: 35, 3: 15, 6: 10}))
        if absence.first > DATA_TO or recorded > DATA_TO:
            continue
        last = known(absence.last) if absence.last < FAR else None
        row = (
            f"AB{number:05}",
            absence.worker_id,
            absence.reason,
            absence.first,
            last,
            absence.half,
            recorded,
        )
        rows.append(row)
    return table_frame(schema.absence, rows)
