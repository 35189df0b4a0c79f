"""The units of the demonstration council, and which needs a segmented unit serves.

The segments are those of the Family Insights evaluation 2017, Appendix 9.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from loading.demo.days import FAR, day_number

AREAS = ("EAST", "WEST")
SEGMENTED = ("U1", "U2", "U3", "U4")
FRONT_DOOR = "FRONT"

PHYSICAL_ABUSE = frozenset({"18A", "18B", "18C"})
CHILD_DOMESTIC_VIOLENCE = frozenset({"3A"})
OTHER_DOMESTIC_VIOLENCE = frozenset({"3B", "3C"})
PARENT_ISSUES = frozenset({"4B", "2B", "1B"})
CHILD_ISSUES = frozenset({"4A", "15A", "14A", "2A", "1A"})
SEXUAL = frozenset({"19A", "19B", "19C", "11A"})
NEGLECT = frozenset({"16A"})

YOUNGEST_IN_UNIT_2 = 7


@dataclass(frozen=True)
class Unit:
    """A social-work team; `room` is how many children it takes before families go to an area."""

    unit_id: str
    name: str
    kind: str
    segment: str | None
    opened: int
    room: int


UNITS = (
    Unit(
        "U1",
        "Unit 1",
        "segmented",
        "Physical abuse with parental underlying issues",
        day_number(2015, 5, 5),
        88,
    ),
    Unit(
        "U2",
        "Unit 2",
        "segmented",
        "Aged 7 or over, problematic behaviour",
        day_number(2015, 5, 5),
        84,
    ),
    Unit(
        "U3",
        "Unit 3",
        "segmented",
        "Domestic violence without underlying issues",
        day_number(2016, 1, 4),
        92,
    ),
    Unit("U4", "Unit 4", "segmented", "Neglect", day_number(2016, 1, 4), 86),
    Unit("EAST", "East area", "area", None, day_number(2009, 4, 1), FAR),
    Unit("WEST", "West area", "area", None, day_number(2009, 4, 1), FAR),
    Unit("FRONT", "Front door", "front_door", None, day_number(2009, 4, 1), FAR),
)
BY_ID = {unit.unit_id: unit for unit in UNITS}


def unit_for(factors: frozenset[str], ages: Sequence[int]) -> str | None:
    """The segmented unit whose rule the family fits, every child of it; None where none fits."""
    harmed = factors & (PHYSICAL_ABUSE | CHILD_DOMESTIC_VIOLENCE)
    if factors & SEXUAL:
        return None
    if harmed:
        return "U1" if factors & PARENT_ISSUES else None
    if factors & CHILD_ISSUES:
        return "U2" if min(ages) >= YOUNGEST_IN_UNIT_2 else None
    if factors & PARENT_ISSUES:
        return None
    if factors & OTHER_DOMESTIC_VIOLENCE:
        return "U3"
    return "U4" if factors & NEGLECT else None
