"""What of the meeting is told to whom: as the figure, and the child, that it is about are open."""

from collections.abc import Collection, Iterable
from dataclasses import replace
from typing import Protocol, TypeVar

from data_access.guard.open_rows import named_in_units
from data_access.settings import EVERY_UNIT
from data_access.viewer import IDS_AT_ONCE, read_records
from meeting.actions import every_action
from meeting.agenda import AgendaItem, ItemKind
from ui.forms import store_of
from ui.pages import PAGES, ROOM
from ui.session import Page


class About(Protocol):
    """What was said of a figure, of a child, of both or of neither: an action, a lesson."""

    @property
    def metric(self) -> str | None: ...
    @property
    def unit_id(self) -> str | None: ...
    @property
    def child_id(self) -> str | None: ...


Said = TypeVar("Said", bound=About)


def those_told(page: Page, said: Iterable[Said]) -> list[Said]:
    """Those about no figure, the service's or an open unit's; about a child only an open one.

    Whoever may open the meeting is told of every child's: there each has its place. For anybody
    else it is written down of which children something is told.
    """
    of_figures = [one for one in said if _is_figure_told(page, one.metric, one.unit_id)]
    children = {one.child_id for one in of_figures if one.child_id is not None}
    closed = set() if opens_the_meeting(page) else children - _open_children(page, children)
    return [one for one in of_figures if one.child_id not in closed]


def items_told(page: Page, items: Iterable[AgendaItem]) -> list[AgendaItem]:
    """The items of an agenda that are told, an action's as the action.

    To whom a part of the figures is open no action is, nor a question that names the other units of
    a rule.
    """
    if EVERY_UNIT in page.viewer.figures:
        return _with_actions_told(page, list(items))
    return [
        replace(item, question="") if item.kind is ItemKind.WORTH else item
        for item in items
        if item.kind is not ItemKind.ACTION and _is_figure_told(page, item.metric, item.unit_id)
    ]


def _with_actions_told(page: Page, items: list[AgendaItem]) -> list[AgendaItem]:
    on_agenda = {item.action_id for item in items if item.action_id is not None}
    if opens_the_meeting(page) or not on_agenda:
        return items
    known = [action for action in every_action(store_of(page)) if action.id in on_agenda]
    closed = on_agenda - {action.id for action in those_told(page, known)}
    return [item for item in items if item.action_id not in closed]


def opens_the_meeting(page: Page) -> bool:
    """Whether the viewer may open the meeting, and so is told what it says of any child."""
    return PAGES[ROOM].is_open_to(page.viewer)


def _is_figure_told(page: Page, metric: str | None, unit_id: str | None) -> bool:
    is_open = EVERY_UNIT in page.viewer.figures or unit_id in page.figures.units
    return metric is None or is_open


def _open_children(page: Page, child_ids: Collection[str]) -> set[str]:
    """Those whose records are open; of nobody to whom no unit's are."""
    if not page.viewer.units:
        return set()
    ids, found = sorted(child_ids), set()
    for start in range(0, len(ids), IDS_AT_ONCE):
        query = named_in_units(ids[start : start + IDS_AT_ONCE], page.viewer.units)
        found |= {row.child_id for row in read_records(page.engine, query, page.viewer)}
    return found
