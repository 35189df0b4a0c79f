"""What was asked of the leads of other units, with the answers: read for who may know of it."""

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import ColumnElement, Connection, Engine, Row, Select, select

from access.in_cases import children_of_the_family, unit_of_child
from access.store.reading import read
from access.store.tables import person, request, request_answer, request_child
from data_access.guard.linked import children_still_linked
from data_access.london import day_of
from data_access.viewer import Viewer

# A week has every working day of a lead's in it once. What was agreed may be opened as long.
DAYS = 7
# What stands between adults' numbers, as the store and the audit keep them.
COMMA = ", "

Asks = Callable[[Select], Sequence[Row]]


@dataclass(frozen=True)
class Ask:
    """From which child, of which family and its children in one unit, for what and why."""

    child_id: str
    family: str
    adults: tuple[str, ...]
    unit: str
    children: tuple[str, ...]
    reason: str
    words: str = ""


@dataclass(frozen=True)
class Request:
    """What was asked, with its answer if there is one; `children` are the other family's."""

    id: str
    person: str
    asker: str
    child_id: str
    family: str
    adults: tuple[str, ...]
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


def asked_by(
    store: Engine, engine: Engine, person_id: str, child_id: str, today: date
) -> Sequence[Request]:
    """What somebody asked from a child of this one's family, newest first, as far as it is told."""
    family = sorted(children_of_the_family(engine, child_id))
    mine = requests_where(store, request.c.person == person_id, request.c.child_id.in_(family))
    return [one for one in mine if may_be_told(engine, one, today)]


def asked_of(store: Engine, engine: Engine, viewer: Viewer, now: datetime) -> Sequence[Request]:
    """What waits for an answer of the units that the viewer manages and that are open to them.

    Nothing of children whom the unit holds no more, or of whom nobody may be told any more.
    """
    waiting = (one for one in of_managed_units(store, viewer) if one.waits(now))
    return [one for one in waiting if still_of_the_unit(engine, one, day_of(now))]


def of_managed_units(
    store: Engine, viewer: Viewer, *conditions: ColumnElement[bool]
) -> Sequence[Request]:
    """All that was asked of the units that the viewer manages and that are open to them."""
    units = sorted(unit for unit in viewer.staff if viewer.may_see(unit))
    return requests_where(store, request.c.unit_id.in_(units), *conditions)


def may_be_told(engine: Engine, asked: Ask | Request, today: date) -> bool:
    """Whether Linked adults still tells of its family from its child: else nobody is told of it.

    Of any child of it who has left the family nobody knows what the answer was about.
    """
    linked = children_still_linked(engine, asked.child_id, asked.family, asked.adults, today)
    return linked.issuperset(asked.children)


def still_of_the_unit(engine: Engine, asked: Ask | Request, today: date) -> tuple[str, ...]:
    """The children whom the asked unit still holds; nobody where it may not be told any more."""
    if not may_be_told(engine, asked, today):
        return ()
    held = (child for child in asked.children if unit_of_child(engine, child, today) == asked.unit)
    return tuple(held)


def requests_where(store: Engine, *conditions: ColumnElement[bool]) -> Sequence[Request]:
    """The requests of which all of it holds, with their answers, newest first."""
    return _requests(lambda query: read(store, query), conditions)


def requests_within(connection: Connection, *conditions: ColumnElement[bool]) -> Sequence[Request]:
    """The same in a transaction: of one that writes, all that was written before it is there."""
    return _requests(lambda query: connection.execute(query).all(), conditions)


def _requests(rows_of: Asks, conditions: Sequence[ColumnElement[bool]]) -> list[Request]:
    rows = rows_of(_answered().where(*conditions))
    children = _children(rows_of, rows)
    return [
        Request(
            **{**row._mapping, "adults": tuple(row.adults.split(COMMA))},
            children=tuple(children[row.id]),
        )
        for row in rows
    ]


def _answered() -> Select:
    """Every request with its answer, newest first."""
    answerer = person.alias("answerer")
    told = request_answer.c
    return (
        select(
            *(request.c[name] for name in ("id", "person", "child_id", "family", "adults")),
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
        .order_by(request.c.asked_at.desc(), request.c.id)
    )


def _children(rows_of: Asks, rows: Sequence[Row]) -> dict[str, list[str]]:
    children: dict[str, list[str]] = defaultdict(list)
    of = request_child.c
    ids = [row.id for row in rows]
    for row in rows_of(select(request_child).where(of.request.in_(ids)).order_by(of.child_id)):
        children[row.request].append(row.child_id)
    return children
