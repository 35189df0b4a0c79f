"""What of a month is worth the room's time: at most five items by stated rules; the rest is usual.

A metric gives one item, by the first rule that is true of any of its figures, however many units
that is true of: the service's figure leads where it is one of them, else the first unit in the
units' own order. What other rules find of the same metric is told with it, and what a gap in the
data hides of several metrics with the first of them. There is no ranking.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace

from metrics.catalogue import CATALOGUE
from metrics.figures import Figures
from metrics.model import SERVICE, Companion, Period, Scope, Tally, View
from metrics.result import Result
from metrics.sentence import bounds_sentence
from metrics.spc.chart_reading import Assurance, Mark
from metrics.spc.month_charts import MONTHS_JUDGED
from metrics.worth.item import Item as Item
from metrics.worth.item import WorthRule as WorthRule
from metrics.worth.over_a_year import moved_over_a_year
from metrics.worth.worth_saying import is_far_from_target, is_worth_saying

ITEMS_AT_MOST = 5


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
    taken = {id(result) for item in items for result in item.every}
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


def has_a_row(
    figures: Figures, unit_id: str | None, period: Period, metrics: Iterable[str]
) -> bool:
    """Whether a table of these metrics has a row for the unit: a unit with any figure has one.

    "No unit" is none: it has a row in a month in which something of these metrics is of no unit.
    """
    if unit_id is not None:
        return has_any_figure(figures, unit_id, period)
    none = Tally()
    return any(figures.tallies.get((key, None, period), none) != none for key in metrics)


def _told_of(figures: Figures, period: Period) -> list[str | None]:
    """The service first, then the units in their own order; none that has no figure at all."""
    units = (unit_id for unit_id in figures.units if unit_id != SERVICE)
    return [SERVICE, *(one for one in units if has_any_figure(figures, one, period))]


def _items(results_by_metric: dict[str, list[Result]]) -> Iterator[Item]:
    """In the rules' order; a metric that one item is about is not what another is about."""
    items = [item for of_one in _by_gap(results_by_metric) if (item := _item(of_one))]
    order = list(RULES)
    return iter(sorted(items, key=lambda item: order.index(item.rule)))


def _by_gap(results_by_metric: dict[str, list[Result]]) -> Iterable[list[Result]]:
    """By metric; what a gap hides is with the first metric of which it hides as much."""
    first_hidden: dict[tuple[Companion, str | None], str] = {}
    grouped: dict[str, list[Result]] = {key: [] for key in results_by_metric}
    for key, results in results_by_metric.items():
        for result in results:
            gaps = list(_gaps(result))
            told_with = next((first_hidden[gap] for gap in gaps if gap in first_hidden), key)
            first_hidden |= dict.fromkeys(gaps, told_with)
            grouped[told_with].append(result)
    return grouped.values()


def _gaps(result: Result) -> Iterator[tuple[Companion, str | None]]:
    """What is recorded too little of, and in which unit, where that hides the figure."""
    if _is_hidden(result) and bounds_sentence(result):
        for companion in result.metric.beside.companions:
            if companion.gives_bounds:
                yield companion, result.view.scope.unit_id


def _item(results: list[Result]) -> Item | None:
    """All that the rules find of one metric, each figure by one of them."""
    of_rules: dict[WorthRule, list[Result]] = {rule: [] for rule in RULES}
    for result in results:
        if rule := _rule_of(result):
            of_rules[rule].append(result)
    items = [Item(rule, tuple(found)) for rule, found in of_rules.items() if found]
    return replace(items[0], further=tuple(items[1:])) if items else None


def _rule_of(result: Result) -> WorthRule | None:
    """A fault that hides part of a figure comes before what its chart says; else the first."""
    if _is_hidden(result):
        return WorthRule.DATA_FAULT
    return next((rule for rule, holds in RULES.items() if holds(result)), None)


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
    return result.value is not None and _fails(result) and is_far_from_target(result)


def _is_hidden(result: Result) -> bool:
    """Too little recorded to say; or a month without any data after months that had some."""
    if result.not_in_source or result.not_open:
        return False
    had_some = result.chart is not None and result.chart.has_values
    return bounds_sentence(result) is not None or (result.tally is None and had_some)


def _has_moved_over_a_year(result: Result) -> bool:
    return moved_over_a_year(result) is not None


def _is_improvement(result: Result) -> bool:
    return _is_judged(result) and _mark(result) is Mark.IMPROVEMENT and is_worth_saying(result)


# A concern goes before a target that it misses: the sentence of that item says so already.
RULES: dict[WorthRule, Callable[[Result], bool]] = {
    WorthRule.CONCERN: _is_concern,
    WorthRule.OVER_A_YEAR: _has_moved_over_a_year,
    WorthRule.TARGET: _misses_its_target,
    WorthRule.DATA_FAULT: _is_hidden,
    WorthRule.IMPROVEMENT: _is_improvement,
}
