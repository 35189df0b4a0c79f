"""A look at which adults are linked to other families: its reasons, and how it is written down."""

from dataclasses import dataclass

from sqlalchemy import Engine

from access.audit.events import Event, What, note
from access.sessions import Session
from data_access.problems import NotAllowed, Problem

REASONS = (
    "safeguarding check at referral",
    "assessment",
    "strategy discussion",
    "analyst’s question agreed with a manager",
)


@dataclass(frozen=True)
class NetworkLook:
    """From which child somebody asked, for which of `REASONS`, and of whom they are to be told.

    `further_from` is the adult from whom one step further was asked. `children` are those of every
    family that is told of. Numbers only: no name.
    """

    child_id: str
    unit: str | None
    reason: str
    adults: tuple[str, ...] = ()
    children: tuple[str, ...] = ()
    further_from: str | None = None

    @property
    def why(self) -> str:
        """As the audit keeps it."""
        further = f", further from adult {self.further_from}" if self.further_from else ""
        adults = f", told of adults {', '.join(self.adults)}" if self.adults else ""
        return f"{self.reason}: asked from child {self.child_id}{further}{adults}"


def note_look(store: Engine, session: Session, roles: str | None, look: NetworkLook) -> None:
    """Writes the look down: when it returns that is kept, and what was found may be shown.

    Refused without a known reason, and in a meeting.
    """
    refuse_without_reason(look.reason)
    if session.is_meeting:
        raise NotAllowed("Linked adults are told in no meeting.")
    children = tuple(dict.fromkeys((look.child_id, *look.children)))
    event = Event(
        What.ASKED_NETWORK,
        person=session.person,
        session=session.id,
        role=roles,
        page="network",
        unit=look.unit,
        children=children,
        rows=len(look.adults),
        reason=look.why,
    )
    note(store, event)


def refuse_without_reason(reason: str) -> None:
    """A Problem unless the reason is one of the list: before anything is read."""
    if reason not in REASONS:
        raise Problem(f"Choose why you ask: {', '.join(REASONS)}.")
