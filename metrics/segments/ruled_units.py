"""Units that have a rule and can take no family: such as have closed, or the data don't know."""

from collections.abc import Iterable, Mapping
from datetime import date

from sqlalchemy import Row, Select, func, select, union

from data_access.schema import allocation, unit
from data_access.unit_settings.segment_settings import SegmentRule
from metrics.writing import written_date

UNKNOWN = "which is no unit of these data"


def units_known(rules: Iterable[SegmentRule]) -> Select:
    """One row per unit of the rules that has a row of its own, or an allocation.

    Columns unit_id, name (the id where nothing names it), closed_on.
    """
    ids = union(select(unit.c.unit_id), select(allocation.c.unit_id)).subquery()
    return (
        select(
            ids.c.unit_id, func.coalesce(unit.c.name, ids.c.unit_id).label("name"), unit.c.closed_on
        )
        .select_from(ids.outerjoin(unit, unit.c.unit_id == ids.c.unit_id))
        .where(ids.c.unit_id.in_({rule.unit for rule in rules}))
    )


def not_there(rules: Iterable[SegmentRule], known: Iterable[Row], day: date) -> dict[str, str]:
    """By unit, in the rules' order, why no family can go there: "which closed on 4 January 2016".

    `known` are the rows of `units_known`. A unit that opens later is none: its rule may be there
    before it.
    """
    closed_on = {row.unit_id: row.closed_on for row in known}
    found = {}
    for rule in rules:
        closed = closed_on.get(rule.unit)
        if rule.unit not in closed_on:
            found[rule.unit] = UNKNOWN
        elif closed is not None and closed <= day:
            found[rule.unit] = f"which closed on {written_date(closed)}"
    return found


def not_there_told(why_not: Mapping[str, str], names: Mapping[str, str]) -> str | None:
    """One sentence on the units of `not_there`, and what to do; None where there is none."""
    if not why_not:
        return None
    told = "; ".join(f"{names.get(unit_id, unit_id)}, {why}" for unit_id, why in why_not.items())
    return (
        f"A rule of segments.toml is for a unit to which no family can go: {told}. Name a unit"
        " there that is open, or correct the unit in the data."
    )
