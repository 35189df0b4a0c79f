"""What derive has stored, as it is read: figures, and units in their own order."""

from collections.abc import Mapping

from sqlalchemy import Select, case, select

from data_access.schema import figure, unit
from metrics.model import SERVICE, Metric, Period, Tally

KINDS_IN_ORDER = ("segmented", "area", "front_door", "other")


def stored_figures() -> Select:
    """Every figure: metric (or metric.companion), unit_id, month, numerator, denominator."""
    return select(
        figure.c.metric,
        figure.c.unit_id,
        figure.c.month,
        figure.c.numerator,
        figure.c.denominator,
    )


def units_in_order() -> Select:
    """unit_id, name, opened_on, closed_on and continues, in the units' own order.

    Segmented units, areas, front door, others.
    """
    place = case({kind: number for number, kind in enumerate(KINDS_IN_ORDER)}, value=unit.c.kind)
    return select(
        unit.c.unit_id,
        unit.c.name,
        unit.c.opened_on,
        unit.c.closed_on,
        unit.c.continues,
    ).order_by(place, unit.c.name, unit.c.unit_id)


def tally_of(
    tallies: Mapping[tuple[str, str | None, Period], Tally], place: tuple[str, str | None, Period]
) -> Tally | None:
    """What is stored of a metric's figure; of no unit 0 over 0 where no row of the month lacks one.

    Derive stores that for every open unit, of which no unit is none: without it a month in which
    every row has its unit would pass for one that was lost.
    """
    key, unit_id, period = place
    is_counted = unit_id is None and (key, SERVICE, period) in tallies
    return tallies.get(place, Tally() if is_counted else None)


def companions_of(
    tallies: Mapping[tuple[str, str | None, Period], Tally],
    metric: Metric,
    unit_id: str | None,
    period: Period,
) -> dict[str, Tally]:
    """By key what is counted beside a figure; without those of which nothing is stored."""
    return {
        companion.key: tallies[key]
        for companion in metric.beside.companions
        if (key := (f"{metric.key}.{companion.key}", unit_id, period)) in tallies
    }
