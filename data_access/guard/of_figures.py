"""Sums of every row behind a figure, for whoever sees the figure: restricted records set apart."""

from collections.abc import Callable, Sequence
from dataclasses import replace

from sqlalchemy import Engine, Row, Select

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
