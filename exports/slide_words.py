"""What slides say around their charts, the same in PowerPoint and PDF: cover, lists, last page."""

from collections.abc import Sequence

from exports.excel.definitions import HIDDEN_RULE
from exports.pack import Pack
from exports.text import INVENTED, shown_as
from meeting.actions import Action, figure_words
from metrics.sentence import written_date
from metrics.writing import several

ITEM_HEADINGS, ITEM_SHARES = ("What the figures say", "To ask"), (68, 32)
AGENDA_HEADINGS, AGENDA_SHARES = ("No.", "Item", "Question", "Minutes"), (6, 50, 34, 10)
ACTION_HEADINGS = ("Action", "Owner", "Due", "Measure", "Effect expected")
ACTION_SHARES = (38, 17, 14, 17, 14)
COUNT_HEADINGS, COUNT_SHARES = ("Measure", "Counts", "Shown as"), (22, 46, 32)
WHAT_COUNTS = "What each number counts"
NO_ITEM = "By the rules nothing is worth the room’s time: all varies as it usually does"
UNKNOWN = "No figure of this month has a value, so nothing can be said of it"
MISSING = "A dash is missing, never 0. The rules of each count are in Excel, on Definitions."
Rows = list[tuple[str, ...]]


def cover_title(content: Pack) -> str:
    return f"ChildStat: {content.period}"


def cover_lines(content: Pack) -> list[str]:
    """Whose, whether it is frozen, for whom, and what there is to know of all of it."""
    stamp = content.figures.stamps.get(content.period)
    frozen = (
        f"Frozen (version {stamp.version})."
        if stamp
        else "Not published: figures may still change."
    )
    told = [*content.doubts, *content.without_slides]
    return [content.council, frozen, f"For {content.audience_words}.", *told]


def foot_parts(content: Pack) -> list[str]:
    """What every slide carries."""
    carried = [f"ChildStat · {content.period}", f"as at {written_date(content.as_at)}"]
    carried += [content.council, *([INVENTED] if content.is_invented else [])]
    carried += ["provisional"] if content.is_provisional else []
    return carried if content.is_for_the_service else [*carried, f"for {content.audience_words}"]


def worth_title(content: Pack) -> str:
    worth = content.worth
    none = NO_ITEM if worth.has_values else UNKNOWN
    return "Worth the room’s time" if worth.items else none


def item_rows(content: Pack) -> Rows:
    """At most five, each with its question."""
    return [
        (f"{item.sentence} {item.others}".strip(), item.question) for item in content.worth.items
    ]


def rest_words(content: Pack) -> str:
    """How much there is beside the items."""
    worth = content.worth
    return (
        f"Usual variation: {several(len(worth.usual), 'figure')}. Unusual but small:"
        f" {len(worth.small)}."
        f" Not judged: {len(worth.unjudged)}."
        f" Beyond the first five: {len(worth.more)}."
    )


def agenda_title(content: Pack) -> str:
    items = content.meeting.items
    minutes = sum(item.minutes for item in items)
    return f"The agenda: {several(len(items), 'item')}, {several(minutes, 'minute')}"


def agenda_rows(content: Pack) -> Rows:
    return [
        (str(number), item.title, item.question, str(item.minutes))
        for number, item in enumerate(content.meeting.items, 1)
    ]


def actions_title(content: Pack) -> str:
    actions = content.meeting.actions
    many = several(len(actions), "action is open", "actions are open")
    return f"{many}, of meetings up to {content.period}’s"


def action_rows(content: Pack) -> Rows:
    return [_action_row(content, action) for action in content.meeting.actions]


def _action_row(content: Pack, action: Action) -> tuple[str, ...]:
    about = figure_words(action, content.figures.units)
    return action.task, action.owner, written_date(action.due_on), about, action.effect or ""


def count_rows(content: Pack) -> Rows:
    """A line a metric: what is divided by what, and how it is shown."""
    return [
        (f"{metric.number} {metric.name}", metric.words.quotient, shown_as(metric))
        for metric in content.metrics
    ]


def rules(content: Pack) -> Sequence[str]:
    return [MISSING] if content.is_for_the_service else [MISSING, HIDDEN_RULE]
