"""A child's journey as a picture: which rows become which bands and marks."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from markupsafe import Markup
from sqlalchemy import Row

from charts.timeline import DayEvent, Lane, Span, lane_names, timeline
from charts.words import number_words, words
from metrics.cards.line import STATUS_WORDS as STATUS_WORDS
from metrics.sentence import written_date
from metrics.signs import Sign

SHADES = {"CLA": "strong", "CP": "middle", "CIN": "light", "assessment": "faint"}

# How the timeline is read: each shape as it is drawn.
KEY = " · ".join(
    (
        Sign.SEEN.says("seen, its tail ends when it was recorded"),
        Sign.TRIED.says("tried, not seen"),
        Sign.NOT_SEEN.says("due and not seen in time"),
        Sign.SCORED.says("scored"),
        "listed overdue: made in time, entered later",
        "dotted line: the last day of the data",
    )
)
Story = Mapping[str, Sequence[Row]]


def journey_picture(story: Story, today: date) -> Markup:
    """The journey from left to right. Its twins are the tables below."""
    lanes = [lane for lane in _lanes(story) if lane.spans or lane.events]
    says = (
        "Timeline of status, allocations, placements, when missing, visits and scores; the tables"
        " say the same"
    )
    drawn = (
        '<div class="cs-drawn" tabindex="0" role="region" aria-label="Timeline">'
        '<div class="cs-lanes">{}{}</div></div>'
        '<p class="cs-quiet"><small>{}</small></p>'
    )
    return Markup(drawn).format(
        lane_names(lanes, today),
        timeline(lanes, today, says),
        KEY,
    )


def _lanes(story: Story) -> list[Lane]:
    return [
        Lane(
            "Status",
            [
                Span(row.started_on, row.ended_on, STATUS_WORDS[row.status], SHADES[row.status])
                for row in story["statuses"]
            ],
        ),
        Lane("Held by", [_held(row) for row in story["allocations"] if row.lead]),
        Lane("Co-worked", [_held(row) for row in story["allocations"] if not row.lead]),
        Lane(
            "Placement",
            [
                Span(row.started_on, row.ended_on, row.kind or "placement")
                for row in story["placements"]
            ],
        ),
        Lane("Missing", [_away(row) for row in story["missing_episodes"]]),
        Lane("Visits", (), [_visited(row) for row in story["visits"]]),
        Lane("Listed overdue", [_listed(row) for row in story["clocks"] if row.listed_from]),
        Lane(
            "Missed",
            (),
            [DayEvent(row.due_on, "not seen") for row in story["clocks"] if row.is_missed],
        ),
        *score_lanes(story["scores"]),
    ]


def score_lanes(scores: Sequence[Row]) -> list[Lane]:
    """A lane for each scale and each who scores: their scores are never one line."""
    kinds = sorted({(row.scale, row.rater) for row in scores}, reverse=True)
    return [
        Lane(
            f"{scale.capitalize()}, {rater.replace('_', ' ')}",
            (),
            [
                DayEvent(row.scored_on, "scored", number_words(row.score))
                for row in scores
                if (row.scale, row.rater) == (scale, rater)
            ],
        )
        for scale, rater in kinds
    ]


def _held(row: Row) -> Span:
    return Span(
        row.started_on, row.ended_on, f"{row.held_by or 'no unit'} · {words(row.worker_name)}"
    )


def _away(row: Row) -> Span:
    """One of a night is as wide as can be seen; its days stand in the table."""
    return Span(row.started_on, row.ended_on, row.kind, "strong", (row.kind.split()[0],))


def _visited(row: Row) -> DayEvent:
    if not row.was_seen:
        return DayEvent(row.visited_on, "tried")
    return DayEvent(row.visited_on, "seen", "", row.recorded_on)


def _listed(row: Row) -> Span:
    return Span(row.listed_from, row.listed_until, "visit made in time", "faint")


def listed_words(row: Row) -> str:
    """When lists had the visit as overdue; the last day is the last on which they had."""
    last = row.listed_until - timedelta(days=1)
    until = "" if last == row.listed_from else f" to {written_date(last)}"
    since = "from" if until else "on"
    return (
        f"listed overdue {since} {written_date(row.listed_from)}{until}"
        f" although made on {written_date(row.visited_on)}"
    )
