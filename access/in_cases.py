"""What the case database is asked, to give, confirm and audit: units, workers and children."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, Engine, and_, case, func, not_, or_, select

from access.people import registration_number
from data_access.database import read
from data_access.guard.linked import family_of_child
from data_access.problems import Problem
from data_access.schema import allocation, child, post, unit, worker


@dataclass(frozen=True)
class KnownWorker:
    """A worker with the names of the units of the posts that are open on the day asked about."""

    worker_id: str
    name: str | None
    unit_names: tuple[str, ...]

    @property
    def words(self) -> str:
        """Who that is, as an administrator knows them."""
        return f"{self.name or self.worker_id}, {' and '.join(self.unit_names) or 'no open post'}"


@dataclass(frozen=True)
class KnownChild:
    """A child, and the unit that holds the child as lead, or did last; None where none has."""

    child_id: str
    is_restricted: bool
    unit_id: str | None


def workers_with(engine: Engine, number: str | None, today: date) -> Sequence[KnownWorker]:
    """The workers who have this Social Work England number: one, where the source is sound."""
    written = func.upper(func.replace(worker.c.registration_no, " ", ""))
    query = select(worker.c.worker_id, worker.c.name).where(written == registration_number(number))
    return [
        KnownWorker(row.worker_id, row.name, _names_of_posts(engine, row.worker_id, today))
        for row in read(engine, query.order_by(worker.c.worker_id))
    ]


def units_of_open_posts(engine: Engine, worker_id: str | None, today: date) -> frozenset[str]:
    """Units in which the worker has a post today; one that ended yesterday opens nothing."""
    if worker_id is None:
        return frozenset()
    query = select(post.c.unit_id).where(_open_posts(worker_id, today))
    return frozenset(row.unit_id for row in read(engine, query))


def _names_of_posts(engine: Engine, worker_id: str, today: date) -> tuple[str, ...]:
    names = select(unit.c.name).join(post, post.c.unit_id == unit.c.unit_id).distinct()
    rows = read(engine, names.where(_open_posts(worker_id, today)).order_by(unit.c.name))
    return tuple(row.name for row in rows)


def _open_posts(worker_id: str, today: date) -> ColumnElement[bool]:
    is_open = or_(post.c.ended_on.is_(None), post.c.ended_on > today)
    return and_(post.c.worker_id == worker_id, post.c.started_on <= today, is_open)


def unit_names(engine: Engine) -> Mapping[str, str]:
    """The name of every unit by its id, by name."""
    query = select(unit.c.unit_id, unit.c.name).order_by(unit.c.name, unit.c.unit_id)
    return {row.unit_id: row.name for row in read(engine, query)}


def unit_called(names: Mapping[str, str], words: str) -> str:
    """The id of the one unit with this id or name; a Problem that names those there are."""
    if words in names:
        return words
    asked = words.strip().casefold()
    found = [id for id, name in names.items() if asked in (id.casefold(), name.casefold())]
    if len(found) == 1:
        return found[0]
    there = ", ".join(f"{id} ({name})" for id, name in names.items())
    if found:
        raise Problem(f"{len(found)} units are called {words}: give one's id, of {there}.")
    raise Problem(f"There is no unit {words}: the units are {there}.")


def child_called(engine: Engine, words: str, today: date) -> KnownChild | None:
    """The child with this number; in capitals or not, where only one has it so."""
    asked = words.strip()
    same = func.upper(child.c.child_id) == asked.upper()
    rows = read(engine, select(child.c.child_id, child.c.restricted).where(same))
    exact = [row for row in rows if row.child_id == asked]
    found = exact or rows
    if len(found) != 1:
        return None
    id = found[0].child_id
    return KnownChild(id, bool(found[0].restricted), unit_of_child(engine, id, today))


def children_of_the_family(engine: Engine, child_id: str) -> frozenset[str]:
    """The ids of the child's brothers and sisters by the family's number, and the child's own."""
    own = select(family_of_child()).where(child.c.child_id == child_id).correlate(None)
    query = select(child.c.child_id).where(family_of_child().in_(own))
    return frozenset(row.child_id for row in read(engine, query))


def unit_of_child(engine: Engine, child_id: str, today: date) -> str | None:
    """The unit that holds the child as lead today, or did last; None where none has.

    A lead that is to begin later holds nobody yet, and one that is to end later still does.
    """
    held = allocation.c
    is_running = or_(held.ended_on.is_(None), held.ended_on > today)
    was_until = case((not_(is_running), held.ended_on))
    query = (
        select(held.unit_id)
        .where(held.child_id == child_id, held.lead.is_(True), held.started_on <= today)
        .order_by(is_running.desc(), was_until.desc())
        .order_by(held.started_on.desc(), held.allocation_id.desc())
        .limit(1)
    )
    return next((row.unit_id for row in read(engine, query)), None)
