"""Who somebody is to the provider that signed them in, and whom the store knows."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Engine, select
from sqlalchemy.dialects import postgresql, sqlite

from access.store.reading import read
from access.store.tables import person
from data_access.problems import Problem
from data_access.stores.ids import new_id

MOST_LETTERS = 200
# A first sign-in in two tabs at once is one person.
INSERTS: dict[str, Any] = {"sqlite": sqlite.insert, "postgresql": postgresql.insert}


@dataclass(frozen=True)
class Claims:
    """What the provider says at a sign-in. `roles` are the values of the roles' claims, exactly.

    `groups_left_out`: the provider named no groups because there are too many of them.
    """

    issuer: str
    subject: str
    name: str
    email: str | None = None
    swe_number: str | None = None
    roles: tuple[str, ...] = ()
    groups_left_out: bool = False
    provider_session: str | None = None


@dataclass(frozen=True)
class Person:
    """Somebody who has signed in once at least; name, email and number as last said."""

    id: str
    issuer: str
    subject: str
    name: str
    email: str | None
    registration_no: str | None
    last_seen_at: datetime
    has_twin: bool = False  # another is called the same and has the same email

    @property
    def words(self) -> str:
        """Who that is, so that nobody is taken for another: two people never have the same."""
        told = [self.email, self.id] if self.email and self.has_twin else [self.email or self.id]
        return f"{self.name} ({', '.join(told)})"


def seen(connection: Connection, claims: Claims, now: datetime) -> str:
    """The id of the person whom `claims` name, kept with what they say of them now."""
    said = {
        "name": on_one_line(claims.name) or "(no name)",
        "email": on_one_line(claims.email),
        "registration_no": registration_number(claims.swe_number),
        "last_seen_at": now,
    }
    who = {"id": new_id(), "issuer": claims.issuer, "subject": claims.subject}
    kept = INSERTS[connection.dialect.name](person).values({**who, **said})
    same = [person.c.issuer, person.c.subject]
    upsert = kept.on_conflict_do_update(index_elements=same, set_=said).returning(person.c.id)
    return str(connection.execute(upsert).scalar_one())


def person_of(store: Engine, claims: Claims) -> str | None:
    """The id of the person whom `claims` name; None for somebody who never signed in."""
    same = (person.c.issuer == claims.issuer, person.c.subject == claims.subject)
    rows = read(store, select(person.c.id).where(*same))
    return rows[0].id if rows else None


def people(store: Engine) -> Sequence[Person]:
    """Everybody who has signed in once, by name."""
    rows = read(store, select(person).order_by(person.c.name, person.c.id))
    called = Counter((row.name, row.email) for row in rows)
    return [Person(**row._mapping, has_twin=called[row.name, row.email] > 1) for row in rows]


def person_named(store: Engine, words: str) -> Person:
    """The one person with this id, email or name; a Problem where there is none, or several."""
    asked = words.strip().casefold()
    found = [one for one in people(store) if asked in _called(one)]
    if not found or not asked:
        raise Problem(
            f"Nobody is known as {words}: they sign in once first, and 'access list' names"
            " them then."
        )
    if len(found) > 1:
        raise Problem(
            f"{len(found)} people are known as {words}: name the one by the id that 'access list'"
            " gives."
        )
    return found[0]


def _called(one: Person) -> tuple[str, ...]:
    # Who is called like somebody's email must not be given what was meant for that one.
    name = () if "@" in one.name else (one.name.casefold(),)
    return one.id, (one.email or "").casefold(), *name


def on_one_line(said: str | None) -> str | None:
    """What a provider says of somebody, as a screen and a database take it; None where empty.

    Whatever can't be printed is a space, and what is longer than any name is cut.
    """
    printable = "".join(letter if letter.isprintable() else " " for letter in said or "")
    return " ".join(printable.split())[:MOST_LETTERS] or None


def registration_number(written: str | None) -> str | None:
    """A Social Work England number as it is compared: capitals, no spaces; None where empty."""
    return (on_one_line(written) or "").replace(" ", "").upper() or None
