"""The stage card: what matters of a child at the stage of its case, each a fact with its source."""

from markupsafe import Markup
from sqlalchemy import Row

from charts.tables import link
from data_access.cards.prompts import Stage
from data_access.viewer import Viewer
from metrics.cards.cards import card_lines
from metrics.cards.known import Known
from metrics.cards.line import ACTIONS, SEGMENTS, Line
from metrics.cards.stages import NAMES, QUESTIONS, WITHOUT_PLANS
from metrics.sentence import written_date
from ui.child.journey import Story
from ui.child.known import known_of
from ui.child.prompts import Prompted, drawn_prompts, prompted
from ui.pages import PAGES
from ui.session import Page


def stage_card(page: Page, child: Row, story: Story, listing: Viewer) -> tuple[Markup, Prompted]:
    """The card of a child whose record is open to the viewer, and what stands on it as a prompt.

    Nothing of a child with no open case.
    """
    known = known_of(page, {child.child_id: story}, child.unit_id, listing)
    if not known:
        return Markup(""), Prompted()
    prompts = prompted(page, known)[child.child_id]
    card = Markup('<section class="cs-card" aria-label="Stage card"><h2>{}</h2>{}</section>')
    stage, body = staged(known[child.child_id]), card_body(page, known[child.child_id], prompts)
    return card.format(stage, body), prompts


def card_body(page: Page, known: Known, prompts: Prompted) -> Markup:
    """What stands on a card below its stage: its lines, then what is prompted."""
    lines = Markup("").join(_line(page, line) for line in card_lines(known))
    return Markup('<ul class="cs-card-lines">{}</ul>{}').format(lines, drawn_prompts(prompts))


def staged(known: Known) -> Markup:
    """The stage of the case, and its question."""
    stage = known.standing.stage
    is_unsure = stage is Stage.BETWEEN and "plan" in known.lacking
    named = WITHOUT_PLANS if is_unsure else NAMES[stage]
    return Markup("{}<span>{}</span>").format(named, QUESTIONS[stage])


def _line(page: Page, line: Line) -> Markup:
    day = written_date(line.on) if line.on else "–"
    missing = Markup(' class="cs-quiet"') if line.is_missing else ""
    says = f"{line.says[:1].upper()}{line.says[1:]}"
    return Markup("<li{}><b>{}</b><span>{} <small>{}</small></span></li>").format(
        missing, day, says, _source(page, line)
    )


def _source(page: Page, line: Line) -> Markup | str:
    """The table; where more is told of the fact on a page that is open, the way there."""
    if not line.leads_to:
        return line.source
    if line.leads_to == ACTIONS:
        return link(page.address.link("actions"), "all actions →")
    if line.leads_to != SEGMENTS:
        return link(page.address.link("metric", metric=line.leads_to), "the service’s figure →")
    if not PAGES["segments"].is_open_to(page.viewer):
        return line.source
    return link(page.address.link("segments", list="proposals", **page.address.unit), "segments →")
