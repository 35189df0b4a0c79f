"""Who is asking, and what of the records they may see. Everything is denied until it is given."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from sqlalchemy import Column, ColumnElement, Engine, Row, Select, case, null, select

from data_access.database import read
from data_access.kept_rows import POSITION
from data_access.problems import NotAllowed
from data_access.schema import child, worker
from data_access.settings import EVERY_UNIT, Settings

# How many ids one statement may hold on any engine.
IDS_AT_ONCE = 1000
# The position of a row in a list by name tells something of the name.
NAMES = frozenset(
    {"child_name", "worker_name", "born_on", "authorised_by", "person_name", POSITION}
)


class Act(StrEnum):
    """What somebody may do, beside looking at figures and at the rows of their units."""

    PUBLISH = "publish"
    CHAIR = "chair"
    NOTE = "note"
    CLOSE = "close"
    DRAW_CASES = "draw_cases"
    EXPORT_ROWS = "export_rows"
    LOAD = "load"
    LOOK_CLOSER = "look_closer"
    AUDIT = "audit"
    ADMINISTER = "administer"


@dataclass(frozen=True)
class Viewer:
    """A person who looks: whose rows and figures, what of them, and what the person may do.

    `units` are those whose rows are open, `figures` those whose figures are. `own_children` is a
    worker's id where only children whom this worker holds are open. `opened` are ids of children
    whom the viewer has opened for a time, with a reason. `witness` writes down whose records are
    about to be shown, and raises where it can't: then nothing is shown.
    """

    name: str
    units: frozenset[str] = frozenset()
    may_see_names: bool = False
    may_see_restricted: bool = False
    figures: frozenset[str] = frozenset()
    acts: frozenset[Act] = frozenset()
    own_children: str | None = None
    opened: frozenset[str] = frozenset()
    person: str = ""
    session: str = ""
    witness: Callable[[Sequence[str]], None] | None = field(default=None, compare=False, repr=False)

    def may_see(self, unit_id: str | None) -> bool:
        """Whether rows of this unit are open to the viewer; rows without a unit need every unit."""
        return EVERY_UNIT in self.units or unit_id in self.units


# Of people who sign in: where nobody does there is nobody to be given anything, or audited.
OF_ACCOUNTS = frozenset({Act.LOOK_CLOSER, Act.AUDIT, Act.ADMINISTER})


def local_viewer(settings: Settings) -> Viewer:
    """The one viewer of a machine without sign-in."""
    local = settings.viewer
    return Viewer(
        local.name,
        frozenset(local.units),
        local.may_see_names,
        local.may_see_restricted,
        figures=frozenset({EVERY_UNIT}),
        acts=frozenset(Act) - OF_ACCOUNTS,
    )


def publisher(name: str) -> Viewer:
    """Whoever freezes a month: every unit's rows, and nobody's name."""
    every_unit = frozenset({EVERY_UNIT})
    return Viewer(name, every_unit, figures=every_unit)


def read_records(
    engine: Engine,
    query: Select,
    viewer: Viewer,
    order_by: Sequence[str] = (),
    limit: int | None = None,
    offset: int = 0,
) -> Sequence[Row]:
    """The rows of `query` that `viewer` may see, in a stable order.

    The query must carry `unit_id`: rows of other units are left out in the database. Columns
    in `NAMES` come back NULL unless the viewer may see names. Rows that were given their
    `position` in the order asked for when they were kept are not ordered again.
    """
    seen = visible(query, viewer)
    columns = seen.selected_columns
    in_place = POSITION in columns and viewer.may_see_names
    names = (POSITION,) if in_place else (*order_by, *columns.keys())
    order = [columns[name] for name in names if name in columns]
    return read(engine, seen.order_by(*order).limit(limit).offset(offset))


def visible(query: Select, viewer: Viewer) -> Select:
    """`query` as this viewer may run it; refuses a viewer to whom no unit is open."""
    if not isinstance(viewer, Viewer) or not viewer.units:
        raise NotAllowed("No unit has been opened to you: ask whoever runs ChildStat for access.")
    inner = query.subquery()
    if "unit_id" not in inner.c:
        raise NotAllowed("These rows carry no unit, so nobody may be shown them.")
    hidden = frozenset() if viewer.may_see_names else NAMES
    shown = select(
        *(null().label(c.name) if c.name in hidden else c for c in inner.c),
    )
    # How it is to be read stands with the whole statement only.
    shown = shown.execution_options(**query.get_execution_options())
    if EVERY_UNIT in viewer.units:
        return shown
    return shown.where(inner.c.unit_id.in_(sorted(viewer.units)))


def names_of_children(
    engine: Engine, ids: Sequence[str], viewer: Viewer
) -> Mapping[str, str | None]:
    """Name by id, for rows that `viewer` was given already; a restricted child's is None.

    Empty for a viewer who may not see names. Children who are in no table are left out.
    """
    name = case((child.c.restricted, None), else_=child.c.name)
    return _names(engine, child.c.child_id, name, ids, viewer)


def names_of_workers(
    engine: Engine, ids: Sequence[str], viewer: Viewer
) -> Mapping[str, str | None]:
    """Name by id, for rows that `viewer` was given already; empty for one who sees no names."""
    return _names(engine, worker.c.worker_id, worker.c.name, ids, viewer)


def _names(
    engine: Engine, id: Column[str], name: ColumnElement, ids: Sequence[str], viewer: Viewer
) -> Mapping[str, str | None]:
    if not viewer.may_see_names:
        return {}
    names: dict[str, str | None] = {}
    for start in range(0, len(ids), IDS_AT_ONCE):
        batch = select(id.label("id"), name.label("name")).where(
            id.in_(ids[start : start + IDS_AT_ONCE])
        )
        names |= {row.id: row.name for row in read(engine, batch)}
    return names


def ids_of_children(engine: Engine) -> Sequence[str]:
    """The id of every child, for who makes codes of them on the server: never to be shown."""
    return [row.child_id for row in read(engine, select(child.c.child_id))]
