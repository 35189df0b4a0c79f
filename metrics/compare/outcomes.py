"""What is compared: of each entry the time to the first event, or until it was last seen."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from dateutil.relativedelta import relativedelta
from sqlalchemy import Row, Select, select

from data_access.schema import referral, status_run
from metrics.compare.cohort import Case, Cell
from metrics.compare.entries import Entry
from metrics.levels.levels import LEVELS

GROWN_UP = 18
# Died, to another authority, to adult services: an end that is no outcome of the work.
ANOTHER_END = {"RC2": "died", "RC5": "another authority", "RC6": "adult services"}
# Who was adopted is closed, and could not come back.
GONE = {*ANOTHER_END, "RC1"}
NOT_STATED = "N0"
AGE_BANDS = ((1, "unborn to 0"), (7, "1 to 6"), (12, "7 to 11"), (GROWN_UP + 100, "12 and over"))
END_OF_DATA, MOVED, CLOSED, OF_AGE = "end of data", "another unit", "closed", "18"


@dataclass(frozen=True)
class Known:
    """What is known of children up to `as_at`, by child: settled runs in order, and referrals."""

    as_at: date
    runs: Mapping[str, Sequence[Row]] = field(default_factory=dict)
    referrals: Mapping[str, Sequence[Row]] = field(default_factory=dict)

    def level_at(self, entry: Entry) -> str | None:
        """The settled level on the day of entry; None for a child of none."""
        for one in self.runs.get(entry.child_id, ()):
            if one.started_on <= entry.entered_on < (one.ended_on or date.max):
                return one.level
        return None


def settled_runs(as_at: date) -> Select:
    """Every settled run, by child in order: child_id, level, started_on, ended_on."""
    in_order = (status_run.c.child_id, status_run.c.started_on)
    return select(*status_run.c).where(status_run.c.started_on <= as_at).order_by(*in_order)


def referrals_known(as_at: date) -> Select:
    """Every referral received by `as_at`, by child in order."""
    names = ("child_id", "referral_id", "received_on", "closed_on", "no_further_action")
    columns = [referral.c[name] for name in names]
    in_order = (referral.c.child_id, referral.c.received_on, referral.c.referral_id)
    return select(*columns).where(referral.c.received_on <= as_at).order_by(*in_order)


@dataclass(frozen=True)
class Outcome:
    """An event that is waited for: from which day, and when it first came.

    `day_0` gives the day from which a case is followed, None for one that is not; `first` the day
    of the event; `ends` the days after which it can't come, each with why. `happened` is as in
    "were closed", `begins` what the first day is: as in "entered"; `metric` counts the same event.
    """

    key: str
    name: str
    happened: str
    begins: str
    metric: str
    day_0: Callable[[Entry, Known], date | None]
    first: Callable[[Entry, Known], date | None]
    ends: Callable[[Entry], Iterator[tuple[date, str]]]


@dataclass(frozen=True)
class Followed:
    """A case, and why it was seen no longer; where the outcome came, nothing."""

    case: Case
    last_seen: str


def follow(outcome: Outcome, entry: Entry, known: Known) -> Followed | None:
    """The entry's time to the outcome; None for one that could not have it.

    An event on the day on which it was last seen counts: a child goes to the looked-after team
    because it came into care.
    """
    day_0 = outcome.day_0(entry, known)
    ends = [(known.as_at, END_OF_DATA), *outcome.ends(entry), *_of_age(entry)]
    seen_to, why = min(ends)
    if day_0 is None or seen_to < day_0:
        return None
    came_on = outcome.first(entry, known)
    happened_on = came_on if came_on and came_on <= seen_to else None
    cell = _cell(entry, known)
    case = Case(entry.child_id, day_0, seen_to, happened_on, entry.family_id, cell)
    return Followed(case, "" if happened_on else why)


def followed(outcome: Outcome, entered: Iterable[Entry], known: Known) -> list[Followed]:
    """Those of the entries that could have the outcome; legacy cases are none of them."""
    cases = (follow(outcome, one, known) for one in entered if not one.is_legacy)
    return [one for one in cases if one]


def _cell(entry: Entry, known: Known) -> Cell | None:
    """Need, level and age at entry; None where need or age is not known, or told to nobody."""
    if entry.is_restricted or entry.primary_need in (None, NOT_STATED) or entry.born_on is None:
        return None
    years = relativedelta(entry.entered_on, entry.born_on).years
    age = next(name for below, name in AGE_BANDS if years < below)
    level = known.level_at(entry)
    return Cell(str(entry.primary_need), level if level in ("CIN", "CP", "CLA") else "none", age)


def _of_age(entry: Entry) -> Iterator[tuple[date, str]]:
    if entry.born_on:
        yield entry.born_on + relativedelta(years=GROWN_UP), OF_AGE


def _at_entry(entry: Entry, _known: Known) -> date | None:
    return entry.entered_on


def _if_not_in_care(entry: Entry, known: Known) -> date | None:
    return None if known.level_at(entry) == "CLA" else entry.entered_on


def _if_closed_and_could_return(entry: Entry, known: Known) -> date | None:
    closed_on = entry.closed_on
    if closed_on is None or entry.closure_reason in GONE:
        return None
    others = (one for one in _others(entry, known) if not one.no_further_action)
    goes_on = any(one.received_on < closed_on < (one.closed_on or date.max) for one in others)
    return None if goes_on else closed_on


def _closed(entry: Entry, _known: Known) -> date | None:
    return None if entry.closure_reason in ANOTHER_END else entry.closed_on


def _stepped_down(entry: Entry, known: Known) -> date | None:
    """From care to a plan, from a CP plan to a lower one or none: as the figure Stepped down."""
    runs = known.runs.get(entry.child_id, ())
    for before, run in zip(runs, runs[1:], strict=False):
        follows = run.started_on > entry.entered_on and before.ended_on == run.started_on
        if follows and _is_down(before.level, run.level):
            return run.started_on
    return None


def _is_down(before: str, now: str) -> bool:
    is_lower = LEVELS[now] < LEVELS[before]
    return is_lower and (before == "CP" or (before == "CLA" and now != "open"))


def _came_into_care(entry: Entry, known: Known) -> date | None:
    runs = known.runs.get(entry.child_id, ())
    later = (one for one in runs if one.started_on > entry.entered_on)
    return next((one.started_on for one in later if one.level == "CLA"), None)


def _came_back(entry: Entry, known: Known) -> date | None:
    days = (one.received_on for one in _others(entry, known))
    closed_on = entry.closed_on
    return next((day for day in days if closed_on and day >= closed_on > entry.received_on), None)


def _others(entry: Entry, known: Known) -> Iterator[Row]:
    of_child = known.referrals.get(entry.child_id, ())
    return (one for one in of_child if one.referral_id != entry.referral_id)


def _until_moved(entry: Entry) -> Iterator[tuple[date, str]]:
    if entry.moved_on:
        yield entry.moved_on, MOVED


def _until_another_end(entry: Entry) -> Iterator[tuple[date, str]]:
    yield from _until_moved(entry)
    if entry.closed_on and entry.closure_reason in ANOTHER_END:
        yield entry.closed_on, ANOTHER_END[str(entry.closure_reason)]


def _until_closed(entry: Entry) -> Iterator[tuple[date, str]]:
    yield from _until_another_end(entry)
    if entry.closed_on:
        yield entry.closed_on, CLOSED


def _until_nothing(_entry: Entry) -> Iterator[tuple[date, str]]:
    """Who comes back comes back, whoever led or leads."""
    return iter(())


OUTCOMES = {
    one.key: one
    for one in (
        Outcome(
            *("closed", "closed", "closed", "entered"),
            metric="closed",
            day_0=_at_entry,
            first=_closed,
            ends=_until_another_end,
        ),
        Outcome(
            *("stepped_down", "stepped down", "stepped down", "entered"),
            metric="step_down",
            day_0=_at_entry,
            first=_stepped_down,
            ends=_until_closed,
        ),
        Outcome(
            *("to_care", "stepped up to care", "stepped up to care", "entered"),
            metric="step_up_to_care",
            day_0=_if_not_in_care,
            first=_came_into_care,
            ends=_until_closed,
        ),
        Outcome(
            *("re_referred", "re-referred, from closing", "re-referred", "were closed"),
            metric="re_referred_after_closure",
            day_0=_if_closed_and_could_return,
            first=_came_back,
            ends=_until_nothing,
        ),
    )
}
