"""Rows that are counted where a database can’t: read for who sees them all, shown to nobody."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Engine, Row, Select

from data_access.database import read
from data_access.guard.open_rows import Restricted
from data_access.problems import NotAllowed
from data_access.settings import EVERY_UNIT
from data_access.viewer import Viewer, visible

# Names are told with days of birth, which ages are counted from; none is shown.
ANYBODY = Viewer("", frozenset({EVERY_UNIT}), may_see_names=True)


@dataclass(frozen=True)
class SeesAll:
    """That somebody sees every unit’s children; `sees_all` alone gives it, the same to each."""


def sees_all(viewer: Viewer) -> SeesAll:
    """Refuses whoever does not: what is counted of a part would look whole."""
    if EVERY_UNIT not in viewer.units or viewer.own_children is not None:
        raise NotAllowed("This is counted from the children of every unit, and not all are open.")
    return SeesAll()


def rows_to_add_up(
    engine: Engine, rows: Select, _leave: SeesAll, order_by: Sequence[str] = ()
) -> Sequence[Row]:
    """Every one of `rows`, to be added up by the caller and shown to nobody: for who sees them all.

    Rows about restricted children have `is_closed`, whoever asks, so that everybody’s sums are the
    same and what records say of them can be set apart. Nobody is written down as having been seen.
    """
    told = visible(rows, ANYBODY, Restricted.SET_APART)
    return read(engine, told.order_by(*(told.selected_columns[name] for name in order_by)))
