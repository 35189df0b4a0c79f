"""What of a month is worth the room's time: at most five items by stated rules; the rest is usual.

A metric gives one item for each rule, however many units it is true of, and a gap in the data one
for all figures that it hides: the service's figure leads where it is one of them, else the first
unit in the units' own order. There is no ranking.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import Enum

from metrics.catalogue import CATALOGUE
from metrics.figures import Figures
from metrics.model import SERVICE, Companion, Metric, Period, Scope, View
from metrics.result import Result
from metrics.sentence import bounds_sentence, sentence
from metrics.spc.chart_reading import Assurance, Mark
from metrics.spc.month_charts import MONTHS_JUDGED
from metrics.worth.worth_saying import is_far_from_target, is_worth_saying

ITEMS_AT_MOST = 5


class WorthRule(Enum):
    """Why a figure is put before the room, in the order in which it is."""

    CONCERN = "It does something that it does not usually do, for the worse."
    TARGET = "The target will not be met without change."
    DATA_FAULT = "A fault in the data hides the figure."
    IMPROVEMENT = "It does something that it does not usually do, for the better: why?"


# What holds of the other figures of an item: the rule, and not what the first one's chart says.
ALSO = {
    WorthRule.CONCERN: "Also concerning, each in its own way",
    WorthRule.TARGET: "The target is out of reach also in",
    WorthRule.DATA_FAULT: "Also hidden by a fault in the data",
    WorthRule.IMPROVEMENT: "Also improving, each in its own way",
}


TOO_LITTLE_THERE = " (too little is recorded to say)"


@dataclass(frozen=True)
class Item:
    """One thing to talk about: what `results[0]` says; the rule holds of the others as well."""

    rule: WorthRule
    results: tuple[Result, ...]

    @property
    def result(self) -> Result:
        return self.results[0]

    @property
    def metric(self) -> Metric:
        return self.result.metric

    @property
    def unit_ids(self) -> tuple[str | None, ...]:
        return tuple(result.view.scope.unit_id for result in self.results)

    @property
    def sentence(self) -> str:
        """What the first result says; of one that is hidden, within which bounds it lies."""
        hidden = bounds_sentence(self.result)
        return f"{sentence(self.result)} {hidden}" if hidden else sentence(self.result)

    @property
    def others(self) -> str:
        """Of which other units the rule holds, in a sentence; nothing where it is of none."""
        names = ", ".join(self.name_of(result) + self.doubt(result) for result in self.results[1:])
        return f"{ALSO[self.rule]}: {names}." if names else ""

    def name_of(self, result: Result) -> str:
        """The unit; of another metric that the same gap hides its name as well."""
        if result.metric is self.metric:
            return result.unit_name
        return f"{result.metric.name} ({result.unit_name})"

    def doubt(self, result: Result) -> str:
        """After the name of another unit: that its figure is hidden, where no rule says so."""
        is_said = self.rule is WorthRule.DATA_FAULT or not bounds_sentence(result)
        return "" if is_said else TOO_LITTLE_THERE

    @property
    def question(self) -> str:
        return self.metric.question


@dataclass(frozen=True)
class Worth:
    """The month's items, what the same rules found beyond five, and all else, told apart.

    `small` is unusual, or out of a target's reach, by less than is worth the room's time; `usual`
    varies as it always does; `unjudged` has a value and too few months to say; `missing`
    has none. Together with the items they are the figures of the units that Month's table shows.
    """

    items: tuple[Item, ...]
    more: tuple[Item, ...]
    small: tuple[Result, ...]
    usual: tuple[Result, ...]
    unjudged: tuple[Result, ...]
    missing: tuple[Result, ...]

    @property
    def has_values(self) -> bool:
        """Whether any figure beside the items has a value."""
        return bool(self.small or self.usual or self.unjudged)


def worth_the_rooms_time(figures: Figures, period: Period) -> Worth:
    """The month's items by rule, each figure judged by its own chart."""
    told_of = _told_of(figures, period)
    results_by_metric = {
        key: [figures.charted_result(metric, View(period, Scope(unit_id))) for unit_id in told_of]
        for key, metric in CATALOGUE.items()
    }
    items = list(_items(results_by_metric))
    taken = {id(result) for item in items for result in item.results}
    rest = [
        result
        for results in results_by_metric.values()
        for result in results
        if id(result) not in taken
    ]
    return Worth(
        tuple(items[:ITEMS_AT_MOST]),
        tuple(items[ITEMS_AT_MOST:]),
        tuple(result for result in rest if _is_small(result)),
        tuple(result for result in rest if _is_judged(result) and not _is_small(result)),
        tuple(result for result in rest if result.value is not None and _mark(result) is None),
        tuple(result for result in rest if result.value is None),
    )


def has_any_figure(figures: Figures, unit_id: str | None, period: Period) -> bool:
    """Whether the unit was open and has a figure in the month or in those that it is judged by.

    Or had one when the month was published: whatever was said of it is said still.
    """
    return figures.is_open(unit_id, period) and any(
        (key, unit_id, month) in figures.tallies or (key, unit_id, month) in figures.published_words
        for key in CATALOGUE
        for month in period.run_up(MONTHS_JUDGED)
    )


def _told_of(figures: Figures, period: Period) -> list[str | None]:
    """The service first, then the units in their own order; none that has no figure at all."""
    units = (unit_id for unit_id in figures.units if unit_id != SERVICE)
    return [SERVICE, *(one for one in units if has_any_figure(figures, one, period))]


def _items(results_by_metric: dict[str, list[Result]]) -> Iterator[Item]:
    """In the rules' order; a figure that one item names is not named by another."""
    named = set[int]()
    for rule, holds in RULES.items():
        for results in results_by_metric.values():
            results_of_rule = tuple(
                result for result in results if id(result) not in named and holds(result)
            )
            if results_of_rule and rule is WorthRule.DATA_FAULT:
                results_of_rule += _of_the_same_gap(results_of_rule, results_by_metric, named)
            named.update(map(id, results_of_rule))
            if results_of_rule:
                yield Item(rule, results_of_rule)


def _of_the_same_gap(
    hidden: tuple[Result, ...], results_by_metric: dict[str, list[Result]], named: set[int]
) -> tuple[Result, ...]:
    """Figures of other metrics that the same gap hides, as hours hide all that is told of them."""
    gaps = {gap for result in hidden for gap in _gaps(result)}
    return tuple(
        result
        for results in results_by_metric.values()
        for result in results
        if result.metric is not hidden[0].metric and id(result) not in named
        if _is_hidden(result) and gaps.intersection(_gaps(result))
    )


def _gaps(result: Result) -> Iterator[tuple[Companion, str | None]]:
    """What is recorded too little of, and in which unit."""
    if bounds_sentence(result):
        for companion in result.metric.beside.companions:
            if companion.gives_bounds:
                yield companion, result.view.scope.unit_id


def _mark(result: Result) -> Mark | None:
    return result.chart.mark if result.chart else None


def _is_judged(result: Result) -> bool:
    return result.value is not None and _mark(result) is not None


def _is_small(result: Result) -> bool:
    """Marked for better or worse, or missing its target, and by too little to be an item."""
    return _is_judged(result) and (
        _mark(result) in (Mark.CONCERN, Mark.IMPROVEMENT) or _fails(result)
    )


def _fails(result: Result) -> bool:
    return result.chart is not None and result.chart.assurance is Assurance.FAIL


def _is_concern(result: Result) -> bool:
    """Unusual for the worse, and by as much as is worth the room's time."""
    return _is_judged(result) and _mark(result) is Mark.CONCERN and is_worth_saying(result)


def _misses_its_target(result: Result) -> bool:
    """Where it is a concern as well, the sentence of that item says so already."""
    misses = result.value is not None and _fails(result) and is_far_from_target(result)
    return misses and not _is_concern(result)


def _is_hidden(result: Result) -> bool:
    """Too little recorded to say; or a month without any data after months that had some."""
    if result.not_in_source or result.not_open:
        return False
    had_some = result.chart is not None and result.chart.has_values
    return bounds_sentence(result) is not None or (result.tally is None and had_some)


def _is_improvement(result: Result) -> bool:
    return _is_judged(result) and _mark(result) is Mark.IMPROVEMENT and is_worth_saying(result)


RULES: dict[WorthRule, Callable[[Result], bool]] = {
    WorthRule.CONCERN: _is_concern,
    WorthRule.TARGET: _misses_its_target,
    WorthRule.DATA_FAULT: _is_hidden,
    WorthRule.IMPROVEMENT: _is_improvement,
}
