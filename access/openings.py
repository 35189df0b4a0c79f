"""A second look with a reason: one child of another unit, in one session, for an hour.

It opens a restricted record as well: that is when somebody needs it most. The event says so.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection, Engine, Select, insert, select

from access.audit.events import Event, What, noted
from access.sessions import Session
from access.store.reading import read
from access.store.tables import opening
from data_access.problems import NotAllowed, Problem
from data_access.stores.ids import new_id
from data_access.viewer import Act, Viewer

MINUTES = 60
RESTRICTED_RECORD = "restricted record"
REASONS = (
    "child protection enquiry",
    "cover for a colleague",
    "transfer between units",
    "out of hours",
    "complaint or request by the family",
    "audit of practice",
    "something else",
)
# Chosen by nobody: the child's unit agreed, see access.agreements.
AGREED = "agreed by the unit"
FEWEST_LETTERS, MOST_LETTERS = 10, 500


@dataclass(frozen=True)
class Look:
    """Which child somebody wants to look at, for which of `REASONS`, and in words why.

    `unit` is the child's, not where it was asked for; `roles` are of who looks.
    """

    child_id: str
    reason: str
    words: str
    unit: str | None = None
    is_restricted: bool = False
    roles: str | None = None

    @property
    def why(self) -> str:
        """As the audit keeps it."""
        restricted = f"{RESTRICTED_RECORD}, " if self.is_restricted else ""
        return f"{restricted}{self.reason}: {self.words.strip()}"


def look_closer(
    store: Engine, session: Session, viewer: Viewer, look: Look, now: datetime
) -> datetime:
    """Opens one child to this session for an hour; when that ends.

    Its event is written with it, before anything can be drawn. Refused without a known reason and
    words, to whom the act was not given, and in a meeting.
    """
    _refuse(session, viewer, look)
    with noted(store, _event(session, look, now)) as connection:
        return open_for_a_time(connection, session, look, now)


def open_for_a_time(
    connection: Connection, session: Session, look: Look, now: datetime
) -> datetime:
    """Opens the look's child to the session, in the transaction of its event; when that ends."""
    ends_at = now + timedelta(minutes=MINUTES)
    values = {
        "id": new_id(),
        "session": session.id,
        "child_id": look.child_id,
        "reason": look.reason,
        "words": look.words.strip(),
        "opened_at": now,
        "ends_at": ends_at,
    }
    connection.execute(insert(opening).values(values))
    return ends_at


def _event(session: Session, look: Look, now: datetime) -> Event:
    return Event(
        What.LOOKED_CLOSER,
        person=session.person,
        session=session.id,
        role=look.roles,
        page="child",
        unit=look.unit,
        children=(look.child_id,),
        rows=1,
        reason=look.why,
        at=now,
    )


def open_until(store: Engine, session_id: str, now: datetime) -> Mapping[str, datetime]:
    """The ids of the children that are open to this session now, each with when that ends."""
    return {row.child_id: row.ends_at for row in read(store, _open_now(session_id, now))}


def _open_now(session_id: str, now: datetime) -> Select:
    return (
        select(opening.c.child_id, opening.c.ends_at)
        .where(opening.c.session == session_id, opening.c.opened_at <= now)
        .where(opening.c.ends_at > now)
        .order_by(opening.c.ends_at)
    )


def opened_to(
    store: Engine, session_id: str, now: datetime, *, agreed: bool = False
) -> frozenset[str]:
    """The ids of the children that are open to this session now: by who looks, or as `agreed`."""
    query = _open_now(session_id, now)
    is_agreed = opening.c.reason == AGREED
    rows = read(store, query.where(is_agreed if agreed else ~is_agreed))
    return frozenset(row.child_id for row in rows)


def _refuse(session: Session, viewer: Viewer, look: Look) -> None:
    if Act.LOOK_CLOSER not in viewer.acts or session.is_meeting:
        raise NotAllowed("None of your roles may look at a child of another unit: ask its unit.")
    if look.reason not in REASONS:
        raise Problem(f"Choose why you look: {', '.join(REASONS)}.")
    if not FEWEST_LETTERS <= len(look.words.strip()) <= MOST_LETTERS:
        raise Problem(
            f"Say in {FEWEST_LETTERS} to {MOST_LETTERS} letters why you look: the auditor and the"
            " child's unit read it."
        )
