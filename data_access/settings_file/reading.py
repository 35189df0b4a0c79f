"""Reads the file of settings. The only module that opens it."""

import os
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from data_access.access_settings import (
    SHIPPED_ROLES,
    AccessStore,
    LocalViewer,
    NetworkOfAdults,
    RoleEntry,
    SessionLimits,
    SignIn,
)
from data_access.cards.prompts import Prompt
from data_access.problems import WrongSettings
from data_access.settings import (
    ACCESS_STORE_VARIABLE,
    CONFIG_VARIABLE,
    DATABASE_VARIABLE,
    MEETING_STORE_VARIABLE,
    Board,
    Comparator,
    Interval,
    Limb,
    LoadingLimits,
    NightlySource,
    RecordingStandard,
    RelativeTarget,
    Settings,
    Target,
    settings_path,
)
from data_access.settings_file.cross_checks import cross_checks
from data_access.settings_file.segments import read_segments
from data_access.settings_file.toml_file import as_tuples, held_against, read_toml
from data_access.settings_file.words import refuse
from data_access.unit_settings.practice import EXPOSURE_GROUPS, ExposureGroup, Practice
from data_access.unit_settings.unit_plans import UnitPlan

if TYPE_CHECKING:
    from data_access.settings_file.sections import SettingsFile


def read_settings(path: Path | None = None) -> Settings:
    """The settings in `path`, else in the file that holds here, with the segments beside it.

    All that is wrong with it is one Problem, which names for each setting the section, the key,
    the value and what is allowed. Metrics are not known here: see `metrics.council.checked`.
    """
    file = path or settings_path()
    settings = _values(_checked(_read(file), file.name))
    refuse(file.name, list(cross_checks(settings)))
    return replace(settings, segments=read_segments(file))


def _read(file: Path) -> Mapping[str, Any]:
    if not file.exists():
        if os.environ.get(CONFIG_VARIABLE):
            raise WrongSettings(f"{file} is missing: {CONFIG_VARIABLE} names it.")
        raise WrongSettings(f"{file.name} is missing: put it back beside app.py.")
    return read_toml(file)


def _checked(file_values: Mapping[str, Any], name: str) -> "SettingsFile":
    from data_access.settings_file.sections import SettingsFile

    return held_against(SettingsFile, file_values, name)


def _values(file: "SettingsFile") -> Settings:
    time = file.time
    return Settings(
        council=file.council.name,
        database_url=os.environ.get(DATABASE_VARIABLE) or file.database.url,
        direct_categories=tuple(time.direct_categories),
        leave_categories=tuple(time.leave_categories),
        time_method=time.method,
        time_record_covers=time.record_covers,
        practitioner_roles=tuple(time.practitioner_roles),
        hours_a_week=time.hours_a_week,
        coverage_floor=time.coverage_floor,
        scale=file.scale.name,
        rater=file.scale.rater,
        recording_standards=tuple(
            RecordingStandard(**vars(entry)) for entry in file.recording_standard
        ),
        reported_on_day=file.recording.reported_on_day,
        no_visit_share=file.recording.no_visit_share,
        visit_standards=tuple(Interval(**vars(entry)) for entry in file.visit_standard),
        visit_laws=tuple(Interval(**vars(entry)) for entry in file.visit_law),
        visit_limbs=tuple(Limb(**as_tuples(vars(entry))) for entry in file.visit_limb),
        day_of_visit_counts_as=file.visits.day_of_visit_counts_as,
        first_review_working_days=file.visits.first_review_working_days,
        placement_words=tuple(file.placement_words.items()),
        viewer=LocalViewer(**as_tuples(vars(file.viewer))),
        meeting_store_url=os.environ.get(MEETING_STORE_VARIABLE) or file.meeting_store.url,
        memory_gb=file.database.memory_gb,
        loading_limits=LoadingLimits(
            file.loading.max_unpacked_mb, file.loading.max_text_mb, file.loading.max_rows
        ),
        nobody=tuple(file.loading.nobody),
        lead_roles=tuple(file.loading.lead_roles),
        nightly_sources=tuple(NightlySource(**as_tuples(vars(one))) for one in file.nightly_source),
        **_of_figures(file),
        **_who_may_look(file),
        **_of_outcomes(file),
        practice=_practice(file),
    )


def _practice(file: "SettingsFile") -> Practice:
    groups = tuple(ExposureGroup(**as_tuples(vars(entry))) for entry in file.exposure_group)
    return Practice(**vars(file.practice), groups=groups or EXPOSURE_GROUPS)


def _of_figures(file: "SettingsFile") -> dict[str, Any]:
    return {
        "targets": tuple(Target(**vars(entry)) for entry in file.target),
        "relative_targets": tuple(RelativeTarget(**vars(entry)) for entry in file.relative_target),
        "comparators": tuple(Comparator(**vars(entry)) for entry in file.comparator),
        "published_places": tuple(file.published.places),
        "boards": tuple(Board(**as_tuples(vars(entry))) for entry in file.board),
        "worth_saying": tuple(file.worth_saying.items()),
        "unit_plans": tuple(UnitPlan(**vars(entry)) for entry in file.unit_plan),
        "review_standards": tuple(Interval(**vars(entry)) for entry in file.review_standard),
    }


def _of_outcomes(file: "SettingsFile") -> dict[str, Any]:
    """The sections whose keys are named as the settings are; and what prompts a card."""
    counted = (file.referrals, file.status, file.transfers, file.median_stay)
    sections = (*counted, file.surveys, file.people, file.cards)
    of_sections = {
        key: value for section in sections for key, value in as_tuples(vars(section)).items()
    }
    return {**of_sections, "prompts": tuple(Prompt(**vars(entry)) for entry in file.prompt)}


def _who_may_look(file: "SettingsFile") -> dict[str, Any]:
    entries = file.role
    return {
        "sign_in": SignIn(**vars(file.sign_in)),
        "sessions": SessionLimits(**vars(file.sessions)),
        "access_store": AccessStore(
            os.environ.get(ACCESS_STORE_VARIABLE) or file.access_store.url, file.access_store.heads
        ),
        "network": NetworkOfAdults(**vars(file.network)),
        "roles": SHIPPED_ROLES
        if entries is None
        else tuple(RoleEntry(**as_tuples(vars(entry))) for entry in entries),
    }
