"""What an administrator is told: who is to be confirmed, what a grant opens, who is left."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Engine

from access.grants import Given, grants_of
from access.in_cases import KnownWorker, workers_with
from access.matches import confirmed_number, confirmed_numbers, to_confirm
from access.people import Person, people, registration_number
from access.roles import Role, roles_held
from access.sessions import last_session
from access.viewers import standing_of
from data_access.problems import Problem
from data_access.settings import Settings
from data_access.viewer import Act


@dataclass(frozen=True)
class Unconfirmed:
    """Somebody of whom it is to be confirmed which worker they are.

    `number` is what the provider says, if it does, and `workers` are those who have it.
    """

    person: Person
    number: str | None
    workers: Sequence[KnownWorker]

    @property
    def worker_words(self) -> str | None:
        return " or ".join(one.words for one in self.workers) or None


def unconfirmed(
    store: Engine, engine: Engine, settings: Settings, today: date
) -> Sequence[Unconfirmed]:
    """Whose number nobody confirmed, and who holds a role that needs a worker and has none."""
    said = {row.id for row in to_confirm(store)}
    known = confirmed_numbers(store)
    return [
        _unconfirmed(engine, one, today)
        for one in people(store)
        if one.id in said or (one.id not in known and _needs_a_worker(store, settings, one.id))
    ]


def _unconfirmed(engine: Engine, one: Person, today: date) -> Unconfirmed:
    number = one.registration_no
    return Unconfirmed(one, number, workers_with(engine, number, today) if number else ())


def _needs_a_worker(store: Engine, settings: Settings, person_id: str) -> bool:
    return any(role.needs_a_worker for role in _roles_of(store, settings, person_id))


def _roles_of(
    store: Engine, settings: Settings, person_id: str, without: str | None = None
) -> Sequence[Role]:
    """By the last sign-in and by what is granted, but for the grant of one role."""
    session = last_session(store, person_id)
    granted = grants_of(store, person_id).roles - {without}
    return roles_held(settings, session.roles if session else (), granted)


def worker_numbered(engine: Engine, number: str, today: date) -> KnownWorker:
    """The one worker with this number; a Problem where there is none, or where there are two."""
    found = workers_with(engine, number, today)
    written = registration_number(number) or "that is empty"
    if not found:
        raise Problem(
            f"No worker in the case database has the number {written}: nothing was confirmed."
        )
    if len(found) > 1:
        both = " and ".join(one.words for one in found)
        raise Problem(
            f"{len(found)} workers have the number {written} ({both}): mend that in the case system"
            " first. Nothing was confirmed."
        )
    return found[0]


def replaced_words(store: Engine, person_id: str, number: str) -> str | None:
    """What a confirmation takes the place of, in words; None where it replaces nothing."""
    before = confirmed_number(store, person_id)
    if before in (None, registration_number(number)):
        return None
    return f"in place of the number {before}, which was confirmed before"


def is_last_administrator(store: Engine, settings: Settings, person_id: str, given: Given) -> bool:
    """Whether nobody could administer once this is taken back from somebody who now can."""

    def may(id: str, without: str | None = None) -> bool:
        roles = _roles_of(store, settings, id, without)
        return any(Act.ADMINISTER in role.acts for role in roles)

    if given.role is None or not may(person_id) or may(person_id, given.role):
        return False
    return not any(may(one.id) for one in people(store) if one.id != person_id)


def opens_nothing(
    store: Engine, engine: Engine, settings: Settings, person_id: str, given: Given, now: datetime
) -> str:
    """One sentence where what was just given opens no unit, and why; else nothing."""
    session = last_session(store, person_id)
    if session is None:
        return ""
    standing = standing_of(store, engine, settings, session, now)
    granted = [role for role in standing.roles if role.name == given.role]
    if standing.viewer.units or (granted and granted[0].opens_no_unit):
        return ""
    return f" It opens no unit to them now. They are told: “{standing.why_no_unit}”"
