"""The deck's slides around its figures: the actions that are open, and what each figure counts."""

from pptx.presentation import Presentation
from pptx.util import Inches

from charts.palette import QUIET
from exports.excel.definitions import HIDDEN_RULE
from exports.pack import Pack
from exports.powerpoint.parts import EDGE, ROOM, SMALL, add_lines, add_slide, add_table, by_slide
from exports.text import shown_as
from meeting.actions import Action, figure_words
from metrics.catalogue import CATALOGUE
from metrics.sentence import written_date

ACTIONS_A_SLIDE = 6
ACTION_HEADINGS = ("Action", "Owner", "Due", "Measure", "Effect expected")
MISSING = "A dash is missing, never 0. The rules of each count are in Excel, on Definitions."


def add_actions(deck: Presentation, content: Pack) -> None:
    """Those that are open, as many a slide as can be read; no slide where none is."""
    actions = content.meeting.actions
    many = "1 action is open" if len(actions) == 1 else f"{len(actions)} actions are open"
    for rows in by_slide([_action_row(content, action) for action in actions], ACTIONS_A_SLIDE):
        slide = add_slide(deck, content, f"{many} before the meeting about {content.period}")
        box = (EDGE, Inches(1.3), ROOM, Inches(4.5))
        add_table(slide, box, ACTION_HEADINGS, rows, (38, 17, 14, 17, 14))


def _action_row(content: Pack, action: Action) -> tuple[str, ...]:
    about = figure_words(action, content.figures.units)
    return action.task, action.owner, written_date(action.due_on), about, action.effect or ""


def add_definitions(deck: Presentation, content: Pack) -> None:
    """A line a metric: what is divided by what, and how it is shown."""
    slide = add_slide(deck, content, "What each number counts")
    rows = [
        (
            f"{metric.number} {metric.name}",
            metric.words.quotient,
            shown_as(metric),
        )
        for metric in CATALOGUE.values()
    ]
    box = (EDGE, Inches(1.3), ROOM, Inches(4))
    add_table(slide, box, ("Measure", "Counts", "Shown as"), rows, (22, 46, 32))
    rules = [MISSING] if content.is_for_the_service else [MISSING, HIDDEN_RULE]
    add_lines(slide, (EDGE, Inches(5.9), ROOM, Inches(1)), rules, SMALL, QUIET)
