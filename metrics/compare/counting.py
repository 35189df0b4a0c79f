"""Both cohorts of a comparison, counted from the records of all whom its units have led."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Engine, Row, Select, null, select

from data_access.guard.adding_up import SeesAll, rows_to_add_up
from data_access.load_info import LoadInfo
from data_access.problems import Problem
from data_access.schema import allocation
from metrics.catalogue import CATALOGUE
from metrics.compare.entries import Entry, as_first_placed, entries, led_referrals
from metrics.compare.gathered import Gathered, gathered
from metrics.compare.outcomes import (
    MOVED,
    OUTCOMES,
    Known,
    Outcome,
    referrals_known,
    settled_runs,
)
from metrics.writing import written_date

ALWAYS_NEEDED = ("allocation", "referral")


@dataclass(frozen=True)
class Side:
    """Whom a cohort is of: entries to the units from the day `first` on, until the day `until`."""

    name: str
    units: tuple[str, ...]
    first: date
    until: date


@dataclass(frozen=True)
class Both:
    """The two cohorts, and both again with whoever moved kept where they were first placed.

    `held_from` is the day from which the data hold all that is needed; None where nobody said.
    """

    own: Gathered
    other: Gathered
    own_as_placed: Gathered
    other_as_placed: Gathered
    held_from: date | None

    @property
    def moved(self) -> bool:
        """Whether anybody was seen no longer because another unit led."""
        return any(of.last_seen[MOVED] for of in (self.own, self.other))


def counted(
    engine: Engine, leave: SeesAll, load: LoadInfo, outcome_key: str, own: Side, other: Side
) -> Both:
    """Both cohorts as they are known on the data's last day, for who sees every unit's children.

    A Problem where the source can't say when the outcome came, or does not hold in full the time in
    which the cases entered: of earlier ones it has those alone that were still open.
    """
    outcome = OUTCOMES[outcome_key]
    refuse_unless_held(load, outcome, own, other)
    entered, known = _known(engine, leave, load.as_at, own.units, other.units)
    placed = as_first_placed(entered)
    both, as_placed = (
        [
            gathered(side.name, of, side.units, side.first, side.until, outcome, known)
            for side in (own, other)
        ]
        for of in (entered, placed)
    )
    held_from = _held_from(load, outcome)
    return Both(both[0], both[1], as_placed[0], as_placed[1], held_from)


def refuse_unless_held(load: LoadInfo, outcome: Outcome, *sides: Side) -> None:
    """A Problem where the source holds too little for the outcome of these cohorts."""
    why_not = load.not_in_source.get(outcome.metric)
    if why_not:
        raise Problem(f"The data don’t say when a case was {outcome.happened}. {why_not}")
    first, held_from = min(side.first for side in sides), _held_from(load, outcome)
    if held_from and first < held_from:
        raise Problem(
            f"The data hold everything from {written_date(held_from)} on; of cases that entered"
            f" before, only those that were still open then. Let entries begin on that day or"
            f" later, not on {written_date(first)}."
        )


def _held_from(load: LoadInfo, outcome: Outcome) -> date | None:
    return load.covered_from({*ALWAYS_NEEDED, *CATALOGUE[outcome.metric].needs_history_of})


def _known(
    engine: Engine, leave: SeesAll, as_at: date, *sets: Collection[str]
) -> tuple[list[Entry], Known]:
    """Entries to the sets, and what is known of every child whom they have led."""
    units = sorted({unit_id for of in sets for unit_id in of})
    led = rows_to_add_up(engine, _of_units(led_referrals(as_at), units), leave)
    runs, referrals = (
        _by_child(rows_to_add_up(engine, _of_units(query, units), leave, order))
        for query, order in (
            (settled_runs(as_at), ("child_id", "started_on")),
            (referrals_known(as_at), ("child_id", "received_on", "referral_id")),
        )
    )
    return list(entries(led, *sets)), Known(as_at, runs, referrals)


def _of_units(query: Select, units: Sequence[str]) -> Select:
    """Of the children whom these units have led; of no unit where the rows have none."""
    rows = query.order_by(None).subquery()
    theirs = select(allocation.c.child_id).where(allocation.c.unit_id.in_(units))
    unit_id = [] if "unit_id" in rows.c else [null().label("unit_id")]
    return select(*rows.c, *unit_id).where(rows.c.child_id.in_(theirs))


def _by_child(rows: Sequence[Row]) -> Mapping[str, list[Row]]:
    by_child: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        by_child[row.child_id].append(row)
    return dict(by_child)
