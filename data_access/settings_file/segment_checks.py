"""What is wrong between the groups and rules of `segments.toml`, each by itself right."""

from collections.abc import Iterator, Sequence
from itertools import chain

from data_access.code_sets.children import FACTOR, NOTHING_FOUND
from data_access.code_sets.workers import UNIT_KIND
from data_access.settings_file.words import nearest, place, said_twice, wrong
from data_access.unit_settings.segment_settings import (
    NOBODY,
    Decides,
    FactorGroup,
    SegmentRule,
    Segments,
)

GROUP, RULE, DECIDES = "factor_group", "segment", "decides"
HELD_BY = (*UNIT_KIND.names, NOBODY)


def segment_checks(segments: Segments) -> Iterator[str]:
    """One sentence for each thing that can't be meant: groups, then rules, then who decides."""
    yield from said_twice(GROUP, segments.groups, lambda one: one.group, "group")
    yield from _factors(segments.groups)
    yield from said_twice(
        RULE, segments.rules, lambda one: (one.unit, one.applies_from), "applies_from"
    )
    known = tuple(one.group for one in segments.groups)
    for number, rule in enumerate(segments.rules, 1):
        yield from _unknown_groups(number, rule, known)
        yield from _age(number, rule)
        yield from _never_fits(number, rule)
    yield from said_twice(DECIDES, segments.decides, lambda one: one.held_by, "held_by")
    yield from _unknown_kinds(segments.decides)


def _unknown_kinds(decides: Sequence[Decides]) -> Iterator[str]:
    for number, one in enumerate(decides, 1):
        if one.held_by not in HELD_BY:
            use = f'"{one.held_by}" is no kind of unit; {nearest(one.held_by, HELD_BY)}'
            yield wrong(DECIDES, number, "held_by", one.held_by, use)


def _factors(groups: Sequence[FactorGroup]) -> Iterator[str]:
    """A factor that is not known, or that two groups have: which of their names would it go by?"""
    first: dict[str, int] = {}
    for number, one in enumerate(groups, 1):
        for code in one.factors:
            if code not in FACTOR.names:
                use = f'"{code}" is no factor of the children in need census; '
                use += nearest(code, FACTOR.names)
                yield wrong(GROUP, number, "factors", list(one.factors), use)
            elif code in NOTHING_FOUND:
                use = f'"{code}" says that nothing was found, which no rule can need: take it out'
                yield wrong(GROUP, number, "factors", list(one.factors), use)
            elif code in first:
                use = f'{place(GROUP, first[code])} has "{code}": name it once'
                yield wrong(GROUP, number, "factors", list(one.factors), use)
            first.setdefault(code, number)


def _unknown_groups(number: int, rule: SegmentRule, known: Sequence[str]) -> Iterator[str]:
    named = {
        "needs": tuple(chain.from_iterable(rule.needs)),
        "without": rule.without,
        "child_age_of": rule.child_age_of,
    }
    for key, groups in named.items():
        for group in dict.fromkeys(groups):
            if group not in known:
                use = f'no [[factor_group]] has the group "{group}"; {nearest(group, known)}'
                yield wrong(RULE, number, key, getattr(rule, key), use)


def _age(number: int, rule: SegmentRule) -> Iterator[str]:
    if (rule.child_age_from is None) != (not rule.child_age_of):
        key = "child_age_of" if rule.child_age_of else "child_age_from"
        use = "give child_age_from and child_age_of together, or neither"
        yield wrong(RULE, number, key, getattr(rule, key), use)
    needed = set(chain.from_iterable(rule.needs))
    if not needed.issuperset(rule.child_age_of):
        use = "use groups of its needs: whose age counts is the child who has what is needed"
        yield wrong(RULE, number, "child_age_of", rule.child_age_of, use)


def _never_fits(number: int, rule: SegmentRule) -> Iterator[str]:
    for need in (*rule.needs, rule.child_age_of):
        if need and set(need) <= set(rule.without):
            use = "its needs have no other, so it would never fit: take one out"
            yield wrong(RULE, number, "without", rule.without, use)
            return
