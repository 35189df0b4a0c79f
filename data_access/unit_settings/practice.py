"""The settings of what weighs on a worker: kinds of harm, and when most children are of one."""

from dataclasses import dataclass


@dataclass(frozen=True)
class ExposureGroup:
    """One kind of harm, by the census codes of the factors that an assessment finds."""

    group: str
    name: str
    factors: tuple[str, ...]


EXPOSURE_GROUPS = (
    ExposureGroup("sexual_abuse", "Sexual abuse", ("19A", "19B", "19C", "11A")),
    ExposureGroup("physical_abuse", "Physical abuse", ("18A", "18B", "18C")),
    ExposureGroup("domestic_abuse", "Domestic abuse", ("3A", "3B", "3C")),
    ExposureGroup("parent_mental_health", "A parent’s mental health", ("4B",)),
)


@dataclass(frozen=True)
class Practice:
    """A worker holds mostly one kind of harm from `exposure_share` (0 to 1) of the children held,
    where they are at least `fewest_held`.
    """

    exposure_share: float = 0.5
    fewest_held: int = 5
    groups: tuple[ExposureGroup, ...] = EXPOSURE_GROUPS
