"""A figure's rows cut into parts, and narrowed to some of them: sums by part, and the rows."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import (
    ColumnElement,
    FromClause,
    Select,
    Subquery,
    and_,
    case,
    false,
    func,
    literal,
    not_,
    null,
    or_,
    select,
)

from data_access.guard.open_rows import CLOSED
from data_access.schema import child
from metrics.kept_rows import kept_rows_of
from metrics.model import Basis, Cut, Metric, Period, Scope, Tally
from metrics.rows_behind import COUNTED, told_apart

BELOW = -1
WHO = ("unit_id", "unit_name", "worker_id", "worker_name")


@dataclass(frozen=True)
class Narrowed:
    """Only the rows in one part of a cut; or, where it `leaves_out`, all but those in some."""

    cut: Cut
    parts: tuple[object, ...]
    leaves_out: bool = False


@dataclass(frozen=True)
class Part:
    """One part of a figure: what is summed of its rows, and how many they are.

    `key` is the part's code, the lowest number of its band, or None for rows that have nothing
    there. `own_denominator` is that of its own rows, where the `tally` has the whole's. For a cut
    of workers `who` are unit_id, unit_name, worker_id and worker_name. `is_closed`: it is of
    restricted records, of which nobody is told in which part they are.
    """

    key: object
    tally: Tally
    rows: int
    own_denominator: float = 0
    who: tuple[str | None, ...] = ()
    is_closed: bool = False

    @property
    def place(self) -> tuple[object, ...]:
        """What tells a part from the others: a worker of two units is a part of each."""
        return self.key, self.is_closed, *self.who[:1]


@dataclass(frozen=True)
class Asked:
    """What of a metric's rows is asked for: the months, whose, narrowed to what, cut by what."""

    metric: Metric
    months: tuple[Period, ...]
    scope: Scope
    narrowed: tuple[Narrowed, ...] = ()
    cut: Cut | None = None

    @property
    def is_found_by_record(self) -> bool:
        """Whether what a row is found by would tell of a record that is restricted."""
        return any(one.cut.is_of_record for one in self.narrowed)


def rows_asked(asked: Asked, basis: Basis) -> Select:
    """The kept rows with `part`, month, who, child_id, numerator, denominator and `counted`.

    A row that is out of what is narrowed is not there; unless the parts of that have no
    denominator of their own: then it counts 0, is not `counted`, and keeps its denominator.
    """
    rows = _with_birth(asked, basis)
    dividing, others = (_conditions(asked, rows, divides) for divides in (True, False))
    counted = case((and_(*others), 1), else_=0) if others else literal(1)
    return select(
        *(rows.c[name] for name in (*WHO, "child_id", "month")),
        (rows.c.numerator * counted).label("numerator"),
        rows.c.denominator,
        counted.label("counted"),
        (part_of(asked.cut, rows) if asked.cut else literal(0)).label("part"),
    ).where(*dividing)


def rows_narrowed(asked: Asked, basis: Basis) -> Select:
    """The kept rows themselves, all that is narrowed taken as a condition: for a list of them."""
    rows = _with_birth(asked, basis)
    names = ("place", *COUNTED, *asked.metric.drill_down)
    conditions = (_conditions(asked, rows, True), _conditions(asked, rows, False))
    return select(*(rows.c[name] for name in names)).where(*conditions[0], *conditions[1])


def summed_by_part(rows: Select, asked: Asked) -> Select:
    """`rows_asked` added up for each part: part, is_closed, numerator, denominator, rows.

    Restricted rows that the viewer may not see are a part of their own where the cut is of what
    records say: see `told_apart`.
    """
    seen = _left_in(rows, asked)
    apart = asked.cut is not None and asked.cut.is_of_record
    by_part = told_apart(seen, "part") if apart else (seen.c.part, false().label(CLOSED))
    sums = (seen.c[name] for name in ("numerator", "denominator", "counted"))
    parts = select(*sums, *by_part).subquery()
    by = (parts.c.part, parts.c[CLOSED])
    return select(*by, *_sums(parts)).group_by(*by)


def summed_by_worker(rows: Select, asked: Asked) -> Select:
    """`rows_asked` added up for each worker and unit, with their names."""
    seen = _left_in(rows, asked)
    who = [seen.c[name] for name in WHO]
    return select(seen.c.worker_id.label("part"), *who, *_sums(seen)).group_by(*who)


def summed_by_month(rows: Select, asked: Asked) -> Select:
    """`rows_asked` added up for each unit and month."""
    seen = _left_in(rows, asked)
    by = (seen.c.unit_id, seen.c.month)
    return select(*by, *_sums(seen)).group_by(*by)


def closed_counted(rows: Select) -> Select:
    """How many of `rows_asked` are of restricted records that the viewer may not see."""
    seen = rows.subquery()
    return select(func.count().label("rows")).where(seen.c[CLOSED])


def _left_in(rows: Select, asked: Asked) -> Subquery:
    """The rows set apart by `is_closed`; closed ones left out where they are found by record.

    Unless what they are found by has no denominator of its own: a worker's FTE may stand in one.
    """
    seen = rows.subquery()
    if not asked.is_found_by_record:
        return seen
    if any(one.cut.is_of_record and one.cut.has_own_denominator for one in asked.narrowed):
        return select(*seen.c).where(not_(seen.c[CLOSED])).subquery()
    emptied = ("numerator", "counted")
    columns = (
        case((seen.c[CLOSED], 0), else_=one).label(one.key) if one.key in emptied else one
        for one in seen.c
    )
    return select(*columns).subquery()


def parts_from(summed: Sequence[Any], cut: Cut | None) -> list[Part]:
    """The parts that any row is in; each against the whole denominator where it divides none."""
    of_workers = cut is not None and cut.of_workers
    parts = [
        Part(
            row.part,
            Tally(row.numerator or 0, row.denominator or 0),
            int(row.rows or 0),
            row.denominator or 0,
            tuple(getattr(row, name) for name in WHO) if of_workers else (),
            bool(getattr(row, CLOSED, False)),
        )
        for row in summed
    ]
    if cut is None or cut.has_own_denominator:
        return [part for part in parts if part.rows or part.tally != Tally()]
    whole = sum(part.tally.denominator for part in parts)
    return [replace(part, tally=Tally(part.tally.numerator, whole)) for part in parts if part.rows]


def whole_of(parts: Iterable[Part], cut: Cut | None) -> Part:
    """All parts together: what the figure is, of the rows that were asked for."""
    listed = list(parts)
    tally = sum((part.tally for part in listed), Tally())
    if cut is not None and not cut.has_own_denominator and listed:
        tally = Tally(tally.numerator, listed[0].tally.denominator)
    rows = sum(part.rows for part in listed)
    return Part(None, tally, rows, sum(part.own_denominator for part in listed))


def part_of(cut: Cut, rows: FromClause) -> ColumnElement:
    """Which part of the cut a row is in: a code, the lowest number of a band, NULL for nothing."""
    value = cut.value(rows) if cut.value else rows.c[cut.key]
    if not cut.bands:
        return value
    highest_first = [(value >= lowest, lowest) for lowest in reversed(cut.bands)]
    return case((value.is_(None), null()), *highest_first, else_=BELOW)


def _sums(seen: Subquery) -> tuple[ColumnElement, ...]:
    return (
        func.sum(seen.c.numerator).label("numerator"),
        func.sum(seen.c.denominator).label("denominator"),
        func.sum(seen.c.counted).label("rows"),
    )


def _with_birth(asked: Asked, basis: Basis) -> Subquery:
    """The rows of the months and the scope; with born_on only where a cut needs it."""
    kept = kept_rows_of(asked.metric).table(basis.settings)
    cuts = [*(one.cut for one in asked.narrowed), *([asked.cut] if asked.cut else [])]
    needs_birth = any(cut.needs_birth for cut in cuts)
    joined = kept.outerjoin(child, child.c.child_id == kept.c.child_id) if needs_birth else kept
    columns = [*kept.c, *([child.c.born_on] if needs_birth else [])]
    return (
        select(*columns)
        .select_from(joined)
        .where(kept.c.month.in_([month.start for month in asked.months]))
        .where(asked.scope.holds(kept.c.unit_id))
        .subquery()
    )


def _conditions(asked: Asked, rows: FromClause, divides: bool) -> list[ColumnElement[bool]]:
    return [holds(one, rows) for one in asked.narrowed if one.cut.has_own_denominator is divides]


def holds(narrowed: Narrowed, rows: FromClause) -> ColumnElement[bool]:
    """Whether a row is in one of the parts, or in none of them; NULL is a part of its own."""
    part = part_of(narrowed.cut, rows)
    named = [key for key in narrowed.parts if key is not None]
    in_named = and_(part.is_not(None), part.in_(named))
    inside = or_(in_named, part.is_(None)) if None in narrowed.parts else in_named
    return not_(inside) if narrowed.leaves_out else inside
