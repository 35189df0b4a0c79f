"""What an administrator has given a person: roles and units, until they are withdrawn."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Engine, Row, insert, select, update

from access.audit.events import Event, What, noted
from access.store.reading import read
from access.store.tables import grant as stored
from access.store.tables import person
from data_access.problems import Problem
from data_access.settings import EVERY_UNIT
from data_access.stores.ids import new_id


@dataclass(frozen=True)
class Grants:
    """The names of the roles and the ids of the units that hold for one person now."""

    roles: frozenset[str]
    units: frozenset[str]


@dataclass(frozen=True)
class Given:
    """What is granted: a role by its name, or a unit by its id; one of the two."""

    role: str | None = None
    unit: str | None = None

    @property
    def words(self) -> str:
        return f"the role {self.role}" if self.role else f"the unit {self.unit}"


def grant(store: Engine, person_id: str, given: Given, by: str, now: datetime) -> None:
    """Gives a person a role or a unit; a Problem where they have it already.

    Whether there is such a role or unit is for who asks: see `access.roles.refuse_unknown_role`.
    """
    _refuse_what_is_not_one(given)
    values = {
        "id": new_id(),
        "person": person_id,
        "role": given.role,
        "unit_id": given.unit,
        "granted_by": by,
        "granted_at": now,
    }
    with noted(store, _event(What.GRANTED, person_id, given, by, now)) as connection:
        if connection.execute(select(stored.c.id).where(_holds(person_id, given))).first():
            raise Problem(f"They have {given.words} already: nothing was granted.")
        connection.execute(insert(stored).values(values))


def withdraw(store: Engine, person_id: str, given: Given, by: str, now: datetime) -> None:
    """Takes a role or a unit back, from the next click on; a Problem where it was not granted."""
    _refuse_what_is_not_one(given)
    withdrawn = {"withdrawn_by": by, "withdrawn_at": now}
    with noted(store, _event(What.WITHDREW, person_id, given, by, now)) as connection:
        done = connection.execute(update(stored).where(_holds(person_id, given)).values(withdrawn))
        if not done.rowcount:
            raise Problem(
                f"{given.words.capitalize()} was not granted to them: nothing was withdrawn. A role"
                " that the provider gives is taken back there."
            )


def grants_of(store: Engine, person_id: str) -> Grants:
    """What holds for a person now; nothing where nothing was granted, or all was withdrawn."""
    query = select(stored.c.role, stored.c.unit_id).where(
        stored.c.person == person_id, stored.c.withdrawn_at.is_(None)
    )
    rows = read(store, query)
    return Grants(
        frozenset(row.role for row in rows if row.role),
        frozenset(row.unit_id for row in rows if row.unit_id),
    )


def every_grant(store: Engine) -> Sequence[Row]:
    """Every grant that holds: person, name, role or unit_id, granted_by, granted_at."""
    query = (
        select(
            stored.c.person,
            person.c.name,
            stored.c.role,
            stored.c.unit_id,
            stored.c.granted_by,
            stored.c.granted_at,
        )
        .join(person, person.c.id == stored.c.person)
        .where(stored.c.withdrawn_at.is_(None))
        .order_by(person.c.name, stored.c.person, stored.c.role, stored.c.unit_id)
    )
    return read(store, query)


def _holds(person_id: str, given: Given) -> ColumnElement[bool]:
    same = stored.c.role == given.role if given.role else stored.c.unit_id == given.unit
    return (stored.c.person == person_id) & stored.c.withdrawn_at.is_(None) & same


def _refuse_what_is_not_one(given: Given) -> None:
    if (given.role is None) == (given.unit is None):
        raise Problem("Name a role or a unit, one of the two.")
    if given.unit == EVERY_UNIT:
        raise Problem('Every unit is opened by a role with units = "*", not by a grant.')


def _event(what: What, person_id: str, given: Given, by: str, now: datetime) -> Event:
    said = f"{given.words}, by {by}"
    return Event(what, person=person_id, role=given.role, unit=given.unit, reason=said, at=now)
