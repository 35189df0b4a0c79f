"""Writes down whose records a page is about to show: each child once in one drawing of it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from sqlalchemy import Engine

from access.audit.events import Event, What, note
from access.sessions import Session
from data_access.london import now


@dataclass(frozen=True)
class Shown:
    """What is drawn: the page, what that means for the child, and of which figure and unit."""

    page: str
    what: What = What.LISTED
    metric: str | None = None
    unit: str | None = None


def witness_of(
    store: Engine, session: Session, shown: Shown, role: str | None = None
) -> Callable[[Sequence[str]], None]:
    """A witness for one drawing of one page: call it with ids of children before they are shown.

    Of several reads about the same children only the first is an event. It raises a Problem where
    the event can't be written, and the next call tries again.
    """
    written: set[str] = set()
    drawing = Event(
        shown.what,
        person=session.person,
        session=session.id,
        role=role,
        page=shown.page,
        metric=shown.metric,
        unit=shown.unit,
    )

    def witness(child_ids: Sequence[str]) -> None:
        children = {id for id in child_ids if id is not None} - written
        if not children:
            return
        note(
            store, replace(drawing, children=tuple(sorted(children)), rows=len(child_ids), at=now())
        )
        written.update(children)

    return witness
