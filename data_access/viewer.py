"""Who is asking, and what of the records they may see. Everything is denied until it is given."""

from collections.abc import Callable, Mapping, Sequence, Set
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import ColumnElement, Engine, Row, Select, false, select

from data_access.database import read
from data_access.guard.acts import OF_ACCOUNTS
from data_access.guard.acts import Act as Act
from data_access.guard.asked import AS_LISTED, PEOPLE, Asked, in_order
from data_access.guard.folded import folded_of
from data_access.guard.listed import Listed, listed, part_of
from data_access.guard.open_rows import (
    CLOSED,
    Children,
    Restricted,
    closed_rows,
    held_now_by,
    named_in_units,
    open_rows,
    restricted_children,
    shown_rows,
)
from data_access.kept_rows import POSITION
from data_access.problems import NotAllowed
from data_access.schema import child, worker
from data_access.settings import EVERY_UNIT, Settings

# How many ids one statement may hold on any engine.
IDS_AT_ONCE = 1000
# A row's place in a list by name tells something of the name; a reason's words may name anybody.
OF_A_PERSON = ("child_name", "worker_name", "born_on", "authorised_by", "reason", "person_name")
NAMES = frozenset({*OF_A_PERSON, POSITION, *map(folded_of, PEOPLE)})


@dataclass(frozen=True)
class Viewer:
    """A person who looks: whose rows and figures, what of them, and what the person may do.

    `units` are those whose rows are open, `figures` those whose figures are. `own_children` is a
    worker's id where only children whom this worker holds are open. `opened` are ids of children
    whom the viewer has opened for a time, with a reason. `staff` are the units whose workers the
    viewer manages, `worker` is who the viewer is: see `guard.of_staff`. `witness` writes down whose
    records are about to be shown, and raises where it can't: then nothing is shown.
    """

    name: str
    units: frozenset[str] = frozenset()
    may_see_names: bool = False
    may_see_restricted: bool = False
    figures: frozenset[str] = frozenset()
    acts: frozenset[Act] = frozenset()
    own_children: str | None = None
    opened: frozenset[str] = frozenset()
    staff: frozenset[str] = frozenset()
    worker: str | None = None
    person: str = ""
    session: str = ""
    witness: Callable[[Sequence[str]], None] | None = field(default=None, compare=False, repr=False)

    def may_see(self, unit_id: str | None) -> bool:
        """Whether rows of this unit are open to the viewer; rows without a unit need every unit."""
        return EVERY_UNIT in self.units or unit_id in self.units


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
        staff=frozenset(local.staff_of),
    )


def publisher(name: str) -> Viewer:
    """Whoever freezes a month: every unit's rows, restricted ones too, and nobody's name."""
    every_unit = frozenset({EVERY_UNIT})
    return Viewer(name, every_unit, may_see_restricted=True, figures=every_unit)


def read_records(
    engine: Engine,
    query: Select,
    viewer: Viewer,
    order_by: Sequence[str] = (),
    limit: int | None = None,
    offset: int = 0,
    *,
    restricted: Restricted = Restricted.LEFT_OUT,
    asked: Asked = AS_LISTED,
) -> Listed[Row]:
    """The rows of `query` that `viewer` may see, in a stable order, once that is witnessed.

    Restricted rows stand last: where they stood among others would tell what is hidden of them.
    The query must carry `unit_id`: rows that are not open are left out in the database. Columns
    in `NAMES` come back NULL unless the viewer may see names; what is `asked` is asked of those.
    """
    ordered = in_order(visible(query, viewer, restricted), asked, order_by, viewer.may_see_names)
    rows = listed(read(engine, part_of(ordered, limit, offset)), limit)
    bear_witness(viewer, rows)
    return rows


def read_sums(
    engine: Engine,
    rows: Select,
    viewer: Viewer,
    add_up: Callable[[Select], Select],
    order_by: Sequence[str] = (),
    restricted: Restricted = Restricted.ADDED_UP,
) -> Sequence[Row]:
    """What `add_up` makes of the `rows` open to `viewer`, of restricted children too: see there.

    Refuses sums that tell of a child: they are witnessed by nobody.
    """
    sums = add_up(visible(rows, viewer, restricted))
    if "child_id" in sums.selected_columns:
        raise NotAllowed("Sums tell of no child: ask for the rows.")
    return read(engine, sums.order_by(*(sums.selected_columns[name] for name in order_by)))


def ids_within(engine: Engine, query: Select, viewer: Viewer) -> list[str]:
    """Ids of the children whose rows are open to `viewer`: to count, draw or find, never to show.

    Restricted children are among them, and nobody is written down as having been seen.
    """
    rows = visible(query, viewer, Restricted.COUNTED).subquery()
    ids = select(rows.c.child_id).where(rows.c.child_id.is_not(None)).distinct()
    return [row.child_id for row in read(engine, ids.order_by(rows.c.child_id))]


def is_open_child(engine: Engine, child_id: str, viewer: Viewer) -> bool:
    """Whether any unit that has held the child, or the child, is open to `viewer`.

    True of a restricted child too: of whom it may be said that the record is restricted.
    """
    query = visible(named_in_units([child_id], viewer.units), viewer, Restricted.COUNTED)
    return bool(read(engine, query.limit(1)))


def bear_witness(viewer: Viewer, rows: Sequence[Any]) -> None:
    """Has the children of these rows written down, each once, before anybody is given the rows."""
    told = (row for row in rows if not getattr(row, CLOSED, False))
    _write_down(viewer, {id for row in told if (id := getattr(row, "child_id", None))})


def _write_down(viewer: Viewer, child_ids: Set[str]) -> None:
    if viewer.witness is not None and child_ids:
        viewer.witness(sorted(child_ids))


def visible(
    query: Select,
    viewer: Viewer,
    restricted: Restricted = Restricted.LEFT_OUT,
    children: Children | None = None,
) -> Select:
    """`query` as this viewer may run it; refuses a viewer to whom no unit is open.

    Of rows about restricted children see `Restricted`; where they are counted, `is_closed` says
    which they are. `children` are for rows that stand in another database: see `children_for`.
    """
    _refuse_nobody(viewer)
    inner = query.subquery()
    if "unit_id" not in inner.c:
        raise NotAllowed("These rows carry no unit, so nobody may be shown them.")
    known = children or Children(held_now_by(viewer.own_children), restricted_children())
    is_open = open_rows(inner, viewer.units, (viewer.own_children, known), viewer.opened)
    closed: ColumnElement[bool] = false()
    if not viewer.may_see_restricted and restricted is not Restricted.ADDED_UP:
        closed = closed_rows(inner, known.restricted, viewer.opened)
    hidden = frozenset() if viewer.may_see_names else NAMES
    shown = shown_rows(inner, hidden, is_open, closed, restricted)
    # How it is to be read stands with the whole statement only.
    return shown.execution_options(**query.get_execution_options())


def _refuse_nobody(viewer: Viewer) -> None:
    if not isinstance(viewer, Viewer) or not (viewer.units or viewer.opened):
        raise NotAllowed("No unit has been opened to you: ask whoever runs ChildStat for access.")


def children_for(engine: Engine, viewer: Viewer) -> Children:
    """The children that `visible` asks about, as ids: for rows outside the case database."""
    _refuse_nobody(viewer)
    own = held_now_by(viewer.own_children)
    hidden = restricted_children()
    return Children(
        [] if viewer.own_children is None else [row.child_id for row in read(engine, own)],
        [] if viewer.may_see_restricted else [row.child_id for row in read(engine, hidden)],
    )


def names_of_children(
    engine: Engine, ids: Sequence[str], viewer: Viewer
) -> Mapping[str, str | None]:
    """Name by id of those of the children who are open to `viewer`; a restricted child's is None.

    Empty for a viewer who may not see names. Children who are in no table are left out.
    """
    if not viewer.may_see_names:
        return {}
    names: dict[str, str | None] = {}
    for start in range(0, len(ids), IDS_AT_ONCE):
        batch = ids[start : start + IDS_AT_ONCE]
        query = visible(named_in_units(batch, viewer.units), viewer, Restricted.COUNTED)
        names |= {row.child_id: row.child_name for row in read(engine, query)}
    _write_down(viewer, {id for id, name in names.items() if name is not None})
    return names


def names_of_workers(
    engine: Engine, ids: Sequence[str], viewer: Viewer
) -> Mapping[str, str | None]:
    """Name by id, for rows that `viewer` was given already; empty for one who sees no names."""
    if not viewer.may_see_names:
        return {}
    names: dict[str, str | None] = {}
    for start in range(0, len(ids), IDS_AT_ONCE):
        batch = ids[start : start + IDS_AT_ONCE]
        query = select(worker.c.worker_id, worker.c.name).where(worker.c.worker_id.in_(batch))
        names |= {row.worker_id: row.name for row in read(engine, query)}
    return names


def ids_of_children(engine: Engine) -> Sequence[str]:
    """The id of every child, for who makes codes of them on the server: never to be shown."""
    return [row.child_id for row in read(engine, select(child.c.child_id))]
