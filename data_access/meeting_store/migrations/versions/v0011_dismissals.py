"""Which prompts of a child's card were dismissed, why, and by whom."""

import sqlalchemy as sa
from alembic import op

from data_access.meeting_store.migrations.triggers import keep

revision = "0011"
down_revision = "0010"


def upgrade() -> None:
    """Makes the table; what was dismissed is kept as it was."""
    op.create_table(
        "prompt_dismissal",
        sa.Column("id", sa.String, primary_key=True),
        *(sa.Column(name, sa.String, nullable=False) for name in ("child_id", "stage")),
        sa.Column("began_on", sa.Date, nullable=False),
        sa.Column("prompt", sa.String, nullable=False),
        sa.Column("reason", sa.Text, nullable=False),
        sa.Column("by", sa.String, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
    )
    op.create_index("prompt_dismissal_child", "prompt_dismissal", ["child_id"])
    keep("prompt_dismissal", "id = NEW.id")
