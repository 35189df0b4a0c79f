"""With which settings the figures were counted, and what has changed in the settings since."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from sqlalchemy import Engine, inspect, select

from data_access.database import read
from data_access.schema import derived_with
from data_access.settings import GENERAL, Interval, Limb, Settings
from data_access.unit_settings.segment_settings import SegmentRule
from data_access.words.agreeing import agreeing

NOTHING = "not there"
DERIVE = "run 'python childstat.py derive'"
MOST_NAMED = 3
# Shown beside figures, or where things are: a change of these is in force at once, or at the next
# load if it is of what a load reads.
NOT_COUNTED_WITH = frozenset(
    {
        "council",
        "database_url",
        "meeting_store_url",
        "memory_gb",
        "loading_limits",
        "nightly_sources",
        "nobody",
        "lead_roles",
        "coverage_floor",
        "reported_on_day",
        "no_visit_share",
        "placement_words",
        "targets",
        "comparators",
        "viewer",
        "sign_in",
        "sessions",
        "access_store",
        "roles",
        "network",
        "worth_saying",
        "boards",
        "relative_targets",
        "published_places",
        # Of proposals, not of figures: see `what_proposals_rest_on`.
        "segments",
        "unit_plans",
        # Of cards, which are made when a page is opened.
        "closing_days",
        "prompts",
        # Of what workers carry, which is counted when it is asked for.
        "practice",
    }
)
# Before what a proposal rests on, where it is remembered beside what figures rest on.
OF_SEGMENTS = "segments.toml: "


def what_figures_rest_on(settings: Settings) -> dict[str, str]:
    """Value by setting, both as people read them: what derive counts with, and nothing else.

    An entry that applies from a day is a setting of its own, so that what changed can be named.
    """
    return {
        "direct_categories in [time]": _listed(sorted(settings.direct_categories)),
        "leave_categories in [time]": _listed(sorted(settings.leave_categories)),
        "method in [time]": settings.time_method,
        "record_covers in [time]": settings.time_record_covers,
        "practitioner_roles in [time]": _listed(sorted(settings.practitioner_roles)),
        "hours_a_week in [time]": f"{settings.hours_a_week:g}",
        "name in [scale]": settings.scale,
        "rater in [scale]": settings.rater,
        **dict(_recording_standards(settings)),
        "day_of_visit_counts_as in [visits]": str(settings.day_of_visit_counts_as),
        "first_review_working_days in [visits]": str(settings.first_review_working_days),
        **dict(_intervals("visit_standard", settings.visit_standards)),
        **dict(_intervals("visit_law", settings.visit_laws)),
        **dict(_limbs(settings.visit_limbs)),
        "placed_within_days in [referrals]": str(settings.placed_within_days),
        "settle_days in [status]": str(settings.settle_days),
        "most_days_between in [transfers]": str(settings.most_days_between),
        "back_within_days in [transfers]": str(settings.back_within_days),
        "fewest_ended in [median_stay]": str(settings.fewest_ended),
        "fewest_at_risk in [median_stay]": str(settings.fewest_at_risk),
        **dict(_intervals("review_standard", settings.review_standards)),
        "families_question in [surveys]": settings.families_question,
        "staff_question in [surveys]": settings.staff_question,
        "social_work_roles in [people]": _listed(sorted(settings.social_work_roles)),
        "internal_move_days in [people]": str(settings.internal_move_days),
    }


def what_proposals_rest_on(settings: Settings) -> dict[str, str]:
    """Value by setting, as above, of the units' rules, which no figure rests on."""
    return {
        **{
            f"{OF_SEGMENTS}[[factor_group]] {one.group}": f"{one.name}: {_listed(one.factors)}"
            for one in settings.segments.groups
        },
        **{
            f"{OF_SEGMENTS}[[segment]] {rule.unit} from {rule.applies_from}": _ruled(rule)
            for rule in settings.segments.rules
        },
    }


def _ruled(rule: SegmentRule) -> str:
    needs = " and ".join(" or ".join(need) for need in rule.needs)
    without = f"; without {', '.join(rule.without)}" if rule.without else ""
    age = f"; a child from {rule.child_age_from} with {' or '.join(rule.child_age_of)}"
    return f"{rule.name}: {needs}{without}{age if rule.child_age_from else ''}"


def _listed(words: Iterable[str]) -> str:
    return ", ".join(words) or "none"


def _recording_standards(settings: Settings) -> Iterator[tuple[str, str]]:
    for standard in settings.recording_standards:
        yield (
            f"[[recording_standard]] from {standard.applies_from}",
            _many(standard.working_days, "working_days"),
        )


def _intervals(section: str, entries: Sequence[Interval]) -> Iterator[tuple[str, str]]:
    for interval in entries:
        whose = interval.kind if interval.limb == GENERAL else f"{interval.kind} {interval.limb}"
        setting = f"[[{section}]] {whose} {interval.phase} from {interval.applies_from}"
        yield setting, f"every {_many(interval.every, interval.period)}"


def _many(number: int, things: str) -> str:
    words = things.replace("_", " ")
    return f"{number} {agreeing(number, words.removesuffix('s'), words)}"


def _limbs(limbs: Sequence[Limb]) -> Iterator[tuple[str, str]]:
    """Their order is part of them: the first that fits holds."""
    for place, limb in enumerate(limbs, 1):
        statuses = _listed(sorted(limb.legal_statuses)) if limb.legal_statuses else "any"
        lasts = "as long as it lasts" if limb.weeks is None else _many(limb.weeks, "weeks")
        kinds = _listed(sorted(limb.placement_kinds))
        yield f"[[visit_limb]] {limb.limb}", f"no. {place}: {kinds}; status {statuses}; {lasts}"


def settings_counted_with(engine: Engine) -> Mapping[str, str] | None:
    """What was stored when the figures were counted; None where the database does not say."""
    if not inspect(engine).has_table(derived_with.name):
        return None
    rows = read(engine, select(derived_with.c.setting, derived_with.c.value))
    return {row.setting: row.value for row in rows} or None


Changes = tuple[str, ...] | None


def changed_since(counted_with: Mapping[str, str] | None, settings: Settings) -> Changes:
    """Each setting that is not what the figures were counted with: both values, in words.

    Empty where all are the same; None where it is not known with which they were counted.
    """
    if counted_with is None:
        return None
    of_figures = {
        setting: value
        for setting, value in counted_with.items()
        if not setting.startswith(OF_SEGMENTS)
    }
    return _changes(of_figures, what_figures_rest_on(settings))


def rules_changed_since(counted_with: Mapping[str, str] | None, settings: Settings) -> Changes:
    """As `changed_since`, of the units' rules that proposals were made with."""
    if counted_with is None:
        return None
    of_proposals = {
        setting: value for setting, value in counted_with.items() if setting.startswith(OF_SEGMENTS)
    }
    return _changes(of_proposals, what_proposals_rest_on(settings))


def _changes(counted_with: Mapping[str, str], now: Mapping[str, str]) -> tuple[str, ...]:
    return tuple(
        f"{setting} is {now.get(setting, NOTHING)} now and was {counted_with.get(setting, NOTHING)}"
        for setting in [*now, *(gone for gone in counted_with if gone not in now)]
        if now.get(setting) != counted_with.get(setting)
    )


def changes_told(changes: Changes, of_what: str = "the figures") -> str | None:
    """One sentence: which settings changed since `of_what` were counted, and what to do."""
    if changes is None:
        return f"It is not known with which settings {of_what} were counted, so {DERIVE}."
    if not changes:
        return None
    return f"Settings have changed since {of_what} were counted, so {DERIVE}: {_named(changes)}."


def _named(changes: Sequence[str]) -> str:
    more = len(changes) - MOST_NAMED
    return "; ".join(changes[:MOST_NAMED]) + (f"; and {more} more" if more > 0 else "")


def changes_since_published(changes: Changes, month: str) -> str | None:
    """One sentence: which settings changed since `month` was published. Its words stay as they are.

    Derive does not move it: a corrected version may follow the settings, if the meeting wants it.
    """
    if changes is None:
        return f"It is not known with which settings {month} was counted when it was published."
    if not changes:
        return None
    return (
        f"Settings have changed since {month} was published, and move nothing: {_named(changes)}."
    )
