"""Periods of care and placements, made of the episodes of SSDA903.

An episode begins with a start of care, or a change of legal status, placement or carer (RNE), and
goes on as the next (REC X1) until care ceases. Episodes without a day between them are one period.
Short breaks (V3, V4) are not looked after: such episodes make none. DEC is the first day not
included, as in the DfE's counts at 31 March.
Source: DfE, Children looked-after data return (SSDA903): guide.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from itertools import groupby, pairwise

from data_access.code_sets.plans import LONG_TERM, SHORT_BREAKS
from data_access.sources.returns import SSDA903
from loading.short_breaks import short_break
from loading.sources.reading import WARNING, Gathering, Issue

BEGAN, GOES_ON, ONLY_LEGAL = "S", "X1", "L"
ONE_DAY = timedelta(days=1)
BEGAN_BEFORE = "care_began_before"
NOT_ENDED = "{at}: the episode has no DEC, and the next begins on {day}, which counts as its end"
GAP = (
    "{at}: the episode goes on from one before (RNE {why}), and none ends on {day}: care counts as"
    " over from {ended} until then. Enter the episode between, or correct a date"
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
    """A period of care as its episodes, in their order; whether the first began it is known."""

    episodes: Sequence[dict]
    began: bool

    @property
    def first(self) -> dict:
        return self.episodes[0]

    @property
    def last(self) -> dict:
        return self.episodes[-1]

    @property
    def is_open(self) -> bool:
        """Whether it goes on: also where X1 says so of its last episode."""
        return self.last["ended_on"] is None or self.last["end_reason"] == GOES_ON

    def latest(self, name: str) -> object:
        """What the last episode that says something says."""
        said = (one[name] for one in reversed(self.episodes) if one[name] is not None)
        return next(said, None)


def gather_care(gathering: Gathering, episodes: Iterable[dict]) -> bool:
    """Offers every child's plans and placements; whether the start of every plan is known."""
    ordered = sorted(episodes, key=_in_order)
    all_known = True
    for _, of_child in groupby(ordered, key=lambda row: row["child_id"]):
        for period in _periods(gathering, _with_ends(gathering, list(of_child))):
            _offer_plan(gathering, period)
            _offer_placements(gathering, period)
            all_known &= period.began
    return all_known


def _in_order(row: dict) -> tuple:
    is_open = row["ended_on"] is None
    return row["child_id"], row["began_on"], is_open, row["ended_on"] or row["began_on"]


def _with_ends(gathering: Gathering, rows: list[dict]) -> list[dict]:
    """The episodes, each that is not ended though another follows ended by that, and said."""
    for row, after in pairwise(rows):
        if row["ended_on"] is None:
            row["ended_on"] = after["began_on"]
            _say(gathering, "episode_not_ended", row, NOT_ENDED, day=after["began_on"])
    return rows


def _periods(gathering: Gathering, rows: list[dict]) -> Iterator[Period]:
    began, period = False, list[dict]()
    for before, row in zip([None, *rows], rows, strict=False):
        goes_on = before is not None and _goes_on(gathering, before, row)
        if period and (not goes_on or _is_short(row)):
            yield Period(period, began)
            period = []
        if _is_short(row):
            gathering.leave_out("plan", _short_break(row))
        else:
            began = began if period else row["why_new"] == BEGAN or before is not None
            period.append(row)
    if period:
        yield Period(period, began)


def _goes_on(gathering: Gathering, before: dict, row: dict) -> bool:
    """Whether care goes on from one episode to the next, which X1 allows to begin a day later."""
    if row["why_new"] == BEGAN:
        return False
    if before["ended_on"] + ONE_DAY * (before["end_reason"] == GOES_ON) >= row["began_on"]:
        return True
    words = {"why": row["why_new"], "day": row["began_on"], "ended": before["ended_on"]}
    _say(gathering, "episodes_apart", row, GAP, **words)
    return False


def _is_short(row: dict) -> bool:
    return row["legal_status"] in SHORT_BREAKS


def _short_break(row: dict) -> Issue:
    return short_break(row["found_at"], _plan_id(row), row["legal_status"])


def _plan_id(row: dict) -> str:
    return SSDA903.row_id(row["child_id"], "CLA", row["began_on"])


def _offer_plan(gathering: Gathering, period: Period) -> None:
    first, last = period.first, period.last
    if last["end_reason"] == GOES_ON and last["ended_on"]:
        _say(gathering, "nothing_after_x1", last, NOTHING_AFTER)
    if not period.began:
        words = {"why": first["why_new"] or "not given", "day": first["began_on"]}
        _say(gathering, BEGAN_BEFORE, first, BEFORE, **words)
    gathering.offer(
        "plan",
        plan_id=_plan_id(first),
        child_id=first["child_id"],
        kind="CLA",
        started_on=first["began_on"],
        ended_on=None if period.is_open else last["ended_on"],
        end_reason=None if period.is_open else last["end_reason"],
        category=period.latest("need"),
        legal_status=period.latest("legal_status"),
        found_at=first["found_at"],
    )


def _offer_placements(gathering: Gathering, period: Period) -> None:
    """A placement for each change of it: a change of legal status alone is none."""
    placed: list[list[dict]] = []
    for row in period.episodes:
        if placed and row["why_new"] == ONLY_LEGAL:
            placed[-1].append(row)
        else:
            placed.append([row])
    for rows in placed:
        is_last = rows[-1] is period.last
        _offer_placement(gathering, rows, None if is_last and period.is_open else rows[-1])


def _offer_placement(gathering: Gathering, rows: list[dict], ended: dict | None) -> None:
    first, place = rows[0], rows[-1]["place"]
    gathering.offer(
        "placement",
        placement_id=SSDA903.row_id(first["child_id"], "P", first["began_on"]),
        child_id=first["child_id"],
        started_on=first["began_on"],
        ended_on=ended and ended["ended_on"],
        kind=place,
        long_term=place in LONG_TERM,
        found_at=first["found_at"],
    )


def _say(gathering: Gathering, rule: str, row: dict, says: str, **words: object) -> None:
    message = f"{says.format(at=row['found_at'], **words)}."
    gathering.issues.append(Issue(rule, "plan", _plan_id(row), WARNING, message))
