"""Periods of being looked after, made of the SSD's episodes, each with its legal status.

Source: DfE, SSDA903: a child who stays looked after has a new episode on the day on which the last
one ceased, whose reason is then X1; any other reason says how the child left care.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date

import pandas as pd

from data_access.code_sets.plans import LEGAL_STATUS, SHORT_BREAKS
from loading.columns import codes
from loading.fitting import FOUND_AT
from loading.sources.reading import WARNING
from loading.sources.ssd.declared_plans import EPISODES, LEGAL_STATUSES
from loading.sources.ssd.drawing import Drawing, rows_said
from metrics.writing import several

GOES_ON = "X1"
NONE_FOLLOWS = "episode_followed_by_none"
OTHER_STATUS = "no_legal_status_of_care"


@dataclass
class Period:
    """Episodes of one child without a day between, in their order."""

    episodes: list[dict] = field(default_factory=list)

    @property
    def first(self) -> dict:
        """Its first episode."""
        return self.episodes[0]

    @property
    def last(self) -> dict:
        """The episode that began last; of one day, that which ended last or goes on."""
        return max(self.episodes, key=lambda one: (one["started_on"], one["ended_on"] or date.max))

    def takes(self, episode: dict) -> bool:
        """Whether an episode that begins later, or on the same day, goes on with it."""
        last = self.last
        ended, reason = last["ended_on"], last["end_reason"]
        one_id = episode["cla_id"] == last["cla_id"] and episode["cla_id"] is not None
        if ended is None:
            return one_id or None in (episode["cla_id"], last["cla_id"])
        if reason not in (None, GOES_ON) and episode["started_on"] >= ended:
            return False
        return one_id or episode["started_on"] <= ended

    def has_day_in(self, status: dict) -> bool:
        """Whether a legal status was in force on any of its days."""
        ended, began, until = self.last["ended_on"], status["from_day"], status["until_day"]
        begins_in_time = ended is None or began is None or began < ended
        return begins_in_time and (until is None or until > self.first["started_on"])


def draw_periods(drawing: Drawing) -> None:
    """One CLA plan a period of care: from its first episode's start to its last one's end.

    An episode that ceased as another began, and which none follows, ends its period, and is said.
    """
    statuses = _statuses(drawing)
    episodes = drawing.of(EPISODES)
    usable = episodes["started_on"].notna() & episodes["child_id"].notna()
    # Rows without either are said where every table's are.
    drawing.keep("plan", episodes[~usable].assign(kind="CLA", plan_id=_of_row(episodes[~usable])))
    periods = list(_periods(episodes[usable].to_dict("records")))
    drawing.pass_over("plan", "another episode of the same care", int(usable.sum()) - len(periods))
    _say_broken_off(drawing, periods)
    rows = [_plan(period, statuses.get(period.first["child_id"], [])) for period in periods]
    drawing.keep("plan", pd.DataFrame(rows, columns=COLUMNS, dtype=object))


def _of_row(episodes: pd.DataFrame) -> pd.Series:
    return "CLA-" + episodes["episode_id"].astype(str)


def _periods(episodes: Iterable[dict]) -> Iterator[Period]:
    in_order = sorted(
        episodes,
        key=lambda one: (
            one["child_id"],
            one["started_on"],
            one["ended_on"] or date.max,
            str(one["episode_id"]),
        ),
    )
    period = Period()
    for episode in in_order:
        goes_on = period.episodes and period.first["child_id"] == episode["child_id"]
        if goes_on and period.takes(episode):
            period.episodes.append(episode)
            continue
        if period.episodes:
            yield period
        period = Period([episode])
    if period.episodes:
        yield period


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
