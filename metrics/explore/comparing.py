"""Two tallies side by side: how far apart they are, and whether that can be told from chance."""

from dataclasses import dataclass

from metrics.model import Metric, Tally, round_half_up
from metrics.spc.proportions import newcombe

NO_INTERVAL = "how much of it is chance cannot be told: the figure is no share of things"


@dataclass(frozen=True)
class Difference:
    """One less the other in the metric's own measure; `low` and `high` are Newcombe's 95%.

    `apart` is None where there is nothing to judge; the ends are None where the figure is no share,
    and where it is not judged: `why_not`.
    """

    metric: Metric
    apart: float | None
    low: float | None = None
    high: float | None = None
    why_not: str = ""

    @property
    def is_told_apart(self) -> bool | None:
        """Whether the interval leaves out no difference at all; None where there is none."""
        if self.low is None or self.high is None:
            return None
        return self.low > 0 or self.high < 0

    @property
    def verdict(self) -> str:
        """In words: told apart, or not; or that it is not judged."""
        if self.why_not:
            return "not told"
        if self.is_told_apart is None:
            return ""
        return "told apart" if self.is_told_apart else "not told apart"

    def written(self, number: float | None) -> str:
        """With its sign, and a decimal more than the figures: 2.5 less 2.5 may be +0.06."""
        if number is None:
            return "–"
        rounded = round_half_up(number, self.metric.measure.value[1] + 1)
        return f"{rounded:+}".replace("-", "−") if rounded else "0"

    @property
    def range_words(self) -> str:
        """As in "−14 to +28"; a dash where there is no interval."""
        if self.low is None:
            return "–"
        return f"{self.written(self.low)} to {self.written(self.high)}"


def difference(
    metric: Metric, own: Tally | None, other: Tally | None, why_not: str = ""
) -> Difference:
    """`own` less `other`: of what has a value, and with an interval for shares of things.

    Not where there is a reason why it can't be judged.
    """
    ours, theirs = metric.figure(own), metric.figure(other)
    if own is None or other is None or ours is None or theirs is None:
        return Difference(metric, None)
    if why_not:
        return Difference(metric, ours - theirs, why_not=why_not)
    interval = newcombe(own, other) if metric.is_share_of_things else None
    if interval is None:
        return Difference(metric, ours - theirs)
    return Difference(metric, ours - theirs, 100 * interval.low, 100 * interval.high)
