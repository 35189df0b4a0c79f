"""What is wrong between settings of which each by itself is right."""

from collections.abc import Callable, Hashable, Iterator, Sequence
from datetime import date
from typing import Any

from data_access.due.standards import intervals_for, limbs_and_phases
from data_access.schema import PLAN_KINDS
from data_access.settings import EVERY_UNIT, GENERAL, Interval, Limb, Settings
from data_access.settings_file.words import nearest, written, wrong

# No figure is of a month before.
FIRST_DAY = date(2000, 1, 1)


def cross_checks(settings: Settings) -> Iterator[str]:
    """One sentence for each thing that can't be meant, by section."""
    yield from _lists(settings)
    yield from _recording_standards(settings)
    yield from _intervals("visit_standard", settings.visit_standards, settings)
    yield from _intervals("visit_law", settings.visit_laws, settings)
    yield from _never_due(settings)
    yield from _limbs(settings.visit_limbs)
    yield from _targets(settings)
    of_a_year = (lambda one: (one.metric, one.place, one.period), "place")
    yield from _twice("comparator", settings.comparators, *of_a_year)


def _lists(settings: Settings) -> Iterator[str]:
    direct, leave = settings.direct_categories, settings.leave_categories
    for both in sorted({*direct} & {*leave}):
        use = f'take "{both}" out of it, or out of leave_categories: time is one or the other'
        yield wrong("time", None, "direct_categories", list(direct), use)
    lists = {
        ("time", "direct_categories"): direct,
        ("time", "leave_categories"): leave,
        ("time", "practitioner_roles"): settings.practitioner_roles,
        ("viewer", "units"): settings.viewer.units,
    }
    for (section, key), words in lists.items():
        if len(set(words)) < len(words):
            yield wrong(section, None, key, list(words), "name each once")
    units = settings.viewer.units
    if EVERY_UNIT in units and len(units) > 1:
        use = f'use ["{EVERY_UNIT}"] for every unit, or the units\' ids without it'
        yield wrong("viewer", None, "units", list(units), use)


def _recording_standards(settings: Settings) -> Iterator[str]:
    entries = settings.recording_standards
    yield from _twice("recording_standard", entries, lambda one: one.applies_from, "applies_from")
    number, earliest = min(enumerate(entries, 1), key=lambda one: one[1].applies_from)
    if earliest.applies_from > FIRST_DAY:
        use = f"let the earliest apply from {FIRST_DAY} or before: each visit needs a standard"
        yield wrong("recording_standard", number, "applies_from", earliest.applies_from, use)


def _intervals(section: str, entries: Sequence[Interval], settings: Settings) -> Iterator[str]:
    limbs = (GENERAL, *(one.limb for one in settings.visit_limbs))
    for number, one in enumerate(entries, 1):
        if one.limb not in limbs:
            use = f"no [[visit_limb]] has that name; {nearest(one.limb, limbs)}"
            yield wrong(section, number, "limb", one.limb, use)
        if one.kind != "CLA" and one.phase != "always":
            use = f'use "always": plans of kind {one.kind} have no phases'
            yield wrong(section, number, "phase", one.phase, use)
        if one.kind != "CLA" and one.limb != GENERAL:
            use = f"leave it out: plans of kind {one.kind} have no limbs"
            yield wrong(section, number, "limb", one.limb, use)
    same = (lambda one: (one.kind, one.limb, one.phase, one.applies_from), "applies_from")
    yield from _twice(section, entries, *same)


def _never_due(settings: Settings) -> Iterator[str]:
    """Where no standard applies no visit falls due, and nobody is ever overdue."""
    for kind in PLAN_KINDS:
        for limb, phase in limbs_and_phases(kind, ()):
            if not intervals_for(settings.visit_standards, kind, limb, phase):
                yield (
                    f'no [[visit_standard]] has kind = "{kind}" and phase = "{phase}", or a wider'
                    " phase, so no visit would ever fall due: add one"
                )
                break


def _limbs(limbs: Sequence[Limb]) -> Iterator[str]:
    yield from _twice("visit_limb", limbs, lambda one: one.limb, "limb")
    taken: set[str] = set()
    for number, one in enumerate(limbs, 1):
        if one.limb == GENERAL:
            use = f'use another name: "{GENERAL}" is every placement without a limb'
            yield wrong("visit_limb", number, "limb", one.limb, use)
        if taken.issuperset(one.placement_kinds):
            use = "a [[visit_limb]] before it takes all of these: put it first"
            yield wrong("visit_limb", number, "placement_kinds", list(one.placement_kinds), use)
        if not one.legal_statuses and one.weeks is None:
            taken.update(one.placement_kinds)


def _targets(settings: Settings) -> Iterator[str]:
    for number, one in enumerate(settings.targets, 1):
        if (one.by is None) != (one.from_value is None):
            key, value = ("by", one.by) if one.by else ("from_value", one.from_value)
            yield wrong("target", number, key, value, "give from_value and by together, or neither")
        if one.by is not None and one.by <= one.applies_from:
            use = f"use a day after applies_from, which is {written(one.applies_from)}"
            yield wrong("target", number, "by", one.by, use)
    same = (lambda one: (one.metric, one.applies_from), "applies_from")
    yield from _twice("target", settings.targets, *same)


def _twice(
    section: str, entries: Sequence[Any], same: Callable[[Any], Hashable], key: str
) -> Iterator[str]:
    """Entries of which one can't be told from an earlier one: which would hold?"""
    first: dict[Hashable, int] = {}
    for number, one in enumerate(entries, 1):
        earlier = first.setdefault(same(one), number)
        if earlier != number:
            use = f"entry {earlier} says the same of the same: keep one of them"
            yield wrong(section, number, key, getattr(one, key), use)
