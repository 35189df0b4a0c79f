"""The unit's open actions, on its own page: what was agreed about its figures and is not done."""

from collections.abc import Sequence

from markupsafe import Markup

from charts.tables import link, table
from meeting.actions import Action, every_action
from metrics.sentence import written_date
from ui.learning.lessons import lessons_of_unit
from ui.meeting.told import those_told
from ui.session import Page

NONE = "No open action is about a figure of this unit."


def open_actions(page: Page) -> Markup:
    """Those about the unit's figures that are told, the first due first.

    Nothing where the store isn't read.
    """
    if page.published.store is None:
        return Markup("")
    unit_id = page.address.view.scope.unit_id
    of_unit = (
        action
        for action in every_action(page.published.store)
        # Without a figure an action is of no unit, whatever its unit says.
        if action.is_open and action.metric and action.unit_id == unit_id
    )
    ways = link(page.address.link("actions"), "all actions →") + lessons_of_unit(page)
    return Markup(
        '<section><h2>Open actions <small class="cs-quiet">{}</small></h2>{}</section>'
    ).format(ways, _listed(page, those_told(page, of_unit)))


def _listed(page: Page, actions: Sequence[Action]) -> Markup:
    if not actions:
        return Markup('<p class="cs-quiet">{}</p>').format(NONE)
    rows = [(action.task, action.owner, _due(page, action)) for action in actions]
    return table(("About its figures", "Owner", "Due"), rows)


def _due(page: Page, action: Action) -> str:
    """By the same day as the work lists beside it."""
    day, today = written_date(action.due_on), page.live.load.as_at
    if action.due_on == today:
        return f"{day}: today"
    return f"{day}: overdue" if action.due_on < today else day
