"""Which needs of a metric are not met, as sources hold only a part of what it counts."""

from data_access.sources.holding import Held
from metrics.model import Metric, Need


def held_in_part(metric: Metric, held: Held) -> list[Need]:
    """The needs of tables and columns that are held in part.

    Not of a table of which the metric counts only rows that are all there.
    """
    return [
        need
        for need in metric.needs
        if place_of(need) in held.partial
        and (need.column or not _has_enough(metric, need.table, held))
    ]


def place_of(need: Need) -> str:
    """The table, or the column as "visit.recorded_on"."""
    return f"{need.table}.{need.column}" if need.column else need.table


def _has_enough(metric: Metric, table: str, held: Held) -> bool:
    only = [need for need in metric.needs if need.table == table and need.only]
    return bool(only) and all(held.has_all(table, need.column, need.value) for need in only)
