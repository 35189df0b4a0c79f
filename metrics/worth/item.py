"""One thing to talk about: the figures that a rule found, and what others found of the metric."""

from dataclasses import dataclass
from enum import Enum

from metrics.model import Metric
from metrics.result import Result
from metrics.sentence import sentence
from metrics.worth.over_a_year import moved_over_a_year


class WorthRule(Enum):
    """Why a figure is put before the room, in the order in which it is."""

    CONCERN = "It does something that it does not usually do, for the worse."
    OVER_A_YEAR = "It has moved over a year, and has no limits to be judged by."
    TARGET = "The target will not be met without change."
    DATA_FAULT = "A fault in the data hides the figure."
    IMPROVEMENT = "It does something that it does not usually do, for the better: why?"


# What holds of the other figures of an item: the rule, and not what the first one's chart says.
ALSO = {
    WorthRule.CONCERN: "Also concerning, each in its own way",
    WorthRule.OVER_A_YEAR: "Also moved over the year",
    WorthRule.TARGET: "The target is out of reach also in",
    WorthRule.DATA_FAULT: "Also hidden by a fault in the data",
    WorthRule.IMPROVEMENT: "Also improving, each in its own way",
}


@dataclass(frozen=True)
class Item:
    """What `results[0]` says; the rule holds of the others as well.

    `further` are the metric's other figures, by the rules that found those.
    """

    rule: WorthRule
    results: tuple[Result, ...]
    further: tuple["Item", ...] = ()

    @property
    def result(self) -> Result:
        return self.results[0]

    @property
    def metric(self) -> Metric:
        return self.result.metric

    @property
    def every(self) -> tuple[Result, ...]:
        """All figures that it names, by whichever rule."""
        return (*self.results, *(result for item in self.further for result in item.results))

    @property
    def unit_ids(self) -> tuple[str | None, ...]:
        return tuple(result.view.scope.unit_id for result in self.results)

    @property
    def sentence(self) -> str:
        """What the first result says; of one without limits, by how much it moved over a year."""
        return " ".join(filter(None, (sentence(self.result), self.moved)))

    @property
    def moved(self) -> str:
        """By how much the first result moved over a year, where that is why; else nothing."""
        is_why = self.rule is WorthRule.OVER_A_YEAR
        return (moved_over_a_year(self.result) or "") if is_why else ""

    @property
    def others_by_rule(self) -> list[tuple[str, tuple[Result, ...]]]:
        """What holds of which other figures of the metric."""
        found = [(self.rule, self.results[1:])]
        found += [(item.rule, item.results) for item in self.further]
        return [(ALSO[rule], results) for rule, results in found if results]

    @property
    def others(self) -> str:
        """Of which other units a rule holds, a sentence each; nothing where it is of none."""
        return " ".join(
            f"{says}: {', '.join(map(self.name_of, results))}."
            for says, results in self.others_by_rule
        )

    def name_of(self, result: Result) -> str:
        """The unit; of another metric that the same gap hides its name as well."""
        if result.metric is self.metric:
            return result.unit_name
        return f"{result.metric.name} ({result.unit_name})"

    @property
    def question(self) -> str:
        return self.metric.question
