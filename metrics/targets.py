"""What the service aims at in a month: a target, or where a trajectory to one stands.

A relative target is a change of what a baseline was, which somebody chooses: until then it has no
value, and says so.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from data_access.settings import RelativeTarget, Settings, Target
from metrics.model import SERVICE, Measure, Metric, Period, Spread, Tally
from metrics.survival.median_stay import MedianStay, from_stored
from metrics.survival.windows import WINDOW_MONTHS
from metrics.survival.words import median_words
from metrics.writing import number_words, written_date

NEEDS_A_BASELINE = "Target: {change} than a baseline. It needs a baseline: choose months."
NO_BASELINE = "Target: {change} than in {months}, of which these data hold no figure."
OF_MEDIANS = (
    "The target is {change} than how long half stayed in the {window} months to {last}: {baseline},"
    " {chosen}; so {aim} or less. How long half stay now is set beside it, and no month’s stays"
    " that ended."
)
NO_MEDIAN = (
    "Target: {change} than how long half stayed in the {window} months to {last}, which is not"
    " known."
)
OF_A_BASELINE = "The target is {change} than the service’s {value} of {months}, {chosen}."
Tallies = Mapping[tuple[str, str | None, Period], Tally]
Spreads = Mapping[tuple[str, str | None, Period], Mapping[str, Spread]]


@dataclass(frozen=True)
class Aim:
    """A month's target; where it is relative, in a sentence from what, or why it has no value."""

    value: float | None = None
    note: str | None = None


def aim_of(
    settings: Settings, tallies: Tallies, metric: Metric, period: Period, spreads: Spreads
) -> Aim:
    """The metric's target in force at the month's end; a relative one of the service's baseline.

    The baseline's months are added up; of what does not add up it is the last of them. Of stays it
    is how long half of them last, with those that go on, and so no line for those that ended.
    """
    relative = _in_force(settings.relative_targets, metric.key, period)
    if relative is None:
        return Aim(target_of(settings.targets, metric.key, period))
    change = _change_words(relative)
    months = _baseline_months(relative)
    if not months:
        return Aim(None, NEEDS_A_BASELINE.format(change=change))
    if metric.beside.stays_at:
        stored = spreads.get((metric.key, SERVICE, months[-1]), {})
        return Aim(None, _of_medians(relative, from_stored(stored), months[-1]))
    told = {"change": change, "months": _months_words(months)}
    baseline = _baseline(tallies, metric, months)
    if baseline is None:
        return Aim(None, NO_BASELINE.format(**told))
    value, chosen = metric.measure.written(baseline), _chosen_words(relative)
    aim = baseline * (100 + relative.change) / 100
    return Aim(aim, OF_A_BASELINE.format(**told, value=value, chosen=chosen))


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


def _baseline(tallies: Tallies, metric: Metric, months: Sequence[Period]) -> float | None:
    """The service's figure of the months; None where one of them has no tally."""
    counted = months if metric.adds_up_over_months else months[-1:]
    found = [tallies.get((metric.key, SERVICE, month)) for month in counted]
    known = [tally for tally in found if tally is not None]
    return metric.figure(sum(known, Tally())) if len(known) == len(found) else None


def _months_words(months: Sequence[Period]) -> str:
    return str(months[0]) if len(months) == 1 else f"{months[0]} to {months[-1]}"


def _chosen_words(target: RelativeTarget) -> str:
    assert target.chosen_on is not None, "a baseline is chosen on a day"
    return f"chosen by {target.chosen_by} on {written_date(target.chosen_on)}"


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
