"""Which cases a meeting looks at, from which frame, and by which seed where chance chose them."""

from collections.abc import Mapping, Sequence

from sqlalchemy import Engine, Select, insert, select, update

from data_access.meeting_store.meeting_tables import agenda_item, draw
from data_access.meeting_store.transactions import changing, new_id, now


def record_draws(
    store: Engine, meeting_id: str, purpose: str, children: Sequence[str], details: Mapping, by: str
) -> list[str]:
    """Writes one row a child, in their order, and points the agenda's item at the first; the ids.

    `purpose` is case_review or case_in_depth; `details` is frame, frame_size, how, and the seed
    where they were drawn. What was drawn before stays: the latest `at` of a purpose is what holds.
    """
    shared = {**details, "meeting_id": meeting_id, "purpose": purpose, "chosen_by": by, "at": now()}
    rows = [
        {"seed": None, **shared, "id": new_id(), "position": position, "child_id": child}
        for position, child in enumerate(children, start=1)
    ]
    how = f"{details['how']} for {purpose}"
    with changing(store, by, how, meeting_id) as connection:
        if rows:
            connection.execute(insert(draw), rows)
            of_this = agenda_item.c.meeting_id == meeting_id, agenda_item.c.kind == purpose
            points = update(agenda_item).where(*of_this).values(draw_id=rows[0]["id"])
            connection.execute(points)
    return [row["id"] for row in rows]


def draws_of(meeting_id: str) -> Select:
    """The meeting's draws in the order made; they hold child ids."""
    of_this = select(*draw.c).where(draw.c.meeting_id == meeting_id)
    return of_this.order_by(draw.c.at, draw.c.position)
