"""The meeting itself: agenda, actions, attendance, decisions, and the cases drawn for it."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"

MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Makes the six tables, those that others point at first."""
    _meeting()
    _action()
    _draw()
    _agenda_item()
    _attendance()
    _decision()


def _needed(name: str, kind: sa.types.TypeEngine | type[sa.types.TypeEngine]) -> sa.Column:
    return sa.Column(name, kind, nullable=False)


def _id() -> sa.Column:
    return sa.Column("id", sa.String, primary_key=True)


def _one_of(column: str, name: str, *allowed: str) -> sa.CheckConstraint:
    listed = ", ".join(f"'{value}'" for value in allowed)
    return sa.CheckConstraint(f"{column} IS NULL OR {column} IN ({listed})", name=name)


def _meeting() -> None:
    op.create_table(
        "meeting",
        _id(),
        sa.Column("month", sa.Date, nullable=False, unique=True),
        sa.Column("held_on", sa.Date),
        _needed("key", sa.String),
        _needed("created_by", sa.String),
        _needed("created_at", MOMENT),
    )


def _action() -> None:
    op.create_table(
        "action",
        _id(),
        _needed("verb", sa.String),
        _needed("what", sa.Text),
        _needed("owner", sa.String),
        _needed("due_on", sa.Date),
        sa.Column("metric", sa.String),
        sa.Column("unit_id", sa.String),
        sa.Column("child_id", sa.String),
        sa.Column("effect", sa.Text),
        sa.Column("look_on", sa.Date),
        sa.Column("agreed_in", sa.String, sa.ForeignKey("meeting.id"), nullable=False),
        _needed("agreed_by", sa.String),
        _needed("agreed_at", MOMENT),
        sa.Column("closed_by", sa.String),
        sa.Column("closed_at", MOMENT),
        sa.Column("outcome", sa.String),
        sa.Column("outcome_words", sa.Text),
        sa.Column("done_on", sa.Date),
        _one_of("outcome", "action_outcome_is_known", "done", "not done", "dropped"),
        sa.CheckConstraint(
            "(outcome IS NULL) = (closed_at IS NULL) AND (outcome IS NULL) = (closed_by IS NULL)",
            name="closed_as_a_whole",
        ),
        sa.CheckConstraint(
            "(done_on IS NULL) = (outcome IS NULL OR outcome <> 'done')",
            name="what_is_done_has_a_day",
        ),
    )


def _draw() -> None:
    op.create_table(
        "draw",
        _id(),
        sa.Column("meeting_id", sa.String, sa.ForeignKey("meeting.id"), nullable=False),
        _needed("purpose", sa.String),
        _needed("frame", sa.Text),
        sa.Column("seed", sa.String),
        _needed("frame_size", sa.Integer),
        _needed("position", sa.Integer),
        _needed("child_id", sa.String),
        _needed("chosen_by", sa.String),
        _needed("at", MOMENT),
        _needed("how", sa.String),
        _one_of("how", "how_is_known", "drawn", "chosen"),
        _one_of("purpose", "purpose_is_known", "case_review", "case_in_depth"),
        sa.CheckConstraint("how = 'chosen' OR seed IS NOT NULL", name="a_drawn_case_has_its_seed"),
    )
    op.create_index("draw_of_a_meeting", "draw", ["meeting_id"])


def _agenda_item() -> None:
    kinds = ("action", "worth", "case_review", "unit_figures", "case_in_depth", "own")
    op.create_table(
        "agenda_item",
        _id(),
        sa.Column("meeting_id", sa.String, sa.ForeignKey("meeting.id"), nullable=False),
        _needed("position", sa.Integer),
        _needed("kind", sa.String),
        _needed("title", sa.Text),
        _needed("question", sa.Text),
        _needed("minutes", sa.Integer),
        sa.Column("metric", sa.String),
        sa.Column("unit_id", sa.String),
        sa.Column("action_id", sa.String, sa.ForeignKey("action.id")),
        sa.Column("draw_id", sa.String, sa.ForeignKey("draw.id")),
        sa.Column("removed_at", MOMENT),
        sa.Column("removed_by", sa.String),
        sa.Column("started_at", MOMENT),
        sa.Column("ended_at", MOMENT),
        sa.UniqueConstraint("meeting_id", "action_id", name="an_action_once_on_an_agenda"),
        _one_of("kind", "kind_is_known", *kinds),
        sa.CheckConstraint("minutes >= 0", name="minutes_are_not_negative"),
        sa.CheckConstraint(
            "(removed_at IS NULL) = (removed_by IS NULL)", name="removed_as_a_whole"
        ),
        sa.CheckConstraint(
            "ended_at IS NULL OR started_at IS NOT NULL", name="begun_before_it_ends"
        ),
    )
    op.create_index("agenda_item_of_a_meeting", "agenda_item", ["meeting_id"])


def _attendance() -> None:
    op.create_table(
        "attendance",
        sa.Column("meeting_id", sa.String, sa.ForeignKey("meeting.id"), primary_key=True),
        sa.Column("role", sa.String, primary_key=True),
        _needed("people", sa.Integer),
        sa.CheckConstraint("people > 0", name="somebody_attended"),
    )


def _decision() -> None:
    op.create_table(
        "decision",
        _id(),
        sa.Column("meeting_id", sa.String, sa.ForeignKey("meeting.id"), nullable=False),
        sa.Column("agenda_item_id", sa.String, sa.ForeignKey("agenda_item.id")),
        _needed("words", sa.Text),
        _needed("by", sa.String),
        _needed("at", MOMENT),
    )
    op.create_index("decision_of_a_meeting", "decision", ["meeting_id"])
