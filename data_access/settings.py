"""This council's settings, as values; `settings_file` reads and checks them."""

import os
import re
from dataclasses import dataclass
from datetime import date
from pathlib import Path

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
from data_access.code_sets.nobody import NOBODY
from data_access.code_sets.workers import LEAD_ROLES
from data_access.unit_settings.practice import Practice
from data_access.unit_settings.segment_settings import NO_SEGMENTS, Segments
from data_access.unit_settings.unit_plans import UnitPlan

CONFIG_VARIABLE = "CHILDSTAT_CONFIG"
DATABASE_VARIABLE = "CHILDSTAT_DATABASE"
MEETING_STORE_VARIABLE = "CHILDSTAT_MEETING_STORE"
ACCESS_STORE_VARIABLE = "CHILDSTAT_ACCESS_STORE"
VARIABLES = (CONFIG_VARIABLE, DATABASE_VARIABLE, MEETING_STORE_VARIABLE, ACCESS_STORE_VARIABLE)
GENERAL = "general"
PHASES = ("always", "first", "until_review", "first_year", "later", "long_term")
REVIEW_PHASES = ("first", "second", "later")
EVERY_UNIT = "*"
# A board is one screen: of more columns none can be read from the back of the room.
MOST_ON_A_BOARD = 10
LONGEST_KEY = 60


def settings_path() -> Path:
    """The file of settings: the one that CHILDSTAT_CONFIG names, else config.toml beside app.py."""
    named = os.environ.get(CONFIG_VARIABLE)
    return Path(named).absolute() if named else Path(__file__).parent.parent / "config.toml"


@dataclass(frozen=True)
class Interval:
    """How often a child is seen, or a plan reviewed: by kind, limb and phase, from a date on."""

    kind: str
    phase: str
    every: int
    period: str
    applies_from: date
    source: str
    limb: str = GENERAL


@dataclass(frozen=True)
class Limb:
    """The placements for which the law asks for visits of its own, and for how long it does.

    Without `legal_statuses` any order is meant, an unknown one included; without `weeks`, the
    whole placement.
    """

    limb: str
    name: str
    placement_kinds: tuple[str, ...]
    legal_statuses: tuple[str, ...] = ()
    weeks: int | None = None


@dataclass(frozen=True)
class RecordingStandard:
    """Within how many working days a visit is to be recorded, for visits made from a day on."""

    working_days: int
    applies_from: date
    source: str


@dataclass(frozen=True)
class Target:
    """What the service aims at for one metric, from a date on, in the metric's own measure.

    One to be reached `by` a later day is a trajectory: a straight line from `from_value`.
    """

    metric: str
    value: float
    applies_from: date
    source: str
    from_value: float | None = None
    by: date | None = None


@dataclass(frozen=True)
class RelativeTarget:
    """A target that is a change, in per cent, of what a baseline was: -16 is 16% less.

    It has no value until somebody has chosen the months of the baseline: whole months from the one
    of `baseline_from` to that of `baseline_to`.
    """

    metric: str
    change: float
    applies_from: date
    source: str
    baseline_from: date | None = None
    baseline_to: date | None = None
    chosen_by: str | None = None
    chosen_on: date | None = None


@dataclass(frozen=True)
class Comparator:
    """A published figure of another place or year, in the metric's measure: never a target."""

    metric: str
    place: str
    period: str
    value: float
    source: str
    definition: str


@dataclass(frozen=True)
class Board:
    """One screen of the page Month: which metrics it shows, by their keys and in this order.

    `on_slides`: whether they are on the slides and on the meeting's screens of units as well.
    """

    name: str
    metrics: tuple[str, ...]
    on_slides: bool = True

    @property
    def key(self) -> str:
        """How an address names it: its letters and digits; two boards never have the same."""
        return "-".join(re.findall(r"\w+", self.name.casefold()))[:LONGEST_KEY]


@dataclass(frozen=True)
class LoadingLimits:
    """How large one file may be: unpacked, as text, and in rows that say anything."""

    max_unpacked_mb: int = 500
    max_text_mb: int = 4_000
    max_rows: int = 20_000_000


DEFAULT_LIMITS = LoadingLimits()


NIGHTLY_DATABASE = "ssd"
NIGHTLY_FILES = ("csv", "workbook", "annex-a", "ssda903", "cin-census", "workforce-census")


@dataclass(frozen=True)
class NightlySource:
    """What the nightly run reads: a kind as `load` names it, where, and its options there."""

    kind: str
    at: tuple[str, ...] = ()
    schema_name: str | None = None
    lead_roles: tuple[str, ...] = ()
    covers_from: tuple[str, ...] = ()
    with_hidden_sheets: bool = False


@dataclass(frozen=True)
class Settings:
    """Everything a council can set, entries in the file's order. Hours are hours, shares 0 to 1."""

    council: str
    database_url: str
    direct_categories: tuple[str, ...]
    leave_categories: tuple[str, ...]
    time_method: str
    time_record_covers: str
    practitioner_roles: tuple[str, ...]
    hours_a_week: float
    coverage_floor: float
    scale: str
    rater: str
    recording_standards: tuple[RecordingStandard, ...]
    reported_on_day: int
    no_visit_share: float
    visit_standards: tuple[Interval, ...]
    visit_laws: tuple[Interval, ...]
    visit_limbs: tuple[Limb, ...]
    day_of_visit_counts_as: int
    first_review_working_days: int
    placement_words: tuple[tuple[str, str], ...]
    targets: tuple[Target, ...]
    comparators: tuple[Comparator, ...]
    viewer: LocalViewer
    meeting_store_url: str
    memory_gb: float | None = None
    loading_limits: LoadingLimits = DEFAULT_LIMITS
    nobody: tuple[str, ...] = NOBODY
    lead_roles: tuple[str, ...] = LEAD_ROLES
    nightly_sources: tuple[NightlySource, ...] = ()
    sign_in: SignIn = SignIn()
    sessions: SessionLimits = SessionLimits()
    access_store: AccessStore = AccessStore()
    roles: tuple[RoleEntry, ...] = SHIPPED_ROLES
    network: NetworkOfAdults = NetworkOfAdults()
    # By metric's key the smallest difference worth the room's time; one left out has its own.
    worth_saying: tuple[tuple[str, float], ...] = ()
    boards: tuple[Board, ...] = ()
    # A referral is the work of the unit whose lead begins within so many days of it.
    placed_within_days: int = 28
    # A change of level that is over within so many days is taken back: it was no change.
    settle_days: int = 7
    # A child who is nobody's for longer was not handed from one unit to another.
    most_days_between: int = 28
    # Who is back at the unit before within so many days of a transfer has bounced.
    back_within_days: int = 28
    # A median stay is told from so many runs that ended, and so many that could have, at least.
    fewest_ended: int = 10
    fewest_at_risk: int = 5
    unit_plans: tuple[UnitPlan, ...] = ()
    review_standards: tuple[Interval, ...] = ()
    # The one question of each survey that stands on Month: questions are never pooled.
    families_question: str = "things_better_worker"
    staff_question: str = "enough_time_families"
    relative_targets: tuple[RelativeTarget, ...] = ()
    # Whose published figures are shown beside a council's own.
    published_places: tuple[str, ...] = ()
    # Who counts as a social worker of the workforce census, whose staff move and leave.
    social_work_roles: tuple[str, ...] = (
        "social_worker", "consultant_social_worker", "senior_practitioner", "team_manager",
    )  # fmt: skip
    # Whoever is in another post within so many days of the last day in one has not left.
    internal_move_days: int = 31
    segments: Segments = NO_SEGMENTS
    # A case that is open with no plan and no assessment for so many days is one to be closed.
    closing_days: int = 28
    prompts: tuple[Prompt, ...] = ()
    practice: Practice = Practice()
