"""One figure with all that is shown beside it: what pages, slides and sentences are made from."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from metrics.model import Metric, Spread, Tally, View
from metrics.publication import PublishedWords
from metrics.spc.chart_reading import ChartReading


@dataclass(frozen=True)
class Result:
    """One figure with all that is shown beside it.

    `tally` is None where the source can't support the metric, or the month lies outside the data.
    `pair` is the result of the metric that this one is paired with, without a pair of its own.
    `not_yet` says what history the month lacks, where the metric needs more than is held.
    `not_open` says that the unit was not open in the month: then there is nothing to be told of it.
    `expected` says what late entry will still change, `probable` to between which values;
    `withheld` why the audience may not see it.
    `chart` is what the run of months says of this one; None where nobody asked for it, or where
    it can't be told: `unjudged` says why.
    `differences` are sentences that set it beside others. `worth_saying` is the smallest difference
    worth the room's time as the settings have it; None for the metric's own. `target_note` says of
    a relative target from what it is, or that it has no value yet.
    """

    metric: Metric
    view: View
    unit_name: str
    tally: Tally | None
    companions: Mapping[str, Tally] = field(default_factory=dict)
    target: float | None = None
    not_in_source: str | None = None
    provisional: bool = False
    floor: float = 0
    published_words: PublishedWords | None = None
    quantiles: Mapping[str, Spread] = field(default_factory=dict)
    pair: "Result | None" = None
    expected: str | None = None
    probable: tuple[float, float] | None = None
    withheld: str | None = None
    not_open: bool = False
    chart: ChartReading | None = None
    unjudged: str | None = None
    differences: tuple[str, ...] = ()
    worth_saying: float | None = None
    not_yet: str | None = None
    target_note: str | None = None

    @property
    def never_counted(self) -> str | None:
        """Why neither this month nor one before it can have a figure; None where one can."""
        return self.not_in_source or self.not_yet

    @property
    def value(self) -> float | None:
        return self.metric.figure(self.tally)

    @property
    def is_too_few(self) -> bool:
        """Whether it has its two numbers and no rate, as too little is counted."""
        return self.tally is not None and self.metric.is_too_few(self.tally)

    @property
    def written(self) -> str:
        return self.metric.measure.written(self.value)
