"""When units were open, and which unit's months stand before those of one that continues it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Row

from metrics.model import Period, Scope, View
from metrics.publication import Note, NoteKind


@dataclass(frozen=True)
class Opening:
    """One unit's time: open from `opened_on`, and no more on `closed_on`; None: nobody said.

    `continues` is the id of the unit whose work it took over.
    """

    opened_on: date | None = None
    closed_on: date | None = None
    continues: str | None = None

    def is_open(self, period: Period, as_at: date) -> bool:
        """Whether it was open on any day of the month up to `as_at`."""
        last_day = min(period.last_day, as_at)
        has_begun = self.opened_on is None or self.opened_on <= last_day
        return has_begun and (self.closed_on is None or self.closed_on > period.start)


Openings = Mapping[str | None, Opening]
ALWAYS = Opening()
# Of an id that rows have and no unit: a slip of the pen, as a load leaves it.
NEVER = Opening(opened_on=date.max)


def opening_of(row: Row) -> Opening:
    """From a row of `units_in_order`."""
    return Opening(row.opened_on, row.closed_on, row.continues)


def taken_over_in(openings: Openings, unit_id: str | None) -> Period | None:
    """The month with which the unit took another's work over: its own first month.

    The month in which it opened; if nobody said, that in which the other closed. None where it
    continues no unit that is known, or neither day is known: then nothing says where to join.
    """
    own = openings.get(unit_id, ALWAYS)
    if own.continues not in openings:
        return None
    day = own.opened_on or openings[own.continues].closed_on
    return Period.of(day) if day else None


def in_charge(openings: Openings, unit_id: str | None, month: Period) -> str | None:
    """The unit whose figure stands for the month on this unit's chart: its own, or an older one's.

    Follows as many as continue one another; in a circle, which no load leaves, each once.
    """
    for newer, taken_over in changes_of(openings, unit_id):
        if month >= taken_over:
            return newer
        unit_id = openings[newer].continues
    return unit_id


def changes_of(openings: Openings, unit_id: str | None) -> list[tuple[str | None, Period]]:
    """Every unit on this unit's chart that took another's work over, with the month, newest first.

    Each is older than the one before it: a change that lies later says nothing of this chart.
    """
    found: list[tuple[str | None, Period]] = []
    taken_over = taken_over_in(openings, unit_id)
    while taken_over and (not found or taken_over < found[-1][1]):
        found.append((unit_id, taken_over))
        unit_id = openings[unit_id].continues
        taken_over = taken_over_in(openings, unit_id)
    return found


def run_of(openings: Openings, scope: Scope, months: Sequence[Period]) -> list[View]:
    """The months of a figure's chart, each of the unit whose figure stands for it there."""
    return [View(month, Scope(in_charge(openings, scope.unit_id, month))) for month in months]


def limits_begin(
    openings: Openings, view: View, notes_on: Callable[[View], Sequence[Note]]
) -> list[Period]:
    """The months with which the limits of a figure's chart begin anew.

    As people decided for its unit, and for an older one while that was in charge; and where a
    unit took another's work over. Not there where somebody has the unit's own limits begin with an
    earlier month: that is a decision that they run on.
    """
    own, scope = _decided(notes_on(view)), view.scope
    changes = changes_of(openings, scope.unit_id)
    of_others = [
        month
        for newer, _ in changes
        for older in [openings[newer].continues]
        for month in _decided(notes_on(View(view.period, Scope(older))))
        if in_charge(openings, scope.unit_id, month) == older
    ]
    run_on = min(own, default=view.period)
    return [*own, *of_others, *(month for _, month in changes if month <= run_on)]


def _decided(notes: Sequence[Note]) -> list[Period]:
    return [Period.of(one.month) for one in notes if one.kind is NoteKind.NEW_LIMITS]
