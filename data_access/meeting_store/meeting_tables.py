"""The tables of a meeting: its agenda, who sat in it, what was decided, and which cases were drawn.

Ids, months, moments and units as in `tables`. A child is named by its id and nothing else.
"""

from sqlalchemy import (
    CheckConstraint,
    Column,
    Date,
    ForeignKey,
    Index,
    Integer,
    String,
    Table,
    UniqueConstraint,
)

from data_access.meeting_store.free_text import Line, Name, Words
from data_access.meeting_store.tables import metadata, one_of
from data_access.stores.columns import Details, Moment

KINDS = ("action", "worth", "case_review", "unit_figures", "case_in_depth", "own")
ACTION_OUTCOMES = ("done", "not done", "dropped")
HOW_A_CASE_IS_FOUND = ("drawn", "chosen")
WHAT_A_CASE_IS_FOR = ("case_review", "case_in_depth")


def _id() -> Column:
    return Column("id", String, primary_key=True)


def _as_a_whole(name: str, *columns: str) -> CheckConstraint:
    """All of the columns hold something, or none."""
    first, *others = columns
    conditions = " AND ".join(f"({first} IS NULL) = ({other} IS NULL)" for other in others)
    return CheckConstraint(conditions, name=name)


meeting = Table(
    "meeting",
    metadata,
    _id(),
    Column("month", Date, nullable=False, unique=True),
    Column("held_on", Date),
    # What children's codes are made with: never shown, and another in each meeting.
    Column("key", String, nullable=False),
    Column("created_by", Name, nullable=False),
    Column("created_at", Moment, nullable=False),
)

action = Table(
    "action",
    metadata,
    _id(),
    Column("verb", Name, nullable=False),
    Column("what", Line, nullable=False),
    Column("owner", Name, nullable=False),
    Column("due_on", Date, nullable=False),
    # The figure that it is meant to change, if any.
    Column("metric", String),
    Column("unit_id", String),
    Column("child_id", String),
    Column("effect", Line),
    # The month in which it should show, by its first day.
    Column("look_on", Date),
    Column("agreed_in", String, ForeignKey("meeting.id"), nullable=False),
    Column("agreed_by", Name, nullable=False),
    Column("agreed_at", Moment, nullable=False),
    Column("closed_by", Name),
    Column("closed_at", Moment),
    Column("outcome", String),
    Column("outcome_words", Words),
    # The day on which it was done, which the meeting that closes it hears later.
    Column("done_on", Date),
    one_of("outcome", ACTION_OUTCOMES, "action_outcome_is_known"),
    _as_a_whole("closed_as_a_whole", "outcome", "closed_at", "closed_by"),
    CheckConstraint(
        "(done_on IS NULL) = (outcome IS NULL OR outcome <> 'done')", name="what_is_done_has_a_day"
    ),
)

draw = Table(
    "draw",
    metadata,
    _id(),
    Column("meeting_id", String, ForeignKey("meeting.id"), nullable=False),
    Column("purpose", String, nullable=False),
    # Among whom: unit, plan, rule. The seed is there where chance chose.
    Column("frame", Details, nullable=False),
    Column("seed", Name),
    Column("frame_size", Integer, nullable=False),
    # Of the cases drawn together, the first is 1.
    Column("position", Integer, nullable=False),
    Column("child_id", String, nullable=False),
    Column("chosen_by", Name, nullable=False),
    Column("at", Moment, nullable=False),
    Column("how", String, nullable=False),
    one_of("how", HOW_A_CASE_IS_FOUND, "how_is_known"),
    one_of("purpose", WHAT_A_CASE_IS_FOR, "purpose_is_known"),
    CheckConstraint("how = 'chosen' OR seed IS NOT NULL", name="a_drawn_case_has_its_seed"),
    Index("draw_of_a_meeting", "meeting_id"),
)

agenda_item = Table(
    "agenda_item",
    metadata,
    _id(),
    Column("meeting_id", String, ForeignKey("meeting.id"), nullable=False),
    Column("position", Integer, nullable=False),
    Column("kind", String, nullable=False),
    Column("title", Words, nullable=False),
    Column("question", Words, nullable=False),
    Column("minutes", Integer, nullable=False),
    Column("metric", String),
    # Of an item with a metric as in `figure`; of one without, NULL says nothing.
    Column("unit_id", String),
    Column("action_id", String, ForeignKey("action.id")),
    Column("draw_id", String, ForeignKey("draw.id")),
    # Struck off: it stays, so that who struck it off can be asked.
    Column("removed_at", Moment),
    Column("removed_by", Name),
    Column("started_at", Moment),
    Column("ended_at", Moment),
    UniqueConstraint("meeting_id", "action_id", name="an_action_once_on_an_agenda"),
    one_of("kind", KINDS, "kind_is_known"),
    CheckConstraint("minutes >= 0", name="minutes_are_not_negative"),
    _as_a_whole("removed_as_a_whole", "removed_at", "removed_by"),
    CheckConstraint("ended_at IS NULL OR started_at IS NOT NULL", name="begun_before_it_ends"),
    Index("agenda_item_of_a_meeting", "meeting_id"),
)

attendance = Table(
    "attendance",
    metadata,
    Column("meeting_id", String, ForeignKey("meeting.id"), primary_key=True),
    Column("role", Name, primary_key=True),
    Column("people", Integer, nullable=False),
    CheckConstraint("people > 0", name="somebody_attended"),
)

decision = Table(
    "decision",
    metadata,
    _id(),
    Column("meeting_id", String, ForeignKey("meeting.id"), nullable=False),
    Column("agenda_item_id", String, ForeignKey("agenda_item.id")),
    Column("words", Words, nullable=False),
    Column("by", Name, nullable=False),
    Column("at", Moment, nullable=False),
    Index("decision_of_a_meeting", "meeting_id"),
)
