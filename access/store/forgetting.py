"""What goes with the audit's oldest months: sessions, grants, people of whom nothing is left."""

from datetime import datetime

from sqlalchemy import Connection, delete, select

from access.store.tables import event, grant, match, opening, person, session


def forget(connection: Connection, before: datetime) -> None:
    """Removes sessions that were over before a moment, with their openings, and what was withdrawn.

    A person goes when no session, grant, match or event of theirs is left, so that whoever stands
    in the audit can still be named.
    """
    over = session.c.ends_at < before
    connection.execute(
        delete(opening).where(opening.c.session.in_(select(session.c.id).where(over)))
    )
    connection.execute(delete(session).where(over))
    for given in (grant, match):
        connection.execute(delete(given).where(given.c.withdrawn_at < before))
    unknown = [
        person.c.id.not_in(select(table.c.person).where(table.c.person.is_not(None)))
        for table in (session, grant, match, event)
    ]
    connection.execute(delete(person).where(*unknown))
