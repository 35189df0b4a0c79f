"""Periods of care and placements, made of the episodes of SSDA903.

An episode begins with a start of care, or a change of legal status, placement or carer (RNE), and
goes on as the next (REC X1) until care ceases: `episodes_of_care` has the rule. Episodes that go on
with one another are one period, which ends when all of them have.
Short breaks (V3, V4) are not looked after: such episodes make none. DEC is the first day not
included, as in the DfE's counts at 31 March.
Source: DfE, Children looked-after data return (SSDA903): guide.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from data_access.code_sets.plans import LONG_TERM, SHORT_BREAKS
from data_access.sources.returns import SSDA903
from loading.short_breaks import short_break
from loading.sources.reading import WARNING, Gathering, Issue
from loading.sources.returns.episodes_of_care import (
    GOES_ON,
    end_with_next,
    goes_on_with,
    in_order,
    last_to_end,
    running_on,
)

BEGAN, ONLY_LEGAL = "S", "L"
BEGAN_BEFORE = "care_began_before"
NOT_ENDED = (
    "{at}: the episode has no DEC, and the next begins on {day}, which counts as its end. Enter"
    " DEC, or take out a row that stands twice"
)
GAP = (
    "{at}: the episode goes on from one before (RNE {why}), and none ends on {day} for another to"
    " begin (X1): care counts as over with {ended}, and as begun anew. Enter the episode between,"
    " or correct a date, RNE or REC"
)
ANEW = (
    "{at}: the episode begins care (RNE S), and the one before ceased on {ended} for no reason that"
    " ends care (REC {reason}): care counts as over with {ended}, and as begun anew. Enter the"
    " episode between, or correct a date, RNE or REC"
)
RUNS_ON = (
    "{at}: DEC is {ended}, and the next episode begins before, on {day}: care counts until the last"
    " of them ends. Correct a date"
)
NOTHING_AFTER = (
    "{at}: REC X1 says that another episode begins, and there is none: the child counts as looked"
    " after still. Enter the episode, or the reason for which care ceased"
)
BEFORE = (
    "{at}: care began before this episode (RNE {why}), nobody knows when: the child counts as"
    " looked after from {day} on. Add the folders of the years before"
)


@dataclass(frozen=True)
class Period:
    """A period of care as its episodes, in their order.

    `began`: whether it is known that the first began it. `of_child`: all that the child has, those
    of short breaks among them.
    """

    episodes: Sequence[dict]
    began: bool
    of_child: Sequence[dict]

    @property
    def first(self) -> dict:
        return self.episodes[0]

    @property
    def last(self) -> dict:
        return last_to_end(self.episodes)

    @property
    def is_open(self) -> bool:
        """Whether it goes on: also where X1 says so and no episode follows."""
        return self.last["ended_on"] is None or self.lacks_next

    @property
    def lacks_next(self) -> bool:
        """Whether X1 says that another episode begins, and none goes on from its end."""
        ended = self.last["ended_on"]
        return (
            bool(ended)
            and self.last["end_reason"] == GOES_ON
            and not any(_goes_on_from(ended, one) for one in self.of_child)
        )

    def latest(self, name: str) -> object:
        """What the last episode that says something says."""
        said = (one[name] for one in reversed(self.episodes) if one[name] is not None)
        return next(said, None)


def gather_care(gathering: Gathering, episodes: Iterable[dict]) -> bool:
    """Offers every child's plans and placements; whether the start of every plan is known."""
    all_known = True
    for _, of_child in groupby(in_order(episodes), key=lambda row: row["child_id"]):
        rows = list(of_child)
        _say_wrong_ends(gathering, rows)
        for period in _periods(gathering, rows):
            _offer_plan(gathering, period)
            _offer_placements(gathering, period)
            all_known &= period.began
    return all_known


def _say_wrong_ends(gathering: Gathering, rows: Sequence[dict]) -> None:
    """Ends each episode that is not ended though another follows; says it, and which end late."""
    for row, after in end_with_next(rows):
        _say(gathering, "episode_not_ended", row, NOT_ENDED, day=after["started_on"])
    for row, after in running_on(rows):
        words = {"ended": row["ended_on"], "day": after["started_on"]}
        _say(gathering, "episode_runs_on", row, RUNS_ON, **words)


def _periods(gathering: Gathering, rows: Sequence[dict]) -> Iterator[Period]:
    began, period, before = False, list[dict](), list[dict]()
    for row in rows:
        is_apart = bool(before) and _is_apart(gathering, before, row)
        if period and (is_apart or not goes_on_with(period, row)):
            yield Period(period, began, rows)
            period = []
        if _is_short(row):
            gathering.leave_out("plan", _short_break(row))
        else:
            began = began if period else row["why_new"] == BEGAN or bool(before)
            period.append(row)
        before.append(row)
    if period:
        yield Period(period, began, rows)


def _is_apart(gathering: Gathering, before: Sequence[dict], row: dict) -> bool:
    """Whether an episode goes on from none before it, short breaks among them.

    A start of care (RNE S) goes on from none, but where the child is looked after already.
    """
    last, why = last_to_end(before), row["why_new"]
    if goes_on_with(before, row):
        is_after = row["started_on"] >= last["ended_on"]
        if not (why == BEGAN and is_after and not _same_day(before[-1], row)):
            return False
    words = {"why": why or "not given", "ended": last["ended_on"], "day": row["started_on"]}
    if why != BEGAN:
        _say(gathering, "episodes_apart", row, GAP, **words)
    elif last["end_reason"] in (None, GOES_ON) and not (_is_short(last) or _is_short(row)):
        reason = last["end_reason"] or "not given"
        _say(gathering, "episodes_apart", row, ANEW, reason=reason, **words)
    return True


def _goes_on_from(ended: date, row: dict) -> bool:
    return row["started_on"] >= ended and (row["ended_on"] or date.max) > ended


def _same_day(one: dict, other: dict) -> bool:
    return one["started_on"] == other["started_on"]


def _is_short(row: dict) -> bool:
    return row["legal_status"] in SHORT_BREAKS


def _short_break(row: dict) -> Issue:
    return short_break(row["found_at"], _plan_id(row), row["legal_status"])


def _plan_id(row: dict) -> str:
    return SSDA903.row_id(row["child_id"], "CLA", row["started_on"])


def _offer_plan(gathering: Gathering, period: Period) -> None:
    first, last = period.first, period.last
    if period.lacks_next:
        _say(gathering, "nothing_after_x1", last, NOTHING_AFTER)
    if not period.began:
        words = {"why": first["why_new"] or "not given", "day": first["started_on"]}
        _say(gathering, BEGAN_BEFORE, first, BEFORE, **words)
    gathering.offer(
        "plan",
        plan_id=_plan_id(first),
        child_id=first["child_id"],
        kind="CLA",
        started_on=first["started_on"],
        ended_on=None if period.is_open else last["ended_on"],
        end_reason=None if period.is_open else last["end_reason"],
        category=period.latest("need"),
        legal_status=period.latest("legal_status"),
        found_at=first["found_at"],
    )


def _offer_placements(gathering: Gathering, period: Period) -> None:
    """A placement for each day on which it changed: a change of legal status alone is none.

    Of the placements that began on one day it is the one in which the child stayed.
    """
    placed: list[list[dict]] = []
    for row in period.episodes:
        if placed and (row["why_new"] == ONLY_LEGAL or _same_day(placed[-1][0], row)):
            placed[-1].append(row)
        else:
            placed.append([row])
    for rows in placed:
        goes_on = period.is_open and any(row is period.last for row in rows)
        _offer_placement(gathering, rows, None if goes_on else last_to_end(rows))


def _offer_placement(gathering: Gathering, rows: list[dict], ended: dict | None) -> None:
    first, place = rows[0], rows[-1]["place"]
    gathering.offer(
        "placement",
        placement_id=SSDA903.row_id(first["child_id"], "P", first["started_on"]),
        child_id=first["child_id"],
        started_on=first["started_on"],
        ended_on=ended and ended["ended_on"],
        kind=place,
        long_term=place in LONG_TERM,
        found_at=first["found_at"],
    )


def _say(gathering: Gathering, rule: str, row: dict, says: str, **words: object) -> None:
    message = f"{says.format(at=row['found_at'], **words)}."
    gathering.issues.append(Issue(rule, "plan", _plan_id(row), WARNING, message))
