"""The stage card: what matters of a child at the stage of its case, each a fact with its source."""

from collections.abc import Iterable, Mapping

from markupsafe import Markup
from sqlalchemy import Row, inspect, select

from charts.tables import link
from data_access.cards.prompts import Stage
from data_access.database import read
from data_access.schema import segment_proposal, visit
from data_access.viewer import Viewer, read_records
from meeting.actions import Action, every_action
from metrics.cards.asked import OF_THE_CHILD, OF_THE_FAMILY
from metrics.cards.cards import PARTS_OF, card_lines
from metrics.cards.known import SEEN_ALONE, Known, Rows
from metrics.cards.line import ACTIONS, SEGMENTS, Line
from metrics.cards.prompting import parts_prompted
from metrics.cards.service import of_the_service
from metrics.cards.stages import NAMES, QUESTIONS, WITHOUT_PLANS, standing, status_today
from metrics.lists.child_story import Opened
from metrics.sentence import written_date
from ui import kept
from ui.child.journey import Story
from ui.child.prompts import Prompted, drawn_prompts, prompted
from ui.meeting.told import actions_told
from ui.pages import PAGES
from ui.session import Page

# Of these a card says that something is not recorded: where the source has none, it says that.
TOLD_AS_MISSING = (
    *("assessment", "assessment_factor", "placement", "plan", "review", "scale_score", "visit"),
)


def stage_card(page: Page, child: Row, story: Story, listing: Viewer) -> tuple[Markup, Prompted]:
    """The card of a child whose record is open to the viewer, and what stands on it as a prompt.

    Nothing of a child with no open case.
    """
    known = known_of(page, child, story, listing)
    if known is None:
        return Markup(""), Prompted()
    prompts = prompted(page, child.child_id, known)
    return drawn_card(page, known, drawn_prompts(prompts)), prompts


def known_of(page: Page, child: Row, story: Story, listing: Viewer) -> Known | None:
    """What the card rests on; None of a child with no open case."""
    today, settings = page.live.load.as_at, page.live.settings
    status = status_today(story["statuses"], today)
    parts: dict[str, Rows] = {"proposal": (), **story}
    first = Stage(status.status) if status else Stage.BETWEEN
    asked = dict.fromkeys((*PARTS_OF[first], *parts_prompted(settings.prompts, first)))
    parts |= _read_parts(page, child, asked, listing)
    of_case = (parts.get("referrals", ()), parts.get("assessments", ()))
    lacking = _lacking(page)
    days, has_plans = settings.closing_days, "plan" not in lacking
    stands = standing(parts["statuses"], *of_case, today, days, has_plans)
    if stands is None:
        return None
    return Known(
        parts,
        stands,
        today,
        settings,
        lacking,
        of_the_service(page.live, stands.stage) if page.viewer.figures else {},
        {id: name for id, name in page.live.units.items() if id is not None},
        child.family_is_known,
        _open_actions(page, child.child_id) if stands.stage is Stage.CLOSING else None,
    )


def _open_actions(page: Page, child_id: str) -> list[Action] | None:
    """Meetings' actions on the child that are told to the viewer; None where there is no store."""
    store = page.published.store
    if store is None:
        return None
    of_child = (one for one in every_action(store) if one.child_id == child_id and one.is_open)
    return actions_told(page, of_child)


def _read_parts(
    page: Page, child: Row, names: Iterable[str], listing: Viewer
) -> Mapping[str, Rows]:
    """Parts by name; rows of brothers and sisters are of units that are open, and listed.

    A database that was derived before there were proposals has no table of them.
    """
    opened = Opened(child.child_id, child.unit_id)
    return {
        name: read_records(
            page.engine,
            (OF_THE_CHILD | OF_THE_FAMILY)[name](opened, page.basis),
            listing if name in OF_THE_FAMILY else page.viewer,
        )
        for name in names
        if name != "proposal" or inspect(page.engine).has_table(segment_proposal.name)
    }


def _lacking(page: Page) -> frozenset[str]:
    """The tables of which the source has no row; none where no load says how many it wrote."""
    written = page.live.load.tables
    if not written:
        return frozenset()
    tables = {one for one in TOLD_AS_MISSING if not written.get(one, {}).get("written")}
    return frozenset(tables | (set() if _says_alone(page) else {SEEN_ALONE}))


def _says_alone(page: Page) -> bool:
    """Whether any visit says that a child was seen alone, or was not."""

    def made() -> bool:
        said = select(visit.c.seen_alone).where(visit.c.seen_alone.is_not(None)).exists()
        ((answer,),) = read(page.engine, select(said))
        return bool(answer)

    return kept.made_once("visits say alone", page.loaded, made)


def drawn_card(page: Page, known: Known, prompts: Markup) -> Markup:
    """The card: its stage and question, its lines, then what is prompted."""
    stands = known.standing
    return Markup(
        '<section class="cs-card" aria-label="Stage card"><h2>{}<span>{}</span></h2>'
        '<ul class="cs-card-lines">{}</ul>{}</section>'
    ).format(
        _named(known),
        QUESTIONS[stands.stage],
        _lines(page, card_lines(known)),
        prompts,
    )


def _named(known: Known) -> str:
    stage = known.standing.stage
    return WITHOUT_PLANS if stage is Stage.BETWEEN and "plan" in known.lacking else NAMES[stage]


def _lines(page: Page, lines: Iterable[Line]) -> Markup:
    return Markup("").join(_line(page, line) for line in lines)


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
