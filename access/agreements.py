"""What is asked of the lead of another unit, the one answer to it, and what an agreement opens.

A request is told to who made it, to who manages the unit that was asked, and to the auditor.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Engine, insert, select

from access.audit.events import Event, What, noted
from access.audit.networks import refuse_without_reason
from access.openings import AGREED, FEWEST_LETTERS, MOST_LETTERS, Look, open_for_a_time, opened_to
from access.requests import asked_of, is_restricted, requests_where, still_of_the_unit
from access.sessions import Session
from access.store.tables import request, request_answer, request_child
from data_access.guard.linked import may_ask
from data_access.problems import NotAllowed, Problem
from data_access.stores.ids import new_id
from data_access.viewer import Act, Viewer

NOT_THERE = "This request is not open any more: draw the page anew."


@dataclass(frozen=True)
class Acting:
    """Who asks, answers or opens: in which session, as which viewer, with which roles."""

    store: Engine
    session: Session
    viewer: Viewer
    roles: str | None = None


@dataclass(frozen=True)
class Ask:
    """From which child, of which family and its children in one unit, for what and why."""

    child_id: str
    family: str
    adults: tuple[str, ...]
    unit: str
    children: tuple[str, ...]
    reason: str
    words: str = ""


def ask_lead(who: Acting, asked: Ask, now: datetime) -> None:
    """Keeps what is asked, with its event: when it returns the unit's managers are told.

    Refused to who may not ask for linked adults, in a meeting, without words, of a unit that is
    open to the viewer, and while the same waits.
    """
    _refuse_who_may_not(who)
    refuse_without_reason(asked.reason)
    words = _words(asked.words)
    if who.viewer.may_see(asked.unit) or not asked.children:
        raise Problem("Nothing is to be asked of this unit: its children are open to you.")
    same = request.c.family == asked.family, request.c.unit_id == asked.unit
    mine = requests_where(who.store, request.c.person == who.session.person, *same)
    if any(one.waits(now) for one in mine):
        raise Problem("You have asked this unit of this family: its lead has not answered yet.")
    id = new_id()
    told = (asked.child_id, *asked.children)
    why = f"request {id}, {asked.reason}: {words}"
    with _noted(who, What.ASKED_LEAD, (asked.unit, told, why), now) as connection:
        connection.execute(insert(request).values(_kept(who, id, replace(asked, words=words), now)))
        of_children = [{"request": id, "child_id": child} for child in sorted(set(asked.children))]
        connection.execute(insert(request_child), of_children)


def _kept(who: Acting, id: str, asked: Ask, now: datetime) -> dict[str, Any]:
    return {
        "id": id,
        "session": who.session.id,
        "person": who.session.person,
        "child_id": asked.child_id,
        "family": asked.family,
        "adults": ", ".join(asked.adults),
        "unit_id": asked.unit,
        "reason": asked.reason,
        "words": asked.words,
        "asked_at": now,
    }


def answer_request(who: Acting, request_id: str, is_agreed: bool, said: str, now: datetime) -> None:
    """Keeps whether it is agreed, and the words, for good. Only for who manages the unit."""
    waiting = asked_of(who.store, who.viewer, now)
    found = next((one for one in waiting if one.id == request_id), None)
    if found is None or who.session.is_meeting:
        raise NotAllowed(NOT_THERE)
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
        same = request_answer.c.request == request_id
        if connection.execute(select(request_answer.c.request).where(same)).first():
            raise Problem("Somebody has answered this request already.")
        connection.execute(insert(request_answer).values(values))


def open_agreed(who: Acting, engine: Engine, request_id: str, now: datetime) -> tuple[str, ...]:
    """Opens to this session, as a second look does, what was agreed to its person: the children.

    Never one who is restricted, or has left the unit that agreed.
    """
    _refuse_who_may_not(who)
    own = request.c.person == who.session.person, request.c.id == request_id
    agreed = (one for one in requests_where(who.store, *own) if one.may_be_opened(now))
    found = next(agreed, None)
    children = () if found is None else still_of_the_unit(engine, found)
    if found is None or not children:
        raise NotAllowed(NOT_THERE)
    why = f"{AGREED}, request {request_id}, {found.reason}: {found.words}"
    with _noted(who, What.LOOKED_CLOSER, (found.unit, children, why), now) as connection:
        for child in children:
            look = Look(child, AGREED, f"request {request_id}: {found.words}")
            open_for_a_time(connection, who.session, look, now)
    return children


def open_to(
    store: Engine, engine: Engine, session_id: str, acts: frozenset[Act], now: datetime
) -> frozenset[str]:
    """The children open to a session: looked at with a reason, or agreed while it may still ask.

    One who is restricted since is not open by an agreement.
    """
    looked = opened_to(store, session_id, now)
    if Act.SEE_NETWORK not in acts:
        return looked
    agreed = opened_to(store, session_id, now, agreed=True)
    return looked | {child for child in agreed if not is_restricted(engine, child)}


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
