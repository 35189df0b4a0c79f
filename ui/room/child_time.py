"""One child's time for the back of a room; what is not recorded is shown as a gap, and said."""

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import pairwise

from markupsafe import Markup
from sqlalchemy import Row

from charts.timeline import ROOM, DayEvent, Lane, Span, timeline, without_words
from metrics.sentence import written_date
from metrics.signs import Sign
from metrics.writing import several
from ui.child.journey import SHADES, STATUS_WORDS, Story, score_lanes

PARTS = ("statuses", "allocations", "placements", "visits", "scores", "clocks")
GAPS_SAID = 1
OTHER_SCALES = 1
UNNAMED_TOLD = 2
LEGEND = " · ".join(
    (
        Sign.SEEN.says("seen, tail to its recording"),
        Sign.TRIED.says("tried"),
        Sign.NOT_SEEN.says("not seen in time"),
    )
)
Gap = tuple[date, date | None]


def picture(story: Story, today: date, scale: str, rater: str) -> Markup:
    """The journey from left to right, then its latest gaps in words, then how to read it."""
    gaps = gaps_of(story, today)
    lanes = list(_lanes(story, gaps, today, scale, rater))
    latest_gaps = "".join(f"{words_said}. " for words_said in _said(story, gaps, today))
    legend = LEGEND + _undrawn_scores(story, scale, rater) + _unnamed(lanes, today)
    says = f"Timeline of status, who held the child, visits and scores. {latest_gaps}"
    earlier = len(gaps) - GAPS_SAID
    more = f"{several(earlier, 'earlier gap')}." if earlier > 0 else ""
    return Markup(
        '{}<p class="cs-room-small"><b>{}</b>{}</p><p class="cs-room-small">{}</p>'
    ).format(timeline(lanes, today, says, ROOM), latest_gaps, more, legend)


def _said(story: Story, gaps: Sequence[Gap], today: date) -> Iterator[str]:
    """When the child was last seen, up to the day on which the data end; then the latest gap."""
    seen = [row.visited_on for row in story["visits"] if row.was_seen]
    if seen and max(seen) < today:
        days = (today - max(seen)).days
        since = "Not seen since" if gaps and gaps[-1][1] is None else "Last seen on"
        yield (
            f"{since} {written_date(max(seen))}, {several(days, 'day')} before the data end"
            f" ({written_date(today)})"
        )
    yield from (gap_words(gap, today) for gap in gaps[-GAPS_SAID:] if gap[1] or not seen)


def gap_words(gap: Gap, today: date) -> str:
    since, until = gap
    days = ((until or today) - since).days
    end = (
        f"to {written_date(until)}" if until else f"until {written_date(today)}, as far as is known"
    )
    return f"No visit recorded from {written_date(since)} {end}: {several(days, 'day')}"


def gaps_of(story: Story, today: date) -> list[Gap]:
    """When a visit had fallen due and nobody is recorded to have seen the child, in any visit.

    From the start of the clock, which is the last visit or the plan's start, to the next time that
    the child was seen; None where that has not come.
    """
    seen = [row.visited_on for row in story["visits"] if row.was_seen]
    gaps: list[Gap] = []
    for row in sorted(story["clocks"], key=lambda row: row.clock_started_on):
        since = row.clock_started_on
        if not row.is_missed or any(since < day <= row.due_on for day in seen):
            continue
        until = min((day for day in seen if day > since), default=_end(row))
        if gaps and since < (gaps[-1][1] or today):
            continue
        gaps.append((since, until))
    return gaps


def _end(row: Row) -> date | None:
    """Where nobody has seen the child since: today while the clock runs, else what is certain."""
    return None if row.is_running else row.due_on


def _lanes(
    story: Story, gaps: Sequence[Gap], today: date, scale: str, rater: str
) -> Iterator[Lane]:
    yield _status(story)
    yield _held_by(story, today)
    if story["placements"]:
        yield _placements(story)
    yield Lane("Visits", (), [_visited(row) for row in story["visits"]])
    late = [
        DayEvent(day, "not seen")
        for day in _missed(story)
        if not any(_is_in(day, gap) for gap in gaps)
    ]
    if gaps or late:
        yield Lane("Not seen", [_gap_span(*gap, today) for gap in gaps], late)
    yield from _scores(story, today, scale, rater)


def _missed(story: Story) -> list[date]:
    return [row.due_on for row in story["clocks"] if row.is_missed]


def _is_in(day: date, gap: Gap) -> bool:
    since, until = gap
    return since <= day and (until is None or day <= until)


def _status(story: Story) -> Lane:
    return Lane(
        "Status",
        [
            Span(row.started_on, row.ended_on, STATUS_WORDS[row.status], SHADES[row.status])
            for row in story["statuses"]
        ],
    )


def _held_by(story: Story, today: date) -> Lane:
    led = [row for row in story["allocations"] if row.lead]
    held = [Span(row.started_on, row.ended_on, row.held_by or "no unit") for row in led]
    return Lane("Held by", [*held, *_by_nobody(story["statuses"], led, today)])


def _placements(story: Story) -> Lane:
    return Lane(
        "Placement",
        [
            Span(row.started_on, row.ended_on, row.kind or "placement", "faint")
            for row in story["placements"]
        ],
    )


def _gap_span(since: date, until: date | None, today: date) -> Span:
    """As much of it in words as its box has room for, and never the half of a word."""
    end = until or today
    days = f"{since.day} {since:%b} to {end.day} {end:%b}"
    shorter = (days, several((end - since).days, "day"))
    return Span(since, until, f"no visit recorded from {days}", "gap", shorter)


def _visited(row: Row) -> DayEvent:
    if not row.was_seen:
        return DayEvent(row.visited_on, "tried")
    return DayEvent(row.visited_on, "seen", "", row.recorded_on)


def _by_nobody(statuses: Sequence[Row], led: Sequence[Row], today: date) -> Iterator[Span]:
    """The days between two who held the child, on which it had a status."""
    spells = sorted((row.started_on, row.ended_on or today) for row in led)
    for (_, ended), (started, _) in pairwise(spells):
        if ended < started and any(
            row.started_on < started and (row.ended_on or today) > ended for row in statuses
        ):
            yield Span(ended, started, "nobody", "gap")


def _scores(story: Story, today: date, scale: str, rater: str) -> Iterator[Lane]:
    """The worker's own scores, a lane a scale; the configured scale even where it has none.

    The configured scale and one more: further scales would make all letters smaller.
    """
    own = [row for row in story["scores"] if row.rater == rater]
    if not any(row.scale == scale for row in own):
        first = min((row.started_on for row in story["statuses"]), default=today)
        yield Lane(scale.capitalize(), [Span(first, None, "no scale score", "gap")])
    others = sorted({row.scale for row in own} - {scale})[:OTHER_SCALES]
    for lane in score_lanes([row for row in own if row.scale in (scale, *others)]):
        yield Lane(lane.name.partition(",")[0], lane.spans, lane.events)


def _unnamed(lanes: Sequence[Lane], today: date) -> str:
    """What the boxes are that are too narrow for a name; of those not seen the lane's name says."""
    narrow = [one for one in without_words(lanes, today, ROOM) if one.shade != "gap"]
    told = [f"{one.words} from {written_date(one.started_on)}" for one in narrow[:UNNAMED_TOLD]]
    more = [f"{len(narrow) - UNNAMED_TOLD} more"] if len(narrow) > UNNAMED_TOLD else []
    return f" · too narrow for a name: {', '.join([*told, *more])}" if told else ""


def _undrawn_scores(story: Story, scale: str, rater: str) -> str:
    """Scores that have no lane here, so that nobody takes what is shown for all there is."""
    scales = sorted({row.scale for row in story["scores"] if row.rater == rater} - {scale})
    drawn_scales = {scale, *scales[:OTHER_SCALES]}
    rest = [row for row in story["scores"] if row.rater != rater or row.scale not in drawn_scales]
    return (
        f" · {several(len(rest), 'score')} by others or on other scales not drawn" if rest else ""
    )
