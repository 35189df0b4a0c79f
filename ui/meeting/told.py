"""What of the meeting is told to somebody to whom only some units' figures are open."""

from collections.abc import Iterable
from dataclasses import replace

from data_access.settings import EVERY_UNIT
from data_access.viewer import read_records
from meeting.actions import Action
from meeting.agenda import AgendaItem, ItemKind
from metrics.lists.child_story import about
from ui.session import Page


def actions_told(page: Page, actions: Iterable[Action]) -> list[Action]:
    """Those about no figure, the service's or an open unit's; about a child only an open one."""
    if EVERY_UNIT in page.viewer.figures:
        return list(actions)
    return [
        one
        for one in actions
        if is_told(page, one.metric, one.unit_id) and is_child_open(page, one.child_id)
    ]


def items_told(page: Page, items: Iterable[AgendaItem]) -> list[AgendaItem]:
    """The same of an agenda's items; not the questions that name the other units of a rule."""
    if EVERY_UNIT in page.viewer.figures:
        return list(items)
    return [
        replace(item, question="") if item.kind is ItemKind.WORTH else item
        for item in items
        if item.kind is not ItemKind.ACTION and is_told(page, item.metric, item.unit_id)
    ]


def is_told(page: Page, metric: str | None, unit_id: str | None) -> bool:
    """Whether what is about the figure is told: of no figure, the service's, an open unit's."""
    return metric is None or unit_id in page.figures.units


def is_child_open(page: Page, child_id: str | None) -> bool:
    """Whether there is no child, or one whose record is open."""
    if child_id is None:
        return True
    return bool(
        page.viewer.units and read_records(page.engine, about(child_id, page.basis), page.viewer)
    )
