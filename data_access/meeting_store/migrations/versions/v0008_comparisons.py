"""Comparisons of two cohorts: what was asked, and what was published of it; neither changes."""

import sqlalchemy as sa
from alembic import op

from data_access.meeting_store.migrations.triggers import keep

revision = "0008"
down_revision = "0007"

MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Makes both tables, kept as publications are."""
    op.create_table(
        "comparison",
        sa.Column("id", sa.String, primary_key=True),
        *(sa.Column(name, sa.Text, nullable=False) for name in ("name", "question")),
        *(sa.Column(name, sa.String, nullable=False) for name in ("kind", "outcome")),
        *(sa.Column(name, sa.Text, nullable=False) for name in ("own", "other")),
        sa.Column("seed", sa.Integer, nullable=False),
        sa.Column("by", sa.String, nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.CheckConstraint(
            "kind IS NULL OR kind IN ('side by side', 'before and after')", name="kind_is_known"
        ),
    )
    keep("comparison", "id = NEW.id")
    belongs = sa.ForeignKey("comparison.id")
    op.create_table(
        "published_comparison",
        sa.Column("comparison_id", sa.String, belongs, primary_key=True),
        sa.Column("as_at", sa.Date, nullable=False),
        sa.Column("told", sa.Text, nullable=False),
        sa.Column("by", sa.String, nullable=False),
        sa.Column("at", MOMENT, nullable=False),
    )
    keep("published_comparison", "comparison_id = NEW.comparison_id")
