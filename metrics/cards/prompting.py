"""Which prompts of the settings hold for a child: named conditions on what is recorded of it."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from data_access.cards.prompts import Prompt
from metrics.cards.known import SEEN_ALONE, Known

MOST_PROMPTS = 2
# By condition: what is recorded, the number of the settings beside it.
HOLDS: Mapping[str, Callable[[Known, int], bool]] = {
    "no_score_for": lambda known, days: known.days_without(known.last_scored_on) >= days,
    "not_seen_for": lambda known, days: known.days_without(known.last_seen_on) >= days,
    "not_seen_alone_for": lambda known, days: known.days_without(known.last_alone_on) >= days,
    "stage_lasts": lambda known, days: known.days_at_stage >= days,
    "assessment_open_for": lambda known, days: known.working_day >= days,
    "earlier_referrals": lambda known, number: len(known.earlier_referrals) >= number,
    "earlier_protection_plan": lambda known, _: known.earlier_protection_plans > 0,
    "visit_past_due": lambda known, _: _is_past(known, known.visit_due),
    "review_past_due": lambda known, _: _is_past(known, known.review_due),
    "placements_in_a_year": lambda known, number: len(known.placed_lately) >= number,
}
# What a condition asks for beyond the journey, and of which tables a source must have any row.
PARTS_OF_CONDITION: Mapping[str, tuple[str, ...]] = {
    "assessment_open_for": ("assessments",),
    "earlier_referrals": ("referrals",),
    "earlier_protection_plan": ("protection_plans",),
    "review_past_due": ("reviews",),
}
NEEDS: Mapping[str, str] = {
    "no_score_for": "scale_score",
    "not_seen_for": "visit",
    "not_seen_alone_for": SEEN_ALONE,
    "visit_past_due": "visit",
    "review_past_due": "review",
    "placements_in_a_year": "placement",
}


def prompts_that_hold(known: Known) -> Iterator[Prompt]:
    """The prompts of the child's stage whose condition holds, in the order of the settings.

    None of a condition on what the source lacks: then it would hold of every child.
    """
    for prompt in prompts_at(known.settings.prompts, known.standing.stage):
        needed = NEEDS.get(prompt.when, "")
        if {needed, needed.partition(".")[0]} & known.lacking:
            continue
        if HOLDS[prompt.when](known, prompt.number or 0):
            yield prompt


def prompts_at(prompts: Sequence[Prompt], stage: str) -> list[Prompt]:
    """Those of one stage."""
    return [prompt for prompt in prompts if prompt.stage == stage]


def parts_prompted(prompts: Sequence[Prompt], stage: str) -> list[str]:
    """The parts that the conditions of the stage's prompts ask for."""
    of_stage = prompts_at(prompts, stage)
    return [part for one in of_stage for part in PARTS_OF_CONDITION.get(one.when, ())]


def _is_past(known: Known, due: Any | None) -> bool:
    return due is not None and due.due_on < known.today
