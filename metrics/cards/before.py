"""Lines on what was before, and on those around the child: referrals, plans, brothers and sisters.

None where there is nothing to be said of the child; what is missing is said in words.
"""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from data_access.cards.prompts import Stage
from metrics.cards.known import Known, Rows
from metrics.cards.line import ACTION, ACTIONS, STATUS_WORDS, Line, how_long_ago, not_recorded
from metrics.segments.words import factor_words
from metrics.writing import several, written_date


def this_referral(known: Known) -> Line:
    """When the open referral came: nothing has begun since."""
    ago = how_long_ago(known.days_at_stage)
    return Line(f"received, {ago}; no assessment has started", known.began_on, "referral")


def earlier_referrals(known: Known) -> Line:
    """How many there were before, and how the last of them ended."""
    earlier = known.earlier_referrals
    if not earlier:
        return Line("no earlier referral in these data", None, "referral")
    last = max(earlier, key=lambda one: one.received_on)
    before = f"{several(len(earlier), 'earlier referral')}, the last on this day"
    if last.no_further_action:
        return Line(f"{before}: no further action", last.received_on, "referral")
    if last.closed_on is None or last.closed_on > known.today:
        return Line(f"{before}: still open", last.received_on, "referral")
    reason = f" ({last.closure_reason})" if last.closure_reason else ""
    gap = (known.case_began_on - last.closed_on).days
    closed = f"closed {several(gap, 'day')} before this one came"
    if gap < 0:
        closed = "closed since this one came"
    return Line(f"{before}: {closed}{reason}", last.received_on, "referral")


def earlier_plan_or_care(known: Known) -> Line:
    """The last time that the child was on a child protection plan or looked after, if it was."""
    earlier = known.earlier(("CP", "CLA"))
    if not earlier:
        return _none_before(known, "no earlier child protection plan or care in these data")
    last = max(earlier, key=lambda one: one.ended_on)
    return Line(f"{STATUS_WORDS[last.status]} before, until this day", last.ended_on, "plan")


def _none_before(known: Known, says: str) -> Line:
    if "plan" in known.lacking:
        return not_recorded(known, "plan", says)
    return Line(says, None, "plan")


def second_plan(known: Known) -> Line:
    """Whether an earlier child protection plan is known, here or as returned."""
    number = known.earlier_protection_plans
    if not number:
        return _none_before(known, "no earlier child protection plan is known")
    earlier = several(number, "earlier child protection plan")
    return Line(f"{earlier} known, here or as returned", None, "plan")


def siblings_held(known: Known) -> Line | None:
    """Brothers and sisters whom a unit holds today, of those who are open to the viewer."""
    held = known.siblings_held
    return Line(_held_today(held, _status_words), None, "allocation") if held else None


def siblings_and_who_leads(known: Known) -> Line:
    """The same with the lead workers, whom a new referral is to be talked over with."""
    held = known.siblings_held
    if held:
        return Line(_held_today(held, _status_and_lead), None, "allocation")
    if not known.family_is_known:
        says = "brothers and sisters are not known: no family is named"
        return Line(says, None, "child", is_missing=True)
    return Line("no brother or sister who is open to you is held today", None, "allocation")


def siblings_in_care(known: Known) -> Line | None:
    """Brothers and sisters, and that no source says whether those in care live together."""
    held = known.siblings_held
    if not held:
        return None
    said = _held_today(held, _status_words)
    if any(one.status == Stage.CLA for one in held):
        said += "; whether they are placed together is not in this source"
    return Line(said, None, "allocation")


def _held_today(held: Rows, tell: Callable[[Any], str]) -> str:
    by_unit = dict.fromkeys(f"{one.unit_name} ({tell(one)})" for one in held)
    who = several(len({one.child_id for one in held}), "brother or sister", "brothers or sisters")
    return f"{who} held today: {', '.join(by_unit)}"


def _status_words(one: Any) -> str:
    return STATUS_WORDS.get(one.status, "no plan or assessment open")


def _status_and_lead(one: Any) -> str:
    said = _status_words(one)
    return f"{said}; led by {one.worker_name}" if one.worker_name else said


def factors_last_time(known: Known) -> Line:
    """What the latest authorised assessment found."""
    found = known.parts["factors"]
    if not found:
        return not_recorded(known, "assessment", "no earlier assessment is authorised")
    codes = sorted(one.factor for one in found if one.factor is not None)
    if not codes:
        says = "no factor recorded in the last assessment"
        return not_recorded(known, "assessment_factor", says)
    listed = "; ".join(map(factor_words, codes))
    return Line(f"the last assessment found {listed}", found[0].authorised_on, "assessment_factor")


def open_actions(known: Known) -> Line:
    """What meetings agreed of the child and nobody has closed, the first due named."""
    if known.open_actions is None:
        return Line("open actions of meetings can’t be read now", None, ACTION, ACTIONS, True)
    if not known.open_actions:
        return Line("no open action of a meeting that is told to you", None, ACTION, ACTIONS)
    first = min(known.open_actions, key=lambda one: one.due_on)
    number = several(len(known.open_actions), "open action")
    said = f"{number}, the first due on this day: {first.task} ({first.owner})"
    return Line(said, first.due_on, ACTION, ACTIONS)


def nothing_open_since(known: Known) -> Line:
    """Since when no plan and no assessment is open, and from when that is a case to be closed."""
    ended = how_long_ago(known.days_at_stage)
    if "plan" in known.lacking:
        said = f"the last assessment ended {ended}; plans are not in this source"
        return Line(said, known.began_on, "assessment")
    said = f"the last plan or assessment ended {ended}"
    if known.standing.stage is Stage.BETWEEN:
        closing = known.began_on + timedelta(known.settings.closing_days)
        said += f"; from {written_date(closing)} on it counts as to be closed"
    return Line(said, known.began_on, "plan")


def back_within_a_year(known: Known) -> Line | None:
    """How many of the service's closed cases came back: of the service, and of no child."""
    key = "re_referred_after_closure"
    told = known.service.get(key)
    return Line(told, None, "referral", key) if told else None
