"""Periods of being looked after, made of the SSD's episodes, each with its legal status.

`episodes_of_care` has the rule by which episodes go on with one another; the system's own id of a
period of care joins none.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import groupby, pairwise

import pandas as pd

from data_access.code_sets.plans import LEGAL_STATUS, SHORT_BREAKS
from data_access.words.agreeing import Agreeing
from loading.columns import codes
from loading.fitting import FOUND_AT
from loading.sources.reading import WARNING
from loading.sources.returns.episodes_of_care import GOES_ON, last_to_end, runs
from loading.sources.ssd.declared_plans import EPISODES, LEGAL_STATUSES
from loading.sources.ssd.drawing import Drawing, rows_said
from metrics.writing import count, several, written_date

NONE_FOLLOWS = "episode_followed_by_none"
APART = "episodes_apart"
OTHER_STATUS = "no_legal_status_of_care"
BETWEEN = (
    "{n} {n:episode begins|episodes begin} after a gap in care, as {at}: the child's last one"
    " ceased on {ended}, for no reason that ends care, and this one begins on {day}. Care counts as"
    " over in between. Enter the episode between, or the reason for which the one before ceased, or"
    " correct a date."
)


@dataclass
class Period:
    """Episodes of one child that go on with one another, in their order."""

    episodes: list[dict] = field(default_factory=list)

    @property
    def first(self) -> dict:
        """Its first episode."""
        return self.episodes[0]

    @property
    def last(self) -> dict:
        """The episode with which it ends, or goes on."""
        return last_to_end(self.episodes)

    @property
    def is_broken_off(self) -> bool:
        """Whether it ended without a reason for which care ends."""
        return bool(self.last["ended_on"]) and self.last["end_reason"] in (None, GOES_ON)

    def has_day_in(self, status: dict) -> bool:
        """Whether a legal status was in force on any of its days."""
        ended, began, until = self.last["ended_on"], status["from_day"], status["until_day"]
        begins_in_time = ended is None or began is None or began < ended
        return begins_in_time and (until is None or until > self.first["started_on"])


def draw_periods(drawing: Drawing) -> None:
    """One CLA plan a period of care: from its first episode's start until all of them have ended.

    An episode that ceased as another began, and which none follows, ends its period, and is said;
    so is a period that begins after one which ended for no reason that ends care.
    """
    statuses = _statuses(drawing)
    episodes = drawing.of(EPISODES)
    usable = episodes["started_on"].notna() & episodes["child_id"].notna()
    # Rows without either are said where every table's are.
    drawing.keep("plan", episodes[~usable].assign(kind="CLA", plan_id=_of_row(episodes[~usable])))
    periods = list(_periods(episodes[usable].to_dict("records")))
    drawing.pass_over("plan", "another episode of the same care", int(usable.sum()) - len(periods))
    apart = [one for one in pairwise(periods) if _is_apart(*one)]
    _say_apart(drawing, apart)
    said = {id(before) for before, _ in apart}
    _say_broken_off(drawing, [one for one in periods if id(one) not in said])
    rows = [_plan(period, statuses.get(period.first["child_id"], [])) for period in periods]
    drawing.keep("plan", pd.DataFrame(rows, columns=COLUMNS, dtype=object))


def _of_row(episodes: pd.DataFrame) -> pd.Series:
    return "CLA-" + episodes["episode_id"].astype(str)


def _periods(in_order: Iterable[dict]) -> Iterator[Period]:
    for _, of_child in groupby(in_order, key=lambda one: one["child_id"]):
        yield from map(Period, runs(of_child))


def _is_apart(before: Period, after: Period) -> bool:
    one_child = before.first["child_id"] == after.first["child_id"]
    return one_child and before.is_broken_off


COLUMNS = [
    "plan_id", "child_id", "referral_id", "kind", "started_on", "ended_on", "end_reason",
    "category", "legal_status", FOUND_AT,
]  # fmt: skip


def _plan(period: Period, statuses: list[dict]) -> dict:
    first, last = period.first, period.last
    return {
        "plan_id": f"CLA-{first['child_id']}-{first['started_on']:%Y%m%d}",
        "child_id": first["child_id"],
        "referral_id": _first_known(period, "referral_id"),
        "kind": "CLA",
        "started_on": first["started_on"],
        "ended_on": last["ended_on"],
        "end_reason": last["end_reason"] if last["ended_on"] else None,
        "category": _first_known(period, "category"),
        "legal_status": _status(period, statuses),
        FOUND_AT: first[FOUND_AT],
    }


def _first_known(period: Period, key: str) -> object:
    return next((one[key] for one in period.episodes if one[key] is not None), None)


def _status(period: Period, statuses: Iterable[dict]) -> str | None:
    """The latest status in force on a day of it; short breaks only where there is no other."""
    in_force = [one["code"] for one in statuses if period.has_day_in(one)]
    others = [code for code in in_force if code not in SHORT_BREAKS]
    return next(reversed(others or in_force), None)


def _statuses(drawing: Drawing) -> dict[str, list[dict]]:
    """By child the legal statuses of looked-after children, the one that began last last.

    An SSD holds other orders beside them: each different one is passed over, and said once.
    """
    rows = drawing.of(LEGAL_STATUSES)
    read = codes.reader(LEGAL_STATUS)([*rows["words"].dropna().unique()])
    for words in read.refused:
        number = int((rows["words"] == words).sum())
        drawing.say(OTHER_STATUS, "plan", WARNING, _other_status(str(words), number))
    known = rows.assign(code=rows["words"].map(read.values))
    known = known[known["code"].notna() & known["child_id"].notna()]
    by_child: dict[str, list[dict]] = {}
    for one in sorted(known.to_dict("records"), key=lambda one: one["from_day"] or date.min):
        by_child.setdefault(one["child_id"], []).append(one)
    return by_child


def _other_status(words: str, number: int) -> str:
    return (
        f"{LEGAL_STATUSES.name}: '{words}' ({rows_said(number)}) is no legal status of a"
        " looked-after child (SSDA903), and is passed over. If it is one, write its code."
    )


def _say_apart(drawing: Drawing, apart: Sequence[tuple[Period, Period]]) -> None:
    if apart:
        before, after = apart[0]
        number = Agreeing(len(apart), count(len(apart)))
        message = BETWEEN.format(
            n=number,
            at=after.first[FOUND_AT],
            ended=written_date(before.last["ended_on"]),
            day=written_date(after.first["started_on"]),
        )
        drawing.say(APART, "plan", WARNING, message)


def _say_broken_off(drawing: Drawing, periods: Iterable[Period]) -> None:
    broken = [
        period.last[FOUND_AT]
        for period in periods
        if period.last["ended_on"] and period.last["end_reason"] == GOES_ON
    ]
    if broken:
        message = (
            f"{several(len(broken), 'episode')}, as {broken[0]}, ceased as another began (X1), and"
            " none follows: care counts as ended that day. Enter the next episode, or the reason."
        )
        drawing.say(NONE_FOLLOWS, "plan", WARNING, message)
