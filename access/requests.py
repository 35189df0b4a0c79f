"""What was asked of the leads of other units, with the answers: read for who may know of it."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, Engine, Row, select

from access.in_cases import child_called
from access.store.reading import read
from access.store.tables import person, request, request_answer, request_child
from data_access.viewer import Viewer

# A week has every working day of a lead's in it once. What was agreed may be opened as long.
DAYS = 7


@dataclass(frozen=True)
class Request:
    """What was asked, with its answer if there is one; `children` are the other family's."""

    id: str
    person: str
    asker: str
    child_id: str
    family: str
    unit: str
    reason: str
    words: str
    asked_at: datetime
    children: tuple[str, ...]
    is_agreed: bool | None = None
    answerer: str | None = None
    answer: str | None = None
    answered_at: datetime | None = None

    def has_lapsed(self, now: datetime) -> bool:
        """Whether nobody answered in time, or what was agreed can be opened no more."""
        return now >= (self.answered_at or self.asked_at) + timedelta(DAYS)

    def waits(self, now: datetime) -> bool:
        """Whether it can be answered."""
        return self.is_agreed is None and not self.has_lapsed(now)

    def may_be_opened(self, now: datetime) -> bool:
        """Whether it was agreed, and not too long ago."""
        return bool(self.is_agreed) and not self.has_lapsed(now)


def asked_by(store: Engine, person_id: str, child_id: str) -> Sequence[Request]:
    """What somebody asked from one child, newest first."""
    return requests_where(store, request.c.person == person_id, request.c.child_id == child_id)


def asked_of(store: Engine, viewer: Viewer, now: datetime) -> Sequence[Request]:
    """What waits for an answer of the units that the viewer manages and that are open to them."""
    units = sorted(unit for unit in viewer.staff if viewer.may_see(unit))
    found = requests_where(store, request.c.unit_id.in_(units))
    return [one for one in found if one.waits(now)]


def tells_of_restricted(engine: Engine, asked: Request) -> bool:
    """Whether a child of it is restricted by now: then nobody is told of it."""
    return any(is_restricted(engine, child) for child in (asked.child_id, *asked.children))


def still_of_the_unit(engine: Engine, asked: Request) -> tuple[str, ...]:
    """The children whom the asked unit still holds; nobody where one is restricted."""
    if tells_of_restricted(engine, asked):
        return ()
    held = ((child, child_called(engine, child)) for child in asked.children)
    return tuple(child for child, known in held if known and known.unit_id == asked.unit)


def is_restricted(engine: Engine, child_id: str) -> bool:
    """Whether a child is restricted now; one who is not there any more is taken to be."""
    known = child_called(engine, child_id)
    return known is None or known.is_restricted


def requests_where(store: Engine, *conditions: ColumnElement[bool]) -> Sequence[Request]:
    """The requests of which all of it holds, with their answers, newest first."""
    answerer = person.alias("answerer")
    told = request_answer.c
    query = (
        select(
            *(request.c[name] for name in ("id", "person", "child_id", "family")),
            request.c.unit_id.label("unit"),
            *(request.c[name] for name in ("reason", "words", "asked_at")),
            person.c.name.label("asker"),
            told.is_agreed,
            told.words.label("answer"),
            told.answered_at,
            answerer.c.name.label("answerer"),
        )
        .select_from(request.join(person, person.c.id == request.c.person))
        .outerjoin(request_answer, told.request == request.c.id)
        .outerjoin(answerer, answerer.c.id == told.person)
        .where(*conditions)
        .order_by(request.c.asked_at.desc(), request.c.id)
    )
    rows = read(store, query)
    children = _children(store, rows)
    return [Request(**row._mapping, children=tuple(children[row.id])) for row in rows]


def _children(store: Engine, rows: Sequence[Row]) -> dict[str, list[str]]:
    children: dict[str, list[str]] = defaultdict(list)
    of = request_child.c
    ids = [row.id for row in rows]
    for row in read(store, select(request_child).where(of.request.in_(ids)).order_by(of.child_id)):
        children[row.request].append(row.child_id)
    return children
