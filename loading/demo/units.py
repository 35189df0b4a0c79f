"""The units of the demonstration council, and which needs a segmented unit serves.

The segments are those of the Family Insights evaluation 2017, Appendix 9; `loading.demo.segments`
says whom each takes.
"""

from dataclasses import dataclass

from loading.demo.days import FAR, day_number

AREAS = ("EAST", "WEST")
SEGMENTED = ("U1", "U2", "U3", "U4")
FRONT_DOOR = "FRONT"


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
