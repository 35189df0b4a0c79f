"""What stage cards rest on: asked of every child of a list at once, as of one."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import inspect, select

from data_access.cards.prompts import Stage
from data_access.database import read
from data_access.schema import segment_proposal, visit
from data_access.viewer import Viewer, read_records
from meeting.actions import Action, every_action
from metrics.cards.asked import OF_THE_CHILD, OF_THE_FAMILY
from metrics.cards.cards import PARTS_OF
from metrics.cards.known import SEEN_ALONE, Known, Rows
from metrics.cards.prompting import parts_prompted
from metrics.cards.service import of_the_service
from metrics.cards.stages import Standing, standing, status_today
from metrics.lists.opened import Opened, by_child
from ui import kept
from ui.child.journey import Story
from ui.meeting.told import those_told
from ui.segments.ruled import not_there_on
from ui.session import Page

# The parts of a journey that a card or a prompt may tell of.
OF_A_JOURNEY = ("statuses", "visits", "scores", "clocks", "placements")
# What says at which stage a child is of whom no plan and no assessment is open.
OF_A_CASE = ("referrals", "assessments")
# Of these a card says that something is not recorded: where the source has none, it says that.
TOLD_AS_MISSING = (
    *("assessment", "assessment_factor", "placement", "plan", "review", "scale_score", "visit"),
)


@dataclass(frozen=True)
class _Asked:
    """The parts that are known so far, by child and name."""

    page: Page
    unit_id: str | None
    listing: Viewer
    lacking: frozenset[str]
    parts: Mapping[str, dict[str, Rows]]

    def stages(self) -> dict[str, Standing]:
        """At which stage each child is whose case is open."""
        stands = {child_id: self._standing(parts) for child_id, parts in self.parts.items()}
        return {child_id: stage for child_id, stage in stands.items() if stage is not None}

    def _standing(self, parts: Mapping[str, Rows]) -> Standing | None:
        live = self.page.live
        return standing(
            parts["statuses"],
            parts.get("referrals", ()),
            parts.get("assessments", ()),
            live.load.as_at,
            live.settings.closing_days,
            "plan" not in self.lacking,
        )

    def ask(self, wanted: Mapping[str, Sequence[str]]) -> None:
        """Reads each part of the children for whom it is wanted, in one query a part."""
        for name, child_ids in wanted.items():
            rows = self._read(name, Opened(tuple(child_ids), self.unit_id)) if child_ids else {}
            for child_id in child_ids:
                self.parts[child_id][name] = rows.get(child_id, ())

    def _read(self, name: str, opened: Opened) -> Mapping[str, Rows]:
        """Rows by the child told of; those of brothers and sisters are of units that are open.

        A database that was derived before there were proposals has no table of them.
        """
        page, basis = self.page, self.page.basis
        if name in OF_THE_CHILD:
            rows = read_records(page.engine, OF_THE_CHILD[name](opened, basis), page.viewer)
            return by_child(rows)
        if name == "proposal" and not inspect(page.engine).has_table(segment_proposal.name):
            return {}
        rows = read_records(page.engine, OF_THE_FAMILY[name](opened, basis), self.listing)
        return by_child(rows, "told_of")

    def wanted(self, stages: Mapping[str, Standing]) -> Mapping[str, Sequence[str]]:
        """For each part that is not known yet the children whose card or prompts need it."""
        wanted = defaultdict(list)
        prompts = self.page.live.settings.prompts
        for child_id, stands in stages.items():
            needed = (*PARTS_OF[stands.stage], *parts_prompted(prompts, stands.stage))
            for name in dict.fromkeys(needed):
                if name not in self.parts[child_id]:
                    wanted[name].append(child_id)
        return wanted


def known_of(
    page: Page, stories: Mapping[str, Story], unit_id: str | None, listing: Viewer
) -> dict[str, Known]:
    """What the card of each child rests on; nothing of a child with no open case.

    `stories` have at least `OF_A_JOURNEY`. `listing` reads of brothers and sisters.
    """
    parts = {child_id: dict(story) for child_id, story in stories.items()}
    asked, today = _Asked(page, unit_id, listing, _lacking(page), parts), page.live.load.as_at
    unsaid = [id for id, known in parts.items() if status_today(known["statuses"], today) is None]
    asked.ask(dict.fromkeys(OF_A_CASE, unsaid))
    asked.ask(asked.wanted(asked.stages()))
    return _known(asked, asked.stages())


def _known(asked: _Asked, stages: Mapping[str, Standing]) -> dict[str, Known]:
    page = asked.page
    told = {stands.stage for stands in stages.values()}
    service = {stage: of_the_service(page.live, stage) for stage in told}
    units = {id: name for id, name in page.live.units.items() if id is not None}
    to_be_closed = [id for id, stands in stages.items() if stands.stage is Stage.CLOSING]
    actions = _open_actions(page, to_be_closed)
    not_there = not_there_on(page, page.live.load.as_at) if Stage.ASSESSMENT in told else {}
    return {
        child_id: Known(
            asked.parts[child_id],
            stands,
            page.live.load.as_at,
            page.live.settings,
            asked.lacking,
            service[stands.stage],
            units,
            actions.get(child_id),
            not_there,
        )
        for child_id, stands in stages.items()
    }


def _open_actions(page: Page, child_ids: Sequence[str]) -> dict[str, list[Action]]:
    """Meetings' actions on each child that are told to the viewer; empty without a store."""
    store = page.published.store
    if store is None or not child_ids:
        return {}
    found: dict[str, list[Action]] = {child_id: [] for child_id in child_ids}
    of_children = (one for one in every_action(store) if one.child_id in found and one.is_open)
    for action in those_told(page, of_children):
        assert action.child_id is not None, "those of a child alone were asked for"
        found[action.child_id].append(action)
    return found


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
