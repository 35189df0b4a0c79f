"""The rules of `segments.toml` as families are judged by them: factors in place of names."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from data_access.unit_settings.segment_settings import FactorGroup, SegmentRule, Segments


@dataclass(frozen=True)
class Need:
    """One of these factors is needed; `words` are the names of their groups."""

    words: str
    factors: frozenset[str]


@dataclass(frozen=True)
class Rule:
    """One unit's rule; `age_of` are the factors that a child of `age_from` or over must have."""

    unit: str
    name: str
    needs: tuple[Need, ...]
    without: frozenset[str]
    age_from: int | None = None
    age_of: frozenset[str] = frozenset()

    @property
    def needed(self) -> frozenset[str]:
        """Every factor that meets one of the needs."""
        return frozenset().union(*(need.factors for need in self.needs))


@dataclass(frozen=True)
class Rules:
    """The rules in force on a day, in the file's order, and the names of factors."""

    rules: tuple[Rule, ...]
    groups: tuple[FactorGroup, ...]

    @cached_property
    def named(self) -> frozenset[str]:
        """Every factor that any of the rules needs or excludes."""
        return frozenset().union(*(rule.needed | rule.without for rule in self.rules))

    @cached_property
    def fits_no_rule(self) -> frozenset[str]:
        """Factors that every rule excludes; none where there is no rule."""
        excluded = [rule.without for rule in self.rules]
        return excluded[0].intersection(*excluded[1:]) if excluded else frozenset()

    def groups_of(self, factors: Iterable[str]) -> tuple[str, ...]:
        """The names of the groups that these factors are of, each once, in the file's order."""
        found = frozenset(factors)
        return tuple(one.name for one in self.groups if found.intersection(one.factors))


def rules_on(segments: Segments, day: date) -> Rules:
    """The rules in force on `day`; a group that they do not name is among the groups too."""
    return Rules(as_judged(segments, segments.on(day)), segments.groups)


def as_judged(segments: Segments, rules: Sequence[SegmentRule]) -> tuple[Rule, ...]:
    """These rules with the factors of the groups that they name."""
    return tuple(
        Rule(
            rule.unit,
            rule.name,
            tuple(Need(_words(segments, need), segments.factors_of(need)) for need in rule.needs),
            segments.factors_of(rule.without),
            rule.child_age_from,
            segments.factors_of(rule.child_age_of),
        )
        for rule in rules
    )


def _words(segments: Segments, need: Sequence[str]) -> str:
    return " or ".join(segments.group(key).name for key in need)
