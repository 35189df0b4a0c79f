"""Which tables of schools, early help and services the data have, and how much was matched."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, exists, literal, select

from data_access.schema import (
    early_help,
    education_period,
    enrolment,
    exclusion,
    intervention,
)

OF_OTHERS = (enrolment, education_period, exclusion, early_help, intervention)
# What each table is called, and the rules by which rows of nobody here are left out.
CALLED: Mapping[str, str] = {
    enrolment.name: "school rolls",
    education_period.name: "attendance records",
    exclusion.name: "exclusion records",
    early_help.name: "early help records",
    intervention.name: "service records",
}
OF_NOBODY_HERE = ("child_in_no_table", "of_nobody_here", "of_other_children", "no_child_matched")


@dataclass(frozen=True)
class Matched:
    """Of one table how many rows were given, and how many of them name a child or family here."""

    table: str
    given: int
    matched: int

    @property
    def unmatched(self) -> int:
        """Rows that were left out, as they name nobody of the child table."""
        return self.given - self.matched


def any_rows() -> Select:
    """One row: by the name of each table whether it has a row; else nobody told of it."""
    return select(
        *(exists(select(literal(1)).select_from(one)).label(one.name) for one in OF_OTHERS)
    )


def matched_rows(tables: Mapping[str, Mapping[str, Any]]) -> Iterator[Matched]:
    """By the loads' counts of each table's rows; nothing of tables that no load brought."""
    for name in CALLED:
        counts = tables.get(name, {})
        reasons = counts.get("left_out", {})
        unmatched = sum(reasons.get(rule, 0) for rule in OF_NOBODY_HERE)
        given = counts.get("written", 0) + unmatched
        if given:
            yield Matched(name, given, given - unmatched)
