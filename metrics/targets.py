"""What the service aims at in a month: a target, or where a trajectory to one stands."""

from collections.abc import Sequence

from data_access.settings import Target
from metrics.model import Period


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
