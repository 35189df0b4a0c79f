"""What is sent round before and after a meeting: agenda, actions, what was agreed, by whom."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import Engine

from data_access.meeting_store import agendas as stored_agendas
from data_access.meeting_store.transactions import read
from meeting.action_verdicts import verdicts
from meeting.actions import Action, every_action
from meeting.agenda import Agenda, AgendaItem, proposed_items, read_agenda
from metrics.agenda_rules import worth_the_rooms_time
from metrics.figures import Figures
from metrics.model import Period

NO_ITEM = "No item"


@dataclass(frozen=True)
class PlannedMeeting:
    """What a pack takes from the store: the agenda's items, and the actions that are open."""

    items: tuple[AgendaItem, ...] = ()
    actions: tuple[Action, ...] = ()


@dataclass(frozen=True)
class FollowUp:
    """What a meeting agreed: decisions under their items, its actions, and how others stand."""

    agenda: Agenda
    decisions: tuple[tuple[str, str], ...]
    agreed: tuple[Action, ...]
    others: tuple[tuple[Action, str], ...]


def planned_meeting(store: Engine, figures: Figures, month: Period) -> PlannedMeeting:
    """The month's agenda, or what the rule proposes where nobody has made it; open actions.

    Those of this meeting and of earlier ones: what a later one agreed is not of this month.
    """
    agenda = read_agenda(store, month)
    if agenda:
        items = agenda.items
    else:
        items = proposed_items(store, figures, month, worth_the_rooms_time(figures, month))
    known = [action for action in every_action(store) if action.discussed <= month]
    return PlannedMeeting(items, tuple(action for action in known if action.is_open))


def follow_up(store: Engine, figures: Figures, agenda: Agenda) -> FollowUp:
    """What was agreed in the meeting of `agenda`, and every other action with its verdict."""
    titles = {item.id: item.title for item in agenda.items}
    decided = [
        row
        for row in read(store, stored_agendas.decisions())
        if row.meeting_id == agenda.meeting_id
    ]
    actions = every_action(store)
    verdicts_by_action = verdicts(figures, actions, agenda.month)
    others = [action for action in actions if action.meeting_id != agenda.meeting_id]
    return FollowUp(
        agenda,
        tuple((titles.get(row.agenda_item_id, NO_ITEM), row.words) for row in decided),
        tuple(action for action in actions if action.meeting_id == agenda.meeting_id),
        tuple(
            (action, verdicts_by_action[action.id].words if action.id in verdicts_by_action else "")
            for action in others
        ),
    )


def partner_of(owner: str, partners: Iterable[str]) -> str | None:
    """Which of the partners the owner of an action is, with or without "the"; None for no one."""
    return next((name for name in partners if _bare(name) == _bare(owner)), None)


def of_each_partner(
    actions: Sequence[Action], partners: Sequence[str]
) -> dict[str, tuple[Action, ...]]:
    """Each partner's own actions, the first due first, of those who have any."""
    owned = {
        name: tuple(
            sorted(
                (action for action in actions if partner_of(action.owner, partners) == name),
                key=lambda action: action.due_on,
            )
        )
        for name in partners
    }
    return {name: own for name, own in owned.items() if own}


def _bare(name: str) -> str:
    return " ".join(name.casefold().removeprefix("the ").split())
