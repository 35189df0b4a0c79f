"""What a chart says of a run of months: the one value that page, table, slide and command read."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import Enum
from itertools import groupby, pairwise
from typing import NamedTuple

from metrics.model import Period, Polarity

When = Period | date


class Rule(Enum):
    """Why a point is marked; of several that apply, the first in this order."""

    OUTSIDE = "outside"
    TREND = "trend"
    TWO_IN_THREE = "two_in_three"
    SHIFT = "shift"


class Mark(Enum):
    """What a point is: common cause, or special cause for better, for worse, or neither."""

    COMMON_CAUSE = "common_cause"
    IMPROVEMENT = "improvement"
    CONCERN = "concern"
    NEUTRAL = "neutral"


class Assurance(Enum):
    """Whether a month as usual meets the target."""

    PASS = "pass"
    FAIL = "fail"
    HIT_OR_MISS = "hit_or_miss"


class Chart(Enum):
    """Which chart the numbers get."""

    LINE = "line"
    XMR = "xmr"
    XMR_BY_SIZE = "xmr_by_size"
    SHARES = "p"
    COUNTS = "counts"
    DAYS_BETWEEN = "days_between"
    APART = "apart"
    ONE_VALUE = "one_value"


class Footing(Enum):
    """What the latest phase's points stand on: limits, or why there are none."""

    LIMITS = "limits"
    NO_DATA = "no data"
    TOO_FEW = "too few months"
    CONSTANT = "every month the same"
    NO_RANGE = "no change between neighbouring months to measure"
    OVERLAP = "neighbouring months share what they count"
    TO_DATE = "everything up to a day"
    ROUNDS = "rounds of a survey"
    STANDS = "who is counted in a month is mostly counted in the next one"


class Latest(Enum):
    """Whether the latest month can be judged at all."""

    COMPLETE = "complete"
    MISSING = "missing"
    PROVISIONAL = "not over"
    STILL_ENTERED = "still being entered"


# What stands on these is never judged, however many months there are.
NEVER_JUDGED = frozenset({Footing.OVERLAP, Footing.TO_DATE, Footing.ROUNDS, Footing.STANDS})
UNFINISHED = frozenset({Latest.PROVISIONAL, Latest.STILL_ENTERED})


class ChartPoint(NamedTuple):
    """One month. `value` and the limits are unrounded and unclipped; None where there is none.

    `mark` is None where nothing can be judged: no value, no limits, or a month that is not over.
    `since` is where the run began that a marked month belongs to: itself where it stands alone.
    """

    when: When
    value: float | None
    mean: float | None
    lower: float | None
    upper: float | None
    rule: Rule | None
    mark: Mark | None
    is_high: bool | None
    numerator: float | None = None
    denominator: float | None = None
    since: When | None = None


@dataclass(frozen=True)
class ChartReading:
    """All that a chart says. `why` is the sentence under it: which limits, and why those.

    `since` and `run` are the first month and the length of what the latest point belongs to;
    `phase_points` are the values of the latest phase, which began with `phase_from`, and `usual`
    its limits in a month of usual size. Months before `own_from` are those of the unit that this
    one `continues`, by its name; both None where it continues none. Limits are raw: `floor` and
    `ceiling` are where a drawing and a sentence clip them.

    The points are one history, and limits are of it. Of a last month that is still being entered
    `probable` says between which values it will probably end; `at_age` is the chart of the same
    months as they stood `days_old` days after their ends, by which it is judged; `same_age` are
    the earlier months' values there: a second line, never the points.
    """

    points: tuple[ChartPoint, ...]
    chart: Chart
    why: str
    footing: Footing
    latest: Latest
    better: Polarity
    assurance: Assurance | None
    target: float | None
    since: When | None
    run: int
    phase_from: When | None
    phase_points: int
    is_rebased: bool
    usual: tuple[float, float] | None = None
    floor: float | None = None
    ceiling: float | None = None
    continues: str | None = None
    own_from: Period | None = None
    probable: tuple[float, float] | None = None
    same_age: tuple[tuple[Period, float | None], ...] = ()
    at_age: "ChartReading | None" = None
    days_old: int | None = None

    @property
    def last(self) -> ChartPoint | None:
        return self.points[-1] if self.points else None

    @property
    def is_joined(self) -> bool:
        """Whether a line may join its months: else they stand side by side."""
        return self.chart not in (Chart.APART, Chart.ONE_VALUE)

    @property
    def is_drawn(self) -> bool:
        """Whether there is more than the one value that is told."""
        return self.chart is not Chart.ONE_VALUE

    @property
    def judged(self) -> "ChartReading":
        """The chart by which the latest month is judged: this one, or that of months at its age."""
        return self.at_age or self

    def is_unfinished(self, point: ChartPoint) -> bool:
        """Whether the month is the latest and will still change: it is drawn hollow."""
        return point is self.last and self.latest in UNFINISHED

    @property
    def has_values(self) -> bool:
        """Whether any month on it has one."""
        return any(point.value is not None for point in self.points)

    @property
    def mark(self) -> Mark | None:
        """The latest point's, never an older one's; None where it can't be judged."""
        return self.last.mark if self.last else None

    @property
    def variation(self) -> str | None:
        """The latest point's mark with high or low: "concern_high"; "common_cause" has neither."""
        if self.last is None or self.mark is None:
            return None
        if self.mark is Mark.COMMON_CAUSE:
            return self.mark.value
        return f"{self.mark.value}_{'high' if self.last.is_high else 'low'}"

    @property
    def phases(self) -> list[tuple[ChartPoint, ...]]:
        """The points, cut where limits begin anew: nothing is drawn across a cut."""
        cut = [
            place
            for place, (point, following) in enumerate(pairwise(self.points), start=1)
            if point.mean != following.mean
        ]
        return [self.points[slice(*ends)] for ends in pairwise([0, *cut, len(self.points)])]

    def is_own(self, point: ChartPoint) -> bool:
        """Whether the month is the unit's own, and not that of the one that it continues."""
        if self.own_from is None or not isinstance(point.when, Period):
            return True
        return point.when >= self.own_from

    def runs(self, points: Sequence[ChartPoint]) -> list[list[ChartPoint]]:
        """Neighbours that a line may join: months of one unit, those of another apart."""
        if not self.is_joined:
            return [[point] for point in points]
        return [list(run) for _, run in groupby(points, self.is_own)]

    def drawn(self, limit: float | None) -> float | None:
        """A limit where a chart draws it: a share's never below 0% or above 100%."""
        if limit is None:
            return None
        low = limit if self.floor is None else max(limit, self.floor)
        return low if self.ceiling is None else min(low, self.ceiling)
