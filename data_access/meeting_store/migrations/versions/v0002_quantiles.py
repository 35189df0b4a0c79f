"""Quantiles of what was published: they do not add up, so they cannot come from its tallies."""

import sqlalchemy as sa
from alembic import op

from data_access.meeting_store.migrations.triggers import keep, seal

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Makes the table, kept and sealed as the others of a publication are."""
    belongs = sa.ForeignKey("publication.id", deferrable=True, initially="DEFERRED")
    op.create_table(
        "published_quantile",
        sa.Column("publication_id", sa.String, belongs, primary_key=True),
        sa.Column("position", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("metric", sa.String, nullable=False),
        sa.Column("unit_id", sa.String),
        sa.Column("key", sa.String, nullable=False),
        sa.Column("value", sa.Float, nullable=False),
        sa.Column("n", sa.Integer, nullable=False),
    )
    keep("published_quantile", "publication_id = NEW.publication_id AND position = NEW.position")
    seal("published_quantile")
