"""What is wrong between settings of which each by itself is right."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from itertools import product

from data_access.cards.prompts import CONDITIONS, Prompt
from data_access.code_sets.outcomes import REVIEW_KIND
from data_access.due.standards import first_review_in_care, intervals_for, limbs_and_phases
from data_access.schema import PLAN_KINDS
from data_access.settings import (
    EVERY_UNIT,
    GENERAL,
    NIGHTLY_DATABASE,
    REVIEW_PHASES,
    Interval,
    Limb,
    Settings,
)
from data_access.settings_file.access_checks import access_checks
from data_access.settings_file.practice_checks import practice_checks
from data_access.settings_file.words import nearest, place, said_twice, written, wrong

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
    yield from _relative_targets(settings)
    of_a_year = (
        lambda comparator: (comparator.metric, comparator.place, comparator.period),
        "place",
    )
    yield from said_twice("comparator", settings.comparators, *of_a_year)
    yield from _boards(settings)
    yield from said_twice("unit_plan", settings.unit_plans, lambda plan: plan.unit, "unit")
    yield from access_checks(settings)
    yield from _review_standards(settings)
    yield from _nightly_sources(settings)
    yield from _prompts(settings.prompts)
    yield from practice_checks(settings)


def _prompts(prompts: Sequence[Prompt]) -> Iterator[str]:
    """One name is one prompt, by which its dismissals are known; a number only where one counts."""
    yield from said_twice("prompt", prompts, lambda prompt: prompt.name, "name")
    for number, prompt in enumerate(prompts, 1):
        counts = CONDITIONS[prompt.when]
        if counts and prompt.number is None:
            yield f"{place('prompt', number)} has no number: add it, in {counts}"
        if not counts and prompt.number is not None:
            use = f'leave it out: "{prompt.when}" takes none'
            yield wrong("prompt", number, "number", prompt.number, use)


def _nightly_sources(settings: Settings) -> Iterator[str]:
    for number, one in enumerate(settings.nightly_sources, 1):
        if one.kind == NIGHTLY_DATABASE and len(one.at) > 1:
            use = "give one address: each database is a source of its own"
            yield wrong("nightly_source", number, "at", one.at, use)
        if one.kind != NIGHTLY_DATABASE and not one.at:
            yield f"{place('nightly_source', number)} has no at: add it, its files or folders"


def _lists(settings: Settings) -> Iterator[str]:
    direct, leave = settings.direct_categories, settings.leave_categories
    for both in sorted({*direct} & {*leave}):
        use = f'take "{both}" out of it, or out of leave_categories: time is one or the other'
        yield wrong("time", None, "direct_categories", list(direct), use)
    lists = {
        ("loading", "nobody"): settings.nobody,
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
    yield from said_twice(
        "recording_standard", entries, lambda standard: standard.applies_from, "applies_from"
    )
    number, earliest = min(enumerate(entries, 1), key=lambda numbered: numbered[1].applies_from)
    if earliest.applies_from > FIRST_DAY:
        use = f"let the earliest apply from {FIRST_DAY} or before: each visit needs a standard"
        yield wrong("recording_standard", number, "applies_from", earliest.applies_from, use)


def _intervals(section: str, entries: Sequence[Interval], settings: Settings) -> Iterator[str]:
    limbs = (GENERAL, *(visit_limb.limb for visit_limb in settings.visit_limbs))
    for number, interval in enumerate(entries, 1):
        if interval.limb not in limbs:
            use = f"no [[visit_limb]] has that name; {nearest(interval.limb, limbs)}"
            yield wrong(section, number, "limb", interval.limb, use)
        if interval.kind != "CLA" and interval.phase != "always":
            use = f'use "always": plans of kind {interval.kind} have no phases'
            yield wrong(section, number, "phase", interval.phase, use)
        if interval.kind != "CLA" and interval.limb != GENERAL:
            use = f"leave it out: plans of kind {interval.kind} have no limbs"
            yield wrong(section, number, "limb", interval.limb, use)
    same = (
        lambda interval: (interval.kind, interval.limb, interval.phase, interval.applies_from),
        "applies_from",
    )
    yield from said_twice(section, entries, *same)


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


def _review_standards(settings: Settings) -> Iterator[str]:
    """What is due by no rule is never missed; and one thing is said once."""
    entries = settings.review_standards
    for number, one in enumerate(entries, 1):
        if (one.kind, one.phase) == ("CLA", "first"):
            use = "leave the entry out: first_review_working_days in [visits] says it"
            yield wrong("review_standard", number, "phase", one.phase, use)
    of_a_phase = (lambda one: (one.kind, one.phase, one.applies_from), "applies_from")
    yield from said_twice("review_standard", entries, *of_a_phase)
    known = [*entries, first_review_in_care(settings)]
    for kind, phase in product(REVIEW_KIND.names, REVIEW_PHASES):
        if not intervals_for(known, kind, GENERAL, phase):
            wider = "" if phase == "later" else ', or "later"'
            yield (
                f'no [[review_standard]] has kind = "{kind}" and phase = "{phase}"{wider}, so no'
                " such review would ever fall due: add one"
            )


def _limbs(limbs: Sequence[Limb]) -> Iterator[str]:
    yield from said_twice("visit_limb", limbs, lambda limb: limb.limb, "limb")
    taken: set[str] = set()
    for number, limb in enumerate(limbs, 1):
        if limb.limb == GENERAL:
            use = f'use another name: "{GENERAL}" is every placement without a limb'
            yield wrong("visit_limb", number, "limb", limb.limb, use)
        if taken.issuperset(limb.placement_kinds):
            use = "a [[visit_limb]] before it takes all of these: put it first"
            yield wrong("visit_limb", number, "placement_kinds", list(limb.placement_kinds), use)
        if not limb.legal_statuses and limb.weeks is None:
            taken.update(limb.placement_kinds)


def _targets(settings: Settings) -> Iterator[str]:
    for number, target in enumerate(settings.targets, 1):
        if (target.by is None) != (target.from_value is None):
            key, value = ("by", target.by) if target.by else ("from_value", target.from_value)
            yield wrong("target", number, key, value, "give from_value and by together, or neither")
        if target.by is not None and target.by <= target.applies_from:
            use = f"use a day after applies_from, which is {written(target.applies_from)}"
            yield wrong("target", number, "by", target.by, use)
    same = (lambda target: (target.metric, target.applies_from), "applies_from")
    yield from said_twice("target", settings.targets, *same)


def _relative_targets(settings: Settings) -> Iterator[str]:
    """A baseline is whole months, and somebody chose them: all four keys, or none yet."""
    section, absolute = "relative_target", {target.metric for target in settings.targets}
    for number, target in enumerate(settings.relative_targets, 1):
        first, last = target.baseline_from, target.baseline_to
        baseline = (first, last, target.chosen_by, target.chosen_on)
        if any(baseline) and not all(baseline):
            use = "give baseline_from, baseline_to, chosen_by and chosen_on together, or none yet"
            yield wrong(section, number, "baseline_from", first or "left out", use)
        elif first and last:
            if first.day != 1:
                yield wrong(section, number, "baseline_from", first, "use a month’s first day")
            if (last + timedelta(days=1)).day != 1 or last < first:
                use = f"use the last day of a month, not before {written(first)}"
                yield wrong(section, number, "baseline_to", last, use)
        if target.metric in absolute:
            use = "a [[target]] is of the same metric: keep one of them"
            yield wrong(section, number, "metric", target.metric, use)
    same = (lambda target: (target.metric, target.applies_from), "applies_from")
    yield from said_twice(section, settings.relative_targets, *same)


def _boards(settings: Settings) -> Iterator[str]:
    yield from said_twice("board", settings.boards, lambda board: board.key, "name")
    for number, board in enumerate(settings.boards, 1):
        if not board.key:
            yield wrong("board", number, "name", board.name, "use a name with letters or digits")
        if len(set(board.metrics)) < len(board.metrics):
            yield wrong("board", number, "metrics", list(board.metrics), "name each once")
