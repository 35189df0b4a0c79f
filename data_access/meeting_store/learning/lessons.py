"""Lessons as they are kept: what was tried, what happened, who takes it up."""

from collections.abc import Mapping

from sqlalchemy import (
    Column,
    Engine,
    ForeignKey,
    Index,
    Select,
    String,
    Table,
    func,
    insert,
    select,
)

from data_access.meeting_store.dismissals import metadata as metadata
from data_access.meeting_store.free_text import Name, Words
from data_access.meeting_store.meeting_tables import action, meeting
from data_access.meeting_store.transactions import changing, new_id, now
from data_access.stores.columns import Moment

# Never changed. `unit_id` is '*' where a lesson is of no single unit.
lesson = Table(
    "lesson",
    metadata,
    Column("id", String, primary_key=True),
    Column("meeting_id", String, ForeignKey("meeting.id"), nullable=False),
    Column("agenda_item_id", String, ForeignKey("agenda_item.id")),
    Column("action_id", String, ForeignKey("action.id")),
    Column("metric", String),
    Column("unit_id", String),
    Column("tried", Words, nullable=False),
    Column("happened", Words, nullable=False),
    Column("taken_up_by", Name, nullable=False),
    Column("by", Name, nullable=False),
    Column("at", Moment, nullable=False),
    Index("lesson_of_a_figure", "metric", "unit_id"),
)


def keep_lesson(store: Engine, columns: Mapping, by: str) -> str:
    """Writes a lesson: the columns of `lesson` from meeting_id to taken_up_by; its id."""
    id = new_id()
    with changing(store, by, "kept a lesson", str(columns["meeting_id"])) as connection:
        connection.execute(insert(lesson), {**columns, "id": id, "by": by.strip(), "at": now()})
    return id


def lessons() -> Select:
    """Every lesson with its meeting's month and the child of its action, the latest first."""
    return (
        select(*lesson.c, meeting.c.month, action.c.child_id)
        .join(meeting, meeting.c.id == lesson.c.meeting_id)
        .join(action, action.c.id == lesson.c.action_id, isouter=True)
        .order_by(lesson.c.at.desc(), lesson.c.id)
    )


def lessons_by_figure() -> Select:
    """How many lessons each metric and unit has, those about a child's action apart; no words.

    One row per metric, unit and `is_about_child`, with their `number`.
    """
    is_about_child = action.c.child_id.is_not(None).label("is_about_child")
    figure = (lesson.c.metric, lesson.c.unit_id, is_about_child)
    return (
        select(*figure, func.count().label("number"))
        .join(action, action.c.id == lesson.c.action_id, isouter=True)
        .group_by(*figure)
    )
