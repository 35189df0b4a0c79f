"""Lessons of meetings: what was tried, what happened, who takes it up."""

import sqlalchemy as sa
from alembic import op

from data_access.meeting_store.migrations.triggers import keep

revision = "0012"
down_revision = "0011"


def upgrade() -> None:
    """Makes the table; what was kept stays as it was."""
    op.create_table(
        "lesson",
        sa.Column("id", sa.String, primary_key=True),
        sa.Column("meeting_id", sa.String, sa.ForeignKey("meeting.id"), nullable=False),
        sa.Column("agenda_item_id", sa.String, sa.ForeignKey("agenda_item.id")),
        sa.Column("action_id", sa.String, sa.ForeignKey("action.id")),
        *(sa.Column(name, sa.String) for name in ("metric", "unit_id")),
        *(sa.Column(name, sa.Text, nullable=False) for name in ("tried", "happened")),
        *(sa.Column(name, sa.String, nullable=False) for name in ("taken_up_by", "by")),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
    )
    op.create_index("lesson_of_a_figure", "lesson", ["metric", "unit_id"])
    keep("lesson", "id = NEW.id")
