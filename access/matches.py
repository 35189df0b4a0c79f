"""Which worker of the case database a person is: by registration number, once confirmed."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy import Connection, Engine, Row, insert, select, update

from access.audit.events import Event, What, noted
from access.people import registration_number
from access.store.reading import read
from access.store.tables import match, person
from data_access.problems import Problem
from data_access.stores.ids import new_id


def confirm(store: Engine, person_id: str, number: str, by: str, now: datetime) -> None:
    """Keeps that a person has this Social Work England number, in place of what was confirmed.

    A Problem where it is no number, or is confirmed of somebody else.
    """
    written = registration_number(number)
    if written is None:
        raise Problem("Give the Social Work England number, as SW123456.")
    said = f"{written}, by {by}"
    values = {
        "id": new_id(),
        "person": person_id,
        "registration_no": written,
        "confirmed_by": by,
        "confirmed_at": now,
    }
    event = Event(What.CONFIRMED, person=person_id, reason=said, at=now)
    with noted(store, event) as connection:
        _refuse_what_is_another_s(connection, person_id, written)
        theirs = (match.c.person == person_id) & match.c.withdrawn_at.is_(None)
        replaced = {"withdrawn_by": by, "withdrawn_at": now}
        connection.execute(update(match).where(theirs).values(replaced))
        connection.execute(insert(match).values(values))


def _refuse_what_is_another_s(connection: Connection, person_id: str, number: str) -> None:
    others = select(match.c.person).where(
        match.c.withdrawn_at.is_(None),
        match.c.registration_no == number,
        match.c.person != person_id,
    )
    if connection.execute(others).first():
        raise Problem(f"{number} is confirmed of somebody else: withdraw that first.")


def withdraw_match(store: Engine, person_id: str, by: str, now: datetime) -> None:
    """Takes back who a person is among the workers; a Problem where nothing was confirmed."""
    event = Event(What.WITHDREW, person=person_id, reason=f"the worker's number, by {by}", at=now)
    with noted(store, event) as connection:
        holds = (match.c.person == person_id) & match.c.withdrawn_at.is_(None)
        withdrawn = {"withdrawn_by": by, "withdrawn_at": now}
        if not connection.execute(update(match).where(holds).values(withdrawn)).rowcount:
            raise Problem("No worker's number was confirmed of them: nothing was withdrawn.")


def confirmed_number(store: Engine, person_id: str) -> str | None:
    """The number confirmed of a person; None where none is."""
    query = select(match.c.registration_no).where(
        match.c.person == person_id, match.c.withdrawn_at.is_(None)
    )
    return next((row.registration_no for row in read(store, query)), None)


def confirmed_numbers(store: Engine) -> Mapping[str, str]:
    """The number confirmed of each person of whom one is, by the person's id."""
    query = select(match.c.person, match.c.registration_no).where(match.c.withdrawn_at.is_(None))
    return {row.person: row.registration_no for row in read(store, query)}


def to_confirm(store: Engine) -> Sequence[Row]:
    """People whose provider says a number that nobody has confirmed: id, name, number."""
    confirmed = select(match.c.person).where(
        match.c.withdrawn_at.is_(None), match.c.registration_no == person.c.registration_no
    )
    query = (
        select(person.c.id, person.c.name, person.c.registration_no)
        .where(person.c.registration_no.is_not(None), person.c.id.not_in(confirmed))
        .order_by(person.c.name, person.c.id)
    )
    return read(store, query)
