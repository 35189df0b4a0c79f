"""Pages about people who look, not about children: opened without a figure or a record."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import streamlit as st
from markupsafe import Markup
from sqlalchemy import Engine

from access.audit.events import What
from access.audit.reading import Reader
from data_access.problems import NotAllowed, Problem
from data_access.settings import Settings
from data_access.viewer import Act
from ui import acts, frame, guard
from ui.forms import done_or_trouble
from ui.kept import case_database
from ui.session import draw, guarded
from ui.who import Looking, SignedIn, who_still_looks


@dataclass(frozen=True)
class Office:
    """One opening of such a page: by whom, and where what it shows is kept."""

    name: str
    settings: Settings
    looking: Looking
    signed_in: SignedIn
    started: float

    @property
    def store(self) -> Engine:
        return self.signed_in.store

    @property
    def by(self) -> str:
        """Under whose id what is done here is kept."""
        return self.signed_in.session.person

    @property
    def reader(self) -> Reader:
        session = self.signed_in.session
        return Reader(session.person, session.id, self.signed_in.roles)

    @property
    def engine(self) -> Engine:
        return case_database(self.settings)

    def header(self) -> Markup:
        return frame.office_header(self.name, self.looking)

    def draw(self, *parts: Markup) -> None:
        draw(self.name, parts, self.started)

    def do(self, act: Act, work: Callable[[], str]) -> None:
        """Does what a form asks for, and draws the page anew; else says why it could not."""

        def allowed() -> str:
            acts.refuse_unless(self.looking.viewer, act)
            return work()

        done_or_trouble(self.draw, allowed)

    def file_button(self, label: str, make: Callable[[], str], name: str, kind: str) -> None:
        """A file for who may still open this page when it is asked for."""

        def made() -> str:
            guard.refuse_closed_page(self.name, who_still_looks(self.looking))
            self.signed_in.note(What.EXPORTED, self.name, reason=name)
            return make()

        st.download_button(label, made, name, kind, on_click="ignore")


@contextmanager
def open_office(name: str) -> Iterator[Office]:
    """The guard of these pages: as of any other."""
    with guarded(name, _opened) as office:
        yield office


def _opened(name: str, settings: Settings, looking: Looking, started: float) -> Office:
    if looking.signed_in is None:
        raise NotAllowed("Nobody signs in here, so nothing is granted and nothing is audited.")
    guard.refuse_closed_page(name, looking)
    return Office(name, settings, looking, looking.signed_in, started)


def told_as_words(work: Callable[[], Markup]) -> Markup:
    """A part of the page, or one sentence why it can't be made: the rest goes on."""
    try:
        return work()
    except Problem as problem:
        return Markup('<p class="cs-trouble" role="alert">{}</p>').format(problem)
