"""Comparisons of two cohorts: asked before any result, opened again by code, published once."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from random import SystemRandom
from typing import Any

from sqlalchemy import Engine, Row

from data_access.guard.adding_up import SeesAll, sees_all
from data_access.load_info import LoadInfo
from data_access.meeting_store.comparison_tables import BEFORE_AFTER, KINDS, SIDE_BY_SIDE
from data_access.meeting_store.comparisons import (
    Asked,
    comparisons,
    publish_comparison,
    record_comparison,
)
from data_access.meeting_store.comparisons import Side as KeptSide
from data_access.meeting_store.transactions import read
from data_access.settings import EVERY_UNIT
from data_access.viewer import Viewer
from metrics.compare.counting import Side, counted, refuse_unless_held
from metrics.compare.outcomes import OUTCOMES, Outcome
from metrics.compare.told import Told, told

SIDE, BEFORE = KINDS
assert (SIDE, BEFORE) == (SIDE_BY_SIDE, BEFORE_AFTER)
DRAWS = 1_000_000
# An address names a comparison in letters alone, as it does all that it has a code for.
LETTERS = str.maketrans("0123456789", "ghijklmnop")


@dataclass(frozen=True)
class Comparison:
    """What somebody asked of two cohorts; `told` is what was published of it, None until then."""

    id: str
    question: str
    kind: str
    outcome: Outcome
    own: Side
    other: Side
    seed: int
    asked_by: str
    asked_at: datetime
    told: Told | None = None
    as_at: date | None = None
    published_by: str | None = None
    published_at: datetime | None = None

    @property
    def code(self) -> str:
        """How an address names it."""
        return self.id.translate(LETTERS)

    @property
    def units(self) -> frozenset[str]:
        """Every unit of either cohort."""
        return frozenset({*self.own.units, *self.other.units})

    @property
    def name(self) -> str:
        return f"{self.own.name} beside {self.other.name}: {self.outcome.name}"

    def is_told_to(self, viewer: Viewer) -> bool:
        """Whether the figures of all its units are open to the viewer."""
        return EVERY_UNIT in viewer.figures or self.units <= viewer.figures


def ask(
    store: Engine, load: LoadInfo, sides: tuple[Side, Side], said: Mapping[str, str], by: str
) -> str:
    """Records what is asked, before any result is known; the code by which it is opened.

    `said` has the question, the kind and the outcome's key. Refused where nobody could be of a
    cohort, a child could be in both, or the data don't hold what it needs.
    """
    outcome = OUTCOMES[said["outcome"]]
    refuse_unless_held(load, outcome, *sides)
    own, other = map(_kept, sides)
    asked: Asked = {
        "name": f"{own['name']} beside {other['name']}",
        "question": said["question"].strip(),
        "kind": said["kind"],
        "outcome": outcome.key,
        "own": own,
        "other": other,
        "seed": SystemRandom().randrange(DRAWS),
    }
    return record_comparison(store, asked, by).translate(LETTERS)


def every_comparison(store: Engine) -> Sequence[Comparison]:
    """All that were asked, the latest first."""
    return [_comparison(row) for row in read(store, comparisons())]


def asked_row(one: Comparison) -> tuple[object, ...]:
    """Code, name, question, who asked it, on which day, and as at when it is published."""
    return one.code, one.name, one.question, one.asked_by, one.asked_at.date(), one.as_at


def what_is_told(engine: Engine, leave: SeesAll, load: LoadInfo, comparison: Comparison) -> Told:
    """As it was published; else counted from the records, for who sees every unit's children."""
    if comparison.told is not None:
        return comparison.told
    both = counted(engine, leave, load, comparison.outcome.key, comparison.own, comparison.other)
    return told(both, comparison.outcome, comparison.seed)


def publish(
    store: Engine, engine: Engine, viewer: Viewer, load: LoadInfo, comparison: Comparison
) -> None:
    """Freezes it with its curves and sentences as they are now; once."""
    now = what_is_told(engine, sees_all(viewer), load, comparison)
    publish_comparison(store, comparison.id, load.as_at, now, viewer.name)


def before(side: Side, name: str) -> Side:
    """The same units over as many days before."""
    return Side(name, side.units, side.first - (side.until - side.first), side.first)


def _kept(side: Side) -> KeptSide:
    units = sorted(side.units)
    return {"name": side.name, "units": units, "first": side.first, "until": side.until}


def _comparison(row: Row) -> Comparison:
    own, other = map(_side, (row.own, row.other))
    return Comparison(
        row.id,
        row.question,
        row.kind,
        OUTCOMES[row.outcome],
        own,
        other,
        row.seed,
        row.by,
        row.at,
        row.told,
        row.as_at,
        row.published_by,
        row.published_at,
    )


def _side(kept: Mapping[str, Any]) -> Side:
    return Side(kept["name"], tuple(kept["units"]), kept["first"], kept["until"])
