"""The Actions page's lists: open, due and closed, what each should change, and whether it did."""

from collections.abc import Mapping, Sequence

from markupsafe import Markup

from charts.tables import link, stacked
from charts.words import words
from meeting.action_effects import Moved, Verdict
from meeting.action_verdicts import verdicts
from meeting.actions import DONE, Action, every_action, figure_words
from meeting.follow_up import partner_of
from metrics.sentence import written_date
from metrics.writing import several
from ui.address import unit_address_parts
from ui.child.parts import child_name_shown
from ui.forms import store_of
from ui.meeting.told import those_told
from ui.session import Page

OPEN = (
    "Action",
    "Meeting about",
    "Owner",
    "Due",
    "Meant to change",
    "Look in",
    "Did the line move?",
)
CLOSED = (
    "Action",
    "Meeting about",
    "Owner",
    "Due",
    "Meant to change",
    "Outcome",
    "Did the line move?",
)


def actions_of(page: Page) -> list[Action]:
    """Every action of every meeting, as far as it is told to the viewer."""
    return those_told(page, every_action(store_of(page)))


def actions_title(page: Page, actions: Sequence[Action]) -> Markup:
    """How many are open and due: the page's message."""
    agenda = Markup('<a class="cs-button" href="{}" target="_self">Agenda of {}</a>').format(
        page.address.link("agenda"), page.address.view.period
    )
    ways = agenda + Markup(' <a class="cs-button" href="{}" target="_self">Lessons</a>').format(
        page.address.link("lessons")
    )
    return Markup(
        '<div class="cs-title"><h1>{}</h1><nav aria-label="This page">{}</nav></div>'
        "<p>An open action is on every agenda until it is closed. {}</p>"
    ).format(_message(page, actions), ways, _how_judged(page))


def _message(page: Page, actions: Sequence[Action]) -> str:
    open_actions = sum(action.is_open for action in actions)
    due = sum(action.is_due(page.live.load.as_at) for action in actions)
    if not open_actions:
        return "No action is open."
    open_words = several(open_actions, "action is open", "actions are open")
    return f"{open_words}, {due or 'none'} {'is' if due <= 1 else 'are'} due."


def _how_judged(page: Page) -> str:
    return (
        f"A line has moved when its chart, up to {page.address.view.period}, shows a change for the"
        " better that began after the action was agreed."
    )


def lists(page: Page, actions: Sequence[Action]) -> Markup:
    """Those about the figure that the address names, those that are due, the others that are open,
    then the closed, latest first: each once."""
    verdicts_by_action = verdicts(page.figures, actions, page.address.view.period)
    day = page.live.load.as_at
    own = [action for action in actions if action.is_open and _is_about_the_figure(page, action)]
    due = [action for action in actions if action.is_due(day) and action not in own]
    later = [
        action
        for action in actions
        if action.is_open and not action.is_due(day) and action not in own
    ]
    closed = sorted(
        (action for action in actions if not action.is_open), key=_closed_at, reverse=True
    )
    about = f"Open, about {figure_words(own[0], page.figures.units)}" if own else ""
    return Markup("{}{}{}{}").format(
        _section(about, page, OPEN, own, verdicts_by_action) if own else "",
        _section(f"Due or overdue on {written_date(day)}", page, OPEN, due, verdicts_by_action),
        _section("Not due yet", page, OPEN, later, verdicts_by_action),
        _section("Closed", page, CLOSED, closed, verdicts_by_action),
    )


def _is_about_the_figure(page: Page, action: Action) -> bool:
    address = page.address
    figure = (address.metric.key, address.view.scope.unit_id)
    return address.names_metric and (action.metric, action.unit_id) == figure


def _closed_at(action: Action) -> float:
    return action.closed_at.timestamp() if action.closed_at else 0


def _section(
    title: str,
    page: Page,
    headings: Sequence[str],
    actions: Sequence[Action],
    verdicts_by_action: Mapping[str, Verdict],
) -> Markup:
    if not actions:
        return Markup('<h2>{}</h2><p class="cs-quiet">None.</p>').format(title)
    row = _closed_row if headings is CLOSED else _open_row
    rows = [row(page, action, verdicts_by_action.get(action.id)) for action in actions]
    return Markup("<h2>{} <small>{}</small></h2>{}").format(
        title, len(actions), stacked(headings, rows)
    )


def _open_row(page: Page, action: Action, verdict: Verdict | None) -> tuple[object, ...]:
    look = str(action.look) if action.look else None
    changes = meant_to_change(page, action)
    told = (action.task, str(action.discussed), _owner(page, action), action.due_on)
    return *told, changes, look, verdict_words(verdict)


def _closed_row(page: Page, action: Action, verdict: Verdict | None) -> tuple[object, ...]:
    changes = meant_to_change(page, action)
    return (
        action.task,
        str(action.discussed),
        _owner(page, action),
        action.due_on,
        changes,
        outcome_words(action),
        verdict_words(verdict),
    )


def _owner(page: Page, action: Action) -> str:
    partner = partner_of(action.owner, page.live.settings.partners)
    return f"{action.owner} (partner)" if partner else action.owner


def outcome_words(action: Action) -> str:
    """How it ended: "done 1 October 2016", "dropped: no longer needed"."""
    if action.outcome == DONE:
        day = words(action.done_on)
        return f"done {day}: {action.outcome_words}" if action.outcome_words else f"done {day}"
    return f"{action.outcome}: {action.outcome_words}"


def meant_to_change(page: Page, action: Action) -> object:
    """The figure as a link, with the effect that is expected; a dash where none was named."""
    about = child_name_shown(page, action.child_id) if action.child_id else None
    name = figure_words(action, page.figures.units)
    if not name:
        return "; ".join(filter(None, (about, action.effect))) or None
    where = page.address.link("metric", metric=action.metric, **unit_address_parts(action.unit_id))
    effect = "".join(f": {text}" for text in (about, action.effect) if text)
    return Markup("{}{}").format(link(where, name), effect)


def verdict_words(verdict: Verdict | None) -> object:
    """Whether the line moved: in words, with no mark of a chart, which says more than this."""
    if verdict is None:
        return None
    css = "cs-better" if verdict.moved is Moved.MOVED else "cs-plain"
    return Markup('<span class="{}">{}</span>').format(css, verdict.words)
