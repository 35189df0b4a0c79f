"""Lines on what goes on: visits, reviews, scores, the assessment, the placement, the proposal.

None where there is nothing to be said of the child; what is missing is said in words.
"""

from datetime import date

from data_access.cards.prompts import Stage
from data_access.due.states import OVERDUE
from metrics.cards.known import SEEN_ALONE, Known, Rows
from metrics.cards.line import BEGAN, SEGMENTS, Line, how_long_ago, not_recorded
from metrics.definitions.in_time.assessments_in_45_days import LIMIT
from metrics.segments.rules import rules_on
from metrics.segments.words import why
from metrics.writing import number_words, several, written_date


def working_day(known: Known) -> Line:
    """On which working day of its 45 the open assessment is."""
    one = known.open_assessment
    if one is None or one.working_day is None:
        said = "begun; the calendar of these data does not reach back to its 45 working days"
        return Line(said, one.started_on if one else known.began_on, "assessment")
    last = f" (until {written_date(one.due_on)})"
    if one.working_day > LIMIT:
        over = several(one.working_day - LIMIT, "working day")
        said = f"begun: {over} past its {LIMIT}{last}"
    else:
        said = f"begun: working day {one.working_day} of {LIMIT}{last}"
    return Line(said, one.started_on, "assessment")


def seen_since(known: Known) -> Line:
    """Whether the child was seen since the stage began, and seen alone."""
    began = BEGAN[known.standing.stage]
    seen, alone = known.last_seen_on, known.last_alone_on
    if seen is None or seen < known.began_on:
        return not_recorded(known, "visit", f"no visit recorded since {began}")
    said = _never_alone(known)
    if alone is not None:
        since = "" if alone >= known.began_on else f", before {began}"
        said = f"last alone on {written_date(alone)}{since}"
    return Line(f"last seen; {said}", seen, "visit")


def _never_alone(known: Known) -> str:
    if SEEN_ALONE in known.lacking:
        return "whether alone is not in this source"
    return "not recorded as seen alone"


def last_seen(known: Known) -> Line:
    """When anyone last saw the child, and when alone, at whatever stage that was."""
    seen, alone = known.last_seen_on, known.last_alone_on
    if seen is None:
        return not_recorded(known, "visit", "no visit recorded on which the child was seen")
    said = f"last alone on {written_date(alone)}" if alone else _never_alone(known)
    return Line(f"last seen; {said}", seen, "visit")


def next_visit(known: Known) -> Line:
    """When the child is to be seen next and who set it; of care by all three clocks."""
    due = known.visit_due
    if due is None:
        says = "when the next visit is due can’t be told from these data"
        return Line(says, None, "visit_due", is_missing=True)
    past = "visit due, and not recorded" if due.due_on < known.today else "next visit due"
    said = f"{past}, by the standard"
    if due.set_by == "agreed":
        said = f"{past}, by the interval agreed; standard: {written_date(due.standard_due_on)}"
    if due.lawful_due_on is not None:
        said += f"; law: {written_date(due.lawful_due_on)}"
    return Line(said, due.due_on, "visit")


def next_review(known: Known) -> Line:
    """When the next review of the plan is to be held."""
    due = known.review_due
    if due is None:
        return not_recorded(known, "review", "no review is due by these data")
    if due.state == OVERDUE:
        late = several(due.days, "working day")
        return Line(f"review due {late} ago, and not recorded as held", due.due_on, "review")
    return Line("next review due", due.due_on, "review")


def scores_at_stage(known: Known) -> Line:
    """First and latest score since the stage began."""
    return _scores(known, known.began_on, BEGAN[known.standing.stage])


def scores_of_case(known: Known) -> Line:
    """First and latest score since the open referral came."""
    has_referral = known.standing.referred_on is not None
    return _scores(
        known,
        known.case_began_on,
        "the referral" if has_referral else BEGAN[known.standing.stage],
    )


def _scores(known: Known, day: date, began: str) -> Line:
    by_rater = known.scores_since(day)
    if not by_rater:
        return not_recorded(known, "scale_score", f"no score recorded since {began}")
    said = [
        f"{scale}, scored by {rater.replace('_', ' ')}: {_first_and_last(rows)}"
        for (scale, rater), rows in by_rater.items()
    ]
    last = max(rows[-1].scored_on for rows in by_rater.values())
    return Line("; ".join(said), last, "scale_score")


def _first_and_last(rows: Rows) -> str:
    first, last = rows[0], rows[-1]
    said = f"{number_words(first.score)} on {written_date(first.scored_on)}"
    if len(rows) == 1:
        return f"{said}, once"
    return f"{said}, {number_words(last.score)} on {written_date(last.scored_on)}"


def proposal(known: Known) -> Line | None:
    """The unit that the rules propose for the family, and why; nothing where there are no rules."""
    rules = rules_on(known.settings.segments, known.today)
    if not rules.rules:
        return None
    if "assessment_factor" in known.lacking:
        return not_recorded(known, "assessment_factor", "no factor recorded")
    rows = known.parts["proposal"]
    if not rows:
        return Line("no proposal of a unit is open to you", None, "segment_proposal")
    said = f"rules of units: {why(rows[0], rules, known.units).rstrip('.')}"
    why_not = known.not_there.get(rows[0].proposed_unit)
    said = f"{said}; it is a unit {why_not}" if why_not else said
    return Line(said, rows[0].as_on, "segment_proposal", SEGMENTS)


def enquiry(known: Known) -> Line | None:
    """The last enquiry of the case, and whether its conference was held."""
    of_case = [one for one in known.parts["enquiries"] if one.started_on >= known.case_began_on]
    if not of_case:
        return None
    last = max(of_case, key=lambda one: (one.started_on, one.held_on or date.min))
    said = "no conference recorded since"
    if last.held_on:
        said = f"conference held on {written_date(last.held_on)}"
    elif last.conference_not_needed:
        said = "recorded as needing no conference"
    return Line(f"enquiry begun; {said}", last.started_on, "enquiry")


def time_at_stage(known: Known) -> Line:
    """How long the stage has lasted, and how long half of such stays last in the service."""
    key = f"time_in_{known.standing.stage.lower()}"
    so_far = how_long_ago(known.days_at_stage)
    began = "came into care" if known.standing.stage is Stage.CLA else "plan began"
    said = f"{began}: {so_far}"
    told = known.service.get(key)
    return Line(f"{said}. {told}" if told else said, known.began_on, "plan", key if told else "")


def placements(known: Known) -> Line:
    """How often the child moved within care in twelve months, and where it is now."""
    now = [one for one in known.parts["placements"] if one.started_on <= known.today]
    open_now = [one for one in now if one.ended_on is None or one.ended_on > known.today]
    if not open_now:
        return not_recorded(known, "placement", "no placement is open by these data")
    last = max(open_now, key=lambda one: one.started_on)
    moved = len(known.placed_lately)
    moves = f"{several(moved, 'move')} in twelve months" if moved else "no move in twelve months"
    return Line(f"{last.kind or 'placement'} since; {moves}", last.started_on, "placement")
