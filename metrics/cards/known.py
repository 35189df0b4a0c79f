"""What is recorded of a child, as a card's lines and its prompts ask for it: each asked once."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from data_access.settings import Settings
from metrics.cards.stages import Standing
from metrics.model import months_before

Rows = Sequence[Any]
YEAR_OF_MONTHS = 12
# A column that sources may leave empty: then "not alone" would hold of every child.
SEEN_ALONE = "visit.seen_alone"


@dataclass(frozen=True)
class Known:
    """The rows of each part that was asked for, oldest first, on `today`, the data's last day.

    `lacking` are tables of which the source has no row at all, and `SEEN_ALONE` where no visit says
    it: of them nothing is said to be missing of the child. `service` has what is told of the
    service, by metric's key; `units` are names by id, and `not_there` says of one that has a rule
    why no family can go there. `open_actions` are meetings' actions on the
    child as told to the viewer, asked for at closing alone: each with task, owner, due_on; None
    where they can't be read.
    """

    parts: Mapping[str, Rows]
    standing: Standing
    today: date
    settings: Settings
    lacking: frozenset[str] = frozenset()
    service: Mapping[str, str] = field(default_factory=dict)
    units: Mapping[str, str] = field(default_factory=dict)
    open_actions: Rows | None = None
    not_there: Mapping[str, str] = field(default_factory=dict)

    @property
    def began_on(self) -> date:
        """When the stage began."""
        return self.standing.began_on

    @property
    def case_began_on(self) -> date:
        """When the open referral came; without one, when the stage began."""
        return self.standing.referred_on or self.began_on

    @property
    def family_is_known(self) -> bool:
        """Whether the source names the child's family: else nobody knows who is in it."""
        return any(one.is_known for one in self.parts["family"])

    @property
    def siblings_held(self) -> Rows:
        """Brothers and sisters whom a unit holds today, of those who are open to the viewer."""
        return [one for one in self.parts["siblings"] if one.is_held]

    @property
    def days_at_stage(self) -> int:
        """Days since the stage began."""
        return (self.today - self.began_on).days

    @property
    def earlier_referrals(self) -> Rows:
        """Those that came before the open one, or before the stage began where none is open."""
        return [one for one in self.parts["referrals"] if one.received_on < self.case_began_on]

    @property
    def open_assessment(self) -> Any | None:
        """The assessment that is open, the last of several."""
        still = [one for one in self.parts["assessments"] if not _ended(one.ended_on, self.today)]
        return max(still, key=lambda one: one.started_on, default=None)

    @property
    def last_seen_on(self) -> date | None:
        """When anyone last saw the child, on a visit of any kind."""
        return _last(one.visited_on for one in self.parts["visits"] if one.was_seen)

    @property
    def last_alone_on(self) -> date | None:
        """When the child was last seen alone."""
        seen = (one for one in self.parts["visits"] if one.was_seen and one.seen_alone)
        return _last(one.visited_on for one in seen)

    @property
    def last_scored_on(self) -> date | None:
        """When anyone last scored the child, on any scale."""
        return _last(one.scored_on for one in self.parts["scores"])

    @property
    def working_day(self) -> int:
        """On which working day the open assessment is; 0 where none is, or it can't be told."""
        one = self.open_assessment
        return (one.working_day or 0) if one else 0

    def scores_since(self, day: date) -> dict[tuple[str, str], Rows]:
        """Scores from the day on, oldest first, by scale and who scored: never one line."""
        by: dict[tuple[str, str], list[Any]] = {}
        for one in self.parts["scores"]:
            if one.scored_on >= day:
                by.setdefault((one.scale, one.rater), []).append(one)
        return dict(sorted(by.items()))

    def days_without(self, last: date | None) -> int:
        """Days since the stage began, or since `last` where that is later."""
        return (self.today - max(self.began_on, last or self.began_on)).days

    @property
    def visit_due(self) -> Any | None:
        """The clock that runs for the plan that gives the stage; None where none does."""
        running = [one for one in self.parts["clocks"] if one.is_running]
        of_stage = [one for one in running if one.kind == self.standing.stage]
        return max(of_stage, key=lambda one: one.clock_started_on, default=None)

    @property
    def review_due(self) -> Any | None:
        """The review to be held next of the plan that gives the stage."""
        of_stage = [one for one in self.parts["reviews"] if one.kind == self.standing.stage]
        return min(of_stage, key=lambda one: one.due_on, default=None)

    def earlier(self, kinds: Collection[str]) -> Rows:
        """What the child's status was, of these, and is over: before the one that goes on."""
        over = (one for one in self.parts["statuses"] if _ended(one.ended_on, self.today))
        return [one for one in over if one.status in kinds and one.started_on < self.began_on]

    @property
    def earlier_protection_plans(self) -> int:
        """How many are known: those here that ended before, or as returned where that is more."""
        plans = self.parts["protection_plans"]
        here = sum(_ended(one.ended_on, self.today) for one in plans)
        return max(here, *(one.returned or 0 for one in plans), 0)

    @property
    def placed_lately(self) -> Rows:
        """Placements that began within twelve months, the first of the stay in care left out."""
        since = months_before(self.today, YEAR_OF_MONTHS)
        of_stay = [one for one in self.parts["placements"] if one.started_on > self.began_on]
        return [one for one in of_stay if one.started_on > since]


def _ended(ended_on: date | None, day: date) -> bool:
    return ended_on is not None and ended_on <= day


def _last(days: Any) -> date | None:
    return max(days, default=None)
