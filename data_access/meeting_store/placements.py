"""Why a family is held by another unit than its rules say: noted by whoever decides, and kept."""

from collections.abc import Mapping, Sequence

from sqlalchemy import Column, Engine, Index, Row, String, Table, insert, select

from data_access.meeting_store.free_text import Name, Words
from data_access.meeting_store.matches.tables import metadata as metadata
from data_access.meeting_store.transactions import changing, new_id, now, read
from data_access.problems import Problem
from data_access.stores.columns import Moment

# Never changed: the latest of a family holds. A family is its id, or its one child where it has
# none; `unit_id` is who held it then, `proposed_unit` what the rules said, NULL for none.
placement_decision = Table(
    "placement_decision",
    metadata,
    Column("id", String, primary_key=True),
    Column("family_id", Name),
    Column("child_id", Name, nullable=False),
    Column("unit_id", Name),
    Column("proposed_unit", Name),
    Column("reason", Words, nullable=False),
    Column("by", Name, nullable=False),
    Column("at", Moment, nullable=False),
    Index("placement_decision_family", "family_id", "child_id"),
)


def note_placement(store: Engine, family: Mapping[str, str | None], reason: str, by: str) -> str:
    """Keeps why a family stays or moves; its id. A reason without words is refused.

    `family` says family_id, child_id, unit_id and proposed_unit, as they stood when it was noted.
    """
    if not reason.strip():
        raise Problem("Say why the unit is another one than the rules say, in a sentence.")
    id = new_id()
    with changing(store, by, "noted a placement", str(family["child_id"])) as connection:
        noted = {"id": id, "reason": reason.strip(), "by": by.strip(), "at": now()}
        connection.execute(insert(placement_decision), {**family, **noted})
    return id


def placements_noted(store: Engine) -> Mapping[str, Row]:
    """The latest decision of each family, by `family_key`."""
    every = select(placement_decision).order_by("at", "id")
    rows: Sequence[Row] = read(store, every)
    return {family_key(row.family_id, row.child_id): row for row in rows}


def family_key(family_id: str | None, child_id: str) -> str:
    """By what a family is known again: its id, else that of its one child, never the same."""
    return f"child {child_id}" if family_id is None else f"family {family_id}"
