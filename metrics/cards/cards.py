"""Which lines stand on the card of each stage, at most six, and what they ask for."""

from collections.abc import Callable, Mapping

from data_access.cards.prompts import Stage
from metrics.cards import before, now
from metrics.cards.known import Known
from metrics.cards.line import Line

ASKS: Mapping[Stage, tuple[Callable[[Known], Line | None], ...]] = {
    Stage.REFERRAL: (
        before.this_referral,
        before.earlier_referrals,
        before.earlier_plan_or_care,
        before.siblings_and_who_leads,
    ),
    Stage.ASSESSMENT: (
        now.working_day,
        before.factors_last_time,
        now.seen_since,
        now.scores_of_case,
        now.proposal,
        now.enquiry,
    ),
    Stage.CIN: (
        now.last_seen,
        now.next_visit,
        now.scores_at_stage,
        now.time_at_stage,
        before.earlier_plan_or_care,
        before.siblings_held,
    ),
    Stage.CP: (
        now.last_seen,
        now.next_visit,
        now.next_review,
        before.second_plan,
        now.time_at_stage,
        now.scores_at_stage,
    ),
    Stage.CLA: (
        now.last_seen,
        now.next_visit,
        now.next_review,
        now.placements,
        now.time_at_stage,
        before.siblings_in_care,
    ),
    Stage.BETWEEN: (
        before.nothing_open_since,
        now.scores_of_case,
        now.last_seen,
        before.siblings_held,
    ),
    Stage.CLOSING: (
        before.nothing_open_since,
        now.scores_of_case,
        now.last_seen,
        before.earlier_referrals,
        before.open_actions,
        before.back_within_a_year,
    ),
}
# What a line asks for is read only for a card that has it; a journey's parts are read anyhow.
PARTS_OF: Mapping[Stage, tuple[str, ...]] = {
    Stage.REFERRAL: ("referrals", "assessments", "siblings", "family"),
    Stage.ASSESSMENT: ("referrals", "assessments", "factors", "enquiries", "proposal"),
    Stage.CIN: ("siblings",),
    Stage.CP: ("reviews", "protection_plans"),
    Stage.CLA: ("reviews", "siblings"),
    Stage.BETWEEN: ("referrals", "assessments", "siblings"),
    Stage.CLOSING: ("referrals", "assessments"),
}


def card_lines(known: Known) -> list[Line]:
    """What the card of the child's stage says, in the stage's own order."""
    told = (ask(known) for ask in ASKS[known.standing.stage])
    return [line for line in told if line is not None]
