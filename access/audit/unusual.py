"""What an auditor looks at first: many children in a day, out of hours, refusals, second looks."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import NamedTuple

from sqlalchemy import Engine, Row, Select, select

from access.audit.events import What, note
from access.audit.reading import Reader, reading
from access.store.reading import read
from access.store.tables import event, event_child
from access.store.tables import person as people
from data_access.database import read as read_case_database
from data_access.london import LONDON, day_of
from data_access.schema import child

MANY_CHILDREN = 100
MANY_REFUSALS = 5
FIRST_HOUR, LAST_HOUR = 7, 20
SATURDAY = 5
IDS_AT_ONCE = 1000
OUT_OF_HOURS = "looked out of hours"
SECOND_LOOKS = "second looks with a reason"
REFUSALS = "refusals"
OPENED_MANY = "children opened in a day"
OWN_SURNAME = "opened children of the same surname"
LOOKED = frozenset(
    {
        What.OPENED_CHILD.value,
        What.LISTED.value,
        What.EXPORTED.value,
        What.SEARCHED.value,
        What.LOOKED_CLOSER.value,
        What.ASKED_NETWORK.value,
    }
)
SINGLE = (What.OPENED_CHILD.value, What.LOOKED_CLOSER.value)


@dataclass(frozen=True)
class Unusual:
    """One thing worth a question: whose, on which day in London, what, and how many."""

    person: str
    name: str
    day: date
    why: str
    number: int


class _Found(NamedTuple):
    person: str
    day: date
    why: str
    number: int


def unusual(
    store: Engine, engine: Engine, since: datetime, until: datetime, reader: Reader
) -> Sequence[Unusual]:
    """What stands out from a moment to before another, by day and person; none of it is proof.

    That it was read is written first. No child is named: `engine` is asked for surnames only to
    compare them.
    """
    first, last = day_of(since), day_of(until - timedelta(microseconds=1))
    note(store, reading(reader, f"unusual, {first} to {last}"))
    events = read(store, _events(since, until))
    names = {row.person: row.name or row.person for row in events}
    found = [*_by_event(events), *_by_child(engine, read(store, _opened(since, until)), names)]
    rows = [Unusual(one.person, names[one.person], *one[1:]) for one in found]
    return sorted(rows, key=lambda one: (one.day, one.name, one.why))


def _by_event(events: Sequence[Row]) -> Iterator[_Found]:
    counts: Counter[tuple[str, date, str]] = Counter()
    for row in events:
        for why in _whys(row):
            counts[row.person, day_of(row.at), why] += 1
    for (person, day, why), number in counts.items():
        if why != REFUSALS or number >= MANY_REFUSALS:
            yield _Found(person, day, why, number)


def _whys(row: Row) -> Iterator[str]:
    if row.what in LOOKED and _is_out_of_hours(row.at):
        yield OUT_OF_HOURS
    if row.what == What.LOOKED_CLOSER.value:
        yield SECOND_LOOKS
    if row.what == What.REFUSED.value:
        yield REFUSALS


def _is_out_of_hours(at: datetime) -> bool:
    local = at.astimezone(LONDON)
    return local.weekday() >= SATURDAY or not FIRST_HOUR <= local.hour < LAST_HOUR


def _by_child(engine: Engine, opened: Sequence[Row], names: dict[str, str]) -> Iterator[_Found]:
    surnames = _surnames(engine, sorted({row.child_id for row in opened}))
    seen: dict[tuple[str, date], set[str]] = defaultdict(set)
    for row in opened:
        seen[row.person, day_of(row.at)].add(row.child_id)
    for (person, day), children in seen.items():
        if len(children) >= MANY_CHILDREN:
            yield _Found(person, day, OPENED_MANY, len(children))
        own = surname(names[person])
        same = sum(own is not None and surnames.get(id) == own for id in children)
        if same:
            yield _Found(person, day, OWN_SURNAME, same)


def _surnames(engine: Engine, ids: Sequence[str]) -> dict[str, str | None]:
    found: dict[str, str | None] = {}
    for start in range(0, len(ids), IDS_AT_ONCE):
        query = select(child.c.child_id, child.c.name).where(
            child.c.child_id.in_(ids[start : start + IDS_AT_ONCE])
        )
        found |= {row.child_id: surname(row.name) for row in read_case_database(engine, query)}
    return found


def surname(name: str | None) -> str | None:
    """The surname of "First Surname" or "Surname, First", to be compared; None where unknown."""
    first, comma, _rest = (name or "").partition(",")
    words = first.split() if not comma else [first.strip()]
    return words[-1].casefold() if words and words[-1] else None


def _events(since: datetime, until: datetime) -> Select:
    return (
        select(event.c.person, event.c.at, event.c.what, people.c.name)
        .outerjoin_from(event, people, people.c.id == event.c.person)
        .where(event.c.at >= since, event.c.at < until, event.c.person.is_not(None))
    )


def _opened(since: datetime, until: datetime) -> Select:
    return (
        select(event.c.person, event.c.at, event_child.c.child_id)
        .join(event_child, event_child.c.number == event.c.number)
        .where(event.c.at >= since, event.c.at < until, event.c.person.is_not(None))
        .where(event.c.what.in_(SINGLE))
    )
