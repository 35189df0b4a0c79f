"""Somebody who has signed in, for pages that run without a server: session, grants, audit."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest
from sqlalchemy import Engine, Row, select
from streamlit.runtime.context import ContextProxy

from access.gate.ticket import ticket_for
from access.grants import Given, grant, withdraw
from access.matches import confirm
from access.people import Claims
from access.sessions import Session, begin
from access.store.opening import shared_access_store
from access.store.reading import read
from access.store.tables import event, event_child
from data_access.access_settings import AccessStore, SessionLimits
from data_access.london import now
from data_access.settings import ACCESS_STORE_VARIABLE, CONFIG_VARIABLE
from tests import COUNCIL, RULES
from tests.ui.small_council import registration_of

SIGN_IN = """
[sign_in]
method = "oidc"
address = "https://childstat.example.gov.uk"
issuer = "https://issuer.example"
client_id = "childstat"
"""
CLAIMS = {
    "director": "ChildStat.Director",
    "consultant": "ChildStat.Consultant",
    "social worker": "ChildStat.SocialWorker",
    "analyst": "ChildStat.Analyst",
    "auditor": "ChildStat.Auditor",
    "administrator": "ChildStat.Administrator",
}
CHAIR = "Ada Administrator"


@dataclass(frozen=True)
class Door:
    """The way in: call `comes` and every page is theirs until somebody else comes."""

    store: Engine
    monkeypatch: pytest.MonkeyPatch

    def comes(self, role: str, *units: str, is_worker_of: str | None = None, **said) -> Session:
        """Somebody with the role's claim, granted units, and confirmed as a unit's worker."""
        number = registration_of(is_worker_of) if is_worker_of else None
        who = said.pop("name", f"{role.title()} Example")
        said = {"swe_number": number, **said}
        claims = Claims("https://issuer.example", who, who, **said)
        if role:
            claims = Claims(**{**vars(claims), "roles": (CLAIMS.get(role, role),)})
        _, session = begin(self.store, claims, SessionLimits(), now())
        if number:
            confirm(self.store, session.person, number, CHAIR, now())
        for unit in units:
            grant(self.store, session.person, Given(unit=unit), CHAIR, now())
        self.looks(session)
        return session

    def looks(self, session: Session) -> None:
        self.monkeypatch.setattr(ContextProxy, "headers", ticket_for(session.id))

    def takes_back(self, session: Session, unit: str) -> None:
        withdraw(self.store, session.person, Given(unit=unit), CHAIR, now())

    def events(self, what: str | None = None) -> Sequence[Row]:
        """The audit's events, or those of one kind, in their order."""
        rows = read(self.store, select(event).order_by(event.c.number))
        return [row for row in rows if what in (None, row.what)]

    def children_of(self, number: int) -> set[str]:
        query = select(event_child.c.child_id).where(event_child.c.number == number)
        return {row.child_id for row in read(self.store, query)}


def door(folder: Path, monkeypatch: pytest.MonkeyPatch, more: str = "") -> Door:
    """A council whose people sign in, with an access store of its own."""
    file = folder / "council.toml"
    file.write_text(COUNCIL.read_text(encoding="utf-8") + SIGN_IN + more, encoding="utf-8")
    (folder / "segments.toml").write_bytes(RULES.read_bytes())
    url = f"sqlite:///{folder / 'access.sqlite'}"
    monkeypatch.setenv(CONFIG_VARIABLE, str(file))
    monkeypatch.setenv(ACCESS_STORE_VARIABLE, url)
    return Door(shared_access_store(AccessStore(url)), monkeypatch)
