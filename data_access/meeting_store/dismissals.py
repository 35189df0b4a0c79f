"""Prompts of stage cards that were dismissed with a reason: of one child while its stage lasts."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Column, Date, Engine, Index, Row, String, Table, insert, select

from data_access.meeting_store.free_text import Name, Words
from data_access.meeting_store.placements import metadata as metadata
from data_access.meeting_store.transactions import changing, new_id, now, read
from data_access.problems import Problem
from data_access.stores.columns import Moment

# Never changed. `prompt` is its name in the settings; `began_on` when the child's stage began.
prompt_dismissal = Table(
    "prompt_dismissal",
    metadata,
    Column("id", String, primary_key=True),
    Column("child_id", Name, nullable=False),
    Column("stage", String, nullable=False),
    Column("began_on", Date, nullable=False),
    Column("prompt", Name, nullable=False),
    Column("reason", Words, nullable=False),
    Column("by", Name, nullable=False),
    Column("at", Moment, nullable=False),
    Index("prompt_dismissal_child", "child_id"),
)


@dataclass(frozen=True)
class AtStage:
    """A child's stage while it lasts: another plan, or the same kind again, is another."""

    child_id: str
    stage: str
    began_on: date


def dismiss(store: Engine, of: AtStage, prompt: str, reason: str, by: str) -> str:
    """Keeps that the prompt was dismissed, and why; its id. A reason without words is refused."""
    if not reason.strip():
        raise Problem("Say why the prompt does not hold for this child, in a sentence.")
    id = new_id()
    with changing(store, by, "dismissed a prompt", of.child_id) as connection:
        noted = {"id": id, "prompt": prompt, "reason": reason.strip(), "by": by.strip()}
        connection.execute(insert(prompt_dismissal), {**vars(of), **noted, "at": now()})
    return id


def dismissed(store: Engine, child_ids: Collection[str]) -> Mapping[AtStage, Mapping[str, Row]]:
    """By child and stage the latest dismissal of each prompt, by the prompt's name."""
    kept = prompt_dismissal.c
    of_children = select(prompt_dismissal).where(kept.child_id.in_(child_ids))
    found: dict[AtStage, dict[str, Row]] = {}
    for row in read(store, of_children.order_by(kept.at, kept.id)):
        at_stage = AtStage(row.child_id, row.stage, row.began_on)
        found.setdefault(at_stage, {})[row.prompt] = row
    return found
