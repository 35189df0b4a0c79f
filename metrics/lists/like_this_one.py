"""Ten closed cases like one that goes on: whom chance draws, and what became of them.

A list to be curious about and no statistic: the evaluation of 2017 had pairs chosen by hand
("Historic case comparison"), and found no match for most.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby
from typing import NamedTuple

from sqlalchemy import Engine, Row

from data_access.guard.asked import AS_LISTED
from data_access.guard.finding import ids_found
from data_access.guard.open_rows import Restricted
from data_access.viewer import Viewer, read_records, read_sums
from metrics.compare.cohort import Cell
from metrics.compare.outcomes import NOT_STATED
from metrics.lists.cases_alike import came_back, case_now, cases_like, levels_in
from metrics.model import Basis, Tally

TEN = 10
# Of the cases that are open to a viewer the first by lot are the ten.
BY_LOT = ("lot", "child_id")
ORDER = ("child_id", "started_on")


class Stretch(NamedTuple):
    """A level and while it lasted, in days from the one on which the child came to the level."""

    level: str
    first: int
    end: int


@dataclass(frozen=True)
class Course:
    """One case, in days from the one on which the child came to the level that is alike.

    `closed` and `back` are None for a case that goes on, and where the child was not referred
    again within a year of closing.
    """

    child_id: str
    levels: tuple[Stretch, ...]
    closed: int | None
    back: int | None


@dataclass(frozen=True)
class LikeThisOne:
    """A case, and closed cases like it; `alike` is how many there were to draw from.

    `own` is None where the child came to no level within an open case; `cell` where need or age is
    not on record. `back`: of those alike who could come back, how many did within a year. Of fewer
    than are shown there is no course, and nothing is counted.
    """

    own: Course | None = None
    cell: Cell | None = None
    alike: int = 0
    back: Tally = Tally(0, 0)
    courses: tuple[Course, ...] = ()


def like_this_one(
    engine: Engine, viewer: Viewer, child_id: str, seed: str, basis: Basis, fewest: int
) -> LikeThisOne:
    """The child's open case and ten closed ones like it, or all if there are fewer than ten.

    Of cases open to `viewer` and never of a restricted record: neither drawn nor counted. The same
    seed draws the same ten, on any engine; where another load brings one more, at most one of them
    gives way. Of fewer than `fewest` none is read. In the order of how long they went on.
    """
    now = case_now(child_id, basis)
    mine = read_records(engine, levels_in(now, basis), viewer, ORDER)
    if not mine:
        return LikeThisOne()
    (own,) = courses(mine, basis)
    cell = _cell(mine[0])
    if cell is None:
        return LikeThisOne(own)
    alike = cases_like(child_id, cell, seed, basis)
    drawn = ids_found(engine, alike, viewer, BY_LOT, AS_LISTED, TEN)
    number = len(drawn.ids) + drawn.more
    if number < fewest:
        return LikeThisOne(own, cell)
    (sums,) = read_sums(engine, alike, viewer, came_back, restricted=Restricted.LEFT_OUT)
    of_drawn = levels_in(cases_like(child_id, cell, seed, basis, drawn.ids), basis)
    rows = read_records(engine, of_drawn, viewer, ORDER)
    found = {one.child_id: one for one in courses(rows, basis)}
    by_length = sorted((found[id] for id in drawn.ids), key=lambda one: one.closed or 0)
    back = Tally(sums.came_back, sums.could_return)
    return LikeThisOne(own, cell, number, back, tuple(by_length))


def courses(rows: Sequence[Row], basis: Basis) -> Iterator[Course]:
    """The cases of rows of `levels_in`, by child; a child of several units is one."""
    for child_id, of_child in groupby(rows, key=lambda row: row.child_id):
        each = list({row.started_on: row for row in of_child}.values())
        yield _course(child_id, each, basis.as_at)


def _course(child_id: str, rows: Sequence[Row], as_at: date) -> Course:
    one = rows[0]
    closed_on = one.closed_on if one.closed_on and one.closed_on <= as_at else None
    end = closed_on or as_at + timedelta(days=1)

    def days(day: date) -> int:
        return (day - one.came_on).days

    return Course(
        child_id,
        tuple(
            Stretch(
                row.at_level,
                days(max(row.started_on, one.received_on)),
                days(min(row.ended_on or end, end)),
            )
            for row in rows
        ),
        days(closed_on) if closed_on else None,
        days(one.back_on) if one.back_on else None,
    )


def _cell(row: Row) -> Cell | None:
    """What is to be alike; None where need or date of birth is not on record."""
    if row.need in (None, NOT_STATED) or row.age is None:
        return None
    return Cell(row.need, row.level, row.age)
