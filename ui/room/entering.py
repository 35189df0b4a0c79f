"""The meeting as the room sees it: its agenda, and records read for one who may see no names."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import streamlit as st
from markupsafe import Markup
from sqlalchemy import Engine

from charts.tables import link
from data_access.database import read
from data_access.meeting_store.agendas import meetings
from data_access.viewer import ids_of_children
from meeting.action_effects import Verdict
from meeting.action_verdicts import verdicts
from meeting.actions import Action, every_action
from meeting.agenda import Agenda, AgendaItem, read_agenda
from meeting.codes import codes
from meeting.drawing import Case, cases_of
from metrics.catalogue import CATALOGUE
from metrics.figures import Figures
from metrics.model import Period, Scope, View
from metrics.result import Result
from ui.address import code, position
from ui.codes import child_named, children
from ui.forms import needs_store, store_of
from ui.session import Page

Results = Mapping[tuple[str, str | None], Result]


@dataclass(frozen=True)
class ScreenPlace:
    """Which screen, and what of it is opened: a page of rows, a child, a case, an action's form.

    `like`: the cases like the one in depth. Screens and pages of rows are counted from 1; a child
    has its code, as in no other meeting.
    """

    screen: int
    rows: int | None
    child: str | None
    case: str | None
    note: int | None
    like: int | None = None


@dataclass(frozen=True)
class Room:
    """One opening of the meeting. `page` has a viewer to whom no name is given."""

    page: Page
    agenda: Agenda
    place: ScreenPlace

    @property
    def figures(self) -> Figures:
        return self.page.figures

    @cached_property
    def results(self) -> Results:
        """Every figure of the month with its chart: made once, as it holds no person."""
        return self.page.cached_as(_results, lambda: _results(self))

    @cached_property
    def codes(self) -> dict[str, str]:
        """The code of every child: made on the server, from ids that stay there."""
        return codes_of(self.agenda, self.page.engine)

    def child_words(self, child_id: str | None) -> str:
        """What the room calls a child; one who is in the case database no more has no code."""
        code = self.codes.get(child_id or "")
        return f"Child {code}" if code else "Child not in the data"

    def address_code(self, child_id: str) -> str:
        """What an address calls a child in this meeting."""
        return children(self.page, self.agenda.meeting_id).code_of(child_id)

    def child_in_address(self) -> str:
        """The id of the child whose row is opened, as far as the room may see it."""
        assert self.place.child, "asked only where the address names a child"
        return child_named(self.page, self.place.child, self.agenda.meeting_id)

    @cached_property
    def cases(self) -> dict[str, tuple[Case, ...]]:
        return cases_of(self.store, self.agenda.meeting_id)

    @cached_property
    def actions(self) -> dict[str, Action]:
        return {action.id: action for action in every_action(self.store)}

    @property
    def store(self) -> Engine:
        return store_of(self.page)

    @cached_property
    def verdicts(self) -> dict[str, Verdict]:
        """By an action's id whether the figure that it was meant to change has moved."""
        return verdicts(self.figures, self.actions.values(), self.agenda.month)

    def link(self, **address_parts: object) -> str:
        return self.page.address.link("room", **address_parts)

    @property
    def numbered(self) -> Sequence[tuple[int, AgendaItem]]:
        """The items with their numbers, which the room calls them by."""
        return list(enumerate(self.agenda.items, start=1))


def _results(room: Room) -> Results:
    return {
        (key, unit_id): room.figures.compared_result(
            metric, View(room.agenda.month, Scope(unit_id))
        )
        for key, metric in CATALOGUE.items()
        for unit_id in room.figures.units
    }


def codes_of(agenda: Agenda, engine: Engine) -> dict[str, str]:
    """Every child's code in this meeting, by ids that never leave the server."""
    return codes(agenda.key, ids_of_children(engine))


def agenda_of(page: Page, here: str) -> Agenda:
    """The agenda of the month; else where it is made, and the months that have one, by `here`."""
    needs_store(page)
    agenda = read_agenda(store_of(page), page.address.view.period)
    if agenda is None:
        message = f"There is no agenda of {page.address.view.period} yet."
        made_on = "It is made on Agenda"
        is_open = not page.looking.is_meeting
        agenda_link = link(page.address.link("agenda"), f"{made_on} →") if is_open else made_on
        title = Markup('<div class="cs-title"><h1>{}</h1></div><p>{}</p>{}').format(
            message, agenda_link, _other_months(page, here)
        )
        page.draw(page.header(), title)
        st.stop()
    return agenda


def _other_months(page: Page, here: str) -> Markup:
    """The same page of the months that have an agenda, the latest first."""
    months = [Period.of(row.month) for row in read(store_of(page), meetings())]
    links = [
        link(page.address.link(here, month=month.key), month)
        for month in reversed(months)
        if month in page.figures.months
    ]
    template = Markup("<p>There is one of {}.</p>")
    return template.format(Markup(", ").join(links)) if links else Markup("")


def enter(page: Page) -> Room:
    """The month's meeting, for one to whom no name is given, nor any restricted record."""
    agenda = agenda_of(page, "room")
    nameless = replace(
        page.viewer, may_see_names=False, may_see_restricted=False, opened=frozenset()
    )
    return Room(replace(page, viewer=nameless), agenda, _screen_place(st.query_params.to_dict()))


def _screen_place(query: dict[str, str]) -> ScreenPlace:
    positions = {name: position(query, name) for name in ("screen", "rows", "note", "like")}
    return ScreenPlace(
        positions["screen"] or 1,
        positions["rows"],
        code(query, "child"),
        code(query, "case"),
        positions["note"],
        positions["like"],
    )


def standing_words(room: Room) -> str:
    """As at which day, and whether the month is frozen."""
    figures, month = room.figures, room.agenda.month
    if figures.is_provisional(month):
        return "the month is not over"
    if month in figures.stamps and not room.page.address.known_now:
        return "frozen"
    return "as known now" if room.page.address.known_now else "not frozen"


def nothing(words: str | Markup) -> Markup:
    """A screen's body where there is nothing to show: why, and what to do."""
    return Markup('<p class="cs-room-nothing">{}</p>').format(words)
