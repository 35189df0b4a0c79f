"""The settings of `segments.toml`: which families a unit is for, by what assessments found."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path


def segments_path(settings_file: Path) -> Path:
    """The file of the units' rules, beside a file of settings: whether it is there is not asked."""
    return settings_file.with_name("segments.toml")


# In the place of a unit's kind, where no unit holds the family.
NOBODY = "nobody"


@dataclass(frozen=True)
class FactorGroup:
    """Factors of assessments, by census code, that rules speak of under one name."""

    group: str
    name: str
    factors: tuple[str, ...]


@dataclass(frozen=True)
class SegmentRule:
    """Which families one unit is for, from a day on. Groups are named by their keys.

    The family has a factor of each of the `needs`, each of them one or more groups, and none of the
    groups in `without`. With `child_age_from` a factor of `child_age_of` is of a child who was at
    least so many years old on the day on which the assessment was authorised.
    """

    unit: str
    name: str
    needs: tuple[tuple[str, ...], ...]
    applies_from: date
    source: str
    without: tuple[str, ...] = ()
    child_age_from: int | None = None
    child_age_of: tuple[str, ...] = ()


@dataclass(frozen=True)
class Decides:
    """Who decides of families that fit no unit and are held by a unit of a kind, or by nobody."""

    held_by: str
    who: str


@dataclass(frozen=True)
class Segments:
    """Every group and rule in the file's order; none of either where a council has no file."""

    groups: tuple[FactorGroup, ...] = ()
    rules: tuple[SegmentRule, ...] = ()
    decides: tuple[Decides, ...] = ()

    def on(self, day: date) -> tuple[SegmentRule, ...]:
        """The rules in force on `day`: of each unit the entry that applies from the latest day."""
        in_force: dict[str, SegmentRule] = {}
        for rule in sorted(self.rules, key=lambda one: one.applies_from):
            if rule.applies_from <= day:
                in_force[rule.unit] = rule
        return tuple(rule for rule in self.rules if in_force.get(rule.unit) is rule)

    def who_decides(self, unit_id: str | None, kind: str | None) -> str | None:
        """Of a family that fits no unit, held by this one; None where the file doesn't say it."""
        held_by = NOBODY if unit_id is None else kind
        return next((one.who for one in self.decides if one.held_by == held_by), None)

    def group(self, key: str) -> FactorGroup:
        """The group of that key."""
        return next(one for one in self.groups if one.group == key)

    def factors_of(self, groups: Iterable[str]) -> frozenset[str]:
        """The codes of all these groups together."""
        named = set(groups)
        return frozenset(code for one in self.groups if one.group in named for code in one.factors)


NO_SEGMENTS = Segments()
