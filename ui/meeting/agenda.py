"""The Agenda page's parts: the items with their minutes, and for the chair what it all comes to."""

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from charts.tables import folded, link, table
from data_access.settings import EVERY_UNIT
from data_access.viewer import Act
from meeting.action_verdicts import verdicts
from meeting.actions import every_action
from meeting.agenda import Agenda, AgendaItem, ItemKind, proposed_items, read_agenda
from meeting.costs import MeetingCosts, meeting_costs
from metrics.agenda_rules import Worth, worth_the_rooms_time
from metrics.catalogue import CATALOGUE
from metrics.figures import Figures
from metrics.sentence import count, written_date
from metrics.writing import several
from ui.address import Address, unit_address_parts
from ui.forms import store_of
from ui.meeting.present import ways_to_present, why_signed_out
from ui.meeting.told import items_told
from ui.pages import PAGES
from ui.session import Page

KINDS = {
    ItemKind.ACTION: "Action",
    ItemKind.WORTH: "Worth the room’s time",
    ItemKind.CASE_REVIEW: "Cases",
    ItemKind.UNIT_FIGURES: "Figures",
    ItemKind.CASE_IN_DEPTH: "Cases",
    ItemKind.OWN: "Own",
}
HEADINGS = ("No.", "Item", "Question", "What it is", "Minutes")
NOT_TOLD = "Actions, and what is about other units’ figures, are not in this list."
NOT_TOLD_OF_CHILDREN = "Actions about children who are not open to you are not in this list."
SPENT = ("Item", "Minutes", "People × minutes", "Decisions")


@dataclass(frozen=True)
class PlannedAgenda:
    """The agenda as it is; before anybody made it, None and what the rule would put on it.

    `not_told` says what is left out of the items for this viewer; empty where nothing is.
    """

    agenda: Agenda | None
    items: Sequence[AgendaItem]
    not_told: str


def planned_agenda(page: Page) -> PlannedAgenda:
    """The month's agenda, or what it would be: looking at a month makes no meeting of it."""
    store, month = store_of(page), page.address.view.period
    agenda = read_agenda(store, month)
    items = (
        agenda.items if agenda else proposed_items(store, page.figures, month, page.cached(_worth))
    )
    told = items_told(page, items)
    return PlannedAgenda(agenda, told, _not_told(page, agenda, len(told) == len(items)))


def _not_told(page: Page, agenda: Agenda | None, is_whole: bool) -> str:
    if EVERY_UNIT in page.viewer.figures:
        return "" if is_whole else NOT_TOLD_OF_CHILDREN
    # What the rule proposes of some units' figures is never what it proposes of all.
    return "" if is_whole and agenda else NOT_TOLD


def _worth(address: Address, figures: Figures) -> Worth:
    return worth_the_rooms_time(figures, address.view.period)


def agenda_title(page: Page, plan: PlannedAgenda) -> Markup:
    """How many items and minutes; the way to the room's screens once there is an agenda."""
    ways = _ways(page, plan.agenda) if plan.agenda else Markup("")
    under = why_signed_out(page) if plan.agenda else Markup("")
    return Markup(
        '<div class="cs-title"><h1>{}</h1><nav aria-label="This page">{}</nav></div><p>{}</p>{}'
    ).format(_message(plan), ways, _standing(plan), under)


def _ways(page: Page, agenda: Agenda) -> Markup:
    cases = Markup("")
    if PAGES["cases"].is_open_to(page.viewer):
        where = page.address.link("cases")
        cases = Markup('<a class="cs-button" href="{}" target="_self">Cases</a>').format(where)
    return cases + ways_to_present(page, agenda)


def _message(plan: PlannedAgenda) -> str:
    minutes = sum(item.minutes for item in plan.items)
    return f"{several(len(plan.items), 'item')}, {several(minutes, 'minute')}."


def _standing(plan: PlannedAgenda) -> str:
    return f"{_made(plan)} {plan.not_told}".strip()


def _made(plan: PlannedAgenda) -> str:
    if plan.agenda is None:
        return "This is what the rule proposes. Once it is made it can be changed and presented."
    if plan.agenda.held_on is None:
        return "No day is set for the meeting."
    return f"The meeting is on {written_date(plan.agenda.held_on)}."


def items(page: Page, plan: PlannedAgenda) -> Markup:
    """The items in their order; one that is about a figure leads to its chart."""
    rows = [
        (number, item_words(page, item), item.question, KINDS[item.kind], item.minutes)
        for number, item in enumerate(plan.items, start=1)
    ]
    return table(HEADINGS, rows)


def item_words(page: Page, item: AgendaItem) -> object:
    """An item's title, as a link to the figure or to the actions that it is about."""
    if item.kind is ItemKind.ACTION:
        return link(page.address.link("actions"), item.title)
    if item.metric not in CATALOGUE:
        return item.title
    unit = unit_address_parts(item.unit_id)
    return link(page.address.link("metric", metric=item.metric, **unit), item.title)


def for_the_chair(page: Page, agenda: Agenda) -> Markup:
    """What the meeting costs and yields, behind a fold: nobody else in the room needs it."""
    if not page.may(Act.CHAIR):
        return Markup("")
    store = store_of(page)
    actions = every_action(store)
    verdicts_by_action = verdicts(page.figures, actions, agenda.month)
    total = meeting_costs(store, agenda, actions, verdicts_by_action, page.live.load.as_at)
    return folded(
        "For the chair: what the meeting costs and yields",
        Markup('{}<ul class="cs-rules">{}</ul>').format(_spent(total), _yields(total)),
    )


def _spent(total: MeetingCosts) -> Markup:
    rows = [
        (
            spent.item.title,
            f"{spent.minutes} taken" if spent.is_timed else f"{spent.minutes} planned",
            _times(total.people, spent.minutes),
            spent.decisions,
        )
        for spent in total.spent
    ]
    all_of_it = (
        "All items",
        total.minutes,
        _times(total.people, total.minutes),
        len(total.decisions),
    )
    return table(SPENT, [*rows, all_of_it])


def _times(people: int | None, minutes: int) -> str | None:
    return None if people is None else count(people * minutes)


def _yields(total: MeetingCosts) -> Markup:
    people = "not noted" if total.people is None else count(total.people)
    lines = [
        f"People in the room: {people}.",
        f"Decisions: {len(total.decisions)}. {' '.join(total.decisions)}".strip(),
        f"Actions done in time: {total.done_in_time} of {total.were_due} that were due by now.",
        f"Actions that moved a line: {total.moved} of {total.can_be_judged} that can be judged.",
        *(f"“{item.title}” led to no decision in two meetings: drop it?" for item in total.to_drop),
    ]
    return Markup("").join(Markup("<li>{}</li>").format(line) for line in lines)
