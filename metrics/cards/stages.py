"""At which stage a child's case is today: from what is open, and how long nothing has been."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from data_access.cards.prompts import Stage
from data_access.relations import NEVER

QUESTIONS = {
    Stage.REFERRAL: "Is this the same worry again?",
    Stage.ASSESSMENT: "What would change our mind?",
    Stage.CIN: "Is it moving, or only open?",
    Stage.CP: "What has to be safer by the next review?",
    Stage.CLA: "Where will this child grow up?",
    Stage.BETWEEN: "What comes next, and who decides it?",
    Stage.CLOSING: "What would bring them back, and who would know first?",
}
NAMES = {
    Stage.REFERRAL: "Referral, no assessment started",
    Stage.ASSESSMENT: "Assessment",
    Stage.CIN: "Child in need plan",
    Stage.CP: "Child protection plan",
    Stage.CLA: "Looked after",
    Stage.BETWEEN: "Open, with no plan and no assessment",
    Stage.CLOSING: "To be closed: open, with no plan",
}


WITHOUT_PLANS = "Open, with no assessment; plans are not in this source"


@dataclass(frozen=True)
class Standing:
    """The stage, the day on which it began, and when the open referral came, if one is open."""

    stage: Stage
    began_on: date
    referred_on: date | None


def standing(
    statuses: Sequence[Any],
    referrals: Sequence[Any],
    assessments: Sequence[Any],
    today: date,
    closing_days: int,
    plans_are_known: bool = True,
) -> Standing | None:
    """The stage today; None of a child with no open case.

    A plan or assessment that is open says the stage: the highest, as `statuses` have it. Else an
    open referral does, the last of several: `referral` while nothing has begun or ended since it
    came, then `between` for `closing_days` after the last plan or assessment ended, then
    `closing`. A referral without further action opens no case. Where no source has plans nobody
    knows that there is none, so that nothing is to be closed.
    """
    referred_on = _referred_on(referrals, today)
    status = status_today(statuses, today)
    if status is not None:
        return Standing(Stage(status.status), status.started_on, referred_on)
    if referred_on is None:
        return None
    ended_on = _work_ended_on(statuses, assessments, referred_on, today)
    if ended_on is None:
        return Standing(Stage.REFERRAL, referred_on, referred_on)
    is_over = plans_are_known and today >= ended_on + timedelta(closing_days)
    return Standing(Stage.CLOSING if is_over else Stage.BETWEEN, ended_on, referred_on)


def status_today(statuses: Sequence[Any], today: date) -> Any | None:
    """The child's status, the highest that applies; None where no plan or assessment is open."""
    return next((one for one in statuses if _is_open(one.ended_on, today)), None)


def is_open_case(referral: Any, today: date) -> bool:
    """Whether the referral opened a case that goes on."""
    return referral.no_further_action is not True and _is_open(referral.closed_on, today)


def _referred_on(referrals: Sequence[Any], today: date) -> date | None:
    return max((one.received_on for one in referrals if is_open_case(one, today)), default=None)


def _is_open(ended_on: date | None, today: date) -> bool:
    return (ended_on or NEVER) > today


def _work_ended_on(
    statuses: Sequence[Any], assessments: Sequence[Any], referred_on: date, today: date
) -> date | None:
    """When the last plan or assessment since the referral ended; None where there was none.

    One that had begun before the referral came, and ended since, is of it too. An assessment that
    ended on the day on which it began is in no status, and was one.
    """
    ends = [one.ended_on for one in (*statuses, *assessments) if one.ended_on is not None]
    return max((day for day in ends if referred_on <= day <= today), default=None)
