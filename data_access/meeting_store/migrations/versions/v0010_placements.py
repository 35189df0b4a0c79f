"""Why a family is held by another unit than its rules say, noted by whoever decides."""

import sqlalchemy as sa
from alembic import op

from data_access.meeting_store.migrations.triggers import keep

revision = "0010"
down_revision = "0009"


def upgrade() -> None:
    """Makes the table; what was noted is kept as it was."""
    op.create_table(
        "placement_decision",
        sa.Column("id", sa.String, primary_key=True),
        sa.Column("family_id", sa.String),
        sa.Column("child_id", sa.String, nullable=False),
        *(sa.Column(name, sa.String) for name in ("unit_id", "proposed_unit")),
        sa.Column("reason", sa.Text, nullable=False),
        sa.Column("by", sa.String, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
    )
    op.create_index("placement_decision_family", "placement_decision", ["family_id", "child_id"])
    keep("placement_decision", "id = NEW.id")
