"""Who is signed in: sessions on the server, of which the browser holds only a token."""

import logging
from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from hashlib import sha256
from secrets import token_urlsafe

from sqlalchemy import ColumnElement, Engine, Row, Select, insert, select, update

from access.audit.events import Event, What, noted
from access.ending_sessions import end as end
from access.ending_sessions import end_all as end_all
from access.ending_sessions import end_of_person as end_of_person
from access.ending_sessions import end_of_provider_session as end_of_provider_session
from access.people import Claims, seen
from access.store.reading import read
from access.store.tables import MEETING, ORDINARY, person
from access.store.tables import session as stored
from data_access.access_settings import SessionLimits
from data_access.problems import Problem
from data_access.stores.driver_faults import faults_as_problems
from data_access.stores.ids import new_id
from data_access.stores.opening import WRITES

BYTES_OF_A_TOKEN = 32
# An idle session ends so much sooner at most: not every click is worth a write to the disk.
BETWEEN_WRITES_OF_ACTIVITY = timedelta(seconds=15)
log = logging.getLogger("childstat")


@dataclass(frozen=True)
class Session:
    """One sign-in of one person. `roles` are the values of the roles' claims at that sign-in."""

    id: str
    person: str
    name: str
    roles: tuple[str, ...]
    kind: str
    began_at: datetime
    seen_at: datetime
    ends_at: datetime
    groups_left_out: bool = False
    swe_number: str | None = None
    provider_session: str | None = None

    @property
    def is_meeting(self) -> bool:
        return self.kind == MEETING


def begin(
    store: Engine, claims: Claims, limits: SessionLimits, now: datetime, kind: str = ORDINARY
) -> tuple[str, Session]:
    """A new session of the person whom `claims` name, and its token, which nobody can ask again."""
    token, id = token_urlsafe(BYTES_OF_A_TOKEN), new_id()
    writer = store.execution_options(**{WRITES: True})
    with faults_as_problems(store), writer.begin() as connection:
        who = seen(connection, claims, now)
    signed_in = Event(What.SIGNED_IN, person=who, session=id, reason=_how(kind), at=now)
    values = {
        "id": id,
        "token_sha256": hashed(token),
        "person": who,
        "kind": kind,
        "claims": {"roles": list(claims.roles), "groups_left_out": claims.groups_left_out},
        "provider_session": claims.provider_session,
        "began_at": now,
        "seen_at": now,
        "ends_at": now + _longest(limits, kind),
    }
    with noted(store, signed_in) as connection:
        connection.execute(insert(stored).values(values))
    (row,) = read(store, _sessions().where(stored.c.id == id))
    return token, _session(row)


def begin_meeting(
    store: Engine, session: Session, limits: SessionLimits, now: datetime
) -> tuple[str, Session]:
    """A meeting session of whoever has `session`, and its token; `session` stays as it is."""
    (who,) = read(store, select(person).where(person.c.id == session.person))
    claims = Claims(
        issuer=who.issuer,
        subject=who.subject,
        name=who.name,
        email=who.email,
        swe_number=who.registration_no,
        roles=session.roles,
        groups_left_out=session.groups_left_out,
        provider_session=session.provider_session,
    )
    return begin(store, claims, limits, now, MEETING)


def find(
    store: Engine, token: str, limits: SessionLimits, now: datetime, is_activity: bool
) -> Session | None:
    """The open session of `token`; None where there is none, or it has ended, whichever way.

    `is_activity`: somebody did something, so that it is not idle; a page that draws itself anew
    is none.
    """
    query = _sessions().where(stored.c.token_sha256 == hashed(token), _is_open(limits, now))
    for row in read(store, query):
        found = _session(row)
        return _touched(store, found, now) if is_activity else found
    return None


def open_session(
    store: Engine, session_id: str, limits: SessionLimits, now: datetime
) -> Session | None:
    """The session of this id, for a page that has the gate's word for it; None where it ended."""
    rows = read(store, _sessions().where(stored.c.id == session_id, _is_open(limits, now)))
    return _session(rows[0]) if rows else None


def last_session(store: Engine, person_id: str, kind: str = ORDINARY) -> Session | None:
    """A person's last session of the kind, ended or not; None where it was purged since."""
    own = (stored.c.person == person_id, stored.c.kind == kind)
    rows = read(store, _sessions().where(*own).order_by(stored.c.began_at.desc()).limit(1))
    return _session(rows[0]) if rows else None


def open_sessions(store: Engine, limits: SessionLimits, now: datetime) -> list[Session]:
    """Every open session, the last touched first."""
    query = _sessions().where(_is_open(limits, now)).order_by(stored.c.seen_at.desc(), stored.c.id)
    return [_session(row) for row in read(store, query)]


def still_open(
    store: Engine, session_ids: Collection[str], limits: SessionLimits, now: datetime
) -> set[str]:
    """Those of the sessions that are open now."""
    query = select(stored.c.id).where(stored.c.id.in_(session_ids), _is_open(limits, now))
    return {row.id for row in read(store, query)} if session_ids else set()


def _touched(store: Engine, session: Session, now: datetime) -> Session:
    if now - session.seen_at < BETWEEN_WRITES_OF_ACTIVITY:
        return session
    writer = store.execution_options(**{WRITES: True})
    # Of two clicks at once the later counts, whichever is written last.
    later = (stored.c.id == session.id, stored.c.seen_at < now)
    try:
        with faults_as_problems(store), writer.begin() as connection:
            connection.execute(update(stored).where(*later).values(seen_at=now))
    except Problem as problem:
        # Of an open session it is known that it is open: it only gets idle sooner.
        log.warning("When a session was last used was not written: %s", problem)
        return session
    return replace(session, seen_at=now)


def _is_open(limits: SessionLimits, now: datetime) -> ColumnElement[bool]:
    idle = timedelta(minutes=limits.idle_minutes)
    touched = (stored.c.kind == MEETING) | (stored.c.seen_at > now - idle)
    return stored.c.ended_at.is_(None) & (stored.c.ends_at > now) & touched


def _sessions() -> Select:
    return select(stored, person.c.name, person.c.registration_no).join(
        person, person.c.id == stored.c.person
    )


def _session(row: Row) -> Session:
    return Session(
        id=row.id,
        person=row.person,
        name=row.name,
        roles=tuple(row.claims["roles"]),
        kind=row.kind,
        began_at=row.began_at,
        seen_at=row.seen_at,
        ends_at=row.ends_at,
        groups_left_out=row.claims["groups_left_out"],
        swe_number=row.registration_no,
        provider_session=row.provider_session,
    )


def _longest(limits: SessionLimits, kind: str) -> timedelta:
    return timedelta(hours=limits.meeting_hours if kind == MEETING else limits.hours)


def _how(kind: str) -> str | None:
    return "for the meeting" if kind == MEETING else None


def hashed(token: str) -> str:
    return sha256(token.encode()).hexdigest()
