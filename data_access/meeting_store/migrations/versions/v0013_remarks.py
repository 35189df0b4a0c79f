"""Remarks on pages, and the analysts' answers."""

import sqlalchemy as sa
from alembic import op

from data_access.meeting_store.migrations.triggers import keep

revision = "0013"
down_revision = "0012"


def upgrade() -> None:
    """Makes the two tables; what was kept stays as it was."""
    op.create_table(
        "remark",
        sa.Column("id", sa.String, primary_key=True),
        sa.Column("page", sa.String, nullable=False),
        sa.Column("month", sa.Date, nullable=False),
        *(sa.Column(name, sa.String) for name in ("metric", "unit_id")),
        sa.Column("words", sa.Text, nullable=False),
        *(sa.Column(name, sa.String, nullable=False) for name in ("by", "person")),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
    )
    op.create_index("remark_of_a_person", "remark", ["person"])
    op.create_table(
        "remark_answer",
        sa.Column("id", sa.String, primary_key=True),
        sa.Column("remark_id", sa.String, sa.ForeignKey("remark.id"), nullable=False),
        sa.Column("words", sa.Text, nullable=False),
        sa.Column("by", sa.String, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
    )
    op.create_index("remark_answer_of", "remark_answer", ["remark_id"])
    keep("remark", "id = NEW.id")
    keep("remark_answer", "id = NEW.id")
