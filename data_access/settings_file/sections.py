"""The keys of the settings' file, section by section: each key's type and range, and no others.

Strict: a number in quotes is no number, "false" is not false, and one word is no list of words.
"""

from typing import Annotated

from annotated_types import Ge, Le, MaxLen, MinLen

from data_access.code_sets.nobody import NOBODY
from data_access.code_sets.outcomes import REVIEW_KIND
from data_access.code_sets.workers import LEAD_ROLES
from data_access.schema import PERIODS, PLAN_KINDS, ROLES, TIME_CATEGORIES, TIME_METHODS
from data_access.settings import (
    GENERAL,
    MOST_ON_A_BOARD,
    NIGHTLY_DATABASE,
    NIGHTLY_FILES,
    PHASES,
    REVIEW_PHASES,
    LoadingLimits,
    Settings,
)
from data_access.settings_file.access_sections import (
    AccessStoreSection,
    NetworkSection,
    RoleSection,
    SessionsSection,
    SignInSection,
    ViewerSection,
)
from data_access.settings_file.card_sections import Cards, PromptEntry, Surveys
from data_access.settings_file.kinds import Day, OneOf, Section, Text
from data_access.settings_file.practice_sections import ExposureGroupEntry, PracticeSection

Share = Annotated[float, Ge(0), Le(1)]
Kind = Annotated[str, OneOf(PLAN_KINDS)]
Category = Annotated[str, OneOf(TIME_CATEGORIES)]
# Of no known measure: what a metric's figure can be is checked where metrics are known.
Value = Annotated[float, Ge(-1000), Le(1000)]
Difference = Annotated[float, Ge(0), Le(1000)]


class Council(Section):
    name: Text


class DatabaseAddress(Section):
    url: Text


class Database(DatabaseAddress):
    memory_gb: Annotated[float, Ge(0.5), Le(1024)] | None = None


class Loading(Section):
    max_unpacked_mb: Annotated[int, Ge(10), Le(100_000)] = LoadingLimits.max_unpacked_mb
    max_text_mb: Annotated[int, Ge(10), Le(1_000_000)] = LoadingLimits.max_text_mb
    max_rows: Annotated[int, Ge(10_000), Le(1_000_000_000)] = LoadingLimits.max_rows
    nobody: list[Text] = list(NOBODY)
    lead_roles: Annotated[list[Text], MinLen(1)] = list(LEAD_ROLES)


class NightlySourceEntry(Section):
    kind: Annotated[str, OneOf((NIGHTLY_DATABASE, *NIGHTLY_FILES))]
    at: list[Text] = []
    schema_name: Text | None = None
    lead_roles: list[Text] = []
    covers_from: list[Text] = []
    with_hidden_sheets: bool = False


class Time(Section):
    direct_categories: Annotated[list[Category], MinLen(1)]
    leave_categories: list[Category]
    method: Annotated[str, OneOf(TIME_METHODS)]
    record_covers: Annotated[str, OneOf(("day", "week"))]
    practitioner_roles: Annotated[list[Annotated[str, OneOf(ROLES)]], MinLen(1)]
    hours_a_week: Annotated[float, Ge(20), Le(60)]
    coverage_floor: Share


class Scale(Section):
    name: Text
    rater: Text


class Recording(Section):
    reported_on_day: Annotated[int, Ge(0), Le(92)]
    no_visit_share: Share


class RecordingStandardEntry(Section):
    working_days: Annotated[int, Ge(0), Le(60)]
    applies_from: Day
    source: Text


class Visits(Section):
    day_of_visit_counts_as: Annotated[int, Ge(0), Le(1)]
    first_review_working_days: Annotated[int, Ge(1), Le(250)]


class IntervalEntry(Section):
    kind: Kind
    phase: Annotated[str, OneOf(PHASES)]
    every: Annotated[int, Ge(1), Le(366)]
    period: Annotated[str, OneOf(PERIODS)]
    applies_from: Day
    source: Text
    limb: Text = GENERAL


class LimbEntry(Section):
    limb: Text
    name: Text
    placement_kinds: Annotated[list[Text], MinLen(1)]
    legal_statuses: Annotated[list[Text], MinLen(1)] | None = None
    weeks: Annotated[int, Ge(1), Le(520)] | None = None


class TargetEntry(Section):
    metric: Text
    value: Value
    applies_from: Day
    source: Text
    from_value: Value | None = None
    by: Day | None = None


class RelativeTargetEntry(Section):
    metric: Text
    change: Annotated[float, Ge(-100), Le(100)]
    applies_from: Day
    source: Text
    baseline_from: Day | None = None
    baseline_to: Day | None = None
    chosen_by: Text | None = None
    chosen_on: Day | None = None


class Published(Section):
    places: list[Text] = []


class ComparatorEntry(Section):
    metric: Text
    place: Text
    period: Text
    value: Value
    source: Text
    definition: Text


class BoardEntry(Section):
    name: Text
    metrics: Annotated[list[Text], MinLen(1), MaxLen(MOST_ON_A_BOARD)]
    on_slides: bool = True


class ReferralsSection(Section):
    placed_within_days: Annotated[int, Ge(0), Le(366)] = 28


class StatusSection(Section):
    settle_days: Annotated[int, Ge(1), Le(31)] = Settings.settle_days


class TransfersSection(Section):
    most_days_between: Annotated[int, Ge(0), Le(366)] = Settings.most_days_between
    back_within_days: Annotated[int, Ge(1), Le(366)] = Settings.back_within_days


class UnitPlanEntry(Section):
    unit: Text
    source: Text
    referrals_a_year: Annotated[int, Ge(1), Le(1_000_000)] | None = None
    cases_a_year: Annotated[int, Ge(1), Le(1_000_000)] | None = None


class MedianStaySection(Section):
    fewest_ended: Annotated[int, Ge(1), Le(1000)] = Settings.fewest_ended
    fewest_at_risk: Annotated[int, Ge(1), Le(1000)] = Settings.fewest_at_risk


class ReviewStandardEntry(Section):
    kind: Annotated[str, OneOf(REVIEW_KIND.names)]
    phase: Annotated[str, OneOf(REVIEW_PHASES)]
    every: Annotated[int, Ge(1), Le(366)]
    period: Annotated[str, OneOf(PERIODS)]
    applies_from: Day
    source: Text


class PeopleSection(Section):
    social_work_roles: Annotated[list[Annotated[str, OneOf(ROLES)]], MinLen(1)] = list(
        Settings.social_work_roles
    )
    internal_move_days: Annotated[int, Ge(1), Le(366)] = Settings.internal_move_days


class SettingsFile(Section):
    """The whole file. What has a default may be left out."""

    council: Council
    database: Database
    meeting_store: DatabaseAddress
    loading: Loading = Loading()
    nightly_source: list[NightlySourceEntry] = []
    time: Time
    scale: Scale
    recording: Recording
    recording_standard: Annotated[list[RecordingStandardEntry], MinLen(1)]
    visits: Visits
    visit_standard: Annotated[list[IntervalEntry], MinLen(1)]
    visit_limb: list[LimbEntry] = []
    visit_law: Annotated[list[IntervalEntry], MinLen(1)]
    placement_words: dict[str, Text]
    worth_saying: dict[str, Difference] = {}
    target: list[TargetEntry] = []
    comparator: list[ComparatorEntry] = []
    board: list[BoardEntry] = []
    referrals: ReferralsSection = ReferralsSection()
    status: StatusSection = StatusSection()
    transfers: TransfersSection = TransfersSection()
    unit_plan: list[UnitPlanEntry] = []
    median_stay: MedianStaySection = MedianStaySection()
    relative_target: list[RelativeTargetEntry] = []
    published: Published = Published()
    viewer: ViewerSection
    sign_in: SignInSection = SignInSection()
    sessions: SessionsSection = SessionsSection()
    access_store: AccessStoreSection = AccessStoreSection()
    role: Annotated[list[RoleSection], MinLen(1)] | None = None
    network: NetworkSection = NetworkSection()
    review_standard: Annotated[list[ReviewStandardEntry], MinLen(1)]
    surveys: Surveys = Surveys()
    people: PeopleSection = PeopleSection()
    cards: Cards = Cards()
    prompt: list[PromptEntry] = []
    practice: PracticeSection = PracticeSection()
    exposure_group: list[ExposureGroupEntry] = []
