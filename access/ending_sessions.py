"""How sessions end before their time: signed out, by the provider, or by an administrator."""

from datetime import datetime

from sqlalchemy import ColumnElement, Engine, Row, select, true, update

from access.audit.events import Event, What, noted
from access.store.reading import read
from access.store.tables import person, session
from data_access.problems import Problem

SIGNED_OUT = "signed out"
MEETING_BEGAN, SIGNED_IN_ANEW = "the meeting began", "signed in anew"
AT_THE_PROVIDER = "ended at the provider"


def end(store: Engine, session_id: str, by: str, why: str, now: datetime) -> int:
    """Ends one session at once, in whatever process its pages are; how many, 0 or 1."""
    return _end(store, session.c.id == session_id, by, why, now)


def end_of_person(store: Engine, person_id: str, by: str, why: str, now: datetime) -> int:
    """Ends every session of a person; how many those were."""
    return _end(store, session.c.person == person_id, by, why, now)


def end_of_provider_session(
    store: Engine,
    issuer: str,
    provider_session: str | None,
    subject: str | None,
    begun_by: datetime,
    now: datetime,
) -> int:
    """Ends what the provider says has ended: one sign-in there, or all of a subject; how many.

    What began after `begun_by` goes on: what was said then was not said of it.
    """
    if provider_session is None and subject is None:
        raise Problem("The provider did not say whose session has ended.")
    same = [person.c.issuer == issuer]
    if subject is not None:
        same.append(person.c.subject == subject)
    theirs = session.c.person.in_(select(person.c.id).where(*same))
    which: ColumnElement[bool] = theirs & (session.c.began_at <= begun_by)
    if provider_session is not None:
        which = which & (session.c.provider_session == provider_session)
    return _end(store, which, "the provider", AT_THE_PROVIDER, now)


def end_all(store: Engine, by: str, why: str, now: datetime) -> int:
    """Ends every session of everybody; how many those were."""
    return _end(store, true(), by, why, now)


def _end(store: Engine, which: ColumnElement[bool], by: str, why: str, now: datetime) -> int:
    not_ended = which & session.c.ended_at.is_(None)
    ending = read(store, select(session.c.id, session.c.person).where(not_ended))
    if not ending:
        return 0
    with noted(store, *(_event(row, by, why, now) for row in ending)) as connection:
        ids = [row.id for row in ending]
        ended = {"ended_at": now, "ended_by": by, "ended_why": why}
        still = session.c.id.in_(ids) & session.c.ended_at.is_(None)
        connection.execute(update(session).where(still).values(ended))
    return len(ending)


def _event(row: Row, by: str, why: str, now: datetime) -> Event:
    what = What.SIGNED_OUT if why == SIGNED_OUT else What.ENDED
    by_whom = why if by == row.person else f"{why}, by {by}"
    return Event(what, person=row.person, session=row.id, reason=by_whom, at=now)
