"""Actions as they are kept: noted once, and closed once with an outcome."""

from collections.abc import Mapping
from datetime import date

from sqlalchemy import Engine, Select, func, insert, select, update

from data_access.meeting_store.meeting_tables import ACTION_OUTCOMES, action, meeting
from data_access.meeting_store.transactions import changing, new_id, now
from data_access.problems import Problem


def note_action(store: Engine, columns: Mapping, by: str) -> str:
    """Writes an action that a meeting agreed: the columns of `action` up to agreed_in; its id."""
    id = new_id()
    with changing(
        store, by, "noted an action", f"{columns['verb']} {columns['what']}"
    ) as connection:
        agreed = {"id": id, "agreed_by": by, "agreed_at": now()}
        connection.execute(insert(action), {**columns, **agreed})
    return id


def close_action(
    store: Engine, id: str, outcome: str, words: str | None, done_on: date | None, by: str
) -> None:
    """Writes how an action ended, and the day if it was done; what has ended stays as it ended."""
    if outcome not in ACTION_OUTCOMES:
        raise Problem(f"{outcome!r} is no outcome: use one of {', '.join(ACTION_OUTCOMES)}.")
    with changing(store, by, f"closed an action: {outcome}", id) as connection:
        closing = connection.execute(
            update(action)
            .where(action.c.id == id, action.c.outcome.is_(None))
            .values(
                outcome=outcome,
                outcome_words=words,
                done_on=done_on,
                closed_by=by,
                closed_at=now(),
            )
        )
        if not closing.rowcount:
            raise Problem("This action is closed already, or was never noted.")


def actions() -> Select:
    """Every action with its meeting's month and held_on, the first due first."""
    return (
        select(*action.c, meeting.c.month, meeting.c.held_on)
        .join(meeting, meeting.c.id == action.c.agreed_in)
        .order_by(action.c.due_on, action.c.agreed_at, action.c.id)
    )


def open_by_figure() -> Select:
    """How many open actions each figure has, those about a child apart; no text and no child.

    One row per metric, unit and `is_about_child`, with their `number`; none for actions that are
    about no figure.
    """
    is_about_child = action.c.child_id.is_not(None).label("is_about_child")
    figure = (action.c.metric, action.c.unit_id, is_about_child)
    return (
        select(*figure, func.count().label("number"))
        .where(action.c.outcome.is_(None), action.c.metric.is_not(None))
        .group_by(*figure)
    )
