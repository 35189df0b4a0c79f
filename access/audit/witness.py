"""Writes down whose records a page is about to show: each child once in one drawing of it."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
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


class Witness:
    """The witness of one drawing of one page: called with ids of children before they are shown.

    Of several reads about the same children only the first is an event. It raises a Problem where
    the event can't be written, and the next call tries again.
    """

    def __init__(self, store: Engine, drawing: Event) -> None:
        self._store, self._drawing = store, drawing
        self._written: set[str] = set()
        self._gathered: list[str] | None = None

    def __call__(self, child_ids: Sequence[str]) -> None:
        if self._gathered is None:
            self._write(child_ids)
        else:
            self._gathered.extend(child_ids)

    @contextmanager
    def together(self) -> Iterator[None]:
        """One event for all that is read within the block: nothing may be drawn before it ends."""
        gathered: list[str] = []
        self._gathered = gathered
        try:
            yield
        finally:
            self._gathered = None
        self._write(gathered)

    def _write(self, child_ids: Sequence[str]) -> None:
        children = {id for id in child_ids if id is not None} - self._written
        if not children:
            return
        written = replace(
            self._drawing, children=tuple(sorted(children)), rows=len(child_ids), at=now()
        )
        note(self._store, written)
        self._written.update(children)


def witness_of(store: Engine, session: Session, shown: Shown, role: str | None = None) -> Witness:
    """The witness of what `session` is about to be shown."""
    drawing = Event(
        shown.what,
        person=session.person,
        session=session.id,
        role=role,
        page=shown.page,
        metric=shown.metric,
        unit=shown.unit,
    )
    return Witness(store, drawing)
