"""What a prompt of a stage card may name: stages of a case, and conditions on what is recorded."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class Stage(StrEnum):
    """What is open of a child's case: a plan or assessment, or neither; each is one of these."""

    REFERRAL = "referral"
    ASSESSMENT = "assessment"
    CIN = "CIN"
    CP = "CP"
    CLA = "CLA"
    BETWEEN = "between"
    CLOSING = "closing"


# Of the others nothing is prompted: what has just ended needs a decision, not a reminder.
PROMPTED = tuple(stage.value for stage in Stage if stage is not Stage.BETWEEN)
# By condition, in what its number is; None for one that takes no number.
CONDITIONS: Mapping[str, str | None] = {
    "no_score_for": "days",
    "not_seen_for": "days",
    "not_seen_alone_for": "days",
    "stage_lasts": "days",
    "assessment_open_for": "working days",
    "earlier_referrals": "referrals",
    "earlier_protection_plan": None,
    "visit_past_due": None,
    "review_past_due": None,
    "placements_in_a_year": "placements",
}


@dataclass(frozen=True)
class Prompt:
    """A sentence that stands on a card of the stage while the condition holds, and where from.

    `number` is how many days, referrals or placements the condition asks for at least.
    """

    name: str
    stage: str
    when: str
    words: str
    source: str
    number: int | None = None
