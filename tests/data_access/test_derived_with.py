"""Which settings figures rest on, and what is said where one has changed since."""

from dataclasses import fields, replace
from datetime import date
from typing import Any

import pytest
from sqlalchemy import text

from data_access.database import changing, connect, create
from data_access.derived_with import (
    NOT_COUNTED_WITH,
    changed_since,
    changes_told,
    rules_changed_since,
    settings_counted_with,
    what_figures_rest_on,
    what_proposals_rest_on,
)
from data_access.served_load import version_of
from data_access.settings import Interval, Limb, RecordingStandard, Settings
from data_access.unit_settings.segment_settings import NO_SEGMENTS, Segments
from loading.deriving import derive
from tests.worlds import SETTINGS

ANOTHER: dict[str, Any] = {
    "direct_categories": ("direct_work", "court"),
    "leave_categories": ("annual_leave",),
    "time_method": "survey",
    "time_record_covers": "day",
    "practitioner_roles": ("social_worker",),
    "hours_a_week": 36.0,
    "scale": "danger",
    "rater": "parent",
    "recording_standards": (RecordingStandard(3, date(2000, 1, 1), "agreed"),),
    "visit_standards": SETTINGS.visit_standards[1:],
    "visit_laws": (
        *SETTINGS.visit_laws,
        Interval("CLA", "first", 2, "weeks", date(2030, 1, 1), "a new law"),
    ),
    "visit_limbs": (*SETTINGS.visit_limbs, Limb("hostel", "in a hostel", ("H5",))),
    "day_of_visit_counts_as": 1,
    "first_review_working_days": 25,
    "placed_within_days": 14,
    "settle_days": 5,
    "most_days_between": 14,
    "back_within_days": 14,
    "social_work_roles": ("social_worker",),
    "internal_move_days": 60,
    "fewest_ended": 12,
    "fewest_at_risk": 8,
    "review_standards": SETTINGS.review_standards[1:],
    "families_question": "fair",
    "staff_question": "enjoy_work",
}


def changes(now: Settings, before: Settings = SETTINGS) -> tuple[str, ...] | None:
    return changed_since(what_figures_rest_on(before), now)


@pytest.mark.parametrize("name", [one.name for one in fields(Settings)])
def test_figures_rest_on_a_setting_or_it_is_known_that_they_do_not(name):
    assert (name in ANOTHER) != (name in NOT_COUNTED_WITH)
    if name in ANOTHER:
        assert len(changes(replace(SETTINGS, **{name: ANOTHER[name]})) or ()) == 1


class Watched(Settings):
    """Settings that note which of them is asked for."""

    asked: set[str] = set()

    def __getattribute__(self, name: str):
        if name in NAMES:
            Watched.asked.add(name)
        return super().__getattribute__(name)

    # A frozen dataclass is known by all of its values: to look at them there is not to use them.
    __hash__ = object.__hash__
    __eq__ = object.__eq__


NAMES = {one.name for one in fields(Settings)}


def test_derive_asks_for_no_other_setting_than_those_that_it_remembers(tmp_path):
    url = f"duckdb:///{tmp_path / 'case.duckdb'}"
    create(url)
    watched = Watched(**vars(SETTINGS))
    Watched.asked.clear()
    with changing(url) as connection:
        derive(connection, watched)
    assert Watched.asked == {*ANOTHER, "segments"}


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"hours_a_week": 36.5}, "hours_a_week in [time] is 36.5 now and was 37"),
        (
            {"recording_standards": ANOTHER["recording_standards"]},
            "[[recording_standard]] from 2000-01-01 is 3 working days now and was 2 working days",
        ),
        (
            {
                "recording_standards": (
                    *SETTINGS.recording_standards,
                    RecordingStandard(1, date(2016, 4, 1), "x"),
                )
            },
            "[[recording_standard]] from 2016-04-01 is 1 working day now and was not there",
        ),
        (
            {"visit_standards": SETTINGS.visit_standards[1:]},
            "[[visit_standard]] CIN always from 2000-01-01 is not there now and was every 4 weeks",
        ),
        (
            {"visit_limbs": (replace(SETTINGS.visit_limbs[0], legal_statuses=()),)},
            "[[visit_limb]] parents_on_care_order is no. 1: P1; status any; as long as it lasts"
            " now and was no. 1: P1; status C2; as long as it lasts",
        ),
    ],
)
def test_a_change_is_named_with_both_values(change, said):
    assert (changes(replace(SETTINGS, **change)) or ("",))[0] == said


def test_words_sources_and_the_order_of_a_list_move_no_figure():
    other = replace(
        SETTINGS,
        council="Anyshire",
        coverage_floor=0.5,
        targets=(),
        leave_categories=tuple(reversed(SETTINGS.leave_categories)),
        recording_standards=tuple(
            replace(one, source="another") for one in SETTINGS.recording_standards
        ),
    )
    assert changes(other) == ()
    assert changes_told(()) is None


def test_one_sentence_names_three_changes_and_how_many_more_there_are():
    several = {name: ANOTHER[name] for name in ("hours_a_week", "scale", "rater", "time_method")}
    assert changes_told(changes(replace(SETTINGS, **several))) == (
        "Settings have changed since the figures were counted, so run 'python childstat.py derive':"
        " method in [time] is survey now and was diary; hours_a_week in [time] is 36 now and was"
        " 37; name in [scale] is danger now and was safety; and 1 more."
    )


@pytest.fixture
def derived(new_database) -> str:
    url = new_database()
    with changing(url) as connection:
        derive(connection, SETTINGS)
    return url


def counted_with(url: str):
    engine = connect(url)
    try:
        return settings_counted_with(engine)
    finally:
        engine.dispose()


def remembered(settings: Settings) -> dict[str, str]:
    return {**what_figures_rest_on(settings), **what_proposals_rest_on(settings)}


def test_derive_remembers_the_settings_that_it_counted_with(derived):
    assert counted_with(derived) == remembered(SETTINGS)
    with changing(derived) as connection:
        derive(connection, replace(SETTINGS, hours_a_week=36))
    assert counted_with(derived) == remembered(replace(SETTINGS, hours_a_week=36))


def test_a_rule_of_units_that_changed_moves_no_figure_and_is_named_for_proposals(derived):
    one, *others = SETTINGS.segments.rules
    groups = SETTINGS.segments.groups
    changed = replace(one, without=("sexual_abuse",))
    now = replace(SETTINGS, segments=Segments(groups, (changed, *others)))
    before = counted_with(derived)
    assert changed_since(before, now) == ()
    assert rules_changed_since(before, SETTINGS) == ()
    needs = "Physical abuse with parental underlying issues: physical_abuse or domestic_abuse_child"
    assert rules_changed_since(before, now) == (
        f"segments.toml: [[segment]] U1 from 2015-05-05 is {needs} and parent; without sexual_abuse"
        f" now and was {needs} and parent; without sexual_abuse, sexual_exploitation",
    )
    assert len(rules_changed_since(before, replace(SETTINGS, segments=NO_SEGMENTS)) or ()) == 12
    assert rules_changed_since(None, SETTINGS) is None


def test_a_database_from_before_does_not_say_and_derive_mends_it(derived):
    with changing(derived) as connection:
        connection.execute(text("DROP TABLE derived_with"))
    assert counted_with(derived) is None
    assert changes_told(changed_since(None, SETTINGS)) == (
        "It is not known with which settings the figures were counted, so run"
        " 'python childstat.py derive'."
    )
    with changing(derived) as connection:
        derive(connection, SETTINGS)
    assert counted_with(derived) == remembered(SETTINGS)


def test_pages_that_are_open_learn_that_figures_were_counted_again(derived):
    """On PostgreSQL no file changes, and the loads are the same as before."""
    before = version_of(derived)
    with changing(derived) as connection:
        derive(connection, replace(SETTINGS, hours_a_week=36))
    assert version_of(derived) != before
