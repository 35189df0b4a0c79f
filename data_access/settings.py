"""This council's settings, as values. The only module that reads config.toml."""

import os
import tomllib
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from data_access.problems import Problem

CONFIG = Path(__file__).parent.parent / "config.toml"
DATABASE_VARIABLE = "CHILDSTAT_DATABASE"
GENERAL = "general"
KINDS = ("CIN", "CP", "CLA")
PHASES = ("always", "first", "until_review", "first_year", "later", "long_term")
PERIODS = ("days", "working_days", "weeks", "months")
MEETING_STORE_VARIABLE = "CHILDSTAT_MEETING_STORE"
# What goes before the file.
VARIABLES = (DATABASE_VARIABLE, MEETING_STORE_VARIABLE)


@dataclass(frozen=True)
class Interval:
    """How often a child is to be seen: by plan kind, limb and phase of it, from a date on."""

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
class Comparator:
    """A published figure of another place or year, in the metric's measure: never a target."""

    metric: str
    place: str
    period: str
    value: float
    source: str
    definition: str


@dataclass(frozen=True)
class LocalViewer:
    """Who looks from this machine while there is no sign-in."""

    name: str
    units: tuple[str, ...]
    may_see_names: bool
    may_see_restricted: bool


@dataclass(frozen=True)
class Settings:
    """Everything a council can set. Hours are hours, standards working days, shares 0 to 1."""

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
    recording_working_days: int
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


def read_settings(path: Path = CONFIG) -> Settings:
    """The settings in `path`. A missing key or a wrong name is one sentence that says which."""
    try:
        found = tomllib.loads(path.read_text(encoding="utf-8"))
        return _settings(found)
    except FileNotFoundError:
        raise Problem(f"{path.name} is missing: put it back beside app.py.") from None
    except tomllib.TOMLDecodeError as fault:
        raise Problem(f"{path.name} cannot be read: {fault}. Mend that line.") from None
    except KeyError as key:
        raise Problem(f"{path.name} has no {key}: add it (see docs/settings.md).") from None
    except TypeError as fault:
        raise Problem(f"{path.name} has a section with wrong keys: {fault}.") from None


def _one_of(key: str, given: Any, known: tuple) -> Any:
    if given not in known:
        choices = ", ".join(str(one) for one in known)
        raise Problem(f"config.toml: {key} is {given!r}; use one of {choices}.")
    return given


def _limb(one: dict) -> Limb:
    lists = {name: tuple(one.get(name, ())) for name in ("placement_kinds", "legal_statuses")}
    return Limb(**{**one, **lists})


def _intervals(section: str, found: dict, limbs: tuple[Limb, ...]) -> tuple[Interval, ...]:
    """The section's intervals. A name that nothing knows would make no visit due, unnoticed."""
    intervals = tuple(Interval(**one) for one in found[section])
    known = (GENERAL, *(one.limb for one in limbs))
    for one in intervals:
        _one_of(f"{section}.kind", one.kind, KINDS)
        _one_of(f"{section}.phase", one.phase, PHASES)
        _one_of(f"{section}.period", one.period, PERIODS)
        _one_of(f"{section}.limb", one.limb, known)
        if one.every < 1:
            raise Problem(f"config.toml: {section}.every is {one.every}; use 1 or more.")
    return intervals


def _target(one: dict) -> Target:
    """A trajectory needs both its ends, in order."""
    target = Target(**one)
    is_trajectory = target.by is not None and target.from_value is not None
    is_whole = is_trajectory or (target.by is None and target.from_value is None)
    if not is_whole or (target.by is not None and target.by <= target.applies_from):
        raise Problem(
            f"config.toml: target of {target.metric} from {target.applies_from}: give from_value"
            " and by together, with by later than applies_from, or neither."
        )
    return target


def _settings(found: dict) -> Settings:
    time = found["time"]
    viewer, recording = found["viewer"], found["recording"]
    visits = found["visits"]
    limbs = tuple(_limb(one) for one in found.get("visit_limb", ()))
    return Settings(
        council=found["council"]["name"],
        database_url=os.environ.get(DATABASE_VARIABLE) or found["database"]["url"],
        direct_categories=tuple(time["direct_categories"]),
        leave_categories=tuple(time["leave_categories"]),
        time_method=time["method"],
        time_record_covers=_one_of("time.record_covers", time["record_covers"], ("day", "week")),
        practitioner_roles=tuple(time["practitioner_roles"]),
        hours_a_week=time["hours_a_week"],
        coverage_floor=time["coverage_floor"],
        scale=found["scale"]["name"],
        rater=found["scale"]["rater"],
        recording_working_days=recording["standard_working_days"],
        reported_on_day=recording["reported_on_day"],
        no_visit_share=recording["no_visit_share"],
        visit_standards=_intervals("visit_standard", found, limbs),
        visit_laws=_intervals("visit_law", found, limbs),
        visit_limbs=limbs,
        day_of_visit_counts_as=_one_of(
            "visits.day_of_visit_counts_as", visits["day_of_visit_counts_as"], (0, 1)
        ),
        first_review_working_days=visits["first_review_working_days"],
        placement_words=tuple(found["placement_words"].items()),
        targets=tuple(_target(one) for one in found["target"]),
        comparators=tuple(Comparator(**one) for one in found.get("comparator", ())),
        viewer=LocalViewer(
            viewer["name"],
            tuple(viewer["units"]),
            viewer["may_see_names"],
            viewer["may_see_restricted"],
        ),
        meeting_store_url=(os.environ.get(MEETING_STORE_VARIABLE) or found["meeting_store"]["url"]),
    )
