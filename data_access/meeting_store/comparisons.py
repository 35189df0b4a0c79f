"""Comparisons of two cohorts: asked once, published once, and never changed."""

from collections.abc import Mapping
from datetime import date
from typing import TypedDict

from sqlalchemy import Engine, Select, insert, select

from data_access.meeting_store.comparison_tables import comparison, published_comparison
from data_access.meeting_store.transactions import changing, new_id, now
from data_access.problems import Problem


class Side(TypedDict):
    """Who is of a cohort: entries to the units from the day `first` on, until the day `until`."""

    name: str
    units: list[str]
    first: date
    until: date


class Asked(TypedDict):
    """What a comparison is of; `kind` as in `comparison_tables.KINDS`."""

    name: str
    question: str
    kind: str
    outcome: str
    own: Side
    other: Side
    seed: int


def record_comparison(store: Engine, asked: Asked, by: str) -> str:
    """Writes what somebody asks of two cohorts, before any result is known; its id.

    A child could be in both where the two share a unit and days of entry: that is refused, and so
    are a question without words and a cohort without a unit or a day.
    """
    _refuse_unless_whole(asked)
    id = new_id()
    with changing(store, by, "asked a comparison", id) as connection:
        made = {"id": id, "by": by.strip(), "at": now()}
        connection.execute(insert(comparison), {**asked, **made})
    return id


def publish_comparison(store: Engine, id: str, as_at: date, told: Mapping, by: str) -> None:
    """Freezes a comparison with its counts and sentences, as they were by the data's last day.

    One that was published stays as it was: another question, or another day, is another comparison.
    """
    with changing(store, by, "published a comparison", id) as connection:
        if not connection.execute(select(comparison.c.id).where(comparison.c.id == id)).all():
            raise Problem("No such comparison was asked: ask it first.")
        of_this = published_comparison.c.comparison_id == id
        if connection.execute(select(published_comparison.c.as_at).where(of_this)).all():
            raise Problem("This comparison is published already: ask it anew under another name.")
        frozen = {"comparison_id": id, "as_at": as_at, "told": dict(told)}
        row = {**frozen, "by": by.strip(), "at": now()}
        connection.execute(insert(published_comparison), row)


def comparisons() -> Select:
    """Every comparison, the latest first: what was asked, and of those published what was told."""
    published = (
        published_comparison.c.as_at,
        published_comparison.c.told,
        published_comparison.c.by.label("published_by"),
        published_comparison.c.at.label("published_at"),
    )
    return (
        select(*comparison.c, *published)
        .select_from(comparison.outerjoin(published_comparison))
        .order_by(comparison.c.at.desc(), comparison.c.id)
    )


def _refuse_unless_whole(asked: Asked) -> None:
    own, other = asked["own"], asked["other"]
    if not asked["question"].strip():
        raise Problem("Say what the comparison is to answer: its question has no words.")
    for side in (own, other):
        if not side["units"] or side["first"] >= side["until"]:
            raise Problem(
                f"Nobody can be of the cohort {side['name']!r}: give it a unit, and a last day of"
                " entry that is not before the first."
            )
    at_once = own["first"] < other["until"] and other["first"] < own["until"]
    if at_once and set(own["units"]) & set(other["units"]):
        raise Problem(
            "The two cohorts share a unit on the same days of entry, so that a child would be"
            " compared with itself: give them other units, or days that don't overlap."
        )
