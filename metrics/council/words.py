"""Words of definitions that the settings decide: filled in where they are shown, never stored."""

import re
from collections.abc import Callable, Sequence
from datetime import date

from data_access.code_sets.survey_questions import words_of
from data_access.due.recording_standards import newest_first
from data_access.due.standards import first_review_in_care, intervals_for
from data_access.settings import GENERAL, Settings
from data_access.words.agreeing import agreeing
from metrics.writing import working_days_words, written_date

# What stands in a definition's text as {recording_standard} and so on.
SettingWords = Callable[[Settings, date], str]


def worded(text: str, settings: Settings, day: date) -> str:
    """`text` with each {name} of `FROM_SETTINGS` as the settings have it on `day`.

    Other braces are left as they are: companions' words are filled in with their counts.
    """
    return re.sub(
        r"\{(\w+)\}",
        lambda match: (
            FROM_SETTINGS[match[1]](settings, day) if match[1] in FROM_SETTINGS else match[0]
        ),
        text,
    )


def _recording_standard(settings: Settings, day: date) -> str:
    """As in "2 working days, and before 1 April 2016 within 3 working days", back to the first."""
    begun = [standard for standard in newest_first(settings) if standard.applies_from <= day]
    in_force, *earlier = begun or newest_first(settings)[-1:]
    words, until = working_days_words(in_force.working_days), in_force.applies_from
    for standard in earlier:
        before = written_date(until)
        words += f", and before {before} within {working_days_words(standard.working_days)}"
        until = standard.applies_from
    return words


def _review(kind: str, phase: str) -> SettingWords:
    """As in "20 working days": how long after its clock started a review is due."""

    def words(settings: Settings, day: date) -> str:
        entries = [*settings.review_standards, first_review_in_care(settings)]
        known = intervals_for(entries, kind, GENERAL, phase)
        in_force = [one for one in known if one.applies_from <= day] or known[:1]
        interval = in_force[-1]
        period = interval.period.replace("_", " ")
        return f"{interval.every} {agreeing(interval.every, period.removesuffix('s'), period)}"

    return words


def _listed(names: Sequence[str]) -> str:
    """As in "annual leave, sickness and other leave"."""
    *most, last = [name.replace("_", " ") for name in names] or ["nothing"]
    return f"{', '.join(most)} and {last}" if most else last


FROM_SETTINGS: dict[str, SettingWords] = {
    "recording_standard": _recording_standard,
    "coverage_floor": lambda settings, _day: f"{settings.coverage_floor * 100:g}%",
    "direct_categories": lambda settings, _day: _listed(settings.direct_categories),
    "leave_categories": lambda settings, _day: _listed(settings.leave_categories),
    "practitioner_roles": lambda settings, _day: _listed(settings.practitioner_roles),
    "hours_a_week": lambda settings, _day: f"{settings.hours_a_week:g}",
    "time_method": lambda settings, _day: settings.time_method,
    "time_record_covers": lambda settings, _day: settings.time_record_covers,
    "scale": lambda settings, _day: settings.scale.replace("_", " "),
    "placed_within_days": lambda settings, _day: str(settings.placed_within_days),
    "cp_first_review": _review("CP", "first"),
    "cp_later_review": _review("CP", "later"),
    "cla_first_review": _review("CLA", "first"),
    "cla_second_review": _review("CLA", "second"),
    "cla_later_review": _review("CLA", "later"),
    "rater": lambda settings, _day: settings.rater.replace("_", " "),
    "settle_days": lambda settings, _day: str(settings.settle_days),
    "most_days_between": lambda settings, _day: str(settings.most_days_between),
    "back_within_days": lambda settings, _day: str(settings.back_within_days),
    "fewest_ended": lambda settings, _day: str(settings.fewest_ended),
    "fewest_at_risk": lambda settings, _day: str(settings.fewest_at_risk),
    "families_question": lambda settings, _day: words_of(settings.families_question),
    "staff_question": lambda settings, _day: words_of(settings.staff_question),
    "social_work_roles": lambda settings, _day: _listed(settings.social_work_roles),
    "internal_move_days": lambda settings, _day: str(settings.internal_move_days),
}
