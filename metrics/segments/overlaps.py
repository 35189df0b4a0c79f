"""Whether two rules may both fit one family: then a proposal would be a matter of their order."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations

from data_access.settings_file.words import place
from data_access.unit_settings.segment_settings import SegmentRule, Segments
from metrics.segments.judging import Assessed, fits
from metrics.segments.rules import Rule, as_judged

OLD_ENOUGH = 17


@dataclass(frozen=True)
class Overlap:
    """Two rules in force at one time, and factors of one child that fit both."""

    first: SegmentRule
    second: SegmentRule
    factors: tuple[str, ...]


def overlaps(segments: Segments) -> Iterator[Overlap]:
    """Every two rules that may fit one family, each two once; each day of a change is looked at.

    Proven over all sets of factors and ages by one of them: nothing but an excluded factor speaks
    against a rule, so if any family fits two rules, so does a child who is old enough for both and
    has every factor that neither excludes.
    """
    seen: set[tuple[int, int]] = set()
    for day in sorted({rule.applies_from for rule in segments.rules}):
        in_force = segments.on(day)
        judged = zip(in_force, as_judged(segments, in_force), strict=True)
        for (one, first), (other, second) in combinations(judged, 2):
            pair = (id(one), id(other))
            if pair not in seen and fits_both(first, second):
                seen.add(pair)
                yield Overlap(one, other, _example(first, second))


def fits_both(first: Rule, second: Rule) -> bool:
    """Whether any family at all fits both rules."""
    allowed = (first.needed | second.needed) - first.without - second.without
    largest = [Assessed(OLD_ENOUGH, allowed)]
    return fits(first, largest) and fits(second, largest)


def _example(first: Rule, second: Rule) -> tuple[str, ...]:
    """One factor of each need, and of each age, that neither excludes."""
    excluded = first.without | second.without
    asked = [need.factors for rule in (first, second) for need in rule.needs]
    asked += [rule.age_of for rule in (first, second) if rule.age_of]
    return tuple(sorted({min(factors - excluded) for factors in asked}))


def overlaps_told(segments: Segments) -> Iterator[str]:
    """One sentence for each overlap: which rules, a family that fits both, what to do."""
    for overlap in overlaps(segments):
        first, second = (segments.rules.index(rule) + 1 for rule in (overlap.first, overlap.second))
        old = (
            f" at {OLD_ENOUGH}"
            if overlap.first.child_age_from or overlap.second.child_age_from
            else ""
        )
        yield (
            f"{place('segment', first)} and {place('segment', second)} both fit a family with"
            f" {', '.join(overlap.factors)}{old}: no family may be for two units, so add a group"
            " to without of one of them"
        )
