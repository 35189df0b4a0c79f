"""Sums over rows of every unit, for whoever sees the figures of every unit."""

from collections.abc import Callable, Sequence
from dataclasses import replace

from sqlalchemy import Engine, Row, Select, func, or_, select

from data_access.guard.open_rows import Restricted
from data_access.settings import EVERY_UNIT
from data_access.viewer import Viewer, read_sums


def of_figures(viewer: Viewer) -> Viewer:
    """`viewer` over the rows of every unit, which figures count whoever looks; for sums alone.

    What is hidden of restricted children stays hidden.
    """
    return replace(viewer, units=frozenset({EVERY_UNIT}), own_children=None)


def read_parts(
    engine: Engine, rows: Select, viewer: Viewer, add_up: Callable[[Select], Select]
) -> Sequence[Row]:
    """What `add_up` makes of all `rows`, those of restricted records told by `is_closed`."""
    return read_sums(engine, rows, of_figures(viewer), add_up, restricted=Restricted.SET_APART)


def how_many_open(engine: Engine, rows: Select, viewer: Viewer) -> int:
    """How many of `rows` a list of them shows this viewer; nobody is written down as seen."""
    ((number,),) = read_sums(engine, rows, viewer, _number, restricted=Restricted.LEFT_OUT)
    return int(number)


def how_many_closed(engine: Engine, rows: Select, viewer: Viewer) -> int | None:
    """How many of `rows` are of units that are closed to this viewer, or of no unit.

    None for who is not told the figures of every unit, and for who sees own children alone.
    Restricted children are never among them, nor who is opened for a time and stands in the list.
    """
    if viewer.own_children is not None or EVERY_UNIT not in viewer.figures:
        return None
    if EVERY_UNIT in viewer.units:
        return 0
    of = rows.subquery()
    is_closed = or_(of.c.unit_id.is_(None), of.c.unit_id.not_in(sorted(viewer.units)))
    closed = select(*of.c).where(is_closed, of.c.child_id.not_in(sorted(viewer.opened)))
    return how_many_open(engine, closed, as_for_all(viewer))


def as_for_all(viewer: Viewer) -> Viewer:
    """`of_figures` of one who sees no restricted record and has opened none, whoever looks."""
    return replace(of_figures(viewer), may_see_restricted=False, opened=frozenset())


def _number(rows: Select) -> Select:
    return select(func.count().label("number")).select_from(rows.subquery())
