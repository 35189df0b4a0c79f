"""What is asked of the lead of another unit, the one answer to it, and what an agreement opens.

A request is told to who made it, to who manages the unit that was asked, and to the auditor.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Engine, insert

from access.audit.events import Event, What, noted
from access.audit.networks import refuse_without_reason
from access.openings import (
    AGREED,
    FEWEST_LETTERS,
    MINUTES,
    MOST_LETTERS,
    Look,
    open_for_a_time,
    opened_to,
)
from access.requests import (
    COMMA,
    DAYS,
    Ask,
    Request,
    of_managed_units,
    requests_where,
    requests_within,
    still_of_the_unit,
)
from access.sessions import Session
from access.store.tables import request, request_answer, request_child
from data_access.guard.linked import may_ask
from data_access.london import day_of
from data_access.problems import NotAllowed, Problem
from data_access.stores.ids import new_id
from data_access.viewer import Act, Viewer

NOT_THERE = "This request is not open any more: nothing was kept, and nothing was opened."
ANSWERED = "Somebody has answered this request already: your answer was not kept."
LAPSED = f"This request has lapsed, as nobody answered in {DAYS} days: your answer was not kept."
OWN = "You asked this yourself: somebody else who manages the unit has to answer it."
NOT_HELD = "That unit holds none of these children today: ask once more for linked adults."


@dataclass(frozen=True)
class Acting:
    """Who asks, answers or opens: in which session, as which viewer, with which roles.

    `engine` is the case database's, which says of whom it may still be told.
    """

    store: Engine
    engine: Engine
    session: Session
    viewer: Viewer
    roles: str | None = None


def ask_lead(who: Acting, asked: Ask, now: datetime) -> None:
    """Keeps what is asked, with its event: when it returns the unit's managers are told.

    Refused to who may not ask for linked adults, in a meeting, without words, of a unit that is
    open to the viewer or holds none of the children, and while the same waits.
    """
    _refuse_who_may_not(who)
    refuse_without_reason(asked.reason)
    words = _words(asked.words)
    if who.viewer.may_see(asked.unit) or not asked.children:
        raise Problem("Nothing is to be asked of this unit: its children are open to you.")
    if not still_of_the_unit(who.engine, asked, day_of(now)):
        raise Problem(NOT_HELD)
    id = new_id()
    told = (asked.child_id, *asked.children)
    why = f"request {id}, {asked.reason}: {words}"
    with _noted(who, What.ASKED_LEAD, (asked.unit, told, why), now) as connection:
        _refuse_what_waits(connection, who, asked, now)
        connection.execute(insert(request).values(_kept(who, id, replace(asked, words=words), now)))
        of_children = [{"request": id, "child_id": child} for child in sorted(set(asked.children))]
        connection.execute(insert(request_child), of_children)


def _refuse_what_waits(connection: Connection, who: Acting, asked: Ask, now: datetime) -> None:
    """Asked in the transaction: before it, two tabs would both find that nothing waits."""
    same = request.c.family == asked.family, request.c.unit_id == asked.unit
    mine = requests_within(connection, request.c.person == who.session.person, *same)
    if any(one.waits(now) for one in mine):
        raise Problem("You have asked this unit of this family: its lead has not answered yet.")


def _kept(who: Acting, id: str, asked: Ask, now: datetime) -> dict[str, Any]:
    return {
        "id": id,
        "session": who.session.id,
        "person": who.session.person,
        "child_id": asked.child_id,
        "family": asked.family,
        "adults": COMMA.join(asked.adults),
        "unit_id": asked.unit,
        "reason": asked.reason,
        "words": asked.words,
        "asked_at": now,
    }


def answer_request(who: Acting, request_id: str, is_agreed: bool, said: str, now: datetime) -> None:
    """Keeps whether it is agreed, and the words, for good. Only for who manages the unit.

    A sentence says why not of what was answered, has lapsed or is one's own, and of all else that
    it is not open any more.
    """
    found = _to_be_answered(who, request_id, now)
    values = {
        "request": request_id,
        "person": who.session.person,
        "is_agreed": is_agreed,
        "words": _words(said),
        "answered_at": now,
    }
    why = f"request {request_id}, {'agreed' if is_agreed else 'not agreed'}: {values['words']}"
    told = found.unit, found.children, why
    with _noted(who, What.ANSWERED_REQUEST, told, now) as connection:
        for as_it_is in requests_within(connection, request.c.id == request_id):
            _refuse_answer(who, as_it_is, now)
        connection.execute(insert(request_answer).values(values))


def _to_be_answered(who: Acting, request_id: str, now: datetime) -> Request:
    asked = of_managed_units(who.store, who.viewer, request.c.id == request_id)
    if who.session.is_meeting or not asked:
        raise NotAllowed(NOT_THERE)
    if not still_of_the_unit(who.engine, asked[0], day_of(now)):
        raise NotAllowed(NOT_THERE)
    return asked[0]


def _refuse_answer(who: Acting, asked: Request, now: datetime) -> None:
    if asked.answered_at is not None:
        raise Problem(ANSWERED)
    if asked.has_lapsed(now):
        raise Problem(LAPSED)
    if asked.person == who.session.person:
        raise Problem(OWN)


def open_agreed(who: Acting, request_id: str, now: datetime) -> tuple[str, ...]:
    """Opens to this session, as a second look does, what was agreed to its person: the children.

    Never one who is restricted, or has left the unit that agreed.
    """
    _refuse_who_may_not(who)
    own = request.c.person == who.session.person, request.c.id == request_id
    agreed = (one for one in requests_where(who.store, *own) if one.may_be_opened(now))
    found = next(agreed, None)
    children = () if found is None else still_of_the_unit(who.engine, found, day_of(now))
    if found is None or not children:
        raise NotAllowed(NOT_THERE)
    why = f"{AGREED}, request {request_id}, {found.reason}: {found.words}"
    with _noted(who, What.LOOKED_CLOSER, (found.unit, children, why), now) as connection:
        for child in children:
            look = Look(child, AGREED, f"request {request_id}: {found.words}")
            open_for_a_time(connection, who.session, look, now)
    return children


def open_to(
    store: Engine, engine: Engine, session: Session, acts: frozenset[Act], now: datetime
) -> frozenset[str]:
    """The children open to a session: looked at with a reason, or agreed while it may still ask.

    Of what was agreed those whom the unit still holds, and nobody once the family has a restricted
    child or the link is gone.
    """
    looked = opened_to(store, session.id, now)
    agreed = opened_to(store, session.id, now, agreed=True)
    if Act.SEE_NETWORK not in acts or not agreed:
        return looked
    # What was opened within the hour could be opened when that hour began.
    could_be = now - timedelta(minutes=MINUTES)
    mine = requests_where(store, request.c.person == session.person)
    by = (one for one in mine if one.may_be_opened(could_be))
    still = {child for one in by for child in still_of_the_unit(engine, one, day_of(now))}
    return looked | (agreed & still)


def _refuse_who_may_not(who: Acting) -> None:
    may_ask(who.viewer)
    if who.session.is_meeting:
        raise NotAllowed("Linked adults are told in no meeting.")


def _words(said: str) -> str:
    words = said.strip()
    if not FEWEST_LETTERS <= len(words) <= MOST_LETTERS:
        raise Problem(f"Say in {FEWEST_LETTERS} to {MOST_LETTERS} letters why.")
    return words


@contextmanager
def _noted(
    who: Acting, what: What, told: tuple[str, tuple[str, ...], str], now: datetime
) -> Iterator[Connection]:
    """The transaction of one event: of which unit and children, and why."""
    unit, children, why = told
    event = Event(
        what,
        person=who.session.person,
        session=who.session.id,
        role=who.roles,
        page="unit" if what is What.ANSWERED_REQUEST else "network",
        unit=unit,
        children=children,
        rows=len(children),
        reason=why,
        at=now,
    )
    with noted(who.store, event) as connection:
        yield connection
