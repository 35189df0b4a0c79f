"""Remarks on pages as they are kept, and the analysts' answers to them."""

from collections.abc import Mapping

from sqlalchemy import (
    Column,
    Date,
    Engine,
    ForeignKey,
    Index,
    Select,
    String,
    Table,
    insert,
    select,
)

from data_access.meeting_store.free_text import Name, Words
from data_access.meeting_store.learning.lessons import metadata as metadata
from data_access.meeting_store.transactions import changing, new_id, now
from data_access.stores.columns import Moment

# Never changed. Of the page's place it keeps the month, metric and unit, and never a child.
# `person` is who asked where people sign in, whose name may be another's too.
remark = Table(
    "remark",
    metadata,
    Column("id", String, primary_key=True),
    Column("page", Name, nullable=False),
    Column("month", Date, nullable=False),
    Column("metric", String),
    Column("unit_id", String),
    Column("words", Words, nullable=False),
    Column("by", Name, nullable=False),
    Column("person", Name, nullable=False),
    Column("at", Moment, nullable=False),
    Index("remark_of_a_person", "person"),
)
# One may be answered again: the later answer stands beside the earlier.
remark_answer = Table(
    "remark_answer",
    metadata,
    Column("id", String, primary_key=True),
    Column("remark_id", String, ForeignKey("remark.id"), nullable=False),
    Column("words", Words, nullable=False),
    Column("by", Name, nullable=False),
    Column("at", Moment, nullable=False),
    Index("remark_answer_of", "remark_id"),
)


def keep_remark(store: Engine, columns: Mapping, by: str) -> str:
    """Writes a remark: the columns of `remark` from page to words, and person; its id."""
    id = new_id()
    with changing(store, by, "made a remark", id) as connection:
        connection.execute(insert(remark), {**columns, "id": id, "by": by.strip(), "at": now()})
    return id


def keep_answer(store: Engine, remark_id: str, words: str, by: str) -> str:
    """Writes an answer to a remark; its id."""
    id = new_id()
    with changing(store, by, "answered a remark", remark_id) as connection:
        said = {"id": id, "remark_id": remark_id, "words": words, "by": by.strip(), "at": now()}
        connection.execute(insert(remark_answer), said)
    return id


def remarks() -> Select:
    """Every remark, the latest first."""
    return select(remark).order_by(remark.c.at.desc(), remark.c.id)


def answers() -> Select:
    """Every answer, in the order in which they were given."""
    return select(remark_answer).order_by(remark_answer.c.at, remark_answer.c.id)
