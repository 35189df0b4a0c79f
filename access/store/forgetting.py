"""What goes with the audit's oldest months: sessions, grants, people of whom nothing is left."""

from datetime import datetime

from sqlalchemy import Connection, delete, select

from access.store.tables import (
    event,
    grant,
    match,
    opening,
    person,
    request,
    request_answer,
    request_child,
    session,
)


def forget(connection: Connection, before: datetime) -> None:
    """Removes sessions that were over before a moment, with their openings, and what was withdrawn.

    What was asked of another unit's lead in them goes too, with its answer. A person goes when no
    session, grant, match, answer or event of theirs is left, so that whoever stands in the audit
    can still be named.
    """
    over = session.c.ends_at < before
    sessions = select(session.c.id).where(over)
    asked = select(request.c.id).where(request.c.session.in_(sessions))
    for of_a_request in (request_child, request_answer):
        connection.execute(delete(of_a_request).where(of_a_request.c.request.in_(asked)))
    for of_a_session in (request, opening):
        connection.execute(delete(of_a_session).where(of_a_session.c.session.in_(sessions)))
    connection.execute(delete(session).where(over))
    for given in (grant, match):
        connection.execute(delete(given).where(given.c.withdrawn_at < before))
    unknown = [
        person.c.id.not_in(select(table.c.person).where(table.c.person.is_not(None)))
        for table in (session, grant, match, request_answer, event)
    ]
    connection.execute(delete(person).where(*unknown))
