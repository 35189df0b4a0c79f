"""What the service aims at in a month: a target, or where a trajectory to one stands.

A relative target is a change of what a baseline was, which somebody chooses: until then it has no
value, and says so.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from data_access.load_info import LoadInfo
from data_access.settings import RelativeTarget, Settings, Target
from metrics.kinds.words import when_words
from metrics.model import (
    SERVICE,
    FigureKind,
    Measure,
    Metric,
    Period,
    Spread,
    Tally,
    View,
    round_half_up,
    thousands_apart,
)
from metrics.survival.median_stay import MedianStay, from_stored
from metrics.survival.windows import WINDOW_MONTHS
from metrics.survival.words import median_words
from metrics.writing import number_words, written_date

NEEDS_A_BASELINE = "Target: {change} than a baseline. It needs a baseline: choose months."
NO_BASELINE = "Target: {change} than in {months}, of which these data hold no figure{which}."
NO_ROUND = "Target: {change} than in {months}, in which these data hold no round."
PAST_THE_DATA = "Target: {change} than in {months}: the data end before that does, on {day}."
OF_MEDIANS = (
    "The target is {change} than how long half stayed in the {window} months to {last}: {baseline},"
    " {chosen}; so {aim} or less. How long half stay now is set beside it, and no month’s stays"
    " that ended."
)
NO_MEDIAN = (
    "Target: {change} than how long half stayed in the {window} months to {last}, which is not"
    " known."
)
OF_A_BASELINE = "The target is {change} than the service’s {baseline}, {chosen}."
OF_THE_SERVICE = (
    "The target is the whole service’s: what adds up to the service’s number is set beside no"
    " target of a unit’s own."
)
Tallies = Mapping[tuple[str, str | None, Period], Tally]
Spreads = Mapping[tuple[str, str | None, Period], Mapping[str, Spread]]


class Known(Protocol):
    """What a target is told from: the settings, and the figures of a load."""

    @property
    def settings(self) -> Settings: ...
    @property
    def tallies(self) -> Tallies: ...
    @property
    def spreads(self) -> Spreads: ...
    @property
    def load(self) -> LoadInfo: ...


@dataclass(frozen=True)
class Aim:
    """A month's target; where it is relative, in a sentence from what, or why it has no value."""

    value: float | None = None
    note: str | None = None


def aim_of(known: Known, metric: Metric, view: View) -> Aim:
    """The metric's target in force at the month's end; a relative one of the service's baseline.

    A count's is the whole service's, and beside a unit there is none. Of stays it is how long half
    of them last, with those that go on, and so no line for those that ended.
    """
    relative = _in_force(known.settings.relative_targets, metric.key, view.period)
    absolute = target_of(known.settings.targets, metric.key, view.period)
    if is_of_the_service_alone(metric) and not view.scope.is_service:
        return Aim(None, OF_THE_SERVICE if relative or absolute is not None else None)
    return Aim(absolute) if relative is None else _relative_aim(known, metric, relative)


def is_of_the_service_alone(metric: Metric) -> bool:
    """Whether its figure is a number that grows with what is counted: a unit's is a part of it."""
    return metric.measure is Measure.COUNT


def _relative_aim(known: Known, metric: Metric, target: RelativeTarget) -> Aim:
    change, months = _change_words(target), _baseline_months(target)
    if not months:
        return Aim(None, NEEDS_A_BASELINE.format(change=change))
    told = {"change": change, "months": _months_words(months)}
    if months[-1].last_day > known.load.as_at:
        return Aim(None, PAST_THE_DATA.format(**told, day=written_date(known.load.as_at)))
    if metric.beside.stays_at:
        stored = known.spreads.get((metric.key, SERVICE, months[-1]), {})
        return Aim(None, _of_medians(target, from_stored(stored), months[-1]))
    counted = _months_counted(known.tallies, metric, months)
    baseline = _baseline(known.tallies, metric, counted)
    if baseline is None:
        return Aim(None, _no_baseline(known.tallies, metric, counted, told))
    words = _baseline_words(metric, baseline, counted)
    note = OF_A_BASELINE.format(
        change=change, baseline=words, chosen=_chosen_words(target, counted == months)
    )
    return Aim(baseline * (100 + target.change) / 100, note)


def _of_medians(target: RelativeTarget, half: MedianStay | None, last: Period) -> str:
    told = {"change": _change_words(target), "window": WINDOW_MONTHS, "last": last}
    if half is None or half.median is None:
        return NO_MEDIAN.format(**told)
    aim = Measure.DAYS.written(half.median * (100 + target.change) / 100)
    baseline, chosen = median_words(half), _chosen_words(target)
    return OF_MEDIANS.format(**told, baseline=baseline, chosen=chosen, aim=aim)


def _in_force(targets: Sequence[RelativeTarget], key: str, period: Period) -> RelativeTarget | None:
    begun = [one for one in targets if one.metric == key and one.applies_from <= period.last_day]
    return max(begun, key=lambda one: one.applies_from, default=None)


def _change_words(target: RelativeTarget) -> str:
    way = "less" if target.change < 0 else "more"
    return f"{number_words(abs(target.change))}% {way}"


def _baseline_months(target: RelativeTarget) -> list[Period]:
    if target.baseline_from is None or target.baseline_to is None:
        return []
    first, last = Period.of(target.baseline_from), Period.of(target.baseline_to)
    return last.run_up(last.months_after(first) + 1)


def _months_counted(tallies: Tallies, metric: Metric, months: Sequence[Period]) -> list[Period]:
    """All the months of what adds up; else the last, and of rounds the last that had one."""
    if metric.adds_up_over_months:
        return list(months)
    if metric.kind is FigureKind.WAVE:
        places = ((month, tallies.get((metric.key, SERVICE, month))) for month in months)
        return [month for month, tally in places if metric.figure(tally) is not None][-1:]
    return list(months[-1:])


def _baseline(tallies: Tallies, metric: Metric, counted: Sequence[Period]) -> float | None:
    """The service's figure of the months; None where one of them has no tally.

    A month's target is set beside one month: of a number it is the mean of them, not their sum.
    """
    known = [tally for month in counted if (tally := tallies.get((metric.key, SERVICE, month)))]
    if not counted or len(known) < len(counted):
        return None
    figure = metric.figure(sum(known, Tally()))
    is_a_sum = metric.measure is Measure.COUNT
    return figure / len(counted) if is_a_sum and figure is not None else figure


def _no_baseline(
    tallies: Tallies, metric: Metric, counted: Sequence[Period], told: Mapping[str, str]
) -> str:
    """Which months lack a figure, where only some of them do."""
    if not counted:
        return NO_ROUND.format(**told)
    lacking = [month for month in counted if (metric.key, SERVICE, month) not in tallies]
    which = f" for {lacking[0]}" if lacking and len(lacking) < len(counted) else ""
    return NO_BASELINE.format(**told, which=which)


def _baseline_words(metric: Metric, baseline: float, counted: Sequence[Period]) -> str:
    """The figure and of when it is: what does not add up is of the last month alone."""
    last, written = counted[-1], metric.measure.written(baseline)
    if metric.adds_up_over_months and metric.measure is Measure.COUNT:
        mean = thousands_apart(f"{round_half_up(baseline, 1):,}")
        return f"{mean} a month on average of {_months_words(counted)}"
    if metric.adds_up_over_months:
        return f"{written} of {_months_words(counted)}"
    if metric.kind is FigureKind.SNAPSHOT:
        return f"{written} at the end of {last}"
    return f"{written}{when_words(metric, last)}"


def _months_words(months: Sequence[Period]) -> str:
    return str(months[0]) if len(months) == 1 else f"{months[0]} to {months[-1]}"


def _chosen_words(target: RelativeTarget, is_all: bool = True) -> str:
    """Who chose the baseline's months and when; where not all of them count, that too."""
    assert target.chosen_on is not None, "a baseline is chosen on a day"
    when = written_date(target.chosen_on)
    if is_all:
        return f"chosen by {target.chosen_by} on {when}"
    return f"the last of the months that {target.chosen_by} chose on {when}"


def target_of(targets: Sequence[Target], metric: str, period: Period) -> float | None:
    """The metric's target in force at the month's end, in its measure; None without one.

    On the way to a target that is to be reached `by` a later day, what a straight line from
    `from_value` asks at the month's end.
    """
    day = period.last_day
    in_force = [
        target for target in targets if target.metric == metric and target.applies_from <= day
    ]
    latest = max(in_force, key=lambda target: target.applies_from, default=None)
    if latest is None or latest.by is None or latest.from_value is None or day >= latest.by:
        return latest.value if latest else None
    share = (day - latest.applies_from) / (latest.by - latest.applies_from)
    return latest.from_value + share * (latest.value - latest.from_value)
