"""The one read of what is told of a worker: for the worker, and the managers of the unit alone."""

from collections.abc import Sequence

from sqlalchemy import ColumnElement, Engine, Row, Select, false, null, or_, select

from data_access.database import read
from data_access.problems import NotAllowed
from data_access.viewer import OF_A_PERSON, Viewer

FOR_MANAGERS = (
    "What one worker carries is shown to the worker and to the managers of the worker’s unit alone."
)


def sees_staff(viewer: Viewer) -> bool:
    """Whether anything of any worker is open to the viewer: as a manager, or as the worker."""
    return bool(viewer.staff) or viewer.worker is not None


def read_of_staff(
    engine: Engine, query: Select, viewer: Viewer, order_by: Sequence[str]
) -> Sequence[Row]:
    """The rows of `query`, of workers: those of units that the viewer manages, and the viewer's.

    Every unit and every right beside opens nothing here. The query carries `unit_id` and
    `worker_id`, and no child, as these rows are witnessed by nobody. Names are NULL unless the
    viewer may see them.
    """
    rows = query.subquery()
    if not sees_staff(viewer):
        raise NotAllowed(FOR_MANAGERS)
    if "child_id" in rows.c or not {"unit_id", "worker_id"} <= set(rows.c.keys()):
        raise NotAllowed("These rows are not of workers alone, so nobody may be shown them.")
    hidden = () if viewer.may_see_names else OF_A_PERSON
    columns = [null().label(c.name) if c.name in hidden else c for c in rows.c]
    shown = select(*columns).where(_is_theirs(rows.c.unit_id, rows.c.worker_id, viewer))
    return read(engine, shown.order_by(*(rows.c[name] for name in order_by)))


def _is_theirs(
    unit_id: ColumnElement[str], worker_id: ColumnElement[str], viewer: Viewer
) -> ColumnElement[bool]:
    own = worker_id == viewer.worker if viewer.worker is not None else false()
    return or_(unit_id.in_(sorted(viewer.staff)), own)
